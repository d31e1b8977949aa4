import type { Simulator } from './simulator';

/** One customer of the demo: a shop's order that has news. */
export interface DemoCustomer {
	readonly contactId: string;
	readonly name: string;
	readonly orderId: string;
	readonly message: string;
	/** What happens when the message is sent. */
	readonly expected: 'sent' | 'sentAfterRateLimit' | 'sessionExpired' | 'contactNotFound';
}

/** The five customers of the demo and the example workflow. */
export const DEMO_CUSTOMERS = [
	{
		contactId: '3f1c2b60-5d4e-4a7b-9c11-0a5be1000001',
		name: 'Ada Moreau',
		orderId: 'A-1041',
		message: 'Hello Ada! Your order A-1041 has shipped and arrives on Thursday.',
		expected: 'sent',
	},
	{
		contactId: '3f1c2b60-5d4e-4a7b-9c11-0a5be1000002',
		name: 'Ben Okafor',
		orderId: 'A-1042',
		message: 'Hello Ben! Your order A-1042 is ready to be picked up at our store.',
		expected: 'sent',
	},
	{
		contactId: '3f1c2b60-5d4e-4a7b-9c11-0a5be1000003',
		name: 'Carla Jensen',
		orderId: 'A-1043',
		message: 'Hello Carla! The boots of your order A-1043 are back in stock.',
		expected: 'sentAfterRateLimit',
	},
	{
		contactId: '3f1c2b60-5d4e-4a7b-9c11-0a5be1000004',
		name: 'Dmitri Novak',
		orderId: 'A-1044',
		message: 'Hello Dmitri! Your refund for order A-1044 is on its way.',
		expected: 'sessionExpired',
	},
	{
		contactId: '3f1c2b60-5d4e-4a7b-9c11-0a5be1000005',
		name: 'Elif Demir',
		orderId: 'A-1045',
		message: 'Hello Elif! Your order A-1045 has shipped and arrives on Friday.',
		expected: 'contactNotFound',
	},
] as const satisfies readonly DemoCustomer[];

/**
 * Makes the demo's start state: three open sessions, one of them rate-limited once (429 with a
 * Retry-After of one second), one expired session, and one contact that does not exist.
 */
export function prepareDemo({ contacts, faults }: Pick<Simulator, 'contacts' | 'faults'>): void {
	for (const { contactId, name, expected } of DEMO_CUSTOMERS) {
		if (expected === 'contactNotFound') continue;
		contacts.open({ contactId, name });
		if (expected === 'sessionExpired') contacts.expire(contactId);
		if (expected !== 'sentAfterRateLimit') continue;
		faults.add({ kind: 'status', contactId, status: 429, headers: { 'Retry-After': '1' } });
	}
}
