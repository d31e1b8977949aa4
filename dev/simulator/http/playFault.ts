import { setTimeout as sleep } from 'node:timers/promises';

import type { FastifyReply } from 'fastify';

import { acceptsFirst } from '../faults/fault';
import type { Fault, FaultAction } from '../faults/fault';
import { destroyConnection, drip, endless, HTML_PAGE, truncate } from './brokenAnswers';
import { documentedError, rateLimitExceeded } from './errors';
import { correlationIdOf } from './observe';

/** The call a fault is played on. */
interface FaultStage {
	/** Aborted when the simulator stops: waits end. */
	readonly stopping: AbortSignal;
	readonly reply: FastifyReply;
	/** Accepts the call; returns the right answer's body, throws the error to answer with. */
	readonly answer: () => object;
}

interface Scene extends FaultStage {
	/** The right answer's body, after the call was accepted; before, a body with an ID alone. */
	readonly body: () => object;
}

type Player<Kind> = (action: Extract<FaultAction, { kind: Kind }>, scene: Scene) => unknown;

type Players = { [Kind in FaultAction['kind']]: Player<Kind> };

const THROTTLED = 'rate limit exceeded; try again later';

/** A fault's 429 looks like a used up window that ends when Retry-After says. */
function alignWindow(reply: FastifyReply, retryAfter: string, own: Record<string, string>): void {
	const allowed = reply.getHeader('inin-ratelimit-allowed');
	if (allowed === undefined || !/^\d+$/.test(retryAfter)) return;
	reply.headers({
		'inin-ratelimit-count': allowed,
		'inin-ratelimit-reset': retryAfter,
		...own,
	});
}

const playStatus: Player<'status'> = ({ status, body, headers = {} }, { reply }) => {
	reply.code(status).headers(headers);
	if (body === 'html') return reply.type('text/html').send(HTML_PAGE);
	if (body === 'empty') return reply.send();
	if (body !== undefined) return reply.send(body);
	const correlationId = correlationIdOf(reply);
	if (status !== 429) return reply.send(documentedError(status).toBody(correlationId));
	const retryAfter = String(reply.getHeader('Retry-After') ?? '');
	alignWindow(reply, retryAfter, headers);
	return reply.send(rateLimitExceeded(retryAfter).toBody(correlationId));
};

const PLAYERS: Players = {
	status: playStatus,
	latency: async ({ ms }, { stopping, body }) => {
		await sleep(ms, undefined, { signal: stopping });
		return body();
	},
	reset: (_action, { reply }) => destroyConnection(reply),
	hang: (_action, { reply }) => reply.hijack(),
	slowBody: ({ intervalMs }, { stopping, reply, body }) =>
		drip(reply, JSON.stringify(body()), intervalMs, stopping),
	truncatedBody: (_action, { reply, body }) => truncate(reply, JSON.stringify(body())),
	invalidJson: (_action, { reply, body }) =>
		reply.type('application/json').send(JSON.stringify(body()).slice(0, -10)),
	html200: (_action, { reply }) => reply.type('text/html').send(HTML_PAGE),
	empty204: (_action, { reply }) => reply.code(204).send(),
	huge: ({ bytes }, { reply, body }) => reply.type('application/json').send(endless(body(), bytes)),
	redirect: ({ location, status = 302 }, { reply }) => reply.redirect(location, status),
	tokenThrottle: (_action, { reply }) =>
		reply.code(400).send({
			error: 'invalid_request',
			description: THROTTLED,
			error_description: THROTTLED,
		}),
};

/**
 * Plays a fault on a call. What is to be accepted first is accepted before; if that fails, its error
 * is the answer and the fault is used up.
 *
 * @returns the body to answer with, or the reply when it was answered or taken over
 * @throws ApiError of a call that cannot be accepted
 */
export async function playFault(fault: Fault, stage: FaultStage): Promise<unknown> {
	const accepted = acceptsFirst(fault) ? stage.answer() : undefined;
	const later = fault.kind === 'latency' ? stage.answer : () => ({ id: 'not-accepted' });
	const scene: Scene = { ...stage, body: () => accepted ?? later() };
	const play = PLAYERS[fault.kind] as (action: FaultAction, scene: Scene) => unknown;
	return await play(fault, scene);
}
