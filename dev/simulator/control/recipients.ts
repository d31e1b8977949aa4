import type { FastifyInstance } from 'fastify';

import type { RecipientRule } from '../model/messaging/recipients';
import type { SimulatorState } from '../model/state';
import { checked, ControlError } from './controlError';

interface ByAddress {
	Params: { address: string };
}

/** Adds the routes that say what is special about a recipient. */
export function addRecipientRoutes(scope: FastifyInstance, { recipients }: SimulatorState): void {
	scope.get('/simulator/recipients', () => Object.fromEntries(recipients.all()));
	scope.put<ByAddress>('/simulator/recipients/:address', ({ params, body }, reply) =>
		reply.send(checked(() => recipients.set(params.address, body as RecipientRule))),
	);
	scope.delete<ByAddress>('/simulator/recipients/:address', ({ params: { address } }, reply) => {
		if (recipients.remove(address)) return reply.code(204).send();
		throw new ControlError(404, `Nothing is special about the recipient "${address}".`);
	});
}
