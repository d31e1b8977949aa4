import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { OAuthClient } from '../../../dev/simulator';
import type { FaultKind, RunSettings, Stage } from '../types';
import { replayKeys } from './loggedKeys';
import { someMoment, untilAccepted } from './strike';

/** What the process that is to be killed needs to know. */
export interface Mission {
	readonly kind: Pick<FaultKind, 'delivery' | 'parameters' | 'keyed'>;
	readonly settings: RunSettings;
	readonly ids: readonly string[];
	readonly urls: Stage['urls'];
	readonly client: OAuthClient;
	/** Where Send Once Keys are kept. */
	readonly keysFile: string;
}

/**
 * Runs the campaign in a process of its own and kills that at a random moment.
 *
 * @param stage the run; its store of keys holds afterwards what the process had stored
 * @param kind the fault kind
 * @param client the OAuth client
 * @throws Error when the process failed by itself
 */
export async function runAndKill(
	stage: Stage,
	{ delivery, parameters, keyed }: FaultKind,
	client: OAuthClient,
): Promise<void> {
	const folder = mkdtempSync(path.join(tmpdir(), 'genesys-faults-'));
	const keysFile = path.join(folder, 'keys');
	const { settings, ids, urls } = stage;
	const kind = {
		...(delivery && { delivery }),
		...(parameters && { parameters }),
		...(keyed && { keyed }),
	};
	try {
		const child = fork(path.join(__dirname, 'killedProcess.ts'), { execArgv: ['--import', 'tsx'] });
		const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
		child.send({ kind, settings, ids, urls, client, keysFile } satisfies Mission);
		await untilAccepted(stage, someMoment(stage), { result: ended });
		child.kill('SIGKILL');
		const [code] = await ended;
		if (code !== null && code !== 0) throw new Error(`The process ended with ${code}.`);
		await replayKeys(keysFile, stage.keys);
	} finally {
		rmSync(folder, { recursive: true });
	}
}
