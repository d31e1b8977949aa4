import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { SimulatorState } from '../model/state';
import { addBrowserStream } from './browserStream';
import { addContactRoutes } from './contacts';
import { ControlError } from './controlError';
import { addConversationRoutes } from './conversations';
import { addDirectoryRoutes } from './directory';
import { addEventRoutes } from './events';
import { addFaultRoutes } from './faults';
import { addJournalRoutes } from './journal';
import { addMessageRoutes } from './messages';
import { addNotificationRoutes } from './notifications';
import { addRecipientRoutes } from './recipients';
import { addSettingsRoutes } from './settings';

function parseJson(text: string): unknown {
	try {
		return text === '' ? undefined : JSON.parse(text);
	} catch {
		throw new ControlError(400, 'The request body is not valid JSON.');
	}
}

/**
 * Adds the control API under `/simulator/`: JSON in, JSON out, errors as `{ error }` with one
 * sentence. It needs no access token and never counts in rate limits or statistics.
 */
export async function registerControl(
	scope: FastifyInstance,
	state: SimulatorState,
): Promise<void> {
	// curl sends a form's content type unless told otherwise: whatever comes is read as JSON.
	scope.removeAllContentTypeParsers();
	const parser = async (_request: FastifyRequest, text: string): Promise<unknown> =>
		parseJson(text);
	scope.addContentTypeParser('*', { parseAs: 'string' }, parser);
	scope.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
		reply.code(error.statusCode ?? 500).send({ error: error.message }),
	);
	addContactRoutes(scope, state);
	await addBrowserStream(scope, state);
	addEventRoutes(scope, state);
	addJournalRoutes(scope, state);
	addFaultRoutes(scope, state);
	addMessageRoutes(scope, state);
	addConversationRoutes(scope, state);
	addNotificationRoutes(scope, state);
	addRecipientRoutes(scope, state);
	addDirectoryRoutes(scope, state);
	addSettingsRoutes(scope, state);
}
