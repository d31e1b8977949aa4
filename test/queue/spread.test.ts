import { beds, contactIds, sendWorkflow } from '../e2e/support/bed';
import { GENESYS } from '../e2e/support/workflows';
import { useWorkers } from './support/useWorkers';

const openBed = beds();
const workers = useWorkers(2);

const EXECUTIONS = 8;
const MESSAGES = 250;

describe('a campaign of several executions on two workers', () => {
	it('sends each of 2,000 messages once', async () => {
		const bed = await openBed();
		const ids = contactIds(EXECUTIONS * MESSAGES);
		bed.open(...ids);
		const parts = Array.from({ length: EXECUTIONS }, (_, part) =>
			ids.slice(part * MESSAGES, (part + 1) * MESSAGES),
		);

		const executions = await Promise.all(
			parts.map(async (part) => await bed.n8n.run(sendWorkflow(bed.credential, part))),
		);

		expect(executions.map(({ status }) => status)).toEqual(parts.map(() => 'success'));
		for (const [index, part] of parts.entries()) {
			const output = executions[index]?.json(GENESYS) ?? [];
			expect(output.map(({ contactId }) => contactId)).toEqual(part);
		}
		expect(bed.reached().sort()).toEqual([...ids].sort());
		const shares = workers.map((worker) => worker.executions());
		expect(shares.flat().sort()).toEqual(executions.map(({ id }) => id).sort());
		for (const share of shares) expect(share.length).toBeGreaterThan(0);
		// Each process keeps its own access token.
		expect(new Set(bed.simulator.journal.all().map(({ tokenId }) => tokenId)).size).toBe(2);
	});
});
