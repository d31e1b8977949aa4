import { LazyPackageDirectoryLoader } from 'n8n-core';
import { checkNodesApiVersion, UserError } from 'n8n-workflow';

import { prepareHost } from './host';

/** A package of nodes and credentials, as n8n's own loader loaded it. */
export type LoadedPackage = Pick<
	LazyPackageDirectoryLoader,
	'packageName' | 'known' | 'getNode' | 'getCredential'
>;

export interface LoadOptions {
	/** Full node types to load, for example `n8n-nodes-base.httpRequest`. Default: all. */
	includeNodes?: string[];
	/** Full node types to leave out. */
	excludeNodes?: string[];
}

/**
 * Loads a package with the loader that n8n uses for installed packages: the files named by the
 * `n8n` field of its package.json, or on demand where the package ships n8n's index of them
 * (`dist/known`), as n8n-nodes-base does.
 *
 * @param directory the package's root, with its package.json and its build.
 * @returns the package, for `createEngine`.
 * @throws if a file is missing or a class cannot be made, with n8n's own error, or if the
 * package asks for a newer node API than this n8n has.
 */
export async function loadPackage(
	directory: string,
	options: LoadOptions = {},
): Promise<LoadedPackage> {
	prepareHost();
	const { excludeNodes = [], includeNodes = [] } = options;
	const loader = new LazyPackageDirectoryLoader(directory, excludeNodes, includeNodes);
	if (!checkNodesApiVersion(loader.packageJson).compatible) {
		throw new UserError(`${loader.packageName} asks for a node API that this n8n does not have`);
	}
	await loader.loadAll();
	return loader;
}
