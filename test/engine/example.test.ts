import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowJson } from '../../engine';
import { createEngine } from '../../engine';
import { DEMO_CUSTOMERS, prepareDemo } from '../../simulator/demoContacts';
import { beds, builtPackage } from './support/bed';
import { having } from './support/outcomes';

const openBed = beds();
const SEND_NODE = 'Send message';
const file = path.join(__dirname, '../../examples/send-proactive-message.json');
const example = JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson;
const [ada, ben, carla, dmitri, elif] = DEMO_CUSTOMERS;

describe('examples/send-proactive-message.json', () => {
	it('gives the five outcomes of the demo', async () => {
		const bed = await openBed({ simulator: { unknownContacts: 'reject', prepare: prepareDemo } });
		const send = example.nodes.find(({ name }) => name === SEND_NODE);
		const id = send?.credentials?.genesysCloudApi?.id ?? '';
		const { clientId, clientSecret } = bed.client;
		const { url } = bed.simulator;
		const data = { environment: 'custom', loginUrl: url, apiUrl: url, clientId, clientSecret };
		const engine = createEngine({
			packages: [await builtPackage()],
			credentials: { [id]: { name: 'Demo', type: 'genesysCloudApi', data } },
		});
		const result = await engine.run(example, { mode: 'manual' });
		expect(result.error).toBeUndefined();
		expect(result.status).toBe('success');

		const output = (index: number) => result.outputOf(SEND_NODE, index).map(({ json }) => json);
		expect(output(0)).toEqual([
			having({ contactId: ada?.contactId, status: 'sent', attempts: 1 }),
			having({ contactId: ben?.contactId, status: 'sent', attempts: 1 }),
			having({ contactId: carla?.contactId, status: 'sent', attempts: 2 }),
		]);
		expect(output(1)).toEqual([
			having({ name: dmitri?.name, details: having({ reason: 'sessionExpired' }) }),
			having({ name: elif?.name, details: having({ reason: 'contactNotFound' }) }),
		]);
		expect(output(2)).toEqual([]);
		expect(result.outputOf('Mark as contacted')).toHaveLength(3);
		expect(result.outputOf('Call or mail instead')).toHaveLength(2);
		expect(result.runData['Look into it']).toBeUndefined();
		expect(result.hintsOf(SEND_NODE)).toMatchObject([
			{ message: expect.stringContaining('3 sent, 2 unreachable') as unknown },
		]);
		expect(
			bed.simulator.journal.all().map(({ contactId, message }) => ({ contactId, message })),
		).toEqual(
			expect.arrayContaining(
				[ada, ben, carla].map((customer) => ({
					contactId: customer?.contactId,
					message: customer?.message,
				})),
			),
		);
		expect(bed.simulator.journal.count).toBe(3);
	});
});
