import { withoutSecrets } from '../../../nodes/GenesysCloud/api/redact';
import { SECRET } from '../support/credentials';
import { clientWith } from '../support/client';
import { answer, answered } from '../support/http';

describe('withoutSecrets', () => {
	it('hides every secret, wherever and however often the answer repeats it', () => {
		const response = answer(502, `${SECRET} token ${SECRET}`, { 'x-echo': `a ${SECRET}` });
		const shown = withoutSecrets(response, [SECRET, 'token']);
		expect(shown.status).toBe(502);
		expect(shown.text).toBe('*** *** ***');
		expect(shown.header('x-echo')).toBe('a ***');
		expect(shown.header('x-missing')).toBeUndefined();
	});

	it('leaves an answer alone when there is nothing to hide', () => {
		expect(withoutSecrets(answer(200, 'text'), ['']).text).toBe('text');
	});
});

describe('a gateway that repeats the request in its answer', () => {
	it('does not bring the secret into a failure', async () => {
		const basic = Buffer.from(`client-1:${SECRET}`).toString('base64');
		const description = `Basic ${basic} of ${SECRET} was refused`;
		const token = [answered(400, { error: 'invalid_client', error_description: description })];
		expect(await clientWith({ token }).client({ method: 'GET', path: '/x' })).toMatchObject({
			failure: { apiMessage: 'Basic *** of *** was refused' },
		});
	});

	it.each([200, 400, 500])('does not bring the token into a failure: %i', async (status) => {
		const api = [answered(status, { message: 'authorization: Bearer token-1' })];
		expect(await clientWith({ api }).client({ method: 'GET', path: '/x' })).toMatchObject({
			failure: { apiMessage: 'authorization: Bearer ***' },
		});
	});
});
