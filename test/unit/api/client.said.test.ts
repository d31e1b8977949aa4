import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { clientWith } from '../support/client';
import { answered, tokenAnswer } from '../support/http';

const SEND: ApiRequest = { method: 'POST', path: '/send', body: { message: 'Hi' } };
const READ: ApiRequest = { method: 'GET', path: '/read', reads: true, answer: 'any' };

describe('what Genesys Cloud says of a request', () => {
	const said = async (message: string, request: ApiRequest) => {
		const api = [answered(400, { code: 'invalid.value', message })];
		const result = await clientWith({ api }).client(request);
		if (result.ok) throw new Error('sent');
		return result.failure;
	};

	it('is kept whole, and without what it quotes of the body', async () => {
		const body = { contactId: 'c-1234', message: 'Your session has expired' };
		const message = 'Contact c-1234: Your session has expired is not valid';
		const failure = await said(message, { ...SEND, body });
		expect(failure).toMatchObject({ apiMessage: message, ownWords: 'Contact : is not valid' });
	});

	it('is kept without the IDs of the path', async () => {
		const path = '/api/v2/conversations/messages/aaaa-4711-bbbb/details';
		const failure = await said('The conversation aaaa-4711-bbbb is gone', { ...READ, path });
		expect(failure.ownWords).toBe('The conversation is gone');
	});

	it.each([
		['The number 471123 is unknown', 'The number is unknown'],
		['The data-table of number 471123 is gone', 'The data-table of number is gone'],
	])('is kept with the words of the path, without its numbers: %s', async (message, expected) => {
		const failure = await said(message, { ...READ, path: '/api/v2/data-table/471123' });
		expect(failure.ownWords).toBe(expected);
	});

	it('is read in the fields that name entities, too', async () => {
		const body = {
			...{ code: 'not.found', message: 'The requested resource was not found.' },
			...{ entityName: 'integration', details: [null, 7, 'x', { fieldName: 'fromAddress' }] },
			errors: [{ message: 'Deployment [c-1] not found', code: 'x' }],
		};
		const { client } = clientWith({ api: [answered(404, body)] });
		const ownWords =
			'The requested resource was not found.\nintegration\nfromAddress\nDeployment not found';
		expect(await client(SEND)).toMatchObject({ failure: { reason: 'notFound', ownWords } });
	});

	it('is understood before the token is hidden in it', async () => {
		const api = [answered(400, { code: 'session.expired', message: 'The session has expired' })];
		const { client } = clientWith({ api, token: [tokenAnswer('session')] });
		expect(await client(SEND)).toMatchObject({
			failure: {
				code: '***.expired',
				apiMessage: 'The *** has expired',
				ownWords: 'The session has expired',
			},
		});
	});
});
