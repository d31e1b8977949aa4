import '../support/webSocket';

import type { INodeParameters } from 'n8n-workflow';

import { createEngine, WorkflowDatabase, type WorkflowJson } from '../../../dev/headless-n8n';
import { SEEDED } from '../../../dev/simulator';
import { beds, builtPackage, type Bed } from '../support/bed';
import { CREDENTIAL_ID, node } from '../support/workflows';

const openBed = beds();

const TRIGGER = 'Trigger';

/** A workflow that the trigger under test starts. */
function triggered(parameters: INodeParameters = {}): WorkflowJson {
	const trigger = node(TRIGGER, 'n8n-nodes-genesys-cloud.genesysCloudTrigger', {
		parameters: { event: 'customerMessage', queues: [SEEDED.queueId], ...parameters },
		credentials: { genesysCloudApi: { id: CREDENTIAL_ID, name: 'Genesys Cloud' } },
	});
	return { id: 'wf', name: 'Test', nodes: [trigger], connections: {} };
}

/** Another process of the same n8n: it knows no more than the database. */
async function engineWith(bed: Bed, database: WorkflowDatabase) {
	return createEngine({
		packages: [await builtPackage()],
		credentials: { [CREDENTIAL_ID]: bed.credential },
		database,
	});
}

/** Waits until something is so. */
async function until(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + 8_000;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error('It did not come to pass in 8 s.');
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

describe('the trigger in n8n', () => {
	it('starts an execution when a customer writes, and none after it was deactivated', async () => {
		const bed = await openBed();
		const active = await bed.engine.activate(triggered());
		const { id } = bed.simulator.people.start({ text: 'Hello', attributes: { customerKey: 'k' } });
		const execution = await active.nextExecution();
		expect(execution.outputOf(TRIGGER).map(({ json }) => json)).toMatchObject([
			{
				event: 'customerMessage',
				conversationId: id,
				text: 'Hello',
				channel: 'webmessaging',
				queueId: SEEDED.queueId,
				attributes: { customerKey: 'k' },
				source: 'live',
			},
		]);
		expect(active.emits[0]?.deduplicationKey).toMatch(/^[0-9a-f]{64}$/);
		await active.deactivate();
		await until(() => bed.simulator.notifications.openSockets === 0);
		bed.simulator.people.write(id, 'Too late');
		expect(active.emits).toHaveLength(1);
	});

	it('shares one socket among the workflows of an OAuth client', async () => {
		const bed = await openBed();
		const first = await bed.engine.activate(triggered());
		const second = await bed.engine.activate({
			...triggered({ event: 'conversationStarted' }),
			id: 'another',
		});
		expect(bed.simulator.notifications.openSockets).toBe(1);
		bed.simulator.people.start({ text: 'Hello' });
		await first.nextExecution();
		await second.nextExecution();
		await first.deactivate();
		bed.simulator.people.start({ text: 'Again' });
		await second.nextExecution();
		await second.deactivate();
		expect([first.emits.length, second.emits.length]).toEqual([1, 2]);
	});

	it('recovers what happened while the connection was gone', async () => {
		const bed = await openBed();
		const active = await bed.engine.activate(triggered());
		bed.simulator.notifications.strike({ kind: 'drop' });
		bed.simulator.people.start({ text: 'Hello' });
		const execution = await active.nextExecution();
		expect(execution.outputOf(TRIGGER)[0]?.json).toMatchObject({
			text: 'Hello',
			source: 'recovered',
		});
		expect(active.errors).toEqual([]);
		await active.deactivate();
	});

	it('recovers after a restart of n8n what happened meanwhile, and repeats nothing', async () => {
		const bed = await openBed();
		const database = new WorkflowDatabase();
		const before = await (await engineWith(bed, database)).activate(triggered());
		bed.simulator.people.start({ text: 'One' });
		await before.nextExecution();
		await before.deactivate();
		bed.simulator.people.start({ text: 'Two' });
		const again = await engineWith(bed, database);
		const after = await again.activate(triggered(), { activation: 'init' });
		const execution = await after.nextExecution();
		expect(execution.outputOf(TRIGGER)[0]?.json).toMatchObject({
			text: 'Two',
			source: 'recovered',
		});
		expect(after.emits).toHaveLength(1);
		await after.deactivate();
	});

	it('cannot be published without the permission for its queue, and says which', async () => {
		const bed = await openBed({ permissions: false });
		await expect(bed.engine.activate(triggered())).rejects.toThrow(/is missing a permission: .*:/);
		await until(() => bed.simulator.notifications.openSockets === 0);
	});

	it('gives the first event to a manual test, and then lets go', async () => {
		const bed = await openBed();
		const test = bed.engine.listenForTest(triggered());
		await until(() => bed.simulator.notifications.openSockets === 1);
		bed.simulator.people.start({ text: 'Hello' });
		const result = await test.result;
		expect(result.outputOf(TRIGGER).map(({ json }) => json.text)).toEqual(['Hello']);
		await until(() => bed.simulator.notifications.openSockets === 0);
	});

	it('lets go when a manual test is stopped', async () => {
		const bed = await openBed();
		const test = bed.engine.listenForTest(triggered());
		await until(() => bed.simulator.notifications.openSockets === 1);
		test.cancel();
		expect((await test.result).outputOf(TRIGGER)).toEqual([]);
		await until(() => bed.simulator.notifications.openSockets === 0);
	});
});
