/** Which calls a fault is for: token requests, sends, all other API calls, or every call. */
export type FaultEndpoint = 'token' | 'send' | 'read' | 'any';

/** Which of the occasions that fit a fault it hits. */
export interface FaultTiming {
	/** The first fitting occasion that is hit, counted from 1. Default 1. */
	nth?: number;
	/** Short for `times`: hit the first n fitting occasions. */
	first?: number;
	/** How many are hit. Default 1, with a probability Infinity. */
	times?: number;
	/** Chance of each to be hit, 0 to 1, drawn from the seeded generator. */
	probability?: number;
}

/** Which of the calls a fault hits. */
export interface FaultTarget extends FaultTiming {
	/** Default `send`; `token` for the kind `tokenThrottle`. */
	endpoint?: FaultEndpoint;
	/** Only calls for this contact. */
	contactId?: string;
	/** Only calls of one route, such as `POST /api/v2/notifications/channels`; then no endpoint counts. */
	route?: string;
}

/**
 * What a fault does. `accept` says whether the message is accepted (and journalled) before the fault
 * plays; what is accepted later or never is the difference that retries are about.
 */
export type FaultAction =
	| {
			kind: 'status';
			status: number;
			/** Default: Genesys Cloud's documented body of the status. */
			body?: object | string;
			headers?: Record<string, string>;
			/** Default false. */
			acceptFirst?: boolean;
	  }
	/** Answers `ms` milliseconds late. Not accepted first = accepted when the wait is over. */
	| { kind: 'latency'; ms: number; accept?: boolean }
	/** Destroys the connection (TCP reset) without an answer. `accept` default false. */
	| { kind: 'reset'; accept?: boolean }
	/** Never answers. `accept` default false. */
	| { kind: 'hang'; accept?: boolean }
	/** The right answer, one byte every `intervalMs` milliseconds. `accept` default true. */
	| { kind: 'slowBody'; intervalMs: number; accept?: boolean }
	/** Announces the whole answer, sends half of it, destroys the connection. Default true. */
	| { kind: 'truncatedBody'; accept?: boolean }
	/** 200 with the right answer, cut off, so that it is no JSON. Default true. */
	| { kind: 'invalidJson'; accept?: boolean }
	/** 200 with a web page, as a captive portal answers. `accept` default false. */
	| { kind: 'html200'; accept?: boolean }
	/** 204 without a body. `accept` default true. */
	| { kind: 'empty204'; accept?: boolean }
	/** 200 with the right answer, made larger than `bytes`. `accept` default true. */
	| { kind: 'huge'; bytes: number; accept?: boolean }
	/** A redirect to `location`. `status` default 302, `accept` default false. */
	| { kind: 'redirect'; location: string; status?: number; accept?: boolean }
	/** The token endpoint's 400 `invalid_request`, "rate limit exceeded; …". */
	| { kind: 'tokenThrottle' };

/** A fault, as plain data: it can be set from code and over HTTP. */
export type Fault = FaultTarget & FaultAction;

const ACCEPT_DEFAULTS: Record<FaultAction['kind'], boolean> = {
	status: false,
	latency: false,
	reset: false,
	hang: false,
	slowBody: true,
	truncatedBody: true,
	invalidJson: true,
	html200: false,
	empty204: true,
	huge: true,
	redirect: false,
	tokenThrottle: false,
};

/** Whether a fault lets the call be accepted before it plays. */
export function acceptsFirst(fault: Fault): boolean {
	if (fault.kind === 'status') return fault.acceptFirst ?? ACCEPT_DEFAULTS.status;
	if (fault.kind === 'tokenThrottle') return ACCEPT_DEFAULTS.tokenThrottle;
	return fault.accept ?? ACCEPT_DEFAULTS[fault.kind];
}
