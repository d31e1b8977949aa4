import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import type { IConnections, IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import type { Engine, EngineOptions, LoadedPackage, WorkflowJson } from '../../../dev/headless-n8n';
import { createEngine, loadPackage } from '../../../dev/headless-n8n';
import { node } from './workflows';

/** A call that the probe's server got. */
export interface Call {
	path: string;
	body: Partial<Record<string, string>>;
	headers: IncomingMessage['headers'];
}

/** What the probe's server answers. */
export type Answer = (call: Call) => { status?: number; body?: IDataObject } | 'none';

const PROBE = join(__dirname, '../../fixtures/probe-package');

/** Nodes that follow one another. */
export function chain(...nodes: INode[]): WorkflowJson {
	const connections: IConnections = {};
	for (const [i, next] of nodes.slice(1).entries()) {
		const name = nodes[i]?.name ?? '';
		connections[name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	}
	return { id: 'wf', name: 'Test', nodes, connections };
}

/** An item for each value, as its `n`. */
export function items(...values: string[]): INodeExecutionData[] {
	return values.map((n) => ({ json: { n } }));
}

/** Answers that some messages failed, and all others were sent. */
export function failing(...failures: string[]): Answer {
	return ({ body: { message = '' } }) =>
		failures.includes(message) ? { status: 500, body: { message: 'broken' } } : {};
}

/** A server for the probe package, which judges the engine without the package under test. */
export class Probe {
	readonly calls: Call[] = [];
	/** Tells of each call by an event `call`. */
	readonly arrivals = new EventTarget();
	answer: Answer = () => ({});
	url = '';
	private loaded: LoadedPackage | undefined;
	private readonly server = createServer((request, response) => {
		void text(request).then((raw) => {
			const body = (raw === '' ? {} : JSON.parse(raw)) as Call['body'];
			const path = request.url ?? '';
			const call = { path, body, headers: request.headers };
			this.calls.push(call);
			const reply = this.answer(call);
			this.arrivals.dispatchEvent(new Event('call'));
			if (reply !== 'none') {
				response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' });
				response.end(JSON.stringify(reply.body ?? { id: `id-${body.message ?? ''}` }));
			}
		});
	});

	/** Loads the package and listens on a free port of this machine. */
	async start(): Promise<void> {
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
		this.loaded = await loadPackage(PROBE);
	}

	/** Ends all connections. */
	stop(): void {
		this.server.closeAllConnections();
		this.server.close();
	}

	/** Forgets the calls; every message is sent again. */
	reset(): void {
		this.calls.length = 0;
		this.answer = () => ({});
	}

	/** The messages that arrived, in their order. */
	messages(): (string | undefined)[] {
		return this.calls.map(({ body }) => body.message);
	}

	/** An engine with the probe package. */
	engine(options: Partial<EngineOptions> = {}): Engine {
		return createEngine({ packages: this.loaded ? [this.loaded] : [], ...options });
	}

	/** Trigger → Probe, which sends the `n` of each item. */
	workflow(parameters: IDataObject = {}, details: Partial<INode> = {}): WorkflowJson {
		const fields = { url: `${this.url}/send`, message: '={{ $json.n }}', ...parameters };
		return chain(
			node('Start', 'n8n-nodes-base.manualTrigger'),
			node('Probe', 'n8n-nodes-probe.probe', {
				parameters: fields as INode['parameters'],
				...details,
			}),
		);
	}
}

/** Starts a probe for the tests of a file; each test finds it as new. */
export function startProbe(): Probe {
	const probe = new Probe();
	beforeAll(async () => await probe.start());
	afterAll(() => probe.stop());
	beforeEach(() => probe.reset());
	return probe;
}
