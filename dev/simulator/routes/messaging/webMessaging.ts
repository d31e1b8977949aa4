import { randomUUID } from 'node:crypto';

import type { ApiCall, ApiRoute } from '../../http/apiRoute';
import { ApiError, documentedError } from '../../http/errors';
import { invalidValue, requiredText } from '../../http/fields';
import type { JournalEntry } from '../../model/journal';
import type { SimulatorState } from '../../model/state';
import { isRecord } from '../../support/checks';

const SENDER_TYPES = ['bot', 'agent'];
const SESSION_GONE = 'Contact ID is invalid or session has expired';

interface WebMessage {
	contactId: string;
	type: string;
	message: string;
}

function readMessage(call: ApiCall): WebMessage {
	const body = isRecord(call.body) ? call.body : {};
	const contactId = requiredText(body, 'contactId');
	const type = requiredText(body, 'type');
	const message = requiredText(body, 'message');
	if (SENDER_TYPES.includes(type)) return { contactId, type, message };
	throw invalidValue('type', type, SENDER_TYPES);
}

function checkSession({ contacts, settings }: SimulatorState, contactId: string): void {
	const session = contacts.state(contactId);
	if (session === 'expired') throw new ApiError(400, 'bad.request', SESSION_GONE);
	if (session === 'unknown' && settings.unknownContacts === 'reject') throw documentedError(404);
}

function accept(call: ApiCall): JournalEntry {
	const { state, token } = call;
	const message = readMessage(call);
	checkSession(state, message.contactId);
	const timestamp = new Date().toISOString();
	const entry = { id: randomUUID(), ...message, timestamp, tokenId: token.id };
	state.journal.add(entry);
	state.contacts.touch(entry.contactId);
	state.feed.publish(entry.contactId, { kind: 'message', message: entry });
	return entry;
}

/**
 * Sends a message to a customer's web session. The endpoint, its body and its errors are those of
 * the tutorial this project implements; Genesys Cloud's published API does not have it. The answer's
 * fields beside `id` are assumed.
 */
export const webMessagingRoute: ApiRoute = {
	method: 'POST',
	url: '/api/v2/webchat/messaging',
	endpoint: 'send',
	permission: 'webchat:messaging',
	contactIdOf({ body }) {
		const contactId = (body as Partial<WebMessage> | null | undefined)?.contactId;
		return typeof contactId === 'string' ? contactId : undefined;
	},
	answer(call) {
		const { id, contactId, type, message, timestamp } = accept(call);
		return { id, contactId, type, message, status: 'sent', timestamp };
	},
};
