/** One customer of the demo: a shop's order that has news. */
export interface DemoCustomer {
	readonly contactId: string;
	/** The ID of the customer's record, which the documented messaging API uses. */
	readonly externalContactId: string;
	readonly name: string;
	readonly firstName: string;
	readonly lastName: string;
	/** E.164, of a range that is reserved for fiction. */
	readonly phone: string;
	readonly email: string;
	readonly orderId: string;
	readonly message: string;
	/** What happens when the message is sent. */
	readonly expected: 'sent' | 'sentAfterRateLimit' | 'sessionExpired' | 'contactNotFound';
}

/** The five customers of the demo and the example workflow. */
export const DEMO_CUSTOMERS = [
	{
		contactId: '3f1c2b60-5d4e-4a7b-9c11-0a5be1000001',
		externalContactId: '9b7d1e20-6c3f-4d58-8e02-1b4cf2000001',
		name: 'Ada Moreau',
		firstName: 'Ada',
		lastName: 'Moreau',
		phone: '+33639980041',
		email: 'ada.moreau@example.com',
		orderId: 'A-1041',
		message: 'Hello Ada! Your order A-1041 has shipped and arrives on Thursday.',
		expected: 'sent',
	},
	{
		contactId: '3f1c2b60-5d4e-4a7b-9c11-0a5be1000002',
		externalContactId: '9b7d1e20-6c3f-4d58-8e02-1b4cf2000002',
		name: 'Ben Okafor',
		firstName: 'Ben',
		lastName: 'Okafor',
		phone: '+447700900142',
		email: 'ben.okafor@example.com',
		orderId: 'A-1042',
		message: 'Hello Ben! Your order A-1042 is ready to be picked up at our store.',
		expected: 'sent',
	},
	{
		contactId: '3f1c2b60-5d4e-4a7b-9c11-0a5be1000003',
		externalContactId: '9b7d1e20-6c3f-4d58-8e02-1b4cf2000003',
		name: 'Carla Jensen',
		firstName: 'Carla',
		lastName: 'Jensen',
		phone: '+12025550143',
		email: 'carla.jensen@example.com',
		orderId: 'A-1043',
		message: 'Hello Carla! The boots of your order A-1043 are back in stock.',
		expected: 'sentAfterRateLimit',
	},
	{
		contactId: '3f1c2b60-5d4e-4a7b-9c11-0a5be1000004',
		externalContactId: '9b7d1e20-6c3f-4d58-8e02-1b4cf2000004',
		name: 'Dmitri Novak',
		firstName: 'Dmitri',
		lastName: 'Novak',
		phone: '+12025550144',
		email: 'dmitri.novak@example.com',
		orderId: 'A-1044',
		message: 'Hello Dmitri! Your refund for order A-1044 is on its way.',
		expected: 'sessionExpired',
	},
	{
		contactId: '3f1c2b60-5d4e-4a7b-9c11-0a5be1000005',
		externalContactId: '9b7d1e20-6c3f-4d58-8e02-1b4cf2000005',
		name: 'Elif Demir',
		firstName: 'Elif',
		lastName: 'Demir',
		phone: '+447700900145',
		email: 'elif.demir@example.com',
		orderId: 'A-1045',
		message: 'Hello Elif! Your order A-1045 has shipped and arrives on Friday.',
		expected: 'contactNotFound',
	},
] as const satisfies readonly DemoCustomer[];
