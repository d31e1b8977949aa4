import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** HTTP calls that this process has started, by the host and port that they go to. */
const started = new Map<string, number>();

function count(host: string): void {
	started.set(host, (started.get(host) ?? 0) + 1);
}

// Node's own HTTP client, which n8n's request helper uses, and Node's fetch.
subscribe('http.client.request.start', (event) => {
	count(String((event as { request: ClientRequest }).request.getHeader('host')));
});
subscribe('undici:request:create', (event) => {
	count(new URL((event as { request: { origin: string } }).request.origin).host);
});

/**
 * How many HTTP calls this process has started. The server counts calls when they arrive, which on a
 * busy machine is after the client has given them up.
 *
 * @param urls base URLs; an expression names none by itself
 * @returns the calls to any of them
 */
export function callsTo(...urls: readonly string[]): number {
	const hosts = new Set(urls.filter((url) => URL.canParse(url)).map((url) => new URL(url).host));
	return [...hosts].reduce((total, host) => total + (started.get(host) ?? 0), 0);
}
