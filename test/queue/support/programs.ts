import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { UserError } from '../../../dev/playground/n8n/userError';

/** Where Debian keeps the programs of each version of PostgreSQL, which are not in the PATH. */
const POSTGRES_FOLDER = '/usr/lib/postgresql';

/**
 * Finds an installed program.
 *
 * @param name its name
 * @returns its path
 * @throws UserError that names the packages when it is not installed
 */
export function findProgram(name: string): string {
	const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...postgresFolders()];
	const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
	if (found !== undefined) return found;
	throw new UserError(
		`${name} is missing. The tests of queue mode need Redis and PostgreSQL: ` +
			'apt-get install redis-server postgresql',
	);
}

/** The newest version first. */
function postgresFolders(): string[] {
	if (!existsSync(POSTGRES_FOLDER)) return [];
	return readdirSync(POSTGRES_FOLDER)
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => path.join(POSTGRES_FOLDER, version, 'bin'));
}
