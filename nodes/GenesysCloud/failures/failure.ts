import type { DeliveryFailure } from '../delivery/types';

/** Why a message was not sent: the `reason` of an error item's details. */
export type FailureReason =
	| 'sessionExpired'
	| 'contactNotFound'
	| 'optedOut'
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
	| 'invalidInput';

/** What went wrong, in Genesys Cloud's terms. Holds no request, no token and no secret. */
export interface ApiFailure extends DeliveryFailure {
	readonly reason: FailureReason;
	/** The HTTP status as text, where there was an answer. */
	readonly httpCode?: string;
	/** The API's error code, the OAuth error, or the network's code. */
	readonly code?: string;
	/** The API's own message, cleaned. */
	readonly apiMessage?: string;
	/** What Genesys Cloud's support asks for. */
	readonly correlationId?: string;
	/** Which call it was: a send, a look-up, or the request for an access token. */
	readonly call?: 'send' | 'read' | 'token';
	/** An earlier run of the node made the call; this one did not repeat it. */
	readonly earlier?: boolean;
	/** For `invalidInput`: what happened and what to do, ready to be shown. */
	readonly input?: { readonly message: string; readonly remedy: string };
}
