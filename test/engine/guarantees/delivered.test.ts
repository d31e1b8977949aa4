import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../dev/simulator';
import { deadUrl, serveTcp } from '../../unit/support/loopback';
import { beds, credentialOf, engineWith } from '../support/bed';
import { acceptedAnswer, startGateway, type Gateway, type GatewayAnswer } from '../support/gateway';
import { detailsOf, having, jsonOf } from '../support/outcomes';
import { contactIds, customers, sendWorkflow } from '../support/workflows';

const openBed = beds();
const onError = 'continueErrorOutput';
const client = () => ({
	clientId: `client-${randomUUID()}`,
	clientSecret: 'a-secret-of-the-tests',
});

/** Answers after which a message may have been accepted, as gateways give them. */
const unproven: [string, Fault][] = [
	['303 See Other', { kind: 'status', status: 303, headers: { location: '/done' } }],
	['302 to a login page', { kind: 'status', status: 302, headers: { location: '/sso' } }],
	['304', { kind: 'status', status: 304, body: 'empty' }],
	['400 of a gateway', { kind: 'status', status: 400, body: 'html' }],
	['401 of a gateway', { kind: 'status', status: 401, body: 'html' }],
	['401 with JSON of its own', { kind: 'status', status: 401, body: { message: 'Unauthorized' } }],
	['403 of a firewall', { kind: 'status', status: 403, body: 'html' }],
	['404 of a gateway', { kind: 'status', status: 404, body: 'empty' }],
	['409 without a body', { kind: 'status', status: 409, body: 'empty' }],
	['413 with JSON of its own', { kind: 'status', status: 413, body: { title: 'Too large' } }],
	['407 of a proxy', { kind: 'status', status: 407, body: 'html' }],
	['421, after which fetch calls again by itself', { kind: 'status', status: 421, body: 'html' }],
	[
		'400 whose body tells of another status',
		{
			kind: 'status',
			status: 400,
			body: { message: 'Bad gateway', code: 'bad.gateway', status: 502 },
		},
	],
	['499', { kind: 'status', status: 499, body: 'empty' }],
	['503 with Retry-After', { kind: 'status', status: 503, headers: { 'retry-after': '0' } }],
	['504', { kind: 'status', status: 504, body: 'html' }],
	['204', { kind: 'empty204' }],
	['a web page with 200', { kind: 'html200', accept: true }],
	['200 without an ID', { kind: 'status', status: 200, body: { ok: true } }],
];

describe.each([false, true])('an answer that proves nothing (Reuse Connections: %s)', (reuse) => {
	it.each(unproven)('%s: unknown, and not sent again at most once', async (_name, fault) => {
		const accepted = fault.kind === 'status' ? { ...fault, acceptFirst: true } : fault;
		const bed = await openBed({ faults: [{ ...accepted, contactId: 'c1' }] });
		const delivery = { uncertain: 'fail', reuseConnections: reuse };
		const settings = { onError, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } as const;
		const result = await bed.run(customers('c1'), { delivery }, settings);
		expect(detailsOf(result, 1)).toEqual([having({ delivered: 'unknown', attempts: 1 })]);
		expect(bed.reached()).toEqual(['c1']);
		expect(bed.sendCalls).toBe(1);
	});
});

describe('a refusal in Genesys Cloud’s own format', () => {
	it.each([400, 403, 404, 405, 409, 413, 415, 422])(
		'%i: certainly not delivered',
		async (status) => {
			const bed = await openBed({ faults: [{ kind: 'status', status }] });
			const parameters = { delivery: { uncertain: 'fail' } };
			const result = await bed.run(customers('c1'), parameters, { onError });
			expect(detailsOf(result, 1)).toEqual([having({ delivered: 'no', attempts: 1 })]);
		},
	);
});

describe('a call that was never made', () => {
	/** Runs one message to an API, or several, at most once, with three attempts. */
	async function sendTo(apiUrl: string, delivery: IDataObject = {}, ids = ['c1']) {
		const login = await startGateway();
		try {
			const engine = await engineWith(credentialOf(login.url, client(), { apiUrl }));
			const options = { uncertain: 'fail', timeoutSeconds: 0.5, ...delivery };
			const workflow = sendWorkflow({ delivery: options }, { onError });
			return await engine.run(workflow, { input: customers(...ids) });
		} finally {
			await login.close();
		}
	}

	it.each([false, true])('to a dead port is tried again (Reuse Connections: %s)', async (reuse) => {
		const result = await sendTo(await deadUrl('https'), { reuseConnections: reuse });
		expect(detailsOf(result, 1)).toEqual([
			having({ reason: 'network', delivered: 'no', attempts: 3 }),
		]);
	});

	it('to a port that fetch refuses is not called uncertain', async () => {
		const result = await sendTo('http://127.0.0.1:6000');
		expect(detailsOf(result, 1)).toEqual([having({ reason: 'network', delivered: 'no' })]);
	});

	it('to a host that does not exist is tried again', async () => {
		const result = await sendTo('https://nonexistent.invalid');
		expect(detailsOf(result, 1)).toEqual([
			having({ reason: 'network', delivered: 'no', attempts: 3 }),
		]);
	});

	/** A server that takes connections and speaks no TLS. */
	async function withServer(
		onConnection: (socket: Socket) => void,
		test: (url: string) => Promise<void>,
	): Promise<void> {
		const server = await serveTcp(onConnection);
		try {
			await test(server.url);
		} finally {
			await server.close();
		}
	}

	it.each<[string, (socket: Socket) => void]>([
		['closed at once', (socket) => void socket.end()],
		['reset', (socket) => void socket.resetAndDestroy()],
		['closed after the greeting', (socket) => void socket.once('data', () => socket.end())],
		[
			'reset after the greeting',
			(socket) => void socket.once('data', () => socket.resetAndDestroy()),
		],
		['silent', (socket) => void socket.resume()],
	])('because the TLS handshake is %s, is tried again', async (_name, onConnection) => {
		await withServer(onConnection, async (url) => {
			const result = await sendTo(url);
			expect(detailsOf(result, 1)).toEqual([having({ delivered: 'no', attempts: 3 })]);
		});
	});

	it('takes no place in a rate limit, however many such calls there are', async () => {
		const ids = contactIds(600);
		const delivery = { maxAttempts: 1, concurrency: 50, stopAfterFailures: 0 };
		// One after the other they would take longer than Max Wait.
		const late = (socket: Socket) => void setTimeout(() => socket.resetAndDestroy(), 50);
		await withServer(late, async (url) => {
			const result = await sendTo(url, { ...delivery, timeoutSeconds: 30 }, ids);
			const told = ids.map(() => having({ reason: 'network', delivered: 'no' }));
			expect(detailsOf(result, 1)).toEqual(told);
		});
	});

	it('because TLS was answered with plain text, is not tried again', async () => {
		await withServer(
			(socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
			async (url) => {
				const result = await sendTo(url);
				expect(detailsOf(result, 1)).toEqual([having({ reason: 'network', delivered: 'no' })]);
			},
		);
	});
});

describe('a later certain "no"', () => {
	let gateway: Gateway;
	beforeEach(async () => {
		gateway = await startGateway();
	});
	afterEach(async () => await gateway.close());

	it.each<[string, GatewayAnswer, GatewayAnswer]>([
		[
			'500, then 400',
			{ status: 500 },
			{ status: 400, body: { message: 'x', code: 'bad.request' } },
		],
		[
			'401 of a gateway, then 400',
			{ status: 401, body: '<html>' },
			{ status: 400, body: { message: 'x', code: 'bad.request' } },
		],
		['reset, then 404', 'reset', { status: 404, body: { message: 'x', code: 'not.found' } }],
		[
			'502, then 429 for too long',
			{ status: 502 },
			{ status: 429, headers: { 'retry-after': '999' } },
		],
	])('does not undo what may have happened before: %s', async (_name, first, second) => {
		gateway.answer = ({ index }) => (index === 0 ? first : second);
		const engine = await engineWith(credentialOf(gateway.url, client()));
		const result = await engine.run(sendWorkflow({}, { onError }), { input: customers('c1') });
		expect(detailsOf(result, 1)).toEqual([having({ delivered: 'unknown' })]);
	});

	it('and a success after a doubt is sent', async () => {
		gateway.answer = (call) => (call.index === 0 ? { status: 500 } : acceptedAnswer(call));
		const engine = await engineWith(credentialOf(gateway.url, client()));
		const result = await engine.run(sendWorkflow(), { input: customers('c1') });
		expect(jsonOf(result)).toEqual([having({ status: 'sent', attempts: 2 })]);
	});
});

it('is uncertain over fetch when the answer begins with 100 Continue, as the docs say', async () => {
	const gateway = await startGateway();
	gateway.answer = () => ({ status: 200, body: { id: 'm-1' }, continues: true });
	const engine = await engineWith(credentialOf(gateway.url, client()));
	const delivery = { reuseConnections: true, uncertain: 'fail' };
	const workflow = sendWorkflow({ delivery }, { onError });
	const result = await engine.run(workflow, { input: customers('c1') });
	await gateway.close();
	expect(detailsOf(result, 1)).toEqual([having({ reason: 'network', delivered: 'unknown' })]);
	expect(gateway.calls).toHaveLength(1);
});
