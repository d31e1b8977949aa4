import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { inspect } from 'node:util';

import { stringify } from 'flatted';

import type { LogLine, RunResult } from '../../../dev/headless-n8n';
import { onLog } from '../../../dev/headless-n8n';

const REQUEST_START = 'http.client.request.start';

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
	const note = (event: unknown) => {
		const header = (event as { request: ClientRequest }).request.getHeader('authorization');
		if (typeof header === 'string') authorizations.add(header);
	};
	subscribe(REQUEST_START, note);
	const stopLog = onLog((line) => lines.push(line));
	const stop = () => {
		unsubscribe(REQUEST_START, note);
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
