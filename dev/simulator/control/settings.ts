import type { FastifyInstance } from 'fastify';

import type { Settings } from '../settings';
import type { Simulator } from '../simulator';
import type { SimulatorState } from '../state';
import { checked } from './controlError';

/**
 * Adds the routes of settings, statistics, access tokens and reset. The settings show the OAuth
 * clients with their secrets: they are made up, and the widget tells its reader how to log in.
 */
export function addSettingsRoutes(
	scope: FastifyInstance,
	state: SimulatorState,
	simulator: Simulator,
): void {
	const { stats } = simulator;
	const settings = (): object => ({ ...state.settings, clients: state.start.clients });
	scope.get('/simulator/settings', settings);
	scope.patch('/simulator/settings', ({ body }, reply) => {
		checked(() => simulator.configure(body as Partial<Settings>));
		return reply.send(settings());
	});
	scope.get('/simulator/stats', () => stats.snapshot());
	scope.delete('/simulator/stats', (_request, reply) => {
		stats.clear();
		return reply.code(204).send();
	});
	scope.post('/simulator/tokens/revoke', (_request, reply) => {
		simulator.revokeTokens();
		return reply.code(204).send();
	});
	scope.post('/simulator/reset', (_request, reply) => {
		simulator.reset();
		return reply.code(204).send();
	});
}
