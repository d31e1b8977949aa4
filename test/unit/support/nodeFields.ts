import {
	NodeHelpers,
	type INode,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { GenesysCloud } from '../../../nodes/GenesysCloud/GenesysCloud.node';
import { NODE } from './context';

const { description } = new GenesysCloud();

/** The fields that the editor shows for these parameters. */
export function fieldsFor(parameters: INode['parameters']): Map<string, INodeProperties> {
	const shown = description.properties.filter((property) =>
		NodeHelpers.displayParameter(parameters, property, NODE, description),
	);
	return new Map(shown.map((property) => [property.name, property]));
}

/** The fields with all that stand within them. */
export function allFields(properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => {
		const inner = (property.options ?? []).flatMap((option) =>
			'values' in option ? option.values : 'type' in option ? [option] : [],
		);
		return [property, ...allFields(inner)];
	});
}

/** What a collection or a group of options holds. */
export function optionsOf(fields: Map<string, INodeProperties>, name: string): INodeProperties[] {
	return fields.get(name)?.options as INodeProperties[];
}

/** The values of a dropdown. */
export function valuesOf(field: INodeProperties | undefined) {
	return (field?.options as INodePropertyOptions[]).map(({ value }) => value);
}
