import type { Resource } from '../types';
import { getStatus } from './getStatus';
import { send } from './send';

/** Messages by Genesys Cloud's documented agentless messages API. */
export const message: Resource = {
	value: 'message',
	name: 'Message',
	operations: [send, getStatus],
};
