import type { RunResult } from '../../../dev/headless-n8n';
import type { Fault } from '../../../dev/simulator';
import { beds, type BedOptions } from '../support/bed';
import { everythingOf, formsOf, watch, type Watch } from '../support/secrets';
import { customers, type NodeSettings } from '../support/workflows';

const openBed = beds();
let watched: Watch;

beforeEach(() => {
	watched = watch();
});
afterEach(() => watched.stop());

const always = (fault: Fault): BedOptions => ({ faults: [{ times: Infinity, ...fault }] });

const families: [string, BedOptions][] = [
	['success', {}],
	['400', always({ kind: 'status', status: 400 })],
	['401', always({ kind: 'status', status: 401 })],
	['403', { permissions: false }],
	['404 HTML', always({ kind: 'status', status: 404, body: 'html' })],
	['409', always({ kind: 'status', status: 409 })],
	['429', always({ kind: 'status', status: 429, headers: { 'Retry-After': '99' } })],
	['500', always({ kind: 'status', status: 500 })],
	['reset', always({ kind: 'reset' })],
	['time-out', always({ kind: 'hang' })],
	['truncated answer', always({ kind: 'truncatedBody' })],
	['HTML', always({ kind: 'html200' })],
	['broken JSON', always({ kind: 'invalidJson' })],
	['redirect', always({ kind: 'redirect', location: 'http://127.0.0.1:1/' })],
	['connection refused', { credential: { apiUrl: 'https://127.0.0.1:1' } }],
	['unknown host', { credential: { apiUrl: 'https://nonexistent.invalid' } }],
	['TLS to a plain server', { credential: { apiUrl: 'https://localhost:1' } }],
	['malformed URL', { credential: { apiUrl: 'nonsense' } }],
	['refused login', { credential: { clientId: 'nobody' } }],
	['login time-out', always({ kind: 'hang', endpoint: 'token' })],
	['login reset', always({ kind: 'reset', endpoint: 'token' })],
	['login down', always({ kind: 'status', status: 500, endpoint: 'token' })],
	['login HTML', always({ kind: 'html200', endpoint: 'token' })],
	['login broken JSON', always({ kind: 'invalidJson', endpoint: 'token' })],
	['login cut off', always({ kind: 'truncatedBody', endpoint: 'token' })],
	['login throttled', always({ kind: 'tokenThrottle' })],
];
const modes: [string, NodeSettings][] = [
	['stopWorkflow', {}],
	['continueRegularOutput', { onError: 'continueRegularOutput' }],
	['continueErrorOutput', { onError: 'continueErrorOutput' }],
];
const cases = families.flatMap(([family, options]) =>
	modes.map(([mode, settings]) => [family, mode, options, settings] as const),
);

/** An Authorization header, whatever its value. */
const HEADER = /authorization['"]?: |Bearer [\w-]{20}|Basic [\w-]{20}/i;

/** The secrets and headers that an execution shows, stores or logs. The whole text is too long to print. */
function leaked(secrets: readonly string[], result: RunResult): string[] {
	const everything = everythingOf(result, watched.lines);
	const found = secrets.filter((secret) => everything.includes(secret));
	return [...found, ...(HEADER.exec(everything) ?? [])];
}

describe('no secret leaves the node', () => {
	it.each(cases)('%s, %s', async (_family, _mode, options, settings) => {
		const bed = await openBed(options);
		const delivery = { maxAttempts: 2, timeoutSeconds: 0.1, maxWaitSeconds: 0.5 };
		const result = await bed.run(customers('c1', 'c2'), { delivery }, settings);
		const { clientSecret, clientId } = bed.client;
		const used = [...watched.authorizations].map((header) => header.split(' ')[1] ?? '');
		const secrets = [clientSecret, `${clientId}:${clientSecret}`, ...used].flatMap(formsOf);
		expect(leaked(secrets, result)).toEqual([]);
	});

	it('when a server repeats the secret in its refusal', async () => {
		const bed = await openBed();
		const { clientSecret } = bed.client;
		const body = { error: 'invalid_client', error_description: `no client has ${clientSecret}` };
		bed.simulator.faults.add({ kind: 'status', status: 400, body, endpoint: 'token' });
		const result = await bed.run(customers('c1'));
		expect(result.status).toBe('error');
		expect(leaked([clientSecret], result)).toEqual([]);
	});

	it('when a server repeats the token in its refusal', async () => {
		const bed = await openBed();
		await bed.run(customers('c1'));
		const token = [...watched.authorizations].at(-1)?.replace('Bearer ', '') ?? '';
		expect(token).toMatch(/^[\w-]{64}$/);
		const body = { code: 'bad.request', message: `Authorization was: Bearer ${token}` };
		bed.simulator.faults.add({ kind: 'status', status: 400, body });
		const result = await bed.run(customers('c2'), {}, { onError: 'continueRegularOutput' });
		expect(result.status).toBe('success');
		expect(leaked([token], result)).toEqual([]);
	});

	it('and these tests see the token and the secret that go out', async () => {
		const bed = await openBed();
		await bed.run(customers('c1'));
		const { clientId, clientSecret } = bed.client;
		const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
		expect([...watched.authorizations]).toEqual([
			`Basic ${basic}`,
			expect.stringMatching(/^Bearer [\w-]{64}$/),
		]);
		expect(watched.lines.length).toBeGreaterThan(0);
	});
});
