import type { FastifyInstance } from 'fastify';

import type { FailureReason } from '../model/messaging/failureReasons';
import type { MessageStatus, Message } from '../model/messaging/messages';
import type { SimulatorState } from '../model/state';
import { checked, ControlError } from './controlError';

interface ById {
	Params: { id: string };
	Body?: { status?: MessageStatus; reason?: FailureReason };
}

/** Adds the routes to list the agentless messages and to move their status. */
export function addMessageRoutes(scope: FastifyInstance, { messages }: SimulatorState): void {
	const shown = ({ acceptedAt: _at, failure: _why, ...message }: Message): object => ({
		...message,
		...messages.progress({ ...message, acceptedAt: _at, failure: _why }),
	});
	scope.get('/simulator/messages', () => messages.all().map(shown));
	scope.post<ById>('/simulator/messages/:id/status', ({ params: { id }, body }, reply) => {
		const { status = 'delivery-success', reason } = body ?? {};
		const known = checked(() => messages.setStatus(id, status, reason));
		const message = messages.get(id);
		if (!known || message === undefined) {
			throw new ControlError(404, `There is no message "${id}".`);
		}
		return reply.send(shown(message));
	});
}
