import type { FastifyInstance } from 'fastify';

import type { SimulatorState } from '../model/state';
import { isRecord } from '../support/checks';
import { checked, ControlError } from './controlError';
import { optionalText, readAttributes, requiredText } from './texts';

interface ById {
	Params: { contactId: string };
}

function requireKnown(known: boolean, contactId: string): void {
	if (!known) throw new ControlError(404, `There is no contact "${contactId}".`);
}

/** Adds what a customer does on the website: write, end the conversation, leave, come back. */
function addBrowserRoutes(scope: FastifyInstance, state: SimulatorState): void {
	const { contacts, conversations, people } = state;
	scope.post<ById>('/simulator/contacts/:contactId/messages', ({ params, body }, reply) => {
		const { contactId } = params;
		requireKnown(contacts.get(contactId) !== undefined, contactId);
		const begin = isRecord(body) && body.fresh === true ? 'start' : 'reply';
		const text = requiredText(body, 'text');
		const beginning = { contactId, text, attributes: readAttributes(body) };
		return reply.code(201).send(checked(() => people[begin](beginning)));
	});
	scope.post<ById>('/simulator/contacts/:contactId/conversation/end', ({ params }, reply) => {
		const contact = contacts.get(params.contactId);
		const open = conversations
			.all()
			.filter(
				({ recipient, state: is }) =>
					is === 'connected' && recipient === contact?.externalContactId,
			);
		for (const { id } of open) people.end(id);
		return reply.send({ ended: open.map(({ id }) => id) });
	});
	for (const [path, browser] of [['leave', 'closed'] as const, ['return', 'open'] as const]) {
		scope.post<ById>(
			`/simulator/contacts/:contactId/${path}`,
			async ({ params: { contactId } }) => {
				requireKnown(contacts.setBrowser(contactId, browser), contactId);
				return contacts.get(contactId);
			},
		);
	}
}

/** Adds the routes to list, open, expire and remove contacts, and of what they do. */
export function addContactRoutes(scope: FastifyInstance, state: SimulatorState): void {
	const { contacts } = state;
	scope.get('/simulator/contacts', () => contacts.all());
	scope.post('/simulator/contacts', (request, reply) => {
		const { body } = request;
		const opened = contacts.open({
			contactId: optionalText(body, 'contactId'),
			externalContactId: optionalText(body, 'externalContactId'),
			deploymentId: optionalText(body, 'deploymentId'),
			name: optionalText(body, 'name'),
			expires: isRecord(body) && body.expires === false ? false : undefined,
		});
		return reply.code(201).send(contacts.get(opened));
	});
	scope.get<ById>('/simulator/contacts/:contactId', async ({ params: { contactId } }) => {
		const contact = contacts.get(contactId);
		requireKnown(contact !== undefined, contactId);
		return contact;
	});
	scope.post<ById>('/simulator/contacts/:contactId/expire', async ({ params: { contactId } }) => {
		requireKnown(contacts.expire(contactId), contactId);
		return contacts.get(contactId);
	});
	scope.delete<ById>('/simulator/contacts/:contactId', (request, reply) => {
		const { contactId } = request.params;
		requireKnown(contacts.remove(contactId), contactId);
		return reply.code(204).send();
	});
	addBrowserRoutes(scope, state);
}
