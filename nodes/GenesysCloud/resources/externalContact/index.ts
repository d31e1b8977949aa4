import type { Resource } from '../types';
import { lookUp } from './lookUp';

/** Genesys Cloud's records of customers. */
export const externalContact: Resource = {
	value: 'externalContact',
	name: 'External Contact',
	operations: [lookUp],
};
