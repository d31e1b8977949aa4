import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

import { chromium, type Browser } from 'playwright-core';

import { UserError } from '../../playground/n8n/userError';

/** Nothing of the browser's own may call home; a container has neither a GPU nor a sandbox. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** What Debian, Ubuntu, Alpine, Fedora and Google call it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Finds a Chromium on this machine: `CHROMIUM_PATH`, else the usual names on the search path.
 *
 * @param environment the environment variables
 * @returns the program
 * @throws UserError that says how to get one
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
	const { CHROMIUM_PATH: chosen, PATH = '' } = environment;
	const folders = PATH.split(path.delimiter).filter((folder) => folder !== '');
	const usual = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
	const found = (chosen === undefined ? usual : [chosen]).find(isProgram);
	if (found !== undefined) return found;
	throw new UserError(
		chosen === undefined
			? 'No Chromium was found. Install one ("apt-get install chromium" on Debian), or set CHROMIUM_PATH to the program.'
			: `CHROMIUM_PATH is "${chosen}", where there is no program.`,
	);
}

/**
 * Starts a Chromium without a window.
 *
 * @returns the browser
 * @throws UserError when there is none
 */
export async function launchChromium(): Promise<Browser> {
	return await chromium.launch({ executablePath: findChromium(), args: FLAGS });
}

function isProgram(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
}
