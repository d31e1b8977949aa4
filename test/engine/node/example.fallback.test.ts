import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { INode } from 'n8n-workflow';

import type { WorkflowJson } from '../../../dev/headless-n8n';
import { beds } from '../support/bed';
import { setCalendar } from '../support/calendar';
import { CREDENTIAL_ID, node, to } from '../support/workflows';

const openBed = beds();
afterEach(() => jest.useRealTimers());
const file = path.join(__dirname, '../../../examples/fallback-by-reason.json');
const example = JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson;

const exampleNode = (name: string): INode => example.nodes.find((known) => known.name === name)!;

/** The expressions of a channel's nodes that decide what becomes of who was not reached. */
function expressionsOf(suffix: string) {
	const { conditions } = exampleNode(`Outside the window?${suffix}`).parameters as {
		conditions: { conditions: { leftValue: string }[] };
	};
	return {
		reason: conditions.conditions[0]!.leftValue,
		sendAfter: exampleNode(`Until the window opens${suffix}`).parameters.dateTime as string,
		excluded: exampleNode(`Try again${suffix}`).parameters.excludeFields as string,
	};
}

describe.each([
	['Send by Messenger', ''],
	['Send by WhatsApp', ' (WhatsApp)'],
])('examples/fallback-by-reason.json at night, by "%s"', (name, suffix) => {
	it.each([
		[{}, 'details'],
		[{ details: 'Gift wrapped' }, 'genesysCloudDetails'],
		[{ details: null }, 'genesysCloudDetails'],
	])('waits for the window, whatever fields the customer has: %j', async (fields, excluded) => {
		const bed = await openBed({ deduplication: 'memory' });
		setCalendar('2026-11-25T02:00:00Z');
		const send = exampleNode(name);
		const credentials = { genesysCloudApi: { id: CREDENTIAL_ID, name: 'Genesys Cloud' } };
		const assignments = Object.entries(expressionsOf(suffix)).map(([field, value]) => ({
			id: field,
			name: field,
			value,
			type: 'string',
		}));
		const workflow: WorkflowJson = {
			id: 'wf',
			name: 'Test',
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger'),
				{ ...send, credentials },
				node('Seen', 'n8n-nodes-base.set', { parameters: { assignments: { assignments } } }),
			],
			connections: {
				Start: { main: [[to(name)]] },
				[name]: { main: [[], [to('Seen')]] },
			},
		};
		const customer = { customer: 'shop-1', orderId: 'A-1', firstName: 'Ada', timeZone: 'UTC' };
		const addresses = { externalContactId: 'e-1', whatsApp: '13175555555' };
		const input = [{ json: { ...customer, ...addresses, ...fields } }];
		const result = await bed.engine.run(workflow, { input });
		expect(result.outputOf('Seen').map(({ json }) => json)).toEqual([
			{ reason: 'outsideSendWindow', sendAfter: '2026-11-25T08:00:00.000Z', excluded },
		]);
	});
});
