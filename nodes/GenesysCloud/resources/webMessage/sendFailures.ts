import type { ApiFailure } from '../../failures/failure';
import type { Explanation } from '../types';

/** What a 400 says when the session has ended or the contact ID is not one. */
const SPEAKS_OF_SESSION =
	/\bsessions?\b|\bexpired?\b|\bexpiry\b|\binvalid contact|\bcontact ?id\b.{0,80}\b(?:invalid|not valid|unknown|not found)\b/i;

/**
 * Tells the customers who cannot be reached from other refusals: a 400 that speaks of the session,
 * and a 404 in the API's own format. A 404 without a code or message may come from a gateway that
 * does not know the path.
 *
 * @param failure the general failure
 * @returns the endpoint's own
 */
export function refineSendFailure(failure: ApiFailure): ApiFailure {
	const { reason, call, apiMessage, code } = failure;
	if (call !== 'send') return failure;
	if (reason === 'badRequest' && failure.httpCode === '400') {
		return SPEAKS_OF_SESSION.test(apiMessage ?? '')
			? { ...failure, reason: 'sessionExpired' }
			: failure;
	}
	const answeredByApi = apiMessage !== undefined || code !== undefined;
	return reason === 'notFound' && answeredByApi
		? { ...failure, reason: 'contactNotFound' }
		: failure;
}

/**
 * Explains this endpoint's failures in the words of the tutorial's "Common Errors & Debugging".
 *
 * @param failure the refined failure
 * @returns what happened and what to do, or `undefined` for a general failure
 */
export function explainSendFailure(failure: ApiFailure): Explanation | undefined {
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
