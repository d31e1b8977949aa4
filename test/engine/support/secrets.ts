import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { inspect } from 'node:util';

import { stringify } from 'flatted';

import type { LogLine, RunResult } from '../../../dev/headless-n8n';
import { onLog } from '../../../dev/headless-n8n';

/** Of Node's http module, which n8n's request helper uses. */
const HTTP_START = 'http.client.request.start';
/** Of undici, which is Node's fetch. */
const FETCH_START = 'undici:request:create';

/** What was watched: the Authorization headers that really went out, and what was logged. */
export interface Watch {
	readonly authorizations: Set<string>;
	readonly lines: LogLine[];
	stop(): void;
}

/** Watches all HTTP calls and the log of this process. */
export function watch(): Watch {
	const authorizations = new Set<string>();
	const lines: LogLine[] = [];
	const noteHttp = (event: unknown) => {
		const header = (event as { request: ClientRequest }).request.getHeader('authorization');
		if (typeof header === 'string') authorizations.add(header);
	};
	const noteFetch = (event: unknown) => {
		const { headers } = (event as { request: { headers: string[] | string } }).request;
		const fields = Array.isArray(headers) ? headers : headers.split(/: |\r\n/);
		const index = fields.findIndex((field) => field.toLowerCase() === 'authorization');
		const header = fields[index + 1];
		if (index >= 0 && header !== undefined) authorizations.add(header);
	};
	subscribe(HTTP_START, noteHttp);
	subscribe(FETCH_START, noteFetch);
	const stopLog = onLog((line) => lines.push(line));
	const stop = () => {
		unsubscribe(HTTP_START, noteHttp);
		unsubscribe(FETCH_START, noteFetch);
		stopLog();
	};
	return { authorizations, lines, stop };
}

/**
 * All that n8n shows, stores or logs of an execution, as text: what it saves in its database, what
 * it would show of the error, and every log line, with what these objects hide.
 */
export function everythingOf(result: RunResult, lines: readonly LogLine[]): string {
	const deep = { depth: 12, showHidden: true, maxArrayLength: null, maxStringLength: null };
	return [
		stringify(result.raw.data),
		inspect(result.raw, deep),
		inspect(result.error, deep),
		inspect(result.uiMessages, deep),
		inspect(result.context, deep),
		inspect(lines, deep),
	].join('\n');
}

/** The forms in which a secret may appear: as it is, URL-encoded, and in Base64. */
export function formsOf(secret: string): string[] {
	const base64 = Buffer.from(secret).toString('base64');
	return [secret, encodeURIComponent(secret), base64.replace(/=+$/, '')];
}
