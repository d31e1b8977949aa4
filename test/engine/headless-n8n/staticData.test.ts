import { WorkflowDatabase } from '../../../dev/headless-n8n';
import { failing, items, startProbe } from '../support/probe';
import { triggered, watchTrigger } from './probeTrigger';

const probe = startProbe();
const trigger = watchTrigger();

describe('static data of an action node', () => {
	const open = () => {
		const database = new WorkflowDatabase();
		const runs = (): unknown => database.staticDataOf('wf')['node:Probe'];
		return { engine: probe.engine({ database }), runs };
	};
	const input = items('1');

	it('are kept from one execution to the next, failed ones included', async () => {
		const { engine, runs } = open();
		await engine.run(probe.workflow(), { input });
		probe.answer = failing('1');
		await engine.run(probe.workflow(), { input });
		expect(runs()).toEqual({ runs: 2 });
	});

	it('are seen but not saved by a manual execution', async () => {
		const { engine, runs } = open();
		await engine.run(probe.workflow(), { input });
		await engine.run(probe.workflow(), { input, mode: 'manual' });
		expect(runs()).toEqual({ runs: 1 });
	});

	it('are not saved by an execution that was stopped', async () => {
		const { engine, runs } = open();
		probe.answer = () => 'none';
		const arrived = new Promise((resolve) => {
			probe.arrivals.addEventListener('call', resolve, { once: true });
		});
		const running = engine.start(probe.workflow(), { input });
		await arrived;
		running.cancel();
		await running.result;
		expect(runs()).toBeUndefined();
	});

	it('begin anew in a retry with the original workflow only', async () => {
		const { engine, runs } = open();
		probe.answer = failing('1');
		await engine.run(probe.workflow(), { input });
		const failed = await engine.run(probe.workflow(), { input });
		await engine.retry(failed, { workflow: probe.workflow() });
		expect(runs()).toEqual({ runs: 3 });
		await engine.retry(failed);
		expect(runs()).toEqual({ runs: 1 });
	});

	it('are of one workflow, and of none that was never saved', async () => {
		const { engine, runs } = open();
		await engine.run({ ...probe.workflow(), id: 'other' }, { input });
		await engine.run({ ...probe.workflow(), id: undefined }, { input });
		expect(runs()).toBeUndefined();
	});
});

describe('static data of a trigger', () => {
	const cursorOf = (database: WorkflowDatabase): unknown =>
		database.staticDataOf('wf')['node:Start'];
	const setCursor = (cursor: number): void => {
		trigger.functions.getWorkflowStaticData('node').cursor = cursor;
	};

	it('are saved when it emits, and found at the next activation', async () => {
		const database = new WorkflowDatabase();
		const engine = probe.engine({ database });
		const active = await engine.activate(triggered(probe));
		setCursor(1);
		expect(cursorOf(database)).toBeUndefined();
		trigger.emit('1');
		expect(cursorOf(database)).toEqual({ cursor: 1 });
		await active.nextExecution();
		setCursor(2);
		await active.deactivate();
		expect(cursorOf(database)).toEqual({ cursor: 1 });
		const again = await engine.activate(triggered(probe), { activation: 'init' });
		expect(trigger.functions.getWorkflowStaticData('node')).toEqual({ cursor: 1 });
		await again.deactivate();
	});

	it('are saved after its activation', async () => {
		const database = new WorkflowDatabase();
		trigger.whenStarted(() => setCursor(7));
		const active = await probe.engine({ database }).activate(triggered(probe));
		expect(cursorOf(database)).toEqual({ cursor: 7 });
		await active.deactivate();
	});

	it('are one whole: the last writer wins', async () => {
		const database = new WorkflowDatabase();
		const active = await probe.engine({ database }).activate(triggered(probe));
		trigger.emit('1');
		await active.nextExecution();
		expect(database.staticDataOf('wf')['node:Probe']).toEqual({ runs: 1 });
		setCursor(1);
		trigger.emit('2');
		expect(database.staticDataOf('wf')['node:Probe']).toBeUndefined();
		await active.nextExecution();
		expect(database.staticDataOf('wf')).toEqual({
			'node:Start': { cursor: 1 },
			'node:Probe': { runs: 1 },
		});
		trigger.emit('without a change');
		await active.nextExecution();
		expect(database.staticDataOf('wf')['node:Probe']).toEqual({ runs: 2 });
		await active.deactivate();
	});

	it('are not saved by a test event', async () => {
		const database = new WorkflowDatabase();
		const manual = trigger.next('manual');
		const running = probe.engine({ database }).listenForTest(triggered(probe));
		await manual;
		setCursor(1);
		trigger.emit('1');
		await running.result;
		expect(database.staticDataOf('wf')).toEqual({});
	});

	it('and execution keys are shared by the engines of one database', async () => {
		const database = new WorkflowDatabase();
		const leader = await probe.engine({ database }).activate(triggered(probe));
		setCursor(1);
		trigger.emitOnce('1', 'k');
		await leader.nextExecution();
		const takeover = probe.engine({ database });
		const next = await takeover.activate(triggered(probe), { activation: 'leadershipChange' });
		expect(trigger.functions.getWorkflowStaticData('node')).toEqual({ cursor: 1 });
		trigger.emitOnce('1', 'k');
		expect(next.emits[0]?.executionId).toBeUndefined();
		await next.deactivate();
		await leader.deactivate();
	});
});
