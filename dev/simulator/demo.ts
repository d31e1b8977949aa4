import { DEMO_CUSTOMERS } from './model/directory/demoCustomers';
import type { SimulatorState } from './model/state';

export { DEMO_CUSTOMERS } from './model/directory/demoCustomers';
export type { DemoCustomer } from './model/directory/demoCustomers';

/**
 * Makes the demo's start state: three open sessions, one of them rate-limited once (429 with a
 * Retry-After of one second), one expired session, and one contact that does not exist.
 */
export function prepareDemo({
	contacts,
	faults,
}: Pick<SimulatorState, 'contacts' | 'faults'>): void {
	for (const { contactId, externalContactId, name, expected } of DEMO_CUSTOMERS) {
		if (expected === 'contactNotFound') continue;
		contacts.open({ contactId, externalContactId, name, expires: false });
		if (expected === 'sessionExpired') contacts.expire(contactId);
		if (expected !== 'sentAfterRateLimit') continue;
		faults.add({ kind: 'status', contactId, status: 429, headers: { 'Retry-After': '1' } });
	}
}
