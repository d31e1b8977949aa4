import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

/** Choices in the node's panel, such as `{ resource: 'message', operation: 'send' }`. */
export type Choices = Readonly<Record<string, string | number | boolean>>;

/** The version of the node that saved workflows name. */
export const TYPE_VERSION = 1;

/** A node in whose panel these choices were made. */
export function nodeWith(description: INodeTypeDescription, choices: Choices): INode {
	return {
		id: 'node',
		name: description.displayName,
		type: description.name,
		typeVersion: TYPE_VERSION,
		position: [0, 0],
		parameters: { ...choices } as INodeParameters,
	};
}

/** The parameters that the editor shows after these choices. */
export function visible(description: INodeTypeDescription, choices: Choices): INodeProperties[] {
	const node = nodeWith(description, choices);
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter({ ...choices } as INodeParameters, property, node, description),
	);
}

/** All combinations of the dropdowns by which other parameters are shown or hidden. */
export function allChoices(description: INodeTypeDescription, made: Choices = {}): Choices[] {
	const deciding = new Set(
		description.properties.flatMap(({ displayOptions: { show, hide } = {} }) =>
			Object.keys({ ...show, ...hide }),
		),
	);
	const next = visible(description, made).find(
		({ name, type }) => type === 'options' && deciding.has(name) && !(name in made),
	);
	if (!next) return [made];
	return (next.options as INodePropertyOptions[]).flatMap(({ value }) =>
		allChoices(description, { ...made, [next.name]: value }),
	);
}

/**
 * The choices that are not the default, as the editor saves them: `resource=message channel=sms`. So a
 * dropdown that a later release adds does not change the keys of what was there.
 */
export function keyOf(description: INodeTypeDescription, choices: Choices): string {
	const shown = visible(description, choices);
	const saved = Object.entries(choices).filter(
		([name, value]) => shown.find((property) => property.name === name)?.default !== value,
	);
	return saved.map(([name, value]) => `${name}=${String(value)}`).join(' ') || 'defaults';
}
