import { LazyPackageDirectoryLoader } from 'n8n-core';
import type {
	ICredentialType,
	IDataObject,
	INodeProperties,
	INodeType,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';
import { checkNodesApiVersion, NodeHelpers, UserError } from 'n8n-workflow';

import { prepareHost } from './host';
import { standInNodes } from './standInNodes';

type AnyNodeType = INodeType | IVersionedNodeType;

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

/** Looks up node types in the loaded packages first, then among the stand-ins. */
export class PackageNodeTypes implements INodeTypes {
	constructor(private readonly packages: LoadedPackage[]) {}

	/**
	 * @param nodeType the full type, for example `n8n-nodes-base.noOp`.
	 * @throws UserError if neither a package nor the stand-ins have it.
	 */
	getByName(nodeType: string): AnyNodeType {
		const separator = nodeType.lastIndexOf('.');
		const packageName = nodeType.slice(0, separator);
		const name = nodeType.slice(separator + 1);
		for (const loaded of this.packages) {
			if (loaded.packageName === packageName && name in loaded.known.nodes) {
				return loaded.getNode(name).type;
			}
		}
		const standIn = standInNodes[nodeType];
		if (standIn === undefined) {
			throw new UserError(`No loaded package has the node type "${nodeType}"`);
		}
		return standIn;
	}

	getByNameAndVersion(nodeType: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(nodeType), version);
	}

	getKnownTypes(): IDataObject {
		const known = this.packages.flatMap(({ packageName, known: { nodes } }) =>
			Object.entries(nodes).map(([name, details]) => [`${packageName}.${name}`, { ...details }]),
		);
		return Object.fromEntries(known) as IDataObject;
	}
}

/** Looks up credential types in the loaded packages. */
export class PackageCredentialTypes {
	constructor(private readonly packages: LoadedPackage[]) {}

	/** @throws UserError if no loaded package has the type. */
	getByName(type: string): ICredentialType {
		return this.packageOf(type).getCredential(type).type;
	}

	/** All types that the given one extends, nearest first; none for an unknown type. */
	getParentTypes(type: string): string[] {
		const owner = this.packages.find(({ known }) => type in known.credentials);
		const parents = owner?.known.credentials[type]?.extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.getParentTypes(parent))];
	}

	/** Full types of the nodes that name this credential type in their description. */
	getSupportedNodes(type: string): string[] {
		const { packageName, known } = this.packageOf(type);
		return (known.credentials[type]?.supportedNodes ?? []).map((name) => `${packageName}.${name}`);
	}

	/** The type's properties with those it inherits; its own win. */
	getProperties(type: string): INodeProperties[] {
		const { extends: parents = [], properties } = this.getByName(type);
		const merged: INodeProperties[] = [];
		for (const parent of parents) {
			NodeHelpers.mergeNodeProperties(merged, this.getProperties(parent));
		}
		NodeHelpers.mergeNodeProperties(merged, properties);
		return merged;
	}

	private packageOf(type: string): LoadedPackage {
		const owner = this.packages.find(({ known }) => type in known.credentials);
		if (owner === undefined) {
			throw new UserError(`No loaded package has the credential type "${type}"`);
		}
		return owner;
	}
}
