import { createRequire } from 'node:module';
import path from 'node:path';
import { queryObjects } from 'node:v8';

import { ROOT } from './executions';
import type { Objects } from './types';

/** The classes of the package, by their file in the build. */
const CLASSES = {
	TokenPool: 'api/tokenPool',
	RateLimitWindow: 'api/rateLimitWindow',
	Ledger: 'delivery/ledger',
	SentKeys: 'delivery/sentKeys',
	WorkflowKeyStore: 'n8n/keyStore',
	Messages: 'n8n/messages',
	Reporter: 'n8n/reporter',
	WaitMeter: 'api/clock',
	Teller: 'events/teller',
	Link: 'notifications/link',
	Session: 'notifications/session',
} as const;

const load = createRequire(__filename);

type Class = abstract new (...args: never[]) => unknown;

/** The classes that the engine runs: the very modules that it has loaded. */
function classOf(name: keyof typeof CLASSES): Class {
	const file = path.join(ROOT, 'dist/nodes/GenesysCloud', CLASSES[name]);
	const loaded = load(file) as Record<string, Class>;
	const found = loaded[name];
	if (!found) throw new Error(`${CLASSES[name]} has no class ${name}.`);
	return found;
}

/**
 * Counts living objects. Each class takes a walk through the heap: some seconds in all.
 *
 * @returns how many there are, by class
 */
export function livingObjects(): Objects {
	const own = (Object.keys(CLASSES) as (keyof typeof CLASSES)[]).map(
		(name) => [name, classOf(name)] as const,
	);
	const all = [...own, ['AbortSignal', AbortSignal], ['Promise', Promise]] as const;
	return Object.fromEntries(
		all.map(([name, type]) => [name, queryObjects(type, { format: 'count' })]),
	);
}
