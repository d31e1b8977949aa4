import type { IDataObject, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import { NodeHelpers, UserError } from 'n8n-workflow';

import type { LoadedPackage } from './packages';
import { standInNodes } from './standInNodes';

type AnyNodeType = INodeType | IVersionedNodeType;

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
