import { execFile } from 'node:child_process';
import path from 'node:path';

import type { CredentialData, Target } from '../../dev/demo/settings';
import { checkOrganization } from '../../dev/scripts/checkOrganization/checkOrganization';
import type { Report } from '../../dev/scripts/checkOrganization/report';
import {
	DEFAULT_CLIENT,
	DEMO_CUSTOMERS,
	SEEDED,
	startSimulator,
	type Simulator,
	type SimulatorOptions,
} from '../../dev/simulator';
import { clientOf, logIn } from './support';

const [{ phone }] = DEMO_CUSTOMERS;
const SMS: Target = { by: 'message', channel: 'sms', from: SEEDED.smsNumber, to: phone };
const READY = { messageStatusTimes: { sentMs: 0, finalMs: 0 } } as const;

let simulator: Simulator;

async function start(options: SimulatorOptions = {}): Promise<CredentialData> {
	simulator = await startSimulator({ ...READY, ...options });
	const { clientId, clientSecret } = DEFAULT_CLIENT;
	const { url } = simulator;
	return { environment: 'custom', loginUrl: url, apiUrl: url, clientId, clientSecret };
}

afterEach(async () => await simulator.stop());

const stateOf = (report: Report, what: RegExp) =>
	report.findings.filter((finding) => what.test(finding.what)).map(({ state }) => state);
const verdictOf = (report: Report, what: RegExp) =>
	report.assumptions.find((assumption) => what.test(assumption.what))?.verdict;

describe('an organization that has everything', () => {
	it('works throughout, with one message', async () => {
		const report = await checkOrganization(await start(), SMS);
		expect(report.findings.filter(({ state }) => state !== 'works')).toEqual([]);
		expect(report.succeeded).toBe(true);
		expect(simulator.journal.all()).toHaveLength(1);
	});

	it('confirms what the simulator plays, and refutes what it plays otherwise', async () => {
		const report = await checkOrganization(await start(), SMS);
		expect(report.assumptions.filter(({ verdict }) => verdict !== 'confirmed')).toMatchObject([
			{ what: expect.stringMatching(/^A missing permission/) as string, verdict: 'not seen' },
			{ what: expect.stringMatching(/webchat\/messaging/) as string, verdict: 'refuted' },
			// The simulator's sockets are on this machine.
			{ what: expect.stringMatching(/^A channel's address/) as string, verdict: 'refuted' },
		]);
	});

	it('sends nothing without a recipient, and leaves no subscription behind', async () => {
		const credential = await start();
		const report = await checkOrganization(credential, undefined);
		expect(stateOf(report, /^One message/)).toEqual(['not checked']);
		expect(simulator.journal.all()).toEqual([]);
		const http = clientOf(simulator);
		const { data } = await http.get('/simulator/notifications');
		expect(JSON.stringify(data)).not.toContain('v2.routing');
	});

	it('opens no channel where that could close another one', async () => {
		const credential = await start();
		const http = clientOf(simulator);
		const headers = await logIn(http);
		for (let count = 0; count < 19; count++) {
			await http.post('/api/v2/notifications/channels', undefined, { headers });
		}
		const report = await checkOrganization(credential, undefined);
		expect(stateOf(report, /notification channel/)).toEqual(['not checked']);
	});

	it('tells nothing that is secret', async () => {
		const credential = await start();
		const report = await checkOrganization(credential, SMS);
		const { clientId, clientSecret } = credential;
		const text = report.toMarkdown([], [clientId, clientSecret, SEEDED.smsNumber, phone]);
		const secrets = [clientId, clientSecret, SEEDED.smsNumber, phone, 'streaming-0-'];
		expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
		expect(text).toMatch(/^\| Login with client ID and secret \| works \|/m);
	});
});

describe('what is different', () => {
	it.each([
		['rate limit', { rateLimit: { allowed: 180, windowMs: 60_000 } }, /^300 calls/],
		['window', { rateLimit: { allowed: 300, windowMs: 600_000 } }, /^The window/],
		['headers', { rateLimit: null }, /inin-ratelimit/],
		['refusal of a login', { loginRefusalStatus: 401 }, /^An unknown client/],
		['answer to a message', { agentlessStatus: 202 }, /^An accepted message/],
		['access to conversations', { conversationAccess: 'forbidden' }, /may read it/],
	] as const)('is told: %s', async (_what, options, assumption) => {
		const report = await checkOrganization(await start(options), SMS);
		expect(verdictOf(report, assumption)).toBe('refuted');
	});
});

describe('what is missing', () => {
	it('is named, permission by permission', async () => {
		const clients = [{ ...DEFAULT_CLIENT, permissions: false as const }];
		const report = await checkOrganization(await start({ clients }), undefined);
		const lists = report.findings.filter(({ what }) => what.startsWith('Pick-list'));
		expect(lists.length).toBeGreaterThan(3);
		expect(lists.every(({ state, seen }) => state === 'missing' && /[a-z]+:\w+/i.test(seen))).toBe(
			true,
		);
		expect(stateOf(report, /^Message: /)).toEqual(['missing', 'missing']);
		expect(stateOf(report, /^Trigger: a /)).toEqual(['missing', 'missing']);
		expect(verdictOf(report, /^A missing permission/)).toBe('confirmed');
		expect(report.succeeded).toBe(true);
	});

	it('is named for the events of the trigger', async () => {
		const permissions = ['routing:queue:view', 'webDeployments:deployment:view'];
		const credential = await start({ clients: [{ ...DEFAULT_CLIENT, permissions }] });
		const report = await checkOrganization(credential, undefined);
		expect(report.findings.filter(({ what }) => what.startsWith('Trigger: events'))).toMatchObject([
			{ state: 'missing', seen: expect.stringContaining('communication:view') as string },
			{ state: 'missing', seen: expect.stringContaining('webmessaging:view') as string },
		]);
	});

	it('is the secret: nothing more is called', async () => {
		const credential = { ...(await start()), clientSecret: 'wrong' };
		const report = await checkOrganization(credential, SMS);
		expect(report.findings).toMatchObject([
			{ state: 'works' },
			{ what: 'Login with client ID and secret', state: 'failed' },
		]);
		expect(report.succeeded).toBe(false);
		expect(simulator.stats.snapshot().tokenRequests).toBe(2);
	});

	it('is the region: nobody answers there', async () => {
		const credential = await start();
		await simulator.stop();
		const report = await checkOrganization(credential, SMS);
		expect(report.findings).toMatchObject([
			{ what: expect.stringMatching(/^Region/) as string, state: 'failed' },
		]);
	});
});

/** Runs the script as `npm run check:org` does. */
async function runScript(
	env: Record<string, string>,
	switches = ['--no-message'],
): Promise<{ code: number; out: string }> {
	const main = path.join(__dirname, '../../dev/scripts/checkOrganization/main.ts');
	return await new Promise((resolve) => {
		const { PATH = '' } = process.env;
		const args = ['--import', 'tsx', main, ...switches];
		execFile(process.execPath, args, { env: { PATH, ...env } }, (error, stdout, stderr) =>
			resolve({ code: Number(error?.code ?? 0), out: stdout + stderr }),
		);
	});
}

describe('the script', () => {
	it('prints the report', async () => {
		const { loginUrl, apiUrl, clientId, clientSecret } = await start();
		const { code, out } = await runScript({
			GENESYS_LOGIN_URL: loginUrl,
			GENESYS_API_URL: apiUrl,
			GENESYS_CLIENT_ID: clientId,
			GENESYS_CLIENT_SECRET: clientSecret,
			GENESYS_CONTACT_ID: 'c-1',
		});
		expect(out).toMatch(/^## Check of a Genesys Cloud organization\n\n- Environment: custom/);
		expect(code).toBe(0);
		expect(simulator.journal.all()).toEqual([]);
	});

	it('says before any call that the values of the template cannot be read', async () => {
		const { loginUrl, apiUrl, clientId, clientSecret } = await start();
		const env = {
			...{ GENESYS_LOGIN_URL: loginUrl, GENESYS_API_URL: apiUrl },
			...{ GENESYS_CLIENT_ID: clientId, GENESYS_CLIENT_SECRET: clientSecret },
			...{ GENESYS_CHANNEL: 'whatsapp', GENESYS_FROM: 'integration', GENESYS_TO: phone },
			...{ GENESYS_TEMPLATE_ID: 'template', GENESYS_TEMPLATE_PARAMETERS: "{'1':'x'}" },
		};
		const { code, out } = await runScript(env, []);
		expect([code, out]).toEqual([
			1,
			expect.stringMatching(/^GENESYS_TEMPLATE_PARAMETERS is not a JSON object\. [^\n]+\n$/),
		]);
		expect(simulator.stats.snapshot().tokenRequests).toBe(0);
	});

	it('says which variables are missing', async () => {
		await start();
		const { code, out } = await runScript({ GENESYS_CLIENT_ID: 'client' });
		expect([code, out]).toEqual([1, 'Set GENESYS_CLIENT_SECRET too.\n']);
	});
});
