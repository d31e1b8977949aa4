import type { OutgoingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';

import type { FastifyReply } from 'fastify';

/** What a gateway in front of an API answers instead of JSON. */
export const HTML_PAGE =
	'<!DOCTYPE html>\n<html><head><title>Bad Gateway</title></head>' +
	'<body><center><h1>Bad Gateway</h1></center><hr><center>gateway</center></body></html>\n';

const PADDING = Buffer.alloc(64 * 1024, 'x');

/** Ends a connection as a crashed server does. */
export function resetConnection(socket: Socket): void {
	// A TCP reset is what a crashed server or a broken network gives; TLS sockets cannot send one.
	if (socket instanceof TLSSocket) socket.destroy();
	else socket.resetAndDestroy();
}

/** Destroys the connection of a call that was not answered. Returns the reply, taken over. */
export function destroyConnection(reply: FastifyReply): FastifyReply {
	reply.hijack();
	resetConnection(reply.request.raw.socket);
	return reply;
}

function startJson(reply: FastifyReply, json: string): Buffer {
	const bytes = Buffer.from(json);
	reply.hijack();
	reply.headers({ 'content-type': 'application/json', 'content-length': bytes.length });
	reply.raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
	return bytes;
}

/**
 * Answers one byte at a time.
 *
 * @param intervalMs milliseconds between two bytes
 * @param stopping ends the answer
 * @returns the reply, taken over
 */
export async function drip(
	reply: FastifyReply,
	json: string,
	intervalMs: number,
	stopping: AbortSignal,
): Promise<FastifyReply> {
	const bytes = startJson(reply, json);
	for (let index = 0; index < bytes.length && !reply.raw.destroyed; index += 1) {
		reply.raw.write(bytes.subarray(index, index + 1));
		await sleep(intervalMs, undefined, { signal: stopping }).catch(() => reply.raw.destroy());
	}
	reply.raw.end();
	return reply;
}

/** Announces the whole answer, sends half of it, destroys the connection. Returns the reply. */
export function truncate(reply: FastifyReply, json: string): FastifyReply {
	const bytes = startJson(reply, json);
	const half = bytes.subarray(0, bytes.length / 2);
	// A plain end of the connection: after a TCP reset the client would not see the first half.
	reply.raw.write(half, () => reply.raw.destroy());
	return reply;
}

/**
 * A valid JSON object made larger by padding, in chunks and without a content-length, so that a
 * client must count what it reads.
 *
 * @param body the object
 * @param bytes how many bytes of padding
 */
export function endless(body: object, bytes: number): Readable {
	function* chunks(): Generator<Buffer | string> {
		yield `${JSON.stringify(body).slice(0, -1)},"padding":"`;
		for (let left = bytes; left > 0; left -= PADDING.length) {
			yield left < PADDING.length ? PADDING.subarray(0, left) : PADDING;
		}
		yield '"}';
	}
	return Readable.from(chunks(), { objectMode: false });
}
