import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { RESOURCES } from '../../../nodes/GenesysCloud/resources';
import { beds } from '../support/bed';
import { nodeTypeUnderTest, resourceOf } from '../support/panel';
import { previewOf, realOutputs } from '../support/previews';

const openBed = beds();

const operations = RESOURCES.flatMap(({ value: resource, operations: all }) =>
	all.map(({ value: operation }) => [resource, operation] as const),
);

/** An output preview, as it is shipped. */
function shipped(resource: string, operation: string): unknown {
	const folder = path.join(__dirname, '../../../dist/nodes/GenesysCloud/__schema__/v1.0.0');
	return JSON.parse(readFileSync(path.join(folder, resource, `${operation}.json`), 'utf8'));
}

it.each(operations)('%s > %s ships the preview of its real output', async (resource, operation) => {
	// Each has a line in support/previews.ts.
	expect(Object.keys(realOutputs)).toContain(`${resource}/${operation}`);
	const items = await realOutputs[`${resource}/${operation}`]!(await openBed());
	expect(items.length).toBeGreaterThan(0);
	// `npm run previews` writes it anew.
	expect(shipped(resource, operation)).toEqual(previewOf(items));
});

describe('the output previews', () => {
	it('cover the operations that the built node really has', async () => {
		const { properties } = (await nodeTypeUnderTest()).description;
		const operationFields = properties.filter(
			({ name, type }) => name === 'operation' && type === 'options',
		);
		const built = operationFields.flatMap((field: INodeProperties) => {
			const options = field.options as INodePropertyOptions[];
			return options.map(({ value }) => [resourceOf(field), value]);
		});
		expect(built).toEqual(operations);
	});
});
