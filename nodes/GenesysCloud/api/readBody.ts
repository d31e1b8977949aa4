import { isSuccess } from './http';

/**
 * Reads a response body as text and stops at a size limit, so that a giant answer cannot fill the
 * memory.
 *
 * @param body what the HTTP library gave: a stream of chunks, or what it read already
 * @param maxBytes where to cut, in bytes
 * @param status the answer's HTTP status
 * @returns the text, cut at the limit; empty when the body of an answer other than 2xx broke off,
 *   because its status says enough
 * @throws whatever the stream throws when the body of a 2xx breaks off
 */
export async function readBody(body: unknown, maxBytes: number, status: number): Promise<string> {
	if (!isStream(body)) return typeof body === 'string' ? body : JSON.stringify(body ?? '');
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	try {
		for await (const chunk of body) {
			chunks.push(chunk);
			bytes += chunk.byteLength;
			// Leaving the loop destroys the stream, and with it the connection.
			if (bytes >= maxBytes) break;
		}
	} catch (error) {
		if (!isSuccess(status)) return '';
		return await Promise.reject(error as Error);
	}
	return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
