// `npm start` and `npm test` must work on a fresh clone, so this runs before anything is installed:
// it may use nothing but Node and npm. It installs when node_modules is not what package-lock.json says.
import { readFileSync } from 'node:fs';

import { run } from './command.mjs';

const root = new URL('../../', import.meta.url);

function readPackages(file) {
	return JSON.parse(readFileSync(new URL(file, root), 'utf8')).packages;
}

// npm writes node_modules/.package-lock.json as the last step of an installation: without it, an
// installation never ran or was interrupted. It lists what is really there.
function findReasonToInstall() {
	const wanted = readPackages('package-lock.json');
	let installed;
	try {
		installed = readPackages('node_modules/.package-lock.json');
	} catch {
		return 'nothing is installed yet';
	}
	const isOutdated = (path) => {
		// optional packages are for other platforms; '' is this project itself
		if (!installed[path]) return path !== '' && !wanted[path].optional;
		return installed[path].integrity !== wanted[path].integrity;
	};
	const outdated = Object.keys(wanted).filter(isOutdated);
	const extra = Object.keys(installed).filter((path) => !wanted[path]);
	const count = outdated.length + extra.length;
	return count > 0 ? `${count} installed packages differ from package-lock.json` : undefined;
}

/** Installs what is missing; ends the process when npm fails. Says nothing when all is there. */
export async function ensureInstalled() {
	const reason = findReasonToInstall();
	if (!reason) return;
	console.log(`Installing with "npm ci": ${reason}.`);
	await run(['npm', 'ci', '--include=dev']);
}
