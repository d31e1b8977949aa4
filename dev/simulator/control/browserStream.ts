import fastifySSE from '@fastify/sse';
import type { SSEMessage, SSEReplyInterface } from '@fastify/sse';
import type { FastifyInstance } from 'fastify';

import type { BrowserMessage } from '../model/feed';
import type { SimulatorState } from '../model/state';

const EXPIRY_CHECK_MS = 500;
const RECONNECT_MS = 1000;

function messageEvent(shown: BrowserMessage): SSEMessage {
	const { id, type, message, timestamp, conversationId } = shown;
	return { id, event: 'message', data: { id, type, message, timestamp, conversationId } };
}

function sessionEvent({ contacts, settings }: SimulatorState, contactId: string): SSEMessage {
	const session = contacts.state(contactId);
	const reachable = session === 'unknown' && settings.unknownContacts === 'accept';
	const data = { contactId, state: reachable ? 'open' : session };
	return { event: 'session', retry: RECONNECT_MS, data };
}

/** What was said to a contact and by them, oldest first. */
function historyOf(state: SimulatorState, contactId: string): BrowserMessage[] {
	const recipient = state.contacts.get(contactId)?.externalContactId;
	const said = state.conversations
		.all()
		.filter((one) => one.channel === 'webmessaging' && one.recipient === recipient)
		.flatMap(({ messageIds }) => messageIds.map((id) => state.messages.get(id)))
		.filter((message) => message !== undefined && message.author !== 'api')
		.filter((message) => message !== undefined)
		.map(({ author: type, text: message, ...rest }) => ({ ...rest, type, message }));
	const sent = state.journal.byContact().get(contactId) ?? [];
	return [...sent, ...said].sort((a, b) => a.timestamp.localeCompare(b.timestamp));
}

/** The messages a browser has not seen: after its last one, or all when that one is not known. */
function unseen(messages: BrowserMessage[], lastEventId: string | null): BrowserMessage[] {
	const last = messages.findIndex(({ id }) => id === lastEventId);
	return messages.slice(last + 1);
}

function openStream(
	sse: SSEReplyInterface,
	state: SimulatorState,
	contactId: string,
	lastEventId: string | null,
): void {
	// A browser may go away between two events; that ends its stream and is no error.
	const send = (event: SSEMessage): void => void sse.send(event).catch(() => undefined);
	sse.keepAlive();
	state.contacts.setBrowser(contactId, 'open');
	send(sessionEvent(state, contactId));
	for (const message of unseen(historyOf(state, contactId), lastEventId)) {
		send(messageEvent(message));
	}
	const unsubscribe = state.feed.subscribe(contactId, {
		event: (event) =>
			send(event.kind === 'message' ? messageEvent(event.message) : sessionEvent(state, contactId)),
		close: () => sse.close(),
	});
	// Inactivity is judged when somebody looks at the session: an open page looks all the time.
	const timer = setInterval(() => state.contacts.state(contactId), EXPIRY_CHECK_MS).unref();
	sse.onClose(() => {
		clearInterval(timer);
		unsubscribe();
	});
}

/**
 * Adds the stream of what a contact's browser is told: server-sent events `session` (its state) and
 * `message`. A stream starts with what happened before, or after the `Last-Event-ID` that a browser
 * sends by itself when it reconnects; a page that opens a new stream names it as `after`.
 */
export async function addBrowserStream(
	scope: FastifyInstance,
	state: SimulatorState,
): Promise<void> {
	await scope.register(fastifySSE, { heartbeatInterval: 15_000 });
	scope.get<{ Params: { contactId: string }; Querystring: { after?: string } }>(
		'/simulator/contacts/:contactId/events',
		{ sse: 'only' },
		async ({ params, query }, { sse }) => {
			openStream(sse, state, params.contactId, sse.lastEventId ?? query.after ?? null);
		},
	);
}
