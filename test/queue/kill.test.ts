import { beds } from '../e2e/support/bed';
import type { Execution } from '../e2e/support/execution';
import { isBeforeN8n } from '../e2e/support/suite';
import { until } from '../e2e/support/until';
import { GENESYS } from '../e2e/support/workflows';
import { Campaign, CONCURRENCY, MESSAGES, SENT_BEFORE } from './support/campaign';
import { addWorker } from './support/cluster';
import { useWorkers } from './support/useWorkers';

const openBed = beds();
const workers = useWorkers(0);

const hang = (accept: boolean) =>
	({ kind: 'hang', nth: SENT_BEFORE + 1, times: Infinity, accept }) as const;
const sendOnceKey = '={{ $json.contactId }}';

/** n8n 1 runs the executions of a killed worker again by itself, n8n 2 gives them up. */
const runsAgain = isBeforeN8n('2.0');

let other: Campaign;
let waiting: Campaign;
/** On the killed worker. */
let plain: Campaign;
let atLeastOnce: Campaign;
let atMostOnce: Campaign;
let atMostOnceUnheard: Campaign;

beforeAll(async () => {
	// Runs one execution at a time: while it is busy, all others go to the second worker.
	const survivor = await addWorker(1);
	workers.push(survivor);
	const slow = { kind: 'latency', ms: 5_000, times: Infinity } as const;
	other = await Campaign.start(await openBed(), {}, slow);
	await until('its start', () => survivor.executions().includes(other.executionId));
	const victim = await addWorker();
	workers.push(victim);
	plain = await Campaign.start(await openBed(), {}, hang(true));
	atLeastOnce = await Campaign.start(await openBed(), { sendOnceKey }, hang(true));
	const atMost = { sendOnceKey, uncertain: 'fail' };
	atMostOnce = await Campaign.start(await openBed(), atMost, hang(true));
	atMostOnceUnheard = await Campaign.start(await openBed(), atMost, hang(false));
	const killed = [plain, atLeastOnce, atMostOnce, atMostOnceUnheard];
	await Promise.all(killed.map(async (campaign) => await campaign.hangs()));
	await until('all four on the second worker', () =>
		killed.every(({ executionId }) => victim.executions().includes(executionId)),
	);

	await victim.kill();

	waiting = await Campaign.start(await openBed());
	for (const { bed } of [other, ...killed]) bed.simulator.faults.clear();
}, 240_000);

/** The end that comes by itself: with n8n 1 that of the second run. */
async function endedByItself(campaign: Campaign): Promise<Execution> {
	const execution = await campaign.ended();
	expect(execution.status).toBe(runsAgain ? 'success' : 'error');
	return execution;
}

/** The run that brings the campaign to its end. */
async function finished(campaign: Campaign): Promise<Execution> {
	const execution = await endedByItself(campaign);
	if (runsAgain) return execution;
	const again = await campaign.startAgain();
	expect(again.status).toBe('success');
	return again;
}

const countAlreadySent = (execution: Execution) =>
	execution.json(GENESYS).filter(({ alreadySent }) => alreadySent === true).length;

/** How many messages the run left alone because an earlier one may have delivered them. */
const countUncertain = (execution: Execution) =>
	execution.json(GENESYS, 1).filter((item) => {
		// On n8n before 2.40 the details stand within `error`.
		const { details } = (isBeforeN8n('2.40') ? item.error : item) as { details: unknown };
		return (details as { delivered?: unknown }).delivered === 'unknown';
	}).length;

describe('a worker killed by SIGKILL in the middle of campaigns', () => {
	it('does no harm to a campaign on another worker', async () => {
		expect((await other.ended()).status).toBe('success');
		expect([other.missed(), other.doubled()]).toEqual([[], []]);
	});

	it('leaves what waits in the queue to the other worker', async () => {
		expect((await waiting.ended()).status).toBe('success');
		expect([waiting.missed(), waiting.doubled()]).toEqual([[], []]);
	});

	it('without a key takes the ledger with it: the next run sends everything', async () => {
		const { bed, executionId } = plain;
		const { error } = await endedByItself(plain);
		const atKill = SENT_BEFORE + CONCURRENCY;
		expect(error?.message ?? '').toContain(runsAgain ? '' : 'will no longer retry');
		// Retry Execution sends nothing: n8n has no data of what it has given up.
		const path = `/rest/executions/${executionId}/retry`;
		await bed.n8n.rest.request('POST', path, { loadWorkflow: false });
		expect(bed.simulator.journal.count).toBe(runsAgain ? atKill + MESSAGES : atKill);
		if (!runsAgain) await plain.startAgain();
		expect(plain.missed()).toEqual([]);
		expect(plain.doubled()).toHaveLength(atKill);
	});

	it('with Send Once Key and Retry loses nothing, and doubles what was in flight at most', async () => {
		const execution = await finished(atLeastOnce);
		expect(countAlreadySent(execution)).toBe(SENT_BEFORE);
		expect(atLeastOnce.missed()).toEqual([]);
		expect(atLeastOnce.doubled()).toHaveLength(CONCURRENCY);
	});

	it('with Send Once Key and Fail doubles nothing, and tells what is uncertain', async () => {
		const execution = await finished(atMostOnce);
		expect(countAlreadySent(execution)).toBe(SENT_BEFORE);
		expect(countUncertain(execution)).toBe(CONCURRENCY);
		expect([atMostOnce.missed(), atMostOnce.doubled()]).toEqual([[], []]);
	});

	it('with Send Once Key and Fail may lose what was in flight', async () => {
		const execution = await finished(atMostOnceUnheard);
		expect(countUncertain(execution)).toBe(CONCURRENCY);
		expect(atMostOnceUnheard.doubled()).toEqual([]);
		expect(atMostOnceUnheard.missed()).toHaveLength(CONCURRENCY);
		expect(atMostOnceUnheard.bed.simulator.journal.count).toBe(MESSAGES - CONCURRENCY);
	});
});
