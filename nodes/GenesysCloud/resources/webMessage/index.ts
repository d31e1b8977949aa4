import type { Resource } from '../types';
import { send } from './send';

/** Messages into a customer's web messaging session. */
export const webMessage: Resource = {
	value: 'webMessage',
	name: 'Web Message',
	operations: [send],
};
