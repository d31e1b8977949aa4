/** The documented body of every Genesys Cloud API error. */
interface ErrorBody {
	message: string;
	code: string;
	status: number;
	/** Equals the ININ-Correlation-Id header. */
	contextId: string;
	details: { errorCode: string; fieldName: string }[];
	errors: ErrorBody[];
	limit?: { key: string; namespace: string; value: number };
}

/** An answer of the simulated API that is an error. */
export class ApiError extends Error {
	/**
	 * @param status HTTP status
	 * @param code Genesys Cloud's error code
	 * @param message Genesys Cloud's text
	 * @param extra further fields of the body
	 */
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly extra: Partial<Pick<ErrorBody, 'details' | 'limit'>> = {},
	) {
		super(message);
	}

	/** The body to answer with; `contextId` = the answer's correlation ID. */
	toBody(contextId: string): ErrorBody {
		const { message, code, status } = this;
		return { message, code, status, contextId, details: [], errors: [], ...this.extra };
	}
}

type CodeAndText = readonly [code: string, message: string];

/* Codes and texts are those that Genesys Cloud's API description lists for every operation. */
const BAD_REQUEST: CodeAndText = [
	'bad.request',
	'The request could not be understood by the server due to malformed syntax.',
];
const INTERNAL_ERROR: CodeAndText = [
	'internal.server.error',
	'The server encountered an unexpected condition which prevented it from ' +
		'fulfilling the request.',
];
const DOCUMENTED: Record<number, CodeAndText | undefined> = {
	401: ['bad.credentials', 'Invalid login credentials.'],
	403: ['not.authorized', 'You are not authorized to perform the requested action.'],
	404: ['not.found', 'The requested resource was not found.'],
	408: ['client.timeout', 'The client did not produce a request within the server timeout limit.'],
	409: ['general.conflict', 'The request conflicts with the current state of the target resource.'],
	415: [
		'unsupported.media.type',
		'Unsupported Media Type - Unsupported or incorrect media type, ' +
			'such as an incorrect Content-Type value in the header.',
	],
	503: [
		'service.unavailable',
		'Service Unavailable - The server is currently unavailable ' +
			'(because it is overloaded or down for maintenance).',
	],
	504: ['request.timeout', 'The request timed out.'],
};

/** The largest request body, bytes (Genesys Cloud's limit `request.bytes.max`). */
export const MAX_REQUEST_BYTES = 512_000;

/** The 429 in Genesys Cloud's normalised form; `seconds` = whole seconds of its Retry-After. */
export function rateLimitExceeded(seconds: number | string, allowed?: number): ApiError {
	const key = 'client.credentials.token.rate.per.minute';
	return new ApiError(
		429,
		'too.many.requests.retry.after',
		`Rate limit exceeded the maximum. Retry the request in [${seconds}] seconds`,
		allowed === undefined ? {} : { limit: { key, namespace: 'platform.api', value: allowed } },
	);
}

/** The documented error of an HTTP status; statuses without one of their own get 400's or 500's. */
export function documentedError(status: number): ApiError {
	const [code, message] = DOCUMENTED[status] ?? (status < 500 ? BAD_REQUEST : INTERNAL_ERROR);
	return new ApiError(status, code, message);
}

/** The 413 of a request body over `MAX_REQUEST_BYTES`. */
export function requestTooLarge(): ApiError {
	const message = `The request is over the size limit. Maximum bytes: ${MAX_REQUEST_BYTES}`;
	return new ApiError(413, 'request.entity.too.large', message);
}
