import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';

import { registerApi } from './api';
import { registerControl } from './control';
import { documentedError, MAX_REQUEST_BYTES } from './errors';
import { registerLogin } from './login';
import { newCorrelationId } from './observe';
import type { Simulator } from './simulator';
import type { SimulatorState } from './state';
import { registerWidget } from './widgetRoutes';

/**
 * Makes the simulator's web server, not listening yet.
 *
 * @param state what the simulator remembers
 * @param simulator what the control API acts on
 */
export async function createSimulatorServer(
	state: SimulatorState,
	simulator: Simulator,
): Promise<FastifyInstance> {
	const { tls } = state.start;
	const app = Fastify({
		logger: false,
		bodyLimit: MAX_REQUEST_BYTES,
		forceCloseConnections: true,
		serverFactory: (handler) =>
			tls === undefined ? createServer(handler) : createTlsServer(tls, handler),
	});
	app.server.on('connection', () => state.stats.noteConnection());
	app.setNotFoundHandler((_request, reply) => {
		const correlationId = newCorrelationId(reply);
		return reply.code(404).send(documentedError(404).toBody(correlationId));
	});
	app.get('/', (_request, reply) => reply.redirect('/widget'));
	await app.register((scope) => registerLogin(scope, state));
	await app.register((scope) => registerApi(scope, state));
	await app.register((scope) => registerControl(scope, state, simulator));
	await app.register((scope) => registerWidget(scope));
	return app;
}
