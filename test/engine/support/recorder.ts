import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import axios from 'axios';

/** A call as it went over the wire. */
interface RecordedCall {
	readonly method: string;
	readonly path: string;
	/** The body as it was sent; empty for none. */
	readonly text: string;
}

/** A proxy before the simulator that keeps what it forwards. */
export interface Recorder {
	/** To be used as the credential's API URL. */
	readonly url: string;
	readonly calls: RecordedCall[];
	/** Where the calls go from now on. */
	target: string;
	stop(): Promise<void>;
}

async function textOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

async function forward(
	{ target, calls }: Pick<Recorder, 'target' | 'calls'>,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const { method = '', url: path = '', headers } = request;
	const text = await textOf(request);
	calls.push({ method, path, text });
	const answer = await axios.request<string>({
		method,
		url: target + path,
		headers: { authorization: headers.authorization, 'content-type': headers['content-type'] },
		...(text !== '' && { data: text }),
		responseType: 'text',
		transformResponse: (body: string) => body,
		validateStatus: () => true,
	});
	response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.data);
}

/** Starts a recorder on a free port of this machine. */
export async function startRecorder(): Promise<Recorder> {
	const kept = { calls: [] as RecordedCall[], target: '' };
	const server = createServer((request, response) => {
		forward(kept, request, response).catch(() => response.destroy());
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return Object.assign(kept, {
		url,
		stop: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	});
}

/** The body of the only call that was recorded, as JSON. */
export function onlyBodyOf({ calls }: Recorder): Record<string, unknown> {
	if (calls.length !== 1) throw new Error(`There were ${calls.length} calls, not one.`);
	return JSON.parse(calls[0]?.text ?? '') as Record<string, unknown>;
}
