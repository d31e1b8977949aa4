import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as bodyOf } from 'node:stream/consumers';

import axios from 'axios';

import { serveSecurely } from '../../support/secure';
import type { Loopback } from '../../unit/support/loopback';

/** A call as it went over the wire. */
interface RecordedCall {
	readonly method: string;
	readonly path: string;
	/** The body as it was sent; empty for none. */
	readonly text: string;
}

/** A proxy before the simulator that keeps what it forwards. */
export interface Recorder extends Loopback {
	readonly calls: RecordedCall[];
	/** Where the calls go from now on. */
	target: string;
}

async function forward(
	{ target, calls }: Pick<Recorder, 'target' | 'calls'>,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const { method = '', url: path = '', headers } = request;
	const text = await bodyOf(request);
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
	const server = await serveSecurely((request, response) => {
		forward(kept, request, response).catch(() => response.destroy());
	});
	return Object.assign(kept, server);
}

/** The body of the only call that was recorded, as JSON. */
export function onlyBodyOf({ calls }: Recorder): Record<string, unknown> {
	if (calls.length !== 1) throw new Error(`There were ${calls.length} calls, not one.`);
	return JSON.parse(calls[0]?.text ?? '') as Record<string, unknown>;
}
