import { errorFields } from '../../../nodes/GenesysCloud/api/answer';
import { withoutSecrets } from '../../../nodes/GenesysCloud/api/redact';
import { SECRET } from '../support/credentials';
import { clientWith } from '../support/client';
import { answer, answered, tokenAnswer } from '../support/http';

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
		const text = 'a text';
		expect(withoutSecrets(answer(200, text), ['']).text).toBe(text);
	});

	const odd = `"q"\\/ <~${SECRET}>!`;
	it.each([
		['as it is', odd],
		['URL-encoded', encodeURIComponent(odd)],
		['URL-encoded in lower case', encodeURIComponent(odd).replace(/%../g, (c) => c.toLowerCase())],
		['as a form', new URLSearchParams({ s: odd }).toString().slice(2)],
		['in Base64', Buffer.from(odd).toString('base64')],
		['in Base64 without its end', Buffer.from(odd).toString('base64').replace(/=+$/, '')],
		['in Base64 for URLs', Buffer.from(odd).toString('base64url')],
	])('hides a secret that is repeated %s', (_form, repeated) => {
		const body = { message: `It was ${repeated}.` };
		const header = { 'inin-correlation-id': repeated };
		const fields = errorFields(withoutSecrets(answer(400, body, header), [odd]));
		expect(fields.apiMessage).toBe('It was ***.');
		expect(fields.correlationId).toBe('***');
	});

	it('hides a secret however its JSON is escaped', () => {
		const escaped = Array.from(SECRET).map(
			(c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
		const php = Buffer.from(SECRET).toString('base64').replaceAll('/', '\\/');
		const response = answer(400, `{"message":"${escaped.join('')}","code":"${php}"}`);
		const basic = Buffer.from(SECRET).toString('base64');
		expect(errorFields(withoutSecrets(response, [SECRET, basic]))).toMatchObject({
			apiMessage: '***',
			code: '***',
		});
	});

	it('takes a secret that is no well-formed text', () => {
		const response = answer(400, { message: 'a\ud800b' });
		expect(errorFields(withoutSecrets(response, ['a\ud800b'])).apiMessage).toBe('***');
	});

	it('hides a secret in an answer that is nested very deeply', () => {
		const nested = '['.repeat(100_000) + ']'.repeat(100_000);
		const deep = `{"message":"\\u0041 ${SECRET}","a":${nested}}`;
		expect(withoutSecrets(answer(400, deep), [SECRET]).text).toContain('"message":"A ***"');
	});
});

describe('secrets that an answer writes in another way', () => {
	const unicode = (text: string) =>
		Array.from(text, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

	it.each([
		['with the escapes of PHP', SECRET, SECRET.replace('/', '\\/').replace('€', '\\u20AC')],
		['in escapes alone', SECRET, unicode(SECRET)],
		['with quotes', 'a"b\\c', 'a\\"b\\\\c'],
		['with quotes as escapes', 'a"b\\c', unicode('a"b\\c')],
	])('are hidden: %s', (_name, secret, written) => {
		const shown = withoutSecrets(answer(400, `{"message":"no: ${written}!"}`), [secret]);
		expect(JSON.parse(shown.text)).toEqual({ message: 'no: ***!' });
	});

	it('leaves what its escapes mean as it was', () => {
		const text = JSON.stringify({ message: 'a\\u0041 "b"\n/ \ud83d\ude00 \ud83d' });
		const shown = withoutSecrets(answer(400, text.replace('/', '\\/')), [SECRET]);
		expect(JSON.parse(shown.text)).toEqual(JSON.parse(text));
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

	it('does not bring the token into the output of a success', async () => {
		const value = `t0ken-${'x'.repeat(40)}`;
		const api = [answered(200, { id: 'm-1', echo: { authorization: [`Bearer ${value}`] } })];
		const { client } = clientWith({ token: [tokenAnswer(value)], api });
		expect(await client({ method: 'GET', path: '/x' })).toEqual({
			ok: true,
			value: { id: 'm-1', echo: { authorization: ['Bearer ***'] } },
		});
	});

	it('does not spoil a success for a token that is short enough to be found by chance', async () => {
		const token = [tokenAnswer('m')];
		const { client } = clientWith({ token, api: [answered(200, { id: 'm-1', message: 'mm' })] });
		expect(await client({ method: 'GET', path: '/x' })).toEqual({
			ok: true,
			value: { id: 'm-1', message: 'mm' },
		});
	});
});
