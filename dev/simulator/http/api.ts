import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { SimulatorState } from '../model/state';
import type { IssuedToken } from '../model/tokens';
import type { ApiCall, ApiRoute } from './apiRoute';
import { ApiError, documentedError, rateLimitExceeded, requestTooLarge } from './errors';
import { correlationIdOf, observeCalls } from './observe';
import { checkPermission } from './permissions';
import { playFault } from './playFault';

declare module 'fastify' {
	interface FastifyRequest {
		/** The valid access token of a call to the simulated API. */
		accessToken: IssuedToken | null;
	}
}

/**
 * Finds the valid access token of a call.
 *
 * @throws ApiError 401: no token, an unknown or revoked one, an expired one
 */
function authenticate(state: SimulatorState, authorization: string | undefined): IssuedToken {
	const value = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
	if (value === undefined) {
		const message = 'No authentication bearer token specified in authorization header.';
		throw new ApiError(401, 'authentication.required', message);
	}
	const token = state.tokens.find(value);
	if (token === undefined) throw documentedError(401);
	if (performance.now() >= token.expiresAt) {
		const message = 'The supplied credentials are expired and cannot be used.';
		throw new ApiError(401, 'credentials.expired', message);
	}
	return token;
}

/** Counts a call in its token's rate window, writes the headers, and throws the 429. */
function limitRate(state: SimulatorState, token: IssuedToken, reply: FastifyReply): void {
	const limit = state.settings.rateLimit;
	if (limit === null) return;
	const { allowed, count, resetSeconds, exceeded } = state.windows.count(token.id, limit);
	reply.header('inin-ratelimit-allowed', allowed);
	reply.header('inin-ratelimit-count', count);
	reply.header('inin-ratelimit-reset', resetSeconds);
	if (!exceeded) return;
	reply.header('Retry-After', resetSeconds);
	throw rateLimitExceeded(resetSeconds, allowed);
}

function callOf(state: SimulatorState, request: FastifyRequest): ApiCall {
	const token = request.accessToken;
	if (token === null) throw documentedError(401);
	return {
		state,
		token,
		body: request.body,
		secure: request.protocol === 'https',
		host: request.host,
		params: request.params as Record<string, string>,
		query: request.query as ApiCall['query'],
	};
}

function addRoute(scope: FastifyInstance, state: SimulatorState, route: ApiRoute): void {
	const { method, url, endpoint } = route;
	scope.route({
		method,
		url,
		onRequest: (request, reply, done) => {
			if (endpoint === 'send') state.stats.noteSend();
			request.accessToken = authenticate(state, request.headers.authorization);
			limitRate(state, request.accessToken, reply);
			checkPermission(route, request.accessToken.client);
			done();
		},
		handler: async (request, reply) => {
			const call = callOf(state, request);
			const answer = (): object => {
				const body = route.answer(call);
				reply.code(route.statusOf?.(state.settings) ?? 200);
				return body;
			};
			const fault = state.faults.take(endpoint, route.contactIdOf?.(call), `${method} ${url}`);
			return fault === undefined
				? answer()
				: await playFault(fault, { stopping: state.stopping.signal, reply, answer });
		},
	});
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw documentedError(400);
	}
}

/** Reads JSON; a call without a body may have any content type, as HTTP clients set one by themselves. */
function addBodyParsers(scope: FastifyInstance): void {
	scope.removeAllContentTypeParsers();
	const parse = async ({ headers }: FastifyRequest, text: string): Promise<unknown> => {
		if (text === '') return undefined;
		if (headers['content-type']?.startsWith('application/json')) return parseJson(text);
		throw documentedError(415);
	};
	scope.addContentTypeParser('*', { parseAs: 'string' }, parse);
}

/** Puts what the web server itself refuses into Genesys Cloud's words. */
function toApiError(error: unknown): ApiError {
	if (error instanceof ApiError) return error;
	const status = (error as { statusCode?: number }).statusCode ?? 500;
	return status === 413 ? requestTooLarge() : documentedError(status);
}

/** Adds the endpoints of the simulated API, with access tokens, rate limit and error bodies. */
export async function registerApi(
	scope: FastifyInstance,
	state: SimulatorState,
	routes: readonly ApiRoute[],
): Promise<void> {
	scope.decorateRequest('accessToken', null);
	addBodyParsers(scope);
	observeCalls(scope, state);
	scope.setErrorHandler((error, _request, reply) => {
		const apiError = toApiError(error);
		return reply.code(apiError.status).send(apiError.toBody(correlationIdOf(reply)));
	});
	for (const route of routes) addRoute(scope, state, route);
}
