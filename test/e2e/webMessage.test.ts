import { beds, contactIds, type Bed } from './support/bed';
import { GENESYS, WEB_MESSAGE } from './support/workflows';

const openBed = beds();
let bed: Bed;

beforeAll(async () => {
	bed = await openBed();
});

describe('Web Message > Send', () => {
	it('sends a message for each item of a webhook, with its own expressions', async () => {
		const [first = '', second = ''] = contactIds(2);
		bed.open(first, second);
		const send = await bed.serve({
			...WEB_MESSAGE,
			senderType: '={{ $json.name === "Ada" ? "agent" : "bot" }}',
			message: '=Hello {{ $json.name }}!',
		});

		const output = await send(
			{ contactId: first, name: 'Ada' },
			{ contactId: second, name: 'Ben' },
		);

		const sent = { status: 'sent', attempts: 1 };
		expect(output).toEqual([
			expect.objectContaining({ contactId: first, type: 'agent', ...sent }),
			expect.objectContaining({ contactId: second, type: 'bot', ...sent }),
		]);
		const accepted = bed.simulator.journal.all();
		expect(accepted.map(({ message, type }) => `${type}: ${message}`).sort()).toEqual([
			'agent: Hello Ada!',
			'bot: Hello Ben!',
		]);
	});

	it('gives the raw answer of the API when Simplify is off', async () => {
		const ids = contactIds(1);
		bed.open(...ids);
		const execution = await bed.send(ids, { parameters: { simplify: false } });
		const [output] = execution.json(GENESYS);
		expect(output).toHaveProperty('id');
		expect(output).not.toHaveProperty('attempts');
	});

	it('waits for the rate limit, and tells in a hint how the run ended', async () => {
		const [first = '', second = ''] = contactIds(2);
		bed.open(first, second);
		const headers = { 'Retry-After': '1' };
		bed.simulator.faults.add({ kind: 'status', status: 429, headers, contactId: first });
		const execution = await bed.send([first, second]);
		expect(execution.status).toBe('success');
		expect(execution.json(GENESYS)[0]).toMatchObject({ contactId: first, attempts: 1 });
		expect(execution.hints(GENESYS)).toEqual([
			expect.stringMatching(/^Messages: 2 sent, waited \d s for the rate limit\.$/),
		]);
	});
});
