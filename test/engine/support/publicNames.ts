import type {
	ICredentialType,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';

import { allChoices, keyOf, nodeWith, TYPE_VERSION, visible, type Choices } from './choices';

/** What saved workflows know of a parameter. */
export interface PublicParameter {
	readonly type: string;
	readonly default?: unknown;
	/** Of a dropdown. */
	readonly values?: readonly unknown[];
	/** Of a resource locator. */
	readonly modes?: readonly string[];
	/** Of a collection. */
	readonly fields?: PublicParameters;
}

/** Parameters by name. */
export type PublicParameters = Readonly<Record<string, PublicParameter>>;

/** All that saved workflows and credentials refer to by name. */
export interface PublicNames {
	readonly node: string;
	readonly typeVersion: number;
	readonly credential: { readonly name: string; readonly parameters: PublicParameters };
	/** The parameters that the editor shows, by the choices that lead to them. */
	readonly parameters: Readonly<Record<string, PublicParameters>>;
	/** The names of the outputs, by the choices that lead to them; null = the only one. */
	readonly outputs: Readonly<Record<string, readonly (string | null)[]>>;
}

function parameterOf(property: INodeProperties): PublicParameter {
	const { type, default: defaultValue, options = [], modes } = property;
	const isDropdown = type === 'options';
	const isCollection = type === 'collection' || type === 'fixedCollection';
	return {
		type,
		default: defaultValue,
		...(isDropdown && { values: (options as INodePropertyOptions[]).map(({ value }) => value) }),
		...(modes && { modes: modes.map(({ name }) => name) }),
		...(isCollection && { fields: Object.fromEntries(options.map(fieldOf)) }),
	};
}

function fieldOf(
	option: INodeProperties | INodePropertyOptions | INodePropertyCollection,
): [string, PublicParameter] {
	if ('values' in option) {
		return [option.name, { type: 'group', fields: parametersOf(option.values) }];
	}
	return [option.name, parameterOf(option as INodeProperties)];
}

function parametersOf(properties: readonly INodeProperties[]): PublicParameters {
	return Object.fromEntries(properties.map((property) => [property.name, parameterOf(property)]));
}

function outputsOf(description: INodeTypeDescription, choices: Choices): (string | null)[] {
	const node = nodeWith(description, choices);
	const nodeTypes = {
		getByName: () => ({ description }),
		getByNameAndVersion: () => ({ description }),
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return NodeHelpers.getNodeOutputs(workflow, node, description).map((output) =>
		output === NodeConnectionTypes.Main || typeof output === 'string'
			? null
			: (output.displayName ?? null),
	);
}

/**
 * Collects what saved workflows refer to: names of resources, operations and parameters, values of
 * dropdowns, defaults, and names of outputs.
 */
export function publicNames(
	description: INodeTypeDescription,
	credential: ICredentialType,
): PublicNames {
	const choices = allChoices(description);
	const withOutputs = choices.flatMap((made) => {
		const unreachable = visible(description, made).find(({ name }) => name === 'unreachable');
		if (!unreachable) return [made];
		const values = unreachable.options as INodePropertyOptions[];
		return values.map(({ value }) => ({ ...made, unreachable: value }));
	});
	return {
		node: description.name,
		typeVersion: TYPE_VERSION,
		credential: { name: credential.name, parameters: parametersOf(credential.properties) },
		parameters: Object.fromEntries(
			choices.map((made) => [keyOf(description, made), parametersOf(visible(description, made))]),
		),
		outputs: Object.fromEntries(
			withOutputs.map((made) => [keyOf(description, made), outputsOf(description, made)]),
		),
	};
}
