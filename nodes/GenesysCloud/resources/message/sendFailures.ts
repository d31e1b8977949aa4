import type { ApiFailure } from '../../failures/failure';
import type { Explanation } from '../types';

const ACTIVE_CONVERSATION = /\bactive conversation\b/i;
const OPTED_OUT = /\bopt(?:ed)?[ -]?out\b|RecipientOptedOut|\bunsubscribed\b/i;
/** A 404 says it by its status; Genesys Cloud may as well answer 400 in words. */
const UNKNOWN_RECIPIENT =
	/\b(?:recipient|external ?contact|to ?address)\b.{0,60}\b(?:not found|unknown|does not exist)\b/i;
const SESSION =
	/\bsessions?\b.{0,60}\b(?:expired?|ended|closed|invalid|not found)\b|\bexpired session\b/i;

/**
 * Tells the customers who cannot be reached, and a conversation that is under way, from other
 * refusals. Genesys Cloud documents no codes for them, so the message decides.
 *
 * @param failure the general failure
 * @returns the endpoint's own
 */
export function refineSendFailure(failure: ApiFailure): ApiFailure {
	const { reason, call, apiMessage = '', code } = failure;
	if (call !== 'send') return failure;
	if (reason === 'notFound') {
		const answeredByApi = apiMessage !== '' || code !== undefined;
		return answeredByApi ? { ...failure, reason: 'contactNotFound' } : failure;
	}
	if (reason !== 'badRequest' && reason !== 'conflict') return failure;
	if (ACTIVE_CONVERSATION.test(apiMessage)) return { ...failure, reason: 'conflict' };
	if (OPTED_OUT.test(apiMessage)) return { ...failure, reason: 'optedOut' };
	if (UNKNOWN_RECIPIENT.test(apiMessage)) return { ...failure, reason: 'contactNotFound' };
	return SESSION.test(apiMessage) ? { ...failure, reason: 'sessionExpired' } : failure;
}

/** The look of Check Session First found nothing. */
const NO_CONVERSATION: Explanation = {
	message: 'The conversation does not exist in Genesys Cloud',
	description:
		"Check the 'Conversation ID' under 'Options', or switch 'Check Session First' off. Nothing was sent.",
};

/**
 * Explains this endpoint's failures.
 *
 * @param failure the refined failure
 * @returns what happened and what to do, or `undefined` for a general failure
 */
export function explainSendFailure(failure: ApiFailure): Explanation | undefined {
	if (failure.call === 'read' && failure.reason === 'notFound') return NO_CONVERSATION;
	if (failure.call !== 'send') return undefined;
	switch (failure.reason) {
		case 'sessionExpired':
			return {
				message: 'The web messaging session of the customer has ended',
				description:
					"Nothing can be sent into an ended session: reach the customer on another channel, for example by the 'Unreachable' output.",
			};
		case 'contactNotFound':
			return {
				message: 'The recipient is not known to Genesys Cloud',
				description:
					"Check the 'To' address or 'External Contact ID', and that 'From' is a deployment, number or integration of the same organization.",
			};
		case 'conflict':
			if (!ACTIVE_CONVERSATION.test(failure.apiMessage ?? '')) return undefined;
			return {
				message: 'A conversation with this customer is under way',
				description:
					"Switch on 'Use Existing Active Conversation' under 'Options' to write into it, or send the message after it has ended.",
			};
		default:
			return undefined;
	}
}
