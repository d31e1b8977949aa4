/** Why a message was not sent: the `reason` of an error item's details. */
export type FailureReason =
	| 'sessionExpired'
	| 'contactNotFound'
	| 'optedOut'
	| 'outsideSendWindow'
	| 'badRequest'
	| 'unauthorized'
	| 'forbidden'
	| 'notFound'
	| 'conflict'
	| 'rateLimited'
	| 'serverError'
	| 'network'
	| 'timeout'
	| 'unexpectedResponse'
	| 'invalidCredentials'
	| 'invalidInput'
	| 'keyStore'
	| 'runStopped';

/**
 * How far a call came that got no answer.
 * `neverConnected`: no byte was sent. `tls`: the server's identity could not be verified, nothing was
 * sent. `blocked`: n8n's network policy forbids the address. `timeout`, `interrupted`: the request may
 * have been received.
 */
export type NoAnswerKind = 'neverConnected' | 'tls' | 'blocked' | 'timeout' | 'interrupted';

/** What went wrong, in Genesys Cloud's terms. Holds no request, no token and no secret. */
export interface Failure {
	readonly reason: FailureReason;
	/** `no`: the message certainly did not reach the customer. `unknown`: it may have. */
	readonly delivered: 'no' | 'unknown';
	/** Whether the same call may succeed later (rate limit, outage) or never will (bad contact). */
	readonly transient: boolean;
	/** How long the server asked to wait before the next try, in ms. */
	readonly retryAfterMs?: number;
	/** The attempt ended before a call was made: it does not count as one. */
	readonly notCalled?: boolean;
	/** Every further message of this account would fail alike (wrong client secret). */
	readonly endsRun?: boolean;
	/** Which call it was: a send, a look-up, or the request for an access token. */
	readonly call?: 'send' | 'read' | 'token';
	/** Of a look-up: the answer is not in Genesys Cloud's own format, so a gateway may have given it. */
	readonly isForeign?: boolean;
	/** For `network` and `timeout`: how far the call came. */
	readonly kind?: NoAnswerKind;
	/** The HTTP status as text, where there was an answer. */
	readonly httpCode?: string;
	/** The API's error code, the OAuth error, or the network's code. */
	readonly code?: string;
	/** The API's own message, cleaned. */
	readonly apiMessage?: string;
	/** What Genesys Cloud wrote itself: `apiMessage` without what it quotes of the request, and what it names beside. */
	readonly ownWords?: string;
	/** What Genesys Cloud's support asks for. */
	readonly correlationId?: string;
	/** The call before it in the same attempt, after which the message may have been delivered. */
	readonly doubt?: Failure;
	/** An earlier run of the node made the call; this one did not repeat it. */
	readonly earlier?: boolean;
	/** For `outsideSendWindow`: when the window opens next, in ISO 8601. */
	readonly sendAfter?: string;
	/** For `runStopped`: the failure that all messages before had in common. */
	readonly common?: Failure;
	/** For `invalidInput` and `keyStore`: what happened and what to do, ready to be shown. */
	readonly input?: { readonly message: string; readonly remedy: string };
}

/** What something came to: its value, or why there is none. */
export type Result<T> =
	{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** Marks a value as a success. */
export function succeeded<T>(value: T): Result<T> {
	return { ok: true, value };
}

/** Marks a failure as such. */
export function failed(failure: Failure): Result<never> {
	return { ok: false, failure };
}

/** Leaves out the facts that are not known (`undefined`). */
export function onlyKnown<T extends object>(facts: T): T {
	return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)) as T;
}

/** The execution was stopped before a call was made. */
export const STOPPED: Failure = {
	reason: 'runStopped',
	delivered: 'no',
	transient: false,
	notCalled: true,
};

/** Whether a failure is no more than the end of the execution. */
export function isStopped(failure: Failure): boolean {
	return failure.reason === 'runStopped' && failure.common === undefined;
}

/** The reasons that mean: this customer cannot be reached on this channel now. */
const UNREACHABLE_REASONS: ReadonlySet<string> = new Set<FailureReason>([
	'sessionExpired',
	'contactNotFound',
	'optedOut',
	'outsideSendWindow',
]);

/** Whether a failure is about the customer, who cannot be reached whatever is tried. */
export function isUnreachable({ reason }: { readonly reason: string }): boolean {
	return UNREACHABLE_REASONS.has(reason);
}

/** A value given by the user that cannot be used; found before any call is made. */
export class InputError extends Error {
	/**
	 * @param field the display name of the field
	 * @param problem what is the matter with it, to be read after the field's name
	 * @param remedy what to do about it, without a full stop
	 */
	constructor(
		readonly field: string,
		problem: string,
		readonly remedy: string,
	) {
		super(`'${field}' ${problem}`);
		this.name = 'InputError';
	}
}

/**
 * Reads a value of which n8n may not be able to evaluate the expression.
 *
 * @throws InputError that names the field: n8n's own text does not
 */
export function evaluated<T>(displayName: string, read: () => T): T {
	try {
		return read();
	} catch (error) {
		throw notEvaluated(displayName, error);
	}
}

function notEvaluated(displayName: string, error: unknown): InputError {
	const said = error instanceof Error ? `: ${error.message}` : '';
	return new InputError(displayName, `cannot be read${said}`, 'Check the expression of this field');
}

/**
 * The failure of what was thrown while a parameter or the credential was read. No call was made.
 *
 * @param wasTried whether an earlier try may have delivered the message
 */
export function inputFailure(error: unknown, wasTried = false): Failure {
	return {
		reason: 'invalidInput',
		delivered: wasTried ? 'unknown' : 'no',
		transient: false,
		input:
			error instanceof InputError
				? { message: error.message, remedy: error.remedy }
				: {
						message: error instanceof Error ? error.message : 'A value cannot be read',
						remedy: 'Check the expressions of this node and its credential',
					},
	};
}

/**
 * The failure of a message whose key could not be looked up in n8n's database.
 *
 * @param option the option that asks for keys
 */
export function keyStoreFailure(error: unknown, option = 'Send Once Key'): Failure {
	const said = error instanceof Error ? `: ${error.message}` : '';
	return {
		reason: 'keyStore',
		delivered: 'no',
		transient: false,
		input: {
			message: `'${option}' could not be looked up in n8n's database${said}`,
			remedy:
				'The message was not sent now. Check the database of this n8n, then run the item again',
		},
	};
}
