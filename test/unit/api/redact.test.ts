import { unexpectedAnswer } from '../../../nodes/GenesysCloud/api/answer';
import { Redactor } from '../../../nodes/GenesysCloud/api/redact';
import { clientWith } from '../support/client';
import { SECRET } from '../support/credentials';
import { answer, answered, tokenAnswer } from '../support/http';

/** What a person sees of an answer that repeats secrets. */
function shown(body: unknown, secrets: readonly string[], headers = {}) {
	const failure = unexpectedAnswer(answer(400, body, headers));
	return new Redactor(secrets).failure(failure);
}

describe('a failure', () => {
	it('hides every secret, wherever and however often the answer repeats it', () => {
		const body = { message: `${SECRET} token ${SECRET}`, code: `a.${SECRET}` };
		expect(shown(body, [SECRET, 'token'], { 'inin-correlation-id': `c ${SECRET}` })).toMatchObject({
			apiMessage: '*** *** ***',
			code: 'a.***',
			correlationId: 'c ***',
		});
	});

	it('is left alone when there is nothing to hide', () => {
		const failure = unexpectedAnswer(answer(502, { message: 'a text', code: 'x' }));
		expect(new Redactor(['']).failure(failure)).toEqual(failure);
	});

	const odd = `"q"\\/ <~${SECRET}>!`;
	it.each([
		['as it is', odd],
		['URL-encoded', encodeURIComponent(odd)],
		['URL-encoded in lower case', encodeURIComponent(odd).replace(/%../g, (c) => c.toLowerCase())],
		['as a form', new URLSearchParams({ s: odd }).toString().slice(2)],
		['in JSON', JSON.stringify(odd).slice(1, -1)],
		['in HTML', `&quot;q&quot;\\/ &lt;~${SECRET}&gt;!`],
		['in Base64, URL-encoded', encodeURIComponent(Buffer.from(odd).toString('base64'))],
		['in Base64', Buffer.from(odd).toString('base64')],
		['in Base64 without its end', Buffer.from(odd).toString('base64').replace(/=+$/, '')],
		['in Base64 for URLs', Buffer.from(odd).toString('base64url')],
	])('hides a secret that is repeated %s', (_form, repeated) => {
		const header = { 'inin-correlation-id': repeated };
		const failure = shown({ message: `It was ${repeated}.` }, [odd], header);
		expect(failure.apiMessage).toBe('It was ***.');
		expect(failure.correlationId).toBe('***');
	});

	it.each(['&#39;', '&#x27;', '&apos;', "'"])(
		'hides a secret whose apostrophe is %s in HTML',
		(apostrophe) => {
			const repeated = `&lt;it${apostrophe}s ${SECRET}`;
			const failure = shown({ message: `It was ${repeated}.` }, [`<it's ${SECRET}`]);
			expect(failure.apiMessage).toBe('It was ***.');
		},
	);

	it.each([
		'my  secret of 1234',
		'my\tsecret of 1234',
		'my\u200bsecret of 1234',
		'\u200bmy-secret',
	])('hides a secret whose blanks are not told as they are: %j', (secret) => {
		expect(shown({ message: `It was ${secret}.` }, [secret]).apiMessage).toBe('It was ***.');
		const inHtml = { message: `It was &quot;${secret}&amp;.` };
		expect(shown(inHtml, [`"${secret}&`]).apiMessage).toBe('It was ***.');
	});

	it('takes a secret that is no well-formed text', () => {
		expect(shown({ message: 'a\ud800b' }, ['a\ud800b']).apiMessage).toBe('***');
	});

	it.each([490, 496, 497, 499])('shows no beginning of a secret that is cut: %i', (before) => {
		const message = `${'.'.repeat(before)}${SECRET}`;
		const shownPart = SECRET.slice(0, 500 - before);
		const expected = '.'.repeat(before) + (shownPart.length < 4 ? shownPart : '***');
		expect(shown({ message }, [SECRET]).apiMessage).toBe(expected);
	});

	it('shows no beginning of a secret that is cut among blanks', () => {
		const message = `${'. '.repeat(5)}${' '.repeat(980)}${SECRET}`;
		expect(shown({ message }, [SECRET]).apiMessage).toBe('. . . . . ***');
	});

	it('keeps its last word where nothing was cut, though a secret begins alike', () => {
		const message = 'This is not a valid client';
		expect(shown({ message }, ['client-secret']).apiMessage).toBe(message);
	});

	it('stays what it was taken for', () => {
		const failure = shown({ code: 'invalid_client', message: 'client' }, ['client']);
		expect(failure).toMatchObject({ reason: 'unexpectedResponse', code: 'invalid_***' });
	});
});

describe('an answer that is passed on', () => {
	const LONG = `${SECRET}-and-more`;
	const passed = (json: string, secret = LONG) => new Redactor([secret]).answer(json);
	const unicode = (text: string) =>
		Array.from(text, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
	const quoted = 'a"b\\c, and so on';

	it.each([
		['as it is', LONG, LONG],
		['with the escapes of PHP', LONG, LONG.replace('/', '\\/').replace('€', '\\u20AC')],
		['in escapes alone', LONG, unicode(LONG)],
		[
			'in Base64 with the escapes of PHP',
			LONG,
			Buffer.from(LONG).toString('base64').replaceAll('/', '\\/'),
		],
		['with quotes', quoted, JSON.stringify(quoted).slice(1, -1)],
		['with quotes as escapes', quoted, unicode(quoted)],
	])('hides a secret that is written %s', (_name, secret, written) => {
		const json = passed(`{"message":"no: ${written}!"}`, secret);
		expect(JSON.parse(json)).toEqual({ message: 'no: ***!' });
	});

	it('is the very same text when it holds no secret, however it is escaped', () => {
		const text = JSON.stringify({ message: 'a\\u0041 "b"\n/ \ud83d\ude00 \ud83d' });
		const json = text.replace('/', '\\/');
		expect(passed(json)).toBe(json);
	});

	it('keeps what its escapes mean when a secret is hidden in it', () => {
		const message = 'a\\u0041 "b"\n/ \ud83d\ude00';
		const json = JSON.stringify({ message, echo: LONG });
		expect(JSON.parse(passed(json))).toEqual({ message, echo: '***' });
	});

	it('hides a secret in an answer that is nested very deeply', () => {
		const nested = '['.repeat(100_000) + ']'.repeat(100_000);
		const deep = `{"message":"\\u0041 ${LONG}","a":${nested}}`;
		expect(passed(deep)).toContain('"message":"A ***"');
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
