import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { CHANNELS } from '../../../nodes/GenesysCloud/resources/message/send/channels';
import { RESOURCES } from '../../../nodes/GenesysCloud/resources';
import { DEMO_CUSTOMERS } from '../../../dev/simulator';
import { beds, type Bed } from '../support/bed';
import { messageBy, reading, recipients } from '../support/messages';
import { jsonOf } from '../support/outcomes';
import { nodeTypeUnderTest, resourceOf } from '../support/panel';
import { customers } from '../support/workflows';

const openBed = beds();

interface Preview {
	readonly type: string;
	readonly version: number;
	readonly properties: Record<string, { readonly type: string }>;
}

const operations = RESOURCES.flatMap(({ value: resource, operations: all }) =>
	all.map(({ value: operation }) => [resource, operation] as const),
);

/** An output preview, as it is shipped. */
function previewFile(resource: string, operation: string): string {
	const folder = path.join(__dirname, '../../../dist/nodes/GenesysCloud/__schema__/v1.0.0');
	return path.join(folder, resource, `${operation}.json`);
}

function previewOf(resource: string, operation: string): Preview {
	return JSON.parse(readFileSync(previewFile(resource, operation), 'utf8')) as Preview;
}

const ada = '+12025550143';

/** Real outputs of every operation, in all their kinds. */
const outputs: Record<string, (bed: Bed) => Promise<IDataObject[]>> = {
	'webMessage/send': async (bed) => jsonOf(await bed.run(customers('c1'))),
	'message/send': async (bed) => {
		const found: IDataObject[] = [];
		for (const channel of CHANNELS) {
			const to = channel === 'whatsapp' ? ada.slice(1) : ada;
			found.push(...jsonOf(await bed.run(recipients(to), messageBy(channel))));
		}
		return found;
	},
	'message/getStatus': async (bed) => {
		const input = await outputs['message/send']!(bed);
		const [first, second] = input.map(({ id }) => id as string);
		bed.simulator.messages.setStatus(first!, 'delivery-success');
		bed.simulator.messages.setStatus(second!, 'delivery-failed', 'InvalidDestination');
		const get = reading('message', 'getStatus', 'messageId');
		return jsonOf(
			await bed.run(
				input.map((json) => ({ json })),
				get,
			),
		);
	},
	'conversation/get': async (bed) => {
		const { conversations } = bed.simulator;
		const parties = { channel: 'sms', fromAddress: '+12025550100' } as const;
		const open = conversations.connect({ ...parties, recipient: ada });
		const over = conversations.connect({ ...parties, recipient: '+12025550150' });
		conversations.disconnect(over.id);
		const input = [open, over].map(({ id }) => ({ json: { id } }));
		return jsonOf(await bed.run(input, reading('conversation', 'get', 'conversationId')));
	},
	'conversation/getMessages': async (bed) => {
		const { id } = bed.simulator.people.start({ text: 'Where is my order?' });
		const get = reading('conversation', 'getMessages', 'conversationId');
		return jsonOf(await bed.run([{ json: { id } }], get));
	},
	'externalContact/lookUp': async (bed) => {
		const parameters = {
			resource: 'externalContact',
			operation: 'lookUp',
			identifierType: 'Email',
			identifierValue: '={{ $json.email }}',
		};
		const input = DEMO_CUSTOMERS.map(({ email }) => ({ json: { email } }));
		return jsonOf(await bed.run(input, parameters));
	},
};

describe.each(operations)('the output preview of %s > %s', (resource, operation) => {
	it('is shipped, in the form that n8n reads', () => {
		expect(existsSync(previewFile(resource, operation))).toBe(true);
		const preview = previewOf(resource, operation);
		expect(preview).toMatchObject({ type: 'object', version: 1 });
		expect(Object.keys(preview.properties).length).toBeGreaterThan(3);
	});

	it('has every field of the real output, each of its type, and no field that never comes', async () => {
		const { properties } = previewOf(resource, operation);
		const items = await outputs[`${resource}/${operation}`]!(await openBed());
		expect(items.length).toBeGreaterThan(0);
		const seen: Record<string, { type: string }> = {};
		for (const item of items) {
			for (const [name, value] of Object.entries(item)) seen[name] = { type: typeof value };
		}
		expect(seen).toEqual(properties);
	});
});

describe('the output previews', () => {
	it('cover the operations that the built node really has', async () => {
		const { properties } = (await nodeTypeUnderTest()).description;
		const operationFields = properties.filter(({ name }) => name === 'operation');
		const built = operationFields.flatMap((field: INodeProperties) => {
			const options = field.options as INodePropertyOptions[];
			return options.map(({ value }) => [resourceOf(field), value]);
		});
		expect(built).toEqual(operations);
	});
});
