import type { Resource } from '../types';
import { get } from './get';

/** Message conversations of Genesys Cloud. */
export const conversation: Resource = {
	value: 'conversation',
	name: 'Conversation',
	operations: [get],
};
