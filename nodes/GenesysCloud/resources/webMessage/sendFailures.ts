import type { Explanation } from '../../failures/explain';
import type { Failure } from '../../failures/failure';
import { namesAnother, saysSessionEnded, saysUnknownRecipient } from '../refusalWords';

/** A refusal of the contact ID: it is one of a session. */
const INVALID_CONTACT =
	/\binvalid contact(?: ?id)?\b(?! (?:cent(?:er|re)|list)s?\b)|\bcontact ?id\b(?:(?! (?:and|but) ).){0,60}\b(?:invalid|not valid|unknown|not found)\b/i;

/**
 * Tells the customers who cannot be reached from other refusals: a 400 or 409 that speaks of the session,
 * and a 404 in the API's own format that names nothing else. A 404 without a code or message may come from
 * a gateway that does not know the path.
 */
export function recogniseSendFailure(failure: Failure): Failure {
	const { reason, call, ownWords = '' } = failure;
	if (call !== 'send') return failure;
	if ((reason === 'badRequest' && failure.httpCode === '400') || reason === 'conflict') {
		if (saysSessionEnded(failure) || INVALID_CONTACT.test(ownWords)) {
			return { ...failure, reason: 'sessionExpired' };
		}
		return saysUnknownRecipient(failure) ? { ...failure, reason: 'contactNotFound' } : failure;
	}
	if (reason !== 'notFound' || failure.delivered === 'unknown') return failure;
	return namesAnother(failure) ? failure : { ...failure, reason: 'contactNotFound' };
}

/** Explains this endpoint's failures in the words of the tutorial's "Common Errors & Debugging". */
export function explainSendFailure(failure: Failure): Explanation | undefined {
	if (failure.call !== 'send') return undefined;
	switch (failure.reason) {
		case 'sessionExpired':
			return {
				message: "The 'Contact ID' is invalid or its session has expired",
				description:
					"Check that the contact ID was captured from a recent session, and the session timeout in your Web Messaging configuration. An expired session cannot be woken up: ask the customer to start a new chat in your web widget, or use the 'Unreachable' output to call or mail instead.",
			};
		case 'contactNotFound':
			return {
				message: "The 'Contact ID' does not exist in Genesys Cloud",
				description:
					"Check that the contact ID was stored correctly at the connect or message event of your web widget, and that the credential is of the same organization. An organization without this web messaging endpoint answers so for every contact: see 'Which operation do I need?' in the README.",
			};
		case 'forbidden':
			return {
				message: 'The OAuth client may not send web messages (insufficient permissions)',
				description:
					"Give the OAuth client a role that allows web messaging, and the scope 'webchat:messaging' where your organization uses scopes; keep that scope in the credential's 'Scope' field.",
			};
		default:
			return undefined;
	}
}
