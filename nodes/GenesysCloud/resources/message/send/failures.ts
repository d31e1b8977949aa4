import type { Explanation } from '../../../failures/explain';
import type { Failure } from '../../../failures/failure';
import { UNKNOWN_CONTACT } from '../../externalContact/lookUp';
import {
	namesAnother,
	saysOptedOut,
	saysSessionEnded,
	saysUnknownRecipient,
} from '../../refusalWords';

const ACTIVE_CONVERSATION = /(?<!\b(?:no|not|not an|without|without an) )\bactive conversation\b/i;

/**
 * Tells the customers who cannot be reached, and a conversation that is under way, from other
 * refusals. Genesys Cloud documents no codes for them, so its own words decide.
 */
export function recogniseSendFailure(failure: Failure): Failure {
	const { reason, call, ownWords = '' } = failure;
	if (call !== 'send') return failure;
	if (reason === 'notFound') {
		const isAboutCustomer = failure.delivered === 'no' && !namesAnother(failure);
		return isAboutCustomer ? { ...failure, reason: 'contactNotFound' } : failure;
	}
	if (reason !== 'badRequest' && reason !== 'conflict') return failure;
	if (ACTIVE_CONVERSATION.test(ownWords)) return { ...failure, reason: 'conflict' };
	if (saysOptedOut(failure)) return { ...failure, reason: 'optedOut' };
	if (saysSessionEnded(failure)) return { ...failure, reason: 'sessionExpired' };
	return saysUnknownRecipient(failure) ? { ...failure, reason: 'contactNotFound' } : failure;
}

/** The look of Check Session First found nothing. */
const NO_CONVERSATION: Explanation = {
	message: 'The conversation does not exist in Genesys Cloud',
	description: "Check the 'Conversation ID' under 'Options', or switch 'Check Session First' off.",
};

/** Said by a send, or by the look of Check Session First. */
const SESSION_ENDED: Explanation = {
	message: 'The web messaging session of the customer has ended',
	description:
		"Nothing can be sent into an ended session: reach the customer on another channel, for example by the 'Unreachable' output.",
};

/** This endpoint's own words for its failures. */
export function explainSendFailure(failure: Failure): Explanation | undefined {
	if (failure.call === 'read' && failure.reason === 'contactNotFound') return UNKNOWN_CONTACT;
	if (failure.call === 'read' && failure.reason === 'notFound') return NO_CONVERSATION;
	if (failure.reason === 'sessionExpired') return SESSION_ENDED;
	if (failure.call !== 'send') return undefined;
	switch (failure.reason) {
		case 'contactNotFound':
			return {
				message: 'The recipient is not known to Genesys Cloud',
				description:
					"Check the 'To' address or 'External Contact' (a phone number there needs 'By Phone Number'), and that 'From' is a deployment, number or integration of the same organization.",
			};
		case 'conflict':
			if (!ACTIVE_CONVERSATION.test(failure.ownWords ?? '')) return undefined;
			return {
				message: 'A conversation with this customer is under way',
				description:
					"Switch on 'Use Existing Active Conversation' under 'Options' to write into it. Where that is on already, send the message after the conversation has ended.",
			};
		default:
			return undefined;
	}
}
