import type { FastifyInstance } from 'fastify';

import type { Settings } from '../model/settings';
import type { SimulatorState } from '../model/state';
import { checked } from './controlError';

/**
 * Adds the routes of settings, statistics, access tokens and reset. The settings show the OAuth
 * clients with their secrets: they are made up, and the widget tells its reader how to log in.
 */
export function addSettingsRoutes(scope: FastifyInstance, state: SimulatorState): void {
	const { stats } = state;
	const settings = (): object => ({ ...state.settings, clients: state.clients });
	scope.get('/simulator/settings', settings);
	scope.patch('/simulator/settings', ({ body }, reply) => {
		checked(() => state.configure(body as Partial<Settings>));
		return reply.send(settings());
	});
	scope.get('/simulator/stats', () => stats.snapshot());
	scope.delete('/simulator/stats', (_request, reply) => {
		stats.clear();
		return reply.code(204).send();
	});
	scope.post('/simulator/tokens/revoke', (_request, reply) => {
		state.revokeTokens();
		return reply.code(204).send();
	});
	scope.post('/simulator/reset', (_request, reply) => {
		state.reset();
		return reply.code(204).send();
	});
}
