import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { WorkflowJson } from '../../../dev/headless-n8n';
import { createEngine } from '../../../dev/headless-n8n';
import { DEMO_CUSTOMERS, prepareDemo } from '../../../dev/simulator/demo';
import { beds, builtPackage, type Bed } from '../support/bed';
import { anyText, textLike } from '../support/outcomes';

const openBed = beds();
const SEND_NODE = 'Send message';
const file = path.join(__dirname, '../../../examples/send-proactive-message.json');
const example = JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson;

/** Runs the example in the editor's way, with its credential pointing to the bed's simulator. */
async function runExample({ simulator: { url }, client: { clientId, clientSecret } }: Bed) {
	const send = example.nodes.find(({ name }) => name === SEND_NODE);
	const id = send?.credentials?.genesysCloudApi?.id ?? '';
	const data = { environment: 'custom', loginUrl: url, apiUrl: url, clientId, clientSecret };
	const engine = createEngine({
		packages: [await builtPackage()],
		credentials: { [id]: { name: 'Demo', type: 'genesysCloudApi', data } },
		// The example has a Send Once Key.
		deduplication: 'memory',
	});
	return await engine.run(example, { mode: 'manual' });
}

/** The customers of the demo that are to have one of these outcomes, as the items show them. */
function customersThatAre(...outcomes: string[]) {
	return DEMO_CUSTOMERS.filter(({ expected }) => outcomes.includes(expected));
}

describe('examples/send-proactive-message.json', () => {
	it('gives the five outcomes of the demo', async () => {
		const bed = await openBed({ simulator: { unknownContacts: 'reject', prepare: prepareDemo } });
		const result = await runExample(bed);
		expect(result.error).toBeUndefined();
		expect(result.status).toBe('success');

		const output = (index: number) => result.outputOf(SEND_NODE, index).map(({ json }) => json);
		const sent = customersThatAre('sent', 'sentAfterRateLimit');
		expect(output(0)).toMatchObject(
			sent.map(({ contactId }) => ({ id: anyText, contactId, status: 'sent', attempts: 1 })),
		);
		const unreachable = customersThatAre('sessionExpired', 'contactNotFound');
		expect(output(1)).toMatchObject(
			unreachable.map(({ name, expected }) => ({ name, details: { reason: expected } })),
		);
		expect(output(2)).toEqual([]);
		expect([sent.length, unreachable.length]).toEqual([3, 2]);

		expect(result.outputOf('Mark as contacted')).toHaveLength(3);
		expect(result.outputOf('Call or mail instead')).toHaveLength(2);
		expect(result.runData['Look into it']).toBeUndefined();
		expect(result.hintsOf(SEND_NODE)).toMatchObject([
			{ message: textLike(/3 sent, 2 unreachable, waited [1-3] s for the rate limit/) },
		]);
	});

	it('sends each reachable customer the text of the list', async () => {
		const bed = await openBed({ simulator: { unknownContacts: 'reject', prepare: prepareDemo } });
		await runExample(bed);
		const accepted = bed.simulator.journal
			.all()
			.map(({ contactId, message }) => ({ contactId, message }))
			.sort((one, other) => one.contactId.localeCompare(other.contactId));
		const expected = customersThatAre('sent', 'sentAfterRateLimit');
		expect(accepted).toEqual(expected.map(({ contactId, message }) => ({ contactId, message })));
	});
});
