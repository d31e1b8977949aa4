import type { FastifyInstance } from 'fastify';

import type { Fault, FaultTiming } from '../faults/fault';
import type { PlannedFault } from '../faults/plan';
import type { SimulatorState } from '../model/state';
import { checked } from './controlError';

/** JSON has no Infinity; it is written as text, which `POST` takes as well. */
export function shownFault({ fault, ...counts }: PlannedFault<FaultTiming>): object {
	const times = fault.times === Infinity ? 'Infinity' : fault.times;
	return { ...counts, fault: { ...fault, times } };
}

/** Adds the routes to list, add (one fault or a list of them) and clear faults. */
export function addFaultRoutes(scope: FastifyInstance, { faults }: SimulatorState): void {
	scope.get('/simulator/faults', () => faults.all().map(shownFault));
	scope.post('/simulator/faults', ({ body }, reply) => {
		const added: unknown[] = Array.isArray(body) ? body : [body];
		const ids = added.map((fault) => checked(() => faults.add(fault as Fault)));
		return reply.code(201).send({ ids });
	});
	scope.delete('/simulator/faults', (_request, reply) => {
		faults.clear();
		return reply.code(204).send();
	});
}
