import type { ApiRequest } from './request';

const MESSAGES = '/api/v2/conversations/messages';

/** The API's limit for the IDs of one call. */
export const MAX_IDS_A_CALL = 1_000;

/** The request for a message conversation: `GET /api/v2/conversations/messages/{conversationId}`. */
export function conversationRequest(conversationId: string): ApiRequest {
	return { method: 'GET', path: `${MESSAGES}/${encodeURIComponent(conversationId)}`, reads: true };
}

/** The request for what its messages say: `POST …/{conversationId}/messages/bulk`; the API promises no order. */
export function messagesRequest(conversationId: string, ids: readonly string[]): ApiRequest {
	return {
		method: 'POST',
		path: `${MESSAGES}/${encodeURIComponent(conversationId)}/messages/bulk`,
		body: ids,
		reads: true,
		answer: 'list',
	};
}
