import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';

import { httpOverHelper } from '../../../nodes/GenesysCloud/api/httpFunctions';
import { selfSigned } from '../../../dev/simulator/certificate';
import { deadUrl, serveTcp, type Loopback } from '../support/loopback';
import { n8nHttpRequest } from '../support/n8nHelper';

const CERTIFICATE = selfSigned();
const SHORT_MS = 200;
const LONG_MS = 5_000;
const NOTHING_SENT = { kind: 'neverConnected', delivered: 'no', transient: true };

/** A proxy that makes the tunnel that `CONNECT` asks for, or does what the test says. */
async function serveProxy(
	onConnect = (client: Socket, target: string) => {
		const { hostname, port } = new URL(`https://${target}`);
		const onward = connect(Number(port), hostname, () => {
			client.write('HTTP/1.1 200 Connection established\r\n\r\n');
			client.pipe(onward).pipe(client);
		});
		onward.on('error', () => client.destroy());
		client.on('error', () => onward.destroy());
		client.on('close', () => onward.destroy());
	},
): Promise<Loopback & { readonly targets: string[] }> {
	const targets: string[] = [];
	const server = createServer().on('connect', (request, client: Socket) => {
		client.on('error', () => undefined);
		targets.push(request.url ?? '');
		onConnect(client, request.url ?? '');
	});
	const clients = new Set<Socket>();
	server.on('connection', (client: Socket) => clients.add(client));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		targets,
		close: async () => {
			for (const client of clients) client.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

const http = httpOverHelper({
	httpRequest: async (options) =>
		await n8nHttpRequest({ ...options, agentOptions: { ca: CERTIFICATE.cert } }),
});

describe("n8n's helper behind a proxy", () => {
	const before = process.env.HTTPS_PROXY;
	const open: Loopback[] = [];

	async function behind<Proxy extends Loopback>(proxy: Promise<Proxy>): Promise<Proxy> {
		const started = await proxy;
		open.push(started);
		process.env.HTTPS_PROXY = started.url;
		return started;
	}

	async function target(onConnection: (raw: Socket) => void): Promise<string> {
		const server = await serveTcp(onConnection);
		open.push(server);
		return server.url;
	}

	/** A TLS server that reads a request, and then does what the test says. */
	const readsThen = (act: (raw: Socket) => void) => (raw: Socket) => {
		const server = createTlsServer(CERTIFICATE, (request) => {
			request.resume().once('end', () => act(raw));
		});
		server.emit('connection', raw);
	};

	const call = async (url: string, timeoutMs = LONG_MS) =>
		await http({ method: 'POST', url, headers: {}, body: '{}', timeoutMs, maxBodyBytes: 1_000 });

	afterEach(async () => {
		if (before === undefined) delete process.env.HTTPS_PROXY;
		else process.env.HTTPS_PROXY = before;
		await Promise.all(open.splice(0).map(async (server) => await server.close()));
	});

	it('sent nothing when nobody is the proxy', async () => {
		process.env.HTTPS_PROXY = await deadUrl('http');
		const result = await call(await target(() => undefined));
		expect(result).toMatchObject({ failure: NOTHING_SENT });
	});

	it.each<[string, (client: Socket) => void]>([
		['does not answer', () => undefined],
		['hangs up', (client) => client.destroy()],
		['resets', (client) => client.resetAndDestroy()],
	])('sent nothing when the proxy %s', async (_name, onConnect) => {
		await behind(serveProxy(onConnect));
		const result = await call(await target(() => undefined), SHORT_MS);
		expect(result).toMatchObject({ failure: NOTHING_SENT });
	});

	it.each<[string, (raw: Socket) => void]>([
		['never ends', () => undefined],
		['is reset', (raw) => raw.once('data', () => raw.resetAndDestroy())],
		['is cut off', (raw) => raw.once('data', () => raw.end())],
	])('sent nothing when the TLS handshake through the proxy %s', async (_name, onConnection) => {
		const { targets } = await behind(serveProxy());
		const result = await call(await target(onConnection), SHORT_MS);
		expect(result).toMatchObject({ failure: NOTHING_SENT });
		expect(targets).toHaveLength(1);
	});

	it.each<[string, (raw: Socket) => void, string, number]>([
		['is reset', (raw) => raw.resetAndDestroy(), 'interrupted', LONG_MS],
		['gets no answer', () => undefined, 'timeout', SHORT_MS],
	])('may have sent what %s after it was read', async (_name, act, kind, timeoutMs) => {
		const { targets } = await behind(serveProxy());
		const result = await call(await target(readsThen(act)), timeoutMs);
		expect(result).toMatchObject({ failure: { kind, delivered: 'unknown' } });
		expect(targets).toHaveLength(1);
	});

	it('sends nothing through a proxy that speaks TLS for the server itself', async () => {
		const { targets } = await behind(
			serveProxy((client) => {
				client.write('HTTP/1.1 200 Connection established\r\n\r\n');
				createTlsServer(selfSigned()).emit('connection', client);
			}),
		);
		const result = await call('https://127.0.0.1:9');
		expect(result).toMatchObject({ failure: { kind: 'tls', delivered: 'no', transient: false } });
		expect(targets).toEqual(['127.0.0.1:9']);
	});

	it.each([407, 502])(
		'takes the %i of a proxy for an answer that proves nothing',
		async (status) => {
			await behind(serveProxy((client) => client.end(`HTTP/1.1 ${status} No\r\n\r\n`)));
			expect(await call('https://127.0.0.1:9')).toMatchObject({ ok: true, value: { status } });
		},
	);
});
