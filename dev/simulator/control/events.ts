import fastifySSE from '@fastify/sse';
import type { SSEMessage, SSEReplyInterface } from '@fastify/sse';
import type { FastifyInstance } from 'fastify';

import type { JournalEntry } from '../model/journal';
import type { SimulatorState } from '../model/state';

const EXPIRY_CHECK_MS = 500;
const RECONNECT_MS = 1000;

function messageEvent({ id, type, message, timestamp }: JournalEntry): SSEMessage {
	return { id, event: 'message', data: { id, type, message, timestamp } };
}

function sessionEvent({ contacts, settings }: SimulatorState, contactId: string): SSEMessage {
	const session = contacts.state(contactId);
	const reachable = session === 'unknown' && settings.unknownContacts === 'accept';
	const data = { contactId, state: reachable ? 'open' : session };
	return { event: 'session', retry: RECONNECT_MS, data };
}

/** The messages a browser has not seen: after its last one, or all when that one is not known. */
function unseen(entries: readonly JournalEntry[], lastEventId: string | null): JournalEntry[] {
	const last = entries.findIndex(({ id }) => id === lastEventId);
	return entries.slice(last + 1);
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
	send(sessionEvent(state, contactId));
	const entries = state.journal.byContact().get(contactId) ?? [];
	for (const entry of unseen(entries, lastEventId)) send(messageEvent(entry));
	const unsubscribe = state.feed.subscribe(contactId, {
		event: (event) =>
			send(event.kind === 'message' ? messageEvent(event.entry) : sessionEvent(state, contactId)),
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
export async function addEventRoutes(scope: FastifyInstance, state: SimulatorState): Promise<void> {
	await scope.register(fastifySSE, { heartbeatInterval: 15_000 });
	scope.get<{ Params: { contactId: string }; Querystring: { after?: string } }>(
		'/simulator/contacts/:contactId/events',
		{ sse: 'only' },
		async ({ params, query }, { sse }) => {
			openStream(sse, state, params.contactId, sse.lastEventId ?? query.after ?? null);
		},
	);
}
