import type { Failure, FailureReason } from './failure';

/** What a failure means to the user: what happened and what to do. */
export interface Explanation {
	readonly message: string;
	readonly description: string;
}

/** Words for a failure; `undefined` leaves it to the general ones. */
export type Explain = (failure: Failure) => Explanation | undefined;

/**
 * Says what happened and what to do about it, without secrets and without raw data beyond the API's cleaned
 * message.
 *
 * @param own the operation's own words: they come first
 */
export function explain(failure: Failure, own?: Explain): Explanation {
	const { message, description } = failure.earlier
		? EARLIER
		: (own?.(failure) ?? GENERAL[failure.reason](failure, own));
	const details = [
		certainty(failure),
		failure.apiMessage !== undefined &&
			`Genesys Cloud says: "${failure.apiMessage.replace(/\.$/, '')}".`,
		failure.correlationId !== undefined && `Correlation ID: ${failure.correlationId}.`,
	].filter((part) => part !== false);
	return { message, description: [description, ...details].join(' ') };
}

/** An explanation as one text, for an item or a log. */
export function sentences({ message, description }: Explanation): string {
	return `${message}. ${description}`;
}

/** At most once: this run left alone what an earlier one may have delivered. */
const EARLIER: Explanation = {
	message: 'An earlier try may have delivered this message, so it was not sent again',
	description:
		"Check with the customer's conversation whether it arrived. 'If Delivery Is Uncertain' is set to fail; with 'Retry (at Least Once)' the node would send it again.",
};

const inToken = ({ call }: Failure) => call === 'token';

const GENERAL: Record<FailureReason, (failure: Failure, own?: Explain) => Explanation> = {
	sessionExpired: () => ({
		message: 'The session of the customer has ended',
		description: 'An ended session cannot be woken up: reach the customer on another channel.',
	}),
	contactNotFound: () => ({
		message: 'The customer is not known to Genesys Cloud',
		description: 'Check the ID, and that the credential is of the same organization.',
	}),
	optedOut: () => ({
		message: 'The customer does not want messages on this channel',
		description:
			'Respect the choice, and reach the customer on another channel that was agreed to.',
	}),
	outsideSendWindow: ({ sendAfter }) => ({
		message: "It is outside the 'Send Window', so the message was not sent",
		description:
			sendAfter === undefined
				? 'The window never opens: check its days and times.'
				: `Send it after ${sendAfter}, for example with a Wait node that resumes at details.sendAfter.`,
	}),
	badRequest: ({ httpCode = '400', call }) => ({
		message: `Genesys Cloud did not accept the ${call === 'read' || call === 'token' ? 'request' : 'message'} (${httpCode})`,
		description: 'Correct the value that Genesys Cloud names. The same request is never retried.',
	}),
	unauthorized: () => ({
		message: 'Genesys Cloud did not accept the access token, not even a new one',
		description:
			"Check that the OAuth client is active, and that the credential's environment is the region of your organization.",
	}),
	forbidden: (failure) => {
		const missing = missingPermissions(failure);
		return {
			message: missing
				? `The OAuth client is missing a permission: ${missing}`
				: 'The OAuth client may not do this (insufficient permissions)',
			description: `Give the OAuth client a role that has ${missing ?? 'the permission for this operation'}, in the right division, in Genesys Cloud under Admin > Integrations > OAuth.`,
		};
	},
	notFound: () => ({
		message: 'Genesys Cloud does not know this address or record (404)',
		description:
			"Check the IDs and the credential's environment. An answer without Genesys Cloud's own format comes from a gateway or proxy that does not know the path.",
	}),
	conflict: () => ({
		message: 'The message conflicts with the present state in Genesys Cloud (409)',
		description: 'Look at what Genesys Cloud says, change that state, and run the item again.',
	}),
	rateLimited: ({ retryAfterMs }) => ({
		message: 'Genesys Cloud is limiting the rate of calls',
		description:
			retryAfterMs === undefined
				? 'Send fewer messages at once, or later.'
				: `Try again in ${Math.ceil(retryAfterMs / 1000)} seconds, or raise 'Max Wait (Seconds)' under 'Delivery Options' so that the node waits by itself.`,
	}),
	serverError: (failure) => ({
		message: `Genesys Cloud could not process the request (${failure.httpCode ?? '5xx'})`,
		description:
			"Look at Genesys Cloud's status page; raise 'Max Attempts' or 'Backoff (Seconds)' to be more patient.",
	}),
	network: (failure) => ({
		message: 'The connection to Genesys Cloud did not work',
		description: networkRemedy(failure),
	}),
	timeout: () => ({
		message: 'Genesys Cloud did not answer in time',
		description: "Raise 'Timeout (Seconds)' under 'Delivery Options' if this happens often.",
	}),
	unexpectedResponse: (failure) => ({
		message: inToken(failure)
			? "The login URL did not answer like Genesys Cloud's token endpoint"
			: 'The answer did not come from the Genesys Cloud API',
		description:
			"A proxy, firewall or gateway may have answered instead: check the credential's environment or URLs, and the network between n8n and Genesys Cloud.",
	}),
	invalidCredentials: () => ({
		message: 'Genesys Cloud did not accept the client ID and secret',
		description:
			"Check the client ID, the client secret and the environment in the credential: the right client in the wrong region is refused in the same way. The OAuth client must be active and use the grant type 'Client Credentials'.",
	}),
	invalidInput: ({ input }) => ({
		message: input?.message ?? 'A value of this item cannot be used',
		description: `${input?.remedy ?? 'Check the values of this item'}.`,
	}),
	keyStore: ({ input }) => ({
		message: input?.message ?? 'The database of this n8n did not answer',
		description: `${input?.remedy ?? 'Check the database'}.`,
	}),
	runStopped: ({ common }, own) => ({
		message: 'The run was stopped before this message was sent',
		description: common
			? `The messages before it failed in the same way: ${explain(common, own).message}. Mend that first; 'Stop After Failures' under 'Delivery Options' says how many such failures stop a run.`
			: 'The execution was stopped. Look at what was sent before you run it again.',
	}),
};

/** The permissions that a 403 names: "…missing the following permission(s): [a:b:c, d:e:f]". */
function missingPermissions({ apiMessage = '' }: Failure): string | undefined {
	const named = apiMessage.match(/\b[a-zA-Z]+:[a-zA-Z*]+:[a-zA-Z*]+\b/g);
	return named ? [...new Set(named)].join(', ') : undefined;
}

/** Of these alone nobody would know by the reason that the message was not delivered. */
const LEAVES_OPEN: ReadonlySet<FailureReason> = new Set([
	'serverError',
	'network',
	'timeout',
	'unexpectedResponse',
	'keyStore',
]);

/** Whether the customer may have had the message: said of every failure after which that is open. */
function certainty(failure: Failure): string | false {
	const { delivered, reason, call, notCalled, input } = failure;
	if (failure.earlier) return false;
	if (delivered === 'unknown') {
		// What failed now was no call that sends: it was one before.
		return call === 'read' || notCalled || input
			? 'An earlier try may have delivered the message: check before you send it again.'
			: "The message may have been delivered: check before you send it again, or set 'If Delivery Is Uncertain'.";
	}
	if (!LEAVES_OPEN.has(reason) || input) return false;
	return call === 'read' ? 'Nothing was sent or changed.' : 'The message was not delivered.';
}

function networkRemedy({ kind, code = '' }: Failure): string {
	switch (kind) {
		case 'tls':
			return /^(?:EPROTO$|ERR_SSL_)/.test(code)
				? 'No TLS connection came about: the server may not speak TLS, or ask for a certificate that n8n does not have; a proxy may stand between.'
				: 'The identity of the server could not be verified: a proxy may intercept the connection, or its certificate is not trusted by n8n.';
		case 'blocked':
			return "n8n's network policy forbids this address: ask the administrator of your n8n to allow it.";
		default:
			return /^(?:ENOTFOUND|EAI_)/.test(code)
				? "The host name was not found: check the credential's environment and this server's DNS."
				: 'Check the network, proxy and firewall between n8n and Genesys Cloud.';
	}
}
