import type { IDataObject } from 'n8n-workflow';

import { beds } from '../support/bed';
import { messageBy, RECIPIENTS, recipients } from '../support/messages';
import { detailsOf, having, jsonOf } from '../support/outcomes';
import { customers } from '../support/workflows';

const openBed = beds();
const onError = 'continueErrorOutput';
const output = { unreachable: 'output' };
const number = '+12025550143';

/** An answer in Genesys Cloud's own format. */
function refusal(status: number, message: string, code = 'bad.request') {
	return { kind: 'status', status, body: { message, code, status }, times: Infinity } as const;
}

type Case = [status: number, message: string, reason: string, code?: string];

/** Refusals that speak of the set-up or quote us: none of these customers leaves by Unreachable. */
const notAboutTheCustomer: readonly Case[] = [
	[400, 'Value [Your discount has expired] is not valid for the field message', 'badRequest'],
	[400, 'Value "Your session has expired, log in again" is too long', 'badRequest'],
	[400, "The text 'the session was closed' is not allowed", 'badRequest'],
	[400, 'The trial of this organization has expired', 'badRequest'],
	[400, 'The trial period has ended', 'badRequest'],
	[400, 'The license of the organization expired', 'badRequest'],
	[400, 'The access token has expired', 'badRequest'],
	[400, 'The certificate of the integration has expired', 'badRequest'],
	[400, 'Value [Reply STOP to opt out] is not valid', 'badRequest'],
	[400, 'Field textBody "You are unsubscribed" is invalid', 'badRequest'],
	[404, 'The integration was not found', 'notFound'],
	[404, 'No deployment with id 7d2e4c10 exists', 'notFound'],
	[404, 'The template was not found', 'notFound'],
	[404, 'The phone number +12025550100 is not known', 'notFound'],
	[404, 'The requested path was not found', 'notFound'],
	[404, 'The queue does not exist', 'notFound'],
	[404, 'No such application', 'notFound'],
	[404, 'The account does not exist', 'notFound'],
	[404, 'The provider is not known', 'notFound'],
	[404, 'The API operation does not exist', 'notFound'],
	[404, 'Unknown tenant', 'notFound'],
	[404, 'Resource not found', 'notFound', 'deployment.not.found'],
	[404, 'Not found', 'notFound', 'INTEGRATION_NOT_FOUND'],
	[404, 'Not found', 'notFound', 'templateNotFound'],
	[400, 'The session of the OAuth client has expired', 'badRequest'],
	[400, 'The API session has expired', 'badRequest'],
	[400, 'The user session has expired', 'badRequest'],
	[400, 'The session of the integration with its provider has ended', 'badRequest'],
	[400, 'The opt-out settings of the integration are missing', 'badRequest'],
	[400, 'Invalid opt-out keyword', 'badRequest'],
	[400, 'Invalid: ‹Your session has expired›', 'badRequest'],
];

describe('a refusal that is not about the customer', () => {
	const operations: [string, IDataObject, string?][] = [
		['Web Message', {}],
		['SMS', messageBy('sms')],
		['Open Messaging', messageBy('open')],
		['Web Messaging', messageBy('webmessaging'), RECIPIENTS.webmessaging],
	];

	describe.each(operations)('%s', (_name, parameters, recipient = number) => {
		it.each<Case>(notAboutTheCustomer)(
			'%i "%s" is %s',
			async (status, message, reason, code = 'bad.request') => {
				const bed = await openBed({ faults: [refusal(status, message, code)] });
				const input = recipients(recipient).map(({ json }) => ({
					json: { ...json, ...customers('ada')[0]!.json, text: 'Your discount has expired' },
				}));
				const result = await bed.run(input, { ...parameters, ...output }, { onError });
				expect(jsonOf(result, 1)).toEqual([]);
				expect(detailsOf(result, 2)).toEqual([having({ reason, delivered: 'no' })]);
			},
		);
	});
});

describe('our own text, quoted bare', () => {
	it.each<[string, IDataObject, string]>([
		['Your session has expired', {}, 'The message Your session has expired is not valid'],
		['Reply STOP to opt out', messageBy('sms'), 'Invalid body: Reply STOP to opt out'],
		['An active conversation awaits', messageBy('sms'), 'Bad: An active conversation awaits'],
		['Your session has expired, Ada', {}, 'Invalid: YOUR SESSION HAS EXPIRED, ADA'],
		['Session expired!', messageBy('sms'), 'Invalid: session expired'],
		['Your session has expired', {}, 'Invalid: Your%20session%20has%20expired'],
	])('decides nothing: %j', async (text, parameters, message) => {
		const bed = await openBed({ faults: [refusal(400, message)] });
		const input = [{ json: { contactId: 'ada', to: number, text } }];
		const result = await bed.run(input, { ...parameters, ...output }, { onError });
		expect(detailsOf(result, 2)).toEqual([having({ reason: 'badRequest' })]);
	});
});

describe('a refusal that is about the customer', () => {
	it.each([
		[400, 'Contact ID is invalid or session has expired'],
		[400, 'The web messaging session has ended'],
		[400, 'The session is closed'],
		[409, 'The session has ended'],
		[409, 'Session for contact ada was terminated'],
		[400, 'No active session for this contact'],
		[400, 'The session timed out'],
		[400, 'The session is no longer active'],
		[400, 'The session is not open'],
		[400, 'The guest has disconnected: the session is over'],
		[400, 'Bad request', 'session.expired'],
		[400, 'Bad request', 'SESSION_EXPIRED'],
		[409, 'Conflict', 'sessionExpired'],
	])(
		'of a web message, %i "%s", is sessionExpired',
		async (status, message, code = 'bad.request') => {
			const bed = await openBed({ faults: [refusal(status, message, code)] });
			const result = await bed.run(customers('ada'), output, { onError });
			expect(detailsOf(result, 1)).toEqual([having({ reason: 'sessionExpired' })]);
		},
	);

	it.each<Case>([
		[400, 'The recipient has opted out', 'optedOut'],
		[400, 'RecipientOptedOut', 'optedOut'],
		[403, 'not.authorized', 'forbidden'],
		[400, 'The recipient was not found', 'contactNotFound'],
		[404, 'The requested resource was not found', 'contactNotFound'],
		[400, 'The session of the external contact has expired', 'sessionExpired'],
		[409, 'The session has ended', 'sessionExpired'],
		[400, 'An active conversation is already in progress', 'conflict'],
		[400, 'Bad request', 'optedOut', 'RECIPIENT_OPTED_OUT'],
		[400, 'Bad request', 'optedOut', 'recipient.opt.out'],
		[400, 'The number is on the do-not-contact list', 'optedOut'],
		[400, 'The recipient has not opted in', 'optedOut'],
		[400, 'Bad request', 'contactNotFound', 'contact.not.found'],
		[400, 'The session was disconnected', 'sessionExpired'],
	])('of a message, %i "%s", is %s', async (status, message, reason, code = 'bad.request') => {
		const bed = await openBed({ faults: [refusal(status, message, code)] });
		const result = await bed.run(recipients(number), messageBy('sms'), { onError });
		expect(detailsOf(result, 1)).toEqual([having({ reason })]);
	});
});

describe('an API URL that ends with what the node appends', () => {
	it.each(['/api/v2', '/api/v2/', '//'])('is understood: %s', async (end) => {
		const bed = await openBed();
		const { url } = bed.simulator;
		const pasted = await openBed({
			credential: {
				loginUrl: `${url}/oauth/token`,
				apiUrl: url + end,
				clientId: bed.client.clientId,
				clientSecret: bed.client.clientSecret,
			},
		});
		const result = await pasted.run(customers('ada'));
		expect(jsonOf(result)).toEqual([having({ status: 'sent' })]);
		expect(bed.reached()).toEqual(['ada']);
	});
});
