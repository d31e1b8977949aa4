import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply } from 'fastify';

import type { SimulatorState } from '../model/state';

/**
 * Gives an answer its correlation ID, which error bodies repeat as `contextId`.
 *
 * @returns the ID, a UUID
 */
export function newCorrelationId(reply: FastifyReply): string {
	const correlationId = randomUUID();
	reply.header('ININ-Correlation-Id', correlationId);
	return correlationId;
}

/** The correlation ID that `newCorrelationId` gave to an answer. */
export function correlationIdOf(reply: FastifyReply): string {
	return String(reply.getHeader('ININ-Correlation-Id'));
}

/**
 * Counts every call to the routes of a scope and gives every answer a correlation ID. A call ends
 * when its answer is written or its connection is gone, so unanswered calls are counted too.
 */
export function observeCalls(scope: FastifyInstance, state: SimulatorState): void {
	scope.addHook('onRequest', (request, reply, done) => {
		newCorrelationId(reply);
		const end = state.stats.begin(`${request.method} ${request.routeOptions.url}`);
		reply.raw.once('close', () => {
			end(reply.raw.writableFinished ? reply.raw.statusCode : 'aborted');
		});
		done();
	});
}
