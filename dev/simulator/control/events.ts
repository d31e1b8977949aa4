import type { FastifyInstance } from 'fastify';

import type { SimulatorState } from '../model/state';

/** Adds the routes to read and clear the journal of what was due to be told. */
export function addEventRoutes(scope: FastifyInstance, { events }: SimulatorState): void {
	scope.get<{ Querystring: { event?: string } }>('/simulator/events', ({ query }, reply) => {
		const found = events.all(query.event);
		return reply.send({ count: found.length, events: found });
	});
	scope.delete('/simulator/events', (_request, reply) => {
		events.clear();
		return reply.code(204).send();
	});
}
