import type { FastifyInstance } from 'fastify';

import type { SimulatorState } from '../model/state';
import { ControlError } from './controlError';

interface ById {
	Params: { contactId: string };
}

function textOf(body: unknown, field: string): string | undefined {
	const value = (body as Record<string, unknown> | null | undefined)?.[field];
	if (value === undefined || (typeof value === 'string' && value !== '')) return value;
	throw new ControlError(400, `"${field}" must be a text that is not empty.`);
}

function requireKnown(known: boolean, contactId: string): void {
	if (!known) throw new ControlError(404, `There is no contact "${contactId}".`);
}

/** Adds the routes to list, open, expire and remove contacts. */
export function addContactRoutes(scope: FastifyInstance, { contacts }: SimulatorState): void {
	scope.get('/simulator/contacts', () => contacts.all());
	scope.post('/simulator/contacts', (request, reply) => {
		const { body } = request;
		const opened = contacts.open({
			contactId: textOf(body, 'contactId'),
			externalContactId: textOf(body, 'externalContactId'),
			deploymentId: textOf(body, 'deploymentId'),
			name: textOf(body, 'name'),
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
}
