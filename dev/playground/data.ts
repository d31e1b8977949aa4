import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { DEFAULT_CLIENT } from '../simulator';
import { EXAMPLE_CREDENTIAL, exampleWorkflows } from './examples';
import type { N8nSettings } from './n8n/environment';
import type { Installation } from './n8n/installation';
import { CREDENTIAL_TYPE, PLAYGROUND } from './n8n/paths';
import { runN8nCommand } from './n8n/server';

/** n8n's user folder, of the playground alone. */
export const USER_FOLDER = path.join(PLAYGROUND, '.data');
/** What n8n prints. */
export const LOG_FILE = path.join(USER_FOLDER, 'n8n.log');

/** What was imported, and for which simulator. */
interface Imported {
	readonly simulatorUrl: string;
	readonly workflows: boolean;
}

const importedFile = ({ userFolder }: N8nSettings) => path.join(userFolder, 'imported.json');

/** Forgets everything: the owner, workflows, executions and credentials. */
export async function clearData(): Promise<void> {
	await rm(USER_FOLDER, { recursive: true, force: true });
}

/**
 * Puts the credential for the simulator and, the first time, the examples into n8n's database. What
 * the user changed in a workflow stays.
 *
 * @param installation the n8n
 * @param settings where it lives
 * @param simulatorUrl the simulator
 * @param log where the progress goes
 */
export async function importExamples(
	installation: Installation,
	settings: N8nSettings,
	simulatorUrl: string,
	log: (line: string) => void,
): Promise<void> {
	const before = readImported(settings);
	if (before?.simulatorUrl !== simulatorUrl) {
		log('Importing the credential for the simulator …');
		const credential = {
			...EXAMPLE_CREDENTIAL,
			type: CREDENTIAL_TYPE,
			data: dataFor(simulatorUrl),
		};
		await importJson(installation, settings, 'import:credentials', [credential]);
	}
	if (!before?.workflows) {
		log('Importing the example workflows …');
		await importJson(installation, settings, 'import:workflow', exampleWorkflows());
	}
	await writeFile(importedFile(settings), JSON.stringify({ simulatorUrl, workflows: true }));
}

function readImported(settings: N8nSettings): Imported | undefined {
	const file = importedFile(settings);
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Imported) : undefined;
}

function dataFor(simulatorUrl: string) {
	return {
		environment: 'custom',
		loginUrl: simulatorUrl,
		apiUrl: simulatorUrl,
		...DEFAULT_CLIENT,
		scope: 'webchat:messaging',
	};
}

async function importJson(
	installation: Installation,
	settings: N8nSettings,
	command: string,
	content: unknown,
): Promise<void> {
	const file = path.join(settings.userFolder, `${command.replace(':', '-')}.json`);
	await writeFile(file, JSON.stringify(content));
	try {
		await runN8nCommand(installation, settings, [command, `--input=${file}`]);
	} finally {
		await rm(file, { force: true });
	}
}
