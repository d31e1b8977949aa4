import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Container } from '@n8n/di';
import { InstanceSettings } from 'n8n-core';

import { installLogger } from './logging';

const USER_FOLDER = 'N8N_USER_FOLDER';

function restoreUserFolder(previous: string | undefined): void {
	if (previous === undefined) {
		delete process.env[USER_FOLDER];
	} else {
		process.env[USER_FOLDER] = previous;
	}
}

/**
 * Makes n8n's instance settings now, in a folder that lives only for this moment: n8n writes an
 * encryption key when it makes them and reads the file never again. Without this, n8n would do
 * so at the first workflow, in the user's home.
 */
function createInstanceSettings(): void {
	const previous = process.env[USER_FOLDER];
	const folder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
	process.env[USER_FOLDER] = folder;
	try {
		Container.get(InstanceSettings);
	} finally {
		restoreUserFolder(previous);
		rmSync(folder, { recursive: true, force: true });
	}
}

let prepared = false;

/**
 * Does what n8n's process start does before a workflow can run, as far as it is needed here.
 * Done once for a process; later calls do nothing.
 */
export function prepareHost(): void {
	if (prepared) {
		return;
	}
	prepared = true;
	installLogger();
	createInstanceSettings();
}
