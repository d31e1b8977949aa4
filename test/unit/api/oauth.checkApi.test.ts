import { checkApi } from '../../../nodes/GenesysCloud/api/oauth';
import { answered, noAnswer, scripted, type HttpResult } from '../support/http';

describe('the check of the API', () => {
	const checked = async (result: HttpResult) => {
		const { http, apiCalls } = scripted({ api: [result] });
		return { found: await checkApi(http, 'https://api.example.com', 'token-1', 12_345), apiCalls };
	};

	it('shows it the token', async () => {
		const { found, apiCalls } = await checked(answered(200, { OAuthClient: {} }));
		expect(found).toEqual({ ok: true, value: undefined });
		expect(apiCalls).toMatchObject([
			{
				method: 'GET',
				url: 'https://api.example.com/api/v2/tokens/me',
				headers: { authorization: 'Bearer token-1', accept: 'application/json' },
				timeoutMs: 12_345,
			},
		]);
	});

	it.each([401, 404, 503])('takes a refusal (%i) for an answer of the API', async (status) => {
		expect((await checked(answered(status, '<html>'))).found.ok).toBe(true);
	});

	it('says that somebody else answers, without the token', async () => {
		const { found } = await checked(
			answered(200, 'token-1', { 'inin-correlation-id': 'of token-1' }),
		);
		expect(found).toMatchObject({
			failure: {
				...{ reason: 'unexpectedResponse', call: 'read', httpCode: '200' },
				...{ delivered: 'no', correlationId: 'of ***' },
			},
		});
		expect(JSON.stringify(found)).not.toContain('token-1');
	});

	it('says that nobody answers', async () => {
		const { found } = await checked(noAnswer('neverConnected', 'ECONNREFUSED'));
		expect(found).toMatchObject({ failure: { code: 'ECONNREFUSED', call: 'read' } });
	});
});
