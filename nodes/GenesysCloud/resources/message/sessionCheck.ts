import type { JsonObject } from '../../api/answer';
import type { ApiFailure } from '../../failures/failure';
import type { Attempt } from '../../delivery/types';
import { conversationRequest, conversationState } from '../conversation/state';
import type { Performance } from '../types';
import type { AgentlessRequest } from './send';

/**
 * Sends a message, after a look at the conversation when the user asked for it. A closed session
 * costs one call and bothers nobody.
 *
 * @param performance makes the calls
 * @param request the message
 * @returns the attempt; a message whose session could not be looked at was not delivered
 */
export async function sendAfterSessionCheck(
	{ call }: Performance,
	request: AgentlessRequest,
): Promise<Attempt<JsonObject, ApiFailure>> {
	if (request.openConversationId === undefined) return await call(request);
	const looked = await call(conversationRequest(request.openConversationId));
	if (looked.status === 'stopped') return looked;
	if (looked.status === 'failed') {
		const call = looked.failure.call === 'token' ? 'token' : 'read';
		return { status: 'failed', failure: { ...looked.failure, call, delivered: 'no' } };
	}
	if (conversationState(looked.response).connected) return await call(request);
	return { status: 'failed', failure: SESSION_CLOSED };
}

const SESSION_CLOSED: ApiFailure = {
	reason: 'sessionExpired',
	delivered: 'no',
	transient: false,
	call: 'send',
};
