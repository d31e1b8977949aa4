import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';

import { registerControl } from './control';
import { registerApi } from './http/api';
import { documentedError, MAX_REQUEST_BYTES } from './http/errors';
import { registerLogin } from './http/login';
import { requireLoopbackHost } from './http/loopbackHosts';
import { newCorrelationId } from './http/observe';
import type { SimulatorState } from './model/state';
import { registerSockets } from './notifications/socketRoute';
import type { TlsFiles } from './options';
import { API_ROUTES } from './routes';
import { registerWidget } from './widget/routes';

/**
 * Makes the simulator's web server, not listening yet.
 *
 * @param tls undefined = plain http
 */
export async function createSimulatorServer(
	state: SimulatorState,
	tls: TlsFiles | undefined,
): Promise<FastifyInstance> {
	const app = Fastify({
		logger: false,
		// On a busy machine ten seconds, the default, are not enough.
		pluginTimeout: 60_000,
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
	requireLoopbackHost(app);
	app.get('/', (_request, reply) => reply.redirect('/widget'));
	await app.register((scope) => registerLogin(scope, state));
	await app.register((scope) => registerApi(scope, state, API_ROUTES));
	await app.register((scope) => registerControl(scope, state));
	await app.register((scope) => registerSockets(scope, state));
	await app.register((scope) => registerWidget(scope));
	return app;
}
