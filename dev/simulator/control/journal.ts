import type { FastifyInstance } from 'fastify';

import type { SimulatorState } from '../model/state';

interface Filtered {
	Querystring: { contactId?: string; channel?: string };
}

/** Adds the routes to read and clear the journal. */
export function addJournalRoutes(scope: FastifyInstance, { journal }: SimulatorState): void {
	scope.get<Filtered>('/simulator/journal', ({ query }, reply) => {
		const { contactId, channel } = query;
		const ofContact =
			contactId === undefined ? journal.all() : (journal.byContact().get(contactId) ?? []);
		const entries =
			channel === undefined ? ofContact : ofContact.filter((entry) => entry.channel === channel);
		return reply.send({ count: entries.length, entries });
	});
	scope.get('/simulator/journal/by-contact', () => Object.fromEntries(journal.byContact()));
	scope.delete('/simulator/journal', (_request, reply) => {
		journal.clear();
		return reply.code(204).send();
	});
}
