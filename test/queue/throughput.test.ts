import Table from 'cli-table3';

import { beds, contactIds, sendWorkflow } from '../e2e/support/bed';
import { until } from '../e2e/support/until';
import { addWorker } from './support/cluster';
import { useWorkers } from './support/useWorkers';

const openBed = beds();
const workers = useWorkers(0);

/** Genesys Cloud allows 300 calls a minute for each token; this is the same in short. */
const RATE_LIMIT = { allowed: 50, windowMs: 2_000 };
const EXECUTIONS = 24;
const MESSAGES = 25;
const TOTAL = EXECUTIONS * MESSAGES;
/** A worker takes the next execution when it has ended one, so both get their share. */
const EXECUTIONS_AT_ONCE = 2;

const SEND = 'POST /api/v2/webchat/messaging';

/** The shortest time that the limit allows: the first window needs no wait. */
const idealSeconds = (tokens: number) =>
	((Math.ceil(TOTAL / tokens / RATE_LIMIT.allowed) - 1) * RATE_LIMIT.windowMs) / 1000;

/** Sends all messages once and measures the time from the first to the last of them, in s. */
async function measure(): Promise<number> {
	const bed = await openBed({ rateLimit: RATE_LIMIT });
	const ids = contactIds(TOTAL);
	bed.open(...ids);
	const started = [];
	for (let part = 0; part < EXECUTIONS; part++) {
		const own = ids.slice(part * MESSAGES, (part + 1) * MESSAGES);
		const workflowId = await bed.n8n.saveWorkflow(sendWorkflow(bed.credential, own));
		started.push(await bed.n8n.start(workflowId));
	}
	await until('all messages', () => bed.simulator.journal.count >= TOTAL, 120_000);
	for (const id of started) expect((await bed.n8n.ended(id)).status).toBe('success');
	expect(bed.reached().sort()).toEqual([...ids].sort());
	// The limit was kept by waiting, not by being refused.
	expect(bed.simulator.stats.snapshot().endpoints[SEND]?.statuses).toEqual({ 200: TOTAL });
	expect(bed.simulator.stats.tokenRequests).toBe(workers.length);
	const times = bed.simulator.stats.sendTimes;
	return (Math.max(...times) - Math.min(...times)) / 1000;
}

describe('throughput under the rate limit of a token', () => {
	it('doubles with a second worker, which has a token of its own', async () => {
		workers.push(await addWorker(EXECUTIONS_AT_ONCE));
		const one = await measure();
		workers.push(await addWorker(EXECUTIONS_AT_ONCE));
		const two = await measure();

		const table = new Table({
			head: ['workers', 'seconds', 'at best', 'messages/s'],
			style: { head: [], border: [], compact: true },
		});
		for (const [index, seconds] of [one, two].entries()) {
			const row = [seconds, idealSeconds(index + 1), TOTAL / seconds];
			table.push([index + 1, ...row.map((value) => value.toFixed(1))]);
		}
		const { allowed, windowMs } = RATE_LIMIT;
		const title = `${TOTAL} messages in ${EXECUTIONS} executions, ${allowed} calls per ${windowMs / 1000} s and token`;
		process.stdout.write(`\n${title}\n${table.toString()}\n`);
		expect(one / two).toBeGreaterThan(1.6);
	}, 300_000);
});
