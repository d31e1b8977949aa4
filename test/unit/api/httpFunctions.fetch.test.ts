import { httpOverFetch } from '../../../nodes/GenesysCloud/api/httpFunctions';
import { serve, type Loopback } from '../support/loopback';

const REFUSAL = '{"code":"bad.credentials","message":"Invalid login credentials."}';
const { fetch: ownFetch } = globalThis;

/**
 * As in Node 24.14 and 24.15 (undici 7.19 to 7.24, nodejs/undici#4940): a 401 to a stream is an error wherever fetch
 * might add credentials, though it has none.
 */
const failsOn401: typeof fetch = async (input, init) => {
	const answer = await ownFetch(input, init);
	const isStream = init?.body instanceof ReadableStream;
	if (answer.status !== 401 || !isStream || init.credentials === 'omit') return answer;
	throw new TypeError('fetch failed', { cause: new Error('expected non-null body source') });
};

describe("Node's fetch", () => {
	const seen: string[] = [];
	let status: number;
	let server: Loopback;

	const post = async () =>
		await httpOverFetch()({
			...{ method: 'POST', url: server.url, headers: { authorization: 'Bearer t' } },
			...{ body: '{}', timeoutMs: 5_000, maxBodyBytes: 1_000 },
		});

	/** A fetch that takes so many parts of the body and then fails; `taken` is what it had by then. */
	function failingAfter(parts: number, code: string) {
		const taken: Uint8Array[] = [];
		globalThis.fetch = async (_url, init) => {
			const body = new Response(init?.body).body as ReadableStream<Uint8Array> | null;
			const reader = body?.getReader();
			while (taken.length < parts) taken.push((await reader?.read())?.value ?? new Uint8Array());
			throw new TypeError('fetch failed', { cause: Object.assign(new Error('broken'), { code }) });
		};
		return () => Buffer.concat(taken).toString();
	}

	beforeAll(async () => {
		server = await serve((request, response) => {
			seen.push(request.headers.authorization ?? '');
			request.resume().once('end', () => {
				response.writeHead(status, { 'content-type': 'application/json' }).end(REFUSAL);
			});
		});
	});

	beforeEach(() => seen.splice(0));

	afterEach(() => {
		globalThis.fetch = ownFetch;
	});

	afterAll(async () => {
		await server.close();
	});

	it.each([
		['of this Node', ownFetch],
		['of Node 24.14', failsOn401],
	])('%s gives a 401 to a message as the answer that it is', async (_which, itsFetch) => {
		globalThis.fetch = itsFetch;
		status = 401;
		expect(await post()).toMatchObject({ ok: true, value: { status: 401, text: REFUSAL } });
		expect(seen).toEqual(['Bearer t']);
	});

	it.each([
		['while it connects', 1, 'ETIMEDOUT', '', 'neverConnected'],
		['in the handshake', 1, 'ERR_SSL_WRONG_VERSION_NUMBER', '', 'tls'],
		['with the message on its way', 2, 'ETIMEDOUT', '{}', 'timeout'],
		['by TLS, with the message on its way', 2, 'ERR_SSL_BAD_RECORD_MAC', '{}', 'interrupted'],
	])('that fails %s has as much of the message', async (_when, parts, code, had, kind) => {
		const taken = failingAfter(parts, code);
		expect(await post()).toMatchObject({ failure: { kind, code } });
		expect(taken()).toBe(had);
	});

	it('makes no call twice by itself, not even after a 421', async () => {
		status = 421;
		expect(await post()).toMatchObject({ ok: true, value: { status: 421 } });
		expect(seen).toHaveLength(1);
	});
});
