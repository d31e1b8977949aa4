import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { IDataObject, INode } from 'n8n-workflow';

import type { WorkflowJson } from '../../../dev/headless-n8n';
import { beds, type Bed } from '../support/bed';
import { setCalendar } from '../support/calendar';
import { CREDENTIAL_ID, node, to } from '../support/workflows';

const openBed = beds();
afterEach(() => jest.useRealTimers());
const file = path.join(__dirname, '../../../examples/fallback-by-reason.json');
const example = JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson;

const exampleNode = (name: string): INode => example.nodes.find((known) => known.name === name)!;

/** What an If node of the example compares. */
function comparedBy(name: string): string {
	const { conditions } = exampleNode(name).parameters as {
		conditions: { conditions: { leftValue: string }[] };
	};
	return conditions.conditions[0]!.leftValue;
}

/** Runs a node of the example, and gives what expressions make of the items of an output. */
async function seenAfter(
	bed: Bed,
	name: string,
	{ output, input, seen }: { output: number; input: IDataObject; seen: Record<string, string> },
) {
	const credentials = { genesysCloudApi: { id: CREDENTIAL_ID, name: 'Genesys Cloud' } };
	const assignments = Object.entries(seen).map(([field, value]) => ({
		...{ id: field, name: field, value },
		type: 'string',
	}));
	const see = node('Seen', 'n8n-nodes-base.set', { parameters: { assignments: { assignments } } });
	const workflow: WorkflowJson = {
		id: 'wf',
		name: 'Test',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger'),
			{ ...exampleNode(name), credentials },
			see,
		],
		connections: {
			Start: { main: [[to(name)]] },
			[name]: { main: [...Array.from({ length: output }, () => []), [to('Seen')]] },
		},
	};
	const result = await bed.engine.run(workflow, { input: [{ json: input }] });
	return result.outputOf('Seen').map(({ json }) => json);
}

describe.each([
	['Send by Messenger', ''],
	['Send by WhatsApp', ' (WhatsApp)'],
	['Send by SMS', ' (SMS)'],
])('examples/fallback-by-reason.json at night, by "%s"', (name, suffix) => {
	it.each([
		[{}, 'details'],
		[{ details: 'Gift wrapped' }, 'genesysCloudDetails'],
		[{ details: null }, 'genesysCloudDetails'],
	])('waits for the window, whatever fields the customer has: %j', async (fields, excluded) => {
		const bed = await openBed({ deduplication: 'memory' });
		setCalendar('2026-11-25T02:00:00Z');
		const customer = { customer: 'shop-1', orderId: 'A-1', firstName: 'Ada', timeZone: 'UTC' };
		const phone = '+13175555555';
		const addresses = { externalContactId: 'e-1', phone, whatsApp: phone.slice(1) };
		const seen = {
			reason: comparedBy(`Outside the window?${suffix}`),
			sendAfter: exampleNode(`Until the window opens${suffix}`).parameters.dateTime as string,
			excluded: exampleNode(`Try again${suffix}`).parameters.excludeFields as string,
		};
		const input = { ...customer, ...addresses, ...fields };
		expect(await seenAfter(bed, name, { output: 1, input, seen })).toEqual([
			{ reason: 'outsideSendWindow', sendAfter: '2026-11-25T08:00:00.000Z', excluded },
		]);
	});
});

it.each([
	['failed', true],
	['delivery-failed', true],
	['delivery-success', false],
	['read', false],
])('examples/fallback-by-reason.json: is a "%s" message refused? %s', async (status, refused) => {
	const body = { id: 'm-1', status };
	const bed = await openBed({ faults: [{ kind: 'status', status: 200, body, endpoint: 'read' }] });
	const look = { output: 0, input: { id: 'm-1' }, seen: { refused: comparedBy('Refused?') } };
	expect(await seenAfter(bed, 'Wait for delivery', look)).toEqual([{ refused }]);
});
