import { beds, type Bed } from '../support/bed';
import { listening } from '../support/listening';
import { ownN8ns } from '../support/ownN8n';
import { pause, until } from '../support/until';
import { EVENT, say, told, toldWhen, triggeredWorkflow } from '../support/triggers';

const openBed = beds();
const startOwn = ownN8ns();
/** Longer than the watchdog, and than several tries to connect. */
const OUTAGE_MS = 120_000;
/** Longer than n8n's own tries of a trigger that has reported a problem: 25 s. */
const OUTAGE_AT_START_MS = 35_000;
/** The trigger tries again once a minute at least. */
const BACK_MS = 75_000;

/** Everything that Genesys Cloud has fails, and all connections break. */
function breakDown({ simulator }: Bed): void {
	simulator.faults.add({ kind: 'status', endpoint: 'any', status: 503, times: Infinity });
	simulator.notifications.faults.add({ kind: 'refuseHandshake', status: 503, times: Infinity });
	simulator.notifications.strike({ kind: 'drop' });
}

function comeBack({ simulator }: Bed): void {
	simulator.faults.clear();
	simulator.notifications.faults.clear();
}

describe('an outage', () => {
	it('of two minutes is survived: what happened meanwhile is told afterwards, once', async () => {
		const bed = await openBed();
		const workflowId = await bed.n8n.saveWorkflow(triggeredWorkflow(bed.credential));
		await bed.n8n.activate(workflowId);
		await listening(bed);
		const conversationId = say(bed, 'before');
		await toldWhen(bed.n8n, workflowId, 1);

		breakDown(bed);
		say(bed, 'during', conversationId);
		say(bed, 'during, new');
		await pause(OUTAGE_MS);
		comeBack(bed);
		await toldWhen(bed.n8n, workflowId, 3, BACK_MS);
		say(bed, 'after', conversationId);
		await toldWhen(bed.n8n, workflowId, 4);
		const executions = await bed.n8n.executionsOf(workflowId);
		await bed.n8n.deactivate(workflowId);

		const items = executions.flatMap((execution) => execution.json(EVENT));
		expect(items.map(({ text }) => text).sort()).toEqual([
			'after',
			'before',
			'during',
			'during, new',
		]);
		expect(items.filter(({ source }) => source === 'recovered')).toHaveLength(2);
		expect(bed.simulator.notifications.peakSockets).toBe(1);
	}, 300_000);

	it.each(['kill', 'stop'] as const)(
		'of n8n itself is survived: what happened meanwhile is told when it is back (%s)',
		async (how) => {
			const own = await startOwn();
			const bed = await openBed({}, own.n8n);
			const workflowId = await own.n8n.saveWorkflow(triggeredWorkflow(bed.credential));
			await own.n8n.activate(workflowId);
			await listening(bed);
			const conversationId = say(bed, 'before');
			await toldWhen(own.n8n, workflowId, 1);

			await own[how]();
			await until('the end of the connection', () => bed.simulator.notifications.openSockets === 0);
			say(bed, 'during', conversationId);
			say(bed, 'during, new');
			await own.start();
			await toldWhen(own.n8n, workflowId, 3, BACK_MS);
			await listening(bed);
			say(bed, 'after');
			await toldWhen(own.n8n, workflowId, 4);

			expect((await told(own.n8n, workflowId)).sort()).toEqual([
				'after',
				'before',
				'during',
				'during, new',
			]);
		},
	);

	it('of Genesys Cloud while n8n starts does not keep the trigger from starting', async () => {
		const own = await startOwn();
		const bed = await openBed({}, own.n8n);
		const workflowId = await own.n8n.saveWorkflow(triggeredWorkflow(bed.credential));
		await own.n8n.activate(workflowId);
		await listening(bed);

		await own.stop();
		breakDown(bed);
		await own.start();
		say(bed, 'during');
		await pause(OUTAGE_AT_START_MS);
		comeBack(bed);

		expect(await toldWhen(own.n8n, workflowId, 1, BACK_MS)).toEqual(['during']);
	});
});
