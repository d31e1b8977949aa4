import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

import { Container } from '@n8n/di';
import { InstanceSettings } from 'n8n-core';
import type { IConnections, IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { EngineOptions, LoadedPackage, WorkflowJson } from '../../engine';
import { createEngine, loadPackage, onLog } from '../../engine';

interface Call {
	path: string;
	body: Partial<Record<string, string>>;
	headers: IncomingMessage['headers'];
}

type Answer = (call: Call) => { status?: number; body?: IDataObject } | 'none';

const PROBE = join(__dirname, '../fixtures/probe-package');
const calls: Call[] = [];
const arrivals = new EventTarget();
let answer: Answer;
let probe: LoadedPackage;
let url: string;

const server = createServer((request, response) => {
	void text(request).then((raw) => {
		const body = (raw === '' ? {} : JSON.parse(raw)) as Call['body'];
		const path = request.url ?? '';
		const call = { path, body, headers: request.headers };
		calls.push(call);
		const reply = answer(call);
		arrivals.dispatchEvent(new Event('call'));
		if (reply !== 'none') {
			response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' });
			response.end(JSON.stringify(reply.body ?? { id: `id-${body.message ?? ''}` }));
		}
	});
});

const messages = (): (string | undefined)[] => calls.map(({ body }) => body.message);
const failing =
	(...failures: string[]): Answer =>
	({ body: { message = '' } }) =>
		failures.includes(message) ? { status: 500, body: { message: 'broken' } } : {};

function node(name: string, type: string, details: Partial<INode> = {}): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {}, ...details };
}

function chain(...nodes: INode[]): WorkflowJson {
	const connections: IConnections = {};
	for (const [i, next] of nodes.slice(1).entries()) {
		const name = nodes[i]?.name ?? '';
		connections[name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	}
	return { id: 'wf', name: 'Test', nodes, connections };
}

/** Trigger → Probe, which sends the `n` of each item. */
function probeWorkflow(parameters: IDataObject = {}, details: Partial<INode> = {}): WorkflowJson {
	const fields = { url: `${url}/send`, message: '={{ $json.n }}', ...parameters };
	return chain(
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node('Probe', 'n8n-nodes-probe.probe', {
			parameters: fields as INode['parameters'],
			...details,
		}),
	);
}

function items(...values: string[]): INodeExecutionData[] {
	return values.map((n) => ({ json: { n } }));
}

const three = items('1', '2', '3');

function engine(options: Partial<EngineOptions> = {}) {
	return createEngine({ packages: [probe], ...options });
}

beforeAll(async () => {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	probe = await loadPackage(PROBE);
});

afterAll(() => {
	server.closeAllConnections();
	server.close();
});

beforeEach(() => {
	calls.length = 0;
	answer = () => ({});
});

describe('a run', () => {
	it('resolves expressions for each item and sends them in order', async () => {
		const result = await engine().run(probeWorkflow(), { input: three });
		expect(result.error).toBeUndefined();
		expect(result.status).toBe('success');
		expect(messages()).toEqual(['1', '2', '3']);
		expect(result.outputOf('Probe').map(({ json }) => json)).toEqual([
			{ id: 'id-1' },
			{ id: 'id-2' },
			{ id: 'id-3' },
		]);
		expect(result.outputOf('Probe', 1)).toEqual([]);
		expect(result.hintsOf('Probe')).toEqual([{ message: '3 items done', location: 'outputPane' }]);
		expect(result.uiMessages).toEqual([]);
	});

	it('uses n8n outbound HTTP: its user agent, a connection for each call', async () => {
		await engine().run(probeWorkflow(), { input: items('1') });
		expect(calls[0]?.headers).toMatchObject({ 'user-agent': 'n8n', connection: 'close' });
	});

	it('does not change the workflow that it was given', async () => {
		const workflow = probeWorkflow();
		const before = structuredClone(workflow);
		await engine().run(workflow, { input: three });
		expect(workflow).toEqual(before);
	});

	it('fails with the error of the node', async () => {
		answer = failing('2');
		const result = await engine().run(probeWorkflow(), { input: three });
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({ name: 'NodeApiError', httpCode: '500' });
		expect(messages()).toEqual(['1', '2']);
	});

	it('fails before any call when a required parameter is missing', async () => {
		const result = await engine().run(probeWorkflow({ url: '' }), { input: three });
		expect(result.status).toBe('error');
		expect(result.error?.message).toContain('issues');
		expect(calls).toEqual([]);
	});

	it('refuses an unknown node type', () => {
		const workflow = chain(node('Start', 'n8n-nodes-base.manualTrigger'), node('X', 'a.b'));
		expect(() => engine().start(workflow)).toThrow('No loaded package has the node type "a.b"');
	});

	it('calls the trigger in manual mode, pins data, and shows messages in the editor', async () => {
		const workflow = { ...probeWorkflow(), pinData: { Start: items('pinned') } };
		const pinned = await engine().run(workflow, { mode: 'manual' });
		expect(messages()).toEqual(['pinned']);
		expect(pinned.uiMessages).toEqual([
			{
				type: 'sendConsoleMessage',
				data: { source: '[Node: "Probe"]', messages: ['1 items'] },
			},
		]);
		const unpinned = await engine().run(workflow, { mode: 'manual', pinData: false });
		expect(unpinned.outputOf('Start')).toHaveLength(1);
		await engine().run(workflow, { mode: 'manual', input: items('given') });
		expect(messages().at(-1)).toBe('given');
		const asTrigger = await engine().run(workflow);
		expect(asTrigger.outputOf('Start')[0]?.json).toEqual({});
	});

	it('leaves no folder of n8n behind', () => {
		const { n8nFolder } = Container.get(InstanceSettings);
		expect(n8nFolder.startsWith(tmpdir())).toBe(true);
		expect(existsSync(dirname(n8nFolder))).toBe(false);
	});

	it('collects what nodes log', async () => {
		const lines: unknown[] = [];
		const stop = onLog(({ level, message, metadata }) => {
			lines.push([level, message, metadata]);
		});
		await engine().run(probeWorkflow(), { input: three });
		stop();
		const collected = lines.length;
		expect(lines).toContainEqual(['info', 'Probe starts', { items: 3 }]);
		await engine().run(probeWorkflow(), { input: three });
		expect(lines).toHaveLength(collected);
	});
});

describe('errors', () => {
	it('sends failed items with their input to the error output', async () => {
		answer = failing('2');
		const workflow = probeWorkflow({}, { onError: 'continueErrorOutput' });
		const result = await engine().run(workflow, { input: three });
		expect(result.status).toBe('success');
		expect(result.outputOf('Probe').map(({ json }) => json.id)).toEqual(['id-1', 'id-3']);
		const [failed, ...others] = result.outputOf('Probe', 1);
		expect(others).toEqual([]);
		expect(failed?.json).toMatchObject({ n: '2', details: { httpCode: '500' } });
		expect(failed?.json.error).toEqual(expect.any(String));
	});

	it('runs the whole node again with Retry On Fail, with the same context', async () => {
		let failures = 1;
		answer = ({ body }) => (body.message === '2' && failures-- > 0 ? { status: 500 } : {});
		const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const plain = await engine().run(probeWorkflow({}, retrying), { input: three });
		expect(messages()).toEqual(['1', '2', '1', '2', '3']);
		expect(plain.context['node:Probe']).toMatchObject({ tries: 2 });

		calls.length = 0;
		failures = 1;
		const ledger = probeWorkflow({ ledger: true }, retrying);
		const result = await engine().run(ledger, { input: three });
		expect(messages()).toEqual(['1', '2', '2', '3']);
		expect(result.outputOf('Probe')[0]?.json).toEqual({ id: 'id-1', alreadySent: true });
	});
});

describe('retry of an execution', () => {
	it('continues with the saved context and the stored input', async () => {
		const subject = engine();
		answer = failing('2');
		const failed = await subject.run(probeWorkflow({ ledger: true }), { input: three });
		answer = () => ({});
		const result = await subject.retry(failed);
		expect(result.status).toBe('success');
		expect(result.error).toBeUndefined();
		expect(messages()).toEqual(['1', '2', '2', '3']);
		expect(result.runData.Probe).toHaveLength(1);
		expect(result.context['node:Probe']).toMatchObject({ tries: 2, sent: { 0: 'id-1' } });
		expect(failed.context['node:Probe']).toMatchObject({ tries: 1 });
	});

	it('uses the currently saved workflow when asked', async () => {
		const subject = engine();
		answer = failing('1');
		const failed = await subject.run(probeWorkflow(), { input: items('1') });
		const workflow = probeWorkflow({ message: 'changed' });
		const result = await subject.retry(failed, { workflow });
		expect(result.status).toBe('success');
		expect(messages()).toEqual(['1', 'changed']);
	});

	it('refuses an execution that succeeded', async () => {
		const subject = engine();
		const result = await subject.run(probeWorkflow(), { input: three });
		await expect(subject.retry(result)).rejects.toThrow('cannot be retried');
	});
});

describe('stop', () => {
	it('aborts the call in flight and ends the execution', async () => {
		answer = () => 'none';
		const arrived = new Promise((resolve) => {
			arrivals.addEventListener('call', resolve, { once: true });
		});
		const running = engine().start(probeWorkflow({}, { onError: 'continueRegularOutput' }), {
			input: items('1'),
		});
		await arrived;
		running.cancel();
		const result = await running.result;
		expect(result.status).toBe('canceled');
		expect(messages()).toEqual(['1']);
	});
});

describe('deduplication', () => {
	const once1 = (): WorkflowJson => probeWorkflow({ sendOnceKey: '={{ $json.n }}' });

	it('remembers across executions, for one engine', async () => {
		const subject = engine({ deduplication: 'memory' });
		await subject.run(once1(), { input: items('1', '2') });
		await subject.run(once1(), { input: three });
		expect(messages()).toEqual(['1', '2', '3']);
		await engine({ deduplication: 'memory' }).run(once1(), { input: items('1') });
		expect(messages()).toEqual(['1', '2', '3', '1']);
	});

	it('is not there without a store', async () => {
		const result = await engine().run(once1(), { input: three });
		expect(result.status).toBe('error');
	});
});

describe('credentials', () => {
	const data = (): IDataObject => ({ url: '={{ $vars.none || "" }}' + url, secret: 's3cret' });
	const withCredential = (type: string): WorkflowJson =>
		probeWorkflow({ credential: type }, { credentials: { [type]: { id: 'c1', name: 'C' } } });
	const subject = (type: string, fields: IDataObject = {}) =>
		engine({
			credentials: { c1: { name: 'C', type, data: { ...data(), ...fields } as never } },
		});
	const server401: Answer = ({ path, headers: { authorization }, body }) => {
		if (path === '/login') {
			return { body: { token: `token-${body.user ?? ''}` } };
		}
		return authorization === 'Bearer token-robot' ? {} : { status: 401 };
	};

	it('logs in once when the token is empty, and keeps the token', async () => {
		answer = server401;
		const saved = subject('probeApi');
		const result = await saved.run(withCredential('probeApi'), { input: three });
		expect(result.error).toBeUndefined();
		expect(calls.map(({ path }) => path)).toEqual(['/login', '/send', '/send', '/send']);
		expect(calls[0]?.body).toEqual({ user: 'robot', secret: 's3cret' });
		expect(saved.savedCredential('c1')).toMatchObject({ ...data(), token: 'token-robot' });
	});

	it('logs in again after a 401', async () => {
		answer = server401;
		const saved = subject('probeApi', { token: 'stale' });
		const result = await saved.run(withCredential('probeApi'), { input: items('1') });
		expect(result.status).toBe('success');
		expect(calls.map(({ path }) => path)).toEqual(['/send', '/login', '/send']);
	});

	it('applies a generic authenticate with expressions and inherited fields', async () => {
		await subject('probeKeyApi', { key: 'k1' }).run(withCredential('probeKeyApi'), {
			input: items('1'),
		});
		expect(calls[0]).toMatchObject({ path: '/send?fixed=yes', headers: { 'x-robot': 'key k1' } });
	});

	it('fails for a credential that is not saved', async () => {
		const result = await engine().run(withCredential('probeApi'), { input: three });
		expect(result.error?.message).toContain('does not exist');
	});

	it('passes the credential test', async () => {
		answer = server401;
		const result = await subject('probeApi').testCredential('c1');
		expect(result).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(calls.map(({ path }) => path)).toEqual(['/login', '/me']);
	});

	it.each([
		['the status text', { status: 404 }, 'Not Found'],
		['the rule for the status', { status: 403 }, 'Not allowed to look'],
		['the rule for the body', { body: { user: { locked: true } } }, 'The user is locked'],
	])('fails the credential test with %s', async (_case, reply, message) => {
		answer = ({ path }) => (path === '/login' ? { body: { token: 't' } } : reply);
		const result = await subject('probeApi').testCredential('c1');
		expect(result).toEqual({ status: 'Error', message });
	});

	it('fails the credential test with the error code of the connection', async () => {
		const closed = { url: 'http://127.0.0.1:1', token: 't' };
		const result = await subject('probeApi', closed).testCredential('c1');
		expect(result).toEqual({ status: 'Error', message: 'ECONNREFUSED' });
	});

	it('says when a type has no test', async () => {
		const result = await subject('probeKeyApi').testCredential('c1');
		expect(result).toEqual({
			status: 'Error',
			message: 'No testing function found for this credential.',
		});
	});
});

describe('stand-in nodes', () => {
	it('run an exported chain of trigger, set, split out and no operation', async () => {
		const workflow = chain(
			node('Every Day', 'n8n-nodes-base.scheduleTrigger', { typeVersion: 1.2 }),
			node('Customers', 'n8n-nodes-base.set', {
				typeVersion: 3.4,
				parameters: { mode: 'raw', jsonOutput: '={ "list": [{ "n": "1" }, { "n": "2" }] }' },
			}),
			node('Split', 'n8n-nodes-base.splitOut', { parameters: { fieldToSplitOut: 'list' } }),
			node('Extend', 'n8n-nodes-base.set', {
				typeVersion: 3.4,
				parameters: {
					assignments: {
						assignments: [
							{ id: 'a', name: 'to.name', type: 'string', value: '=C{{ $json.n }}' },
							{ id: 'b', name: 'rank', type: 'number', value: '={{ $itemIndex + 1 }}' },
						],
					},
					includeOtherFields: true,
				},
			}),
			node('End', 'n8n-nodes-base.noOp'),
		);
		workflow.nodes.push(node('Note', 'n8n-nodes-base.stickyNote'));
		const result = await engine().run(workflow);
		expect(result.error).toBeUndefined();
		expect(result.outputOf('End').map(({ json }) => json)).toEqual([
			{ n: '1', to: { name: 'C1' }, rank: 1 },
			{ n: '2', to: { name: 'C2' }, rank: 2 },
		]);
		expect(result.runData.Note).toBeUndefined();
	});
});
