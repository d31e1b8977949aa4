import type { FastifyInstance } from 'fastify';

import { CHANNELS, isChannel } from '../model/messaging/channels';
import type { Conversation } from '../model/messaging/conversation';
import type { Beginning } from '../model/messaging/people';
import type { SimulatorState } from '../model/state';
import { isRecord } from '../support/checks';
import { checked, ControlError } from './controlError';
import { optionalText, readAttributes, requiredText } from './texts';

interface ById {
	Params: { id: string };
	Body?: { disconnectType?: string };
}

/** The session of an external contact; without one there is nobody who could write. */
function contactOf({ contacts }: SimulatorState, body: unknown): string | undefined {
	const contactId = optionalText(body, 'contactId');
	const externalContactId = optionalText(body, 'externalContactId');
	if (externalContactId === undefined) return contactId;
	const contact = contacts.ofExternalContact(externalContactId);
	return contact?.contactId ?? contacts.open({ contactId, externalContactId });
}

/** Reads how a conversation begins; `queueId: null` = on no queue. */
function readBeginning(state: SimulatorState, body: unknown): Beginning {
	const { channel = 'webmessaging', queueId } = isRecord(body) ? body : {};
	if (!isChannel(channel)) {
		throw new ControlError(400, `"channel" must be one of: ${CHANNELS.join(', ')}.`);
	}
	const isWeb = channel === 'webmessaging';
	return {
		channel,
		contactId: isWeb ? contactOf(state, body) : undefined,
		toAddress: isWeb ? undefined : requiredText(body, 'toAddress'),
		fromAddress: optionalText(body, 'fromAddress') ?? optionalText(body, 'deploymentId'),
		queueId: queueId === null ? null : optionalText(body, 'queueId'),
		attributes: readAttributes(body),
		text: optionalText(body, 'text'),
	};
}

/** Adds what customers and agents do in a conversation. */
function addPeopleRoutes(scope: FastifyInstance, state: SimulatorState): void {
	const { conversations, people } = state;
	const requireKnown = (known: boolean, id: string): void => {
		if (!known) throw new ControlError(404, `There is no such conversation "${id}".`);
	};
	const checkKnown = (id: string): void => requireKnown(conversations.get(id) !== undefined, id);
	scope.post<ById>('/simulator/conversations/:id/messages', ({ params: { id }, body }, reply) => {
		checkKnown(id);
		return reply.code(201).send(people.write(id, requiredText(body, 'text')));
	});
	scope.post<ById>('/simulator/conversations/:id/answers', ({ params: { id }, body }, reply) => {
		checkKnown(id);
		const author = optionalText(body, 'author') === 'bot' ? 'bot' : 'agent';
		const text = requiredText(body, 'text');
		return reply.code(201).send(checked(() => people.answer(id, text, author)));
	});
	scope.post<ById>('/simulator/conversations/:id/agent/leave', ({ params: { id } }, reply) => {
		requireKnown(conversations.setAgent(id, 'left'), id);
		return reply.send(conversations.get(id));
	});
	scope.post<ById>('/simulator/conversations/:id/transfer', ({ params: { id }, body }, reply) => {
		requireKnown(conversations.transfer(id, requiredText(body, 'queueId')), id);
		return reply.send(conversations.get(id));
	});
	scope.post<ById>('/simulator/conversations/:id/disconnect', ({ params: { id }, body }, reply) => {
		requireKnown(conversations.disconnect(id, body?.disconnectType), id);
		return reply.send(conversations.get(id));
	});
}

/** Adds the routes to list conversations, to begin them, to write in them, and to end them. */
export function addConversationRoutes(scope: FastifyInstance, state: SimulatorState): void {
	const { conversations, people } = state;
	scope.get('/simulator/conversations', () => conversations.all());
	scope.post('/simulator/conversations', ({ body }, reply) => {
		const beginning = readBeginning(state, body);
		const isNew = isRecord(body) && body.fresh === true;
		const begin = (): Conversation => (isNew ? people.start(beginning) : people.reply(beginning));
		return reply.code(201).send(checked(begin));
	});
	addPeopleRoutes(scope, state);
}
