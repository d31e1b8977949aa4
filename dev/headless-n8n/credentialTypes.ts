import type { ICredentialType, INodeProperties } from 'n8n-workflow';
import { NodeHelpers, UserError } from 'n8n-workflow';

import type { LoadedPackage } from './packages';

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
