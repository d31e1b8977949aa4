import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { SimulatorState } from '../model/state';
import type { OAuthClient } from '../model/tokens';
import { observeCalls } from './observe';
import { playFault } from './playFault';

/** An answer of the token endpoint that is an error. */
class LoginError extends Error {
	constructor(
		readonly code: string,
		description: string,
	) {
		super(description);
	}
}

function readBasicAuth(header: string | undefined): { id: string; secret: string } | undefined {
	const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
	if (encoded === undefined) return undefined;
	const decoded = Buffer.from(encoded, 'base64').toString('utf8');
	const colon = decoded.indexOf(':');
	return colon < 0 ? undefined : { id: decoded.slice(0, colon), secret: decoded.slice(colon + 1) };
}

function findClient(state: SimulatorState, request: FastifyRequest): OAuthClient {
	const login = readBasicAuth(request.headers.authorization);
	const client = state.clients.find(
		({ clientId, clientSecret }) => clientId === login?.id && clientSecret === login.secret,
	);
	if (client === undefined) throw new LoginError('invalid_client', 'authentication failed');
	return client;
}

/** The form's fields; as with Genesys Cloud they may be in the query string as well. */
function formOf(request: FastifyRequest): Record<string, string | undefined> {
	return {
		...(request.query as Record<string, string>),
		...(request.body as Record<string, string> | undefined),
	};
}

function issueToken(state: SimulatorState, request: FastifyRequest): object {
	const form = formOf(request);
	const client = findClient(state, request);
	if (form.grant_type !== 'client_credentials') {
		throw new LoginError('unsupported_grant_type', 'unsupported grant type');
	}
	const { tokenLifetimeSeconds: lifetimeSeconds, tokenExpiry } = state.settings;
	const scopes = form.scope?.split(' ').filter((scope) => scope !== '') ?? [];
	const accessToken = state.tokens.issue(client, scopes, lifetimeSeconds);
	const expiry = tokenExpiry === 'told' ? { expires_in: lifetimeSeconds } : {};
	return { access_token: accessToken, token_type: 'bearer', ...expiry };
}

function answerError(state: SimulatorState, error: unknown, reply: FastifyReply): FastifyReply {
	const { code, message } =
		error instanceof LoginError ? error : new LoginError('invalid_request', 'invalid request');
	const status = code === 'invalid_client' ? state.settings.loginRefusalStatus : 400;
	return reply.code(status).send({ error: code, description: message, error_description: message });
}

/**
 * Adds `POST /oauth/token`: HTTP Basic, the client-credentials grant, and the error bodies that were
 * seen on Genesys Cloud. A refusal has status 400, as its SDKs report it, or what
 * `loginRefusalStatus` says.
 */
export async function registerLogin(scope: FastifyInstance, state: SimulatorState): Promise<void> {
	await scope.register(formbody);
	observeCalls(scope, state);
	scope.setErrorHandler((error, _request, reply) => answerError(state, error, reply));
	scope.post('/oauth/token', async (request, reply) => {
		const answer = (): object => issueToken(state, request);
		const fault = state.faults.take('token');
		return fault === undefined
			? answer()
			: await playFault(fault, { stopping: state.stopping.signal, reply, answer });
	});
}
