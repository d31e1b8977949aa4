import { Container } from '@n8n/di';
import { ScheduledTaskManager } from 'n8n-core';
import type { INodeParameters, IRun } from 'n8n-workflow';

import { onLog, type WorkflowJson } from '../../../dev/headless-n8n';
import { items, startProbe } from '../support/probe';
import { triggered, watchTrigger } from './probeTrigger';

const probe = startProbe();
const trigger = watchTrigger();
const workflow = (parameters?: INodeParameters): WorkflowJson => triggered(probe, parameters);

describe('an active workflow', () => {
	it('runs for each emit, in mode trigger, until it is deactivated', async () => {
		const active = await probe.engine().activate(workflow());
		trigger.emit('1', '2');
		const first = await active.nextExecution();
		expect(first.status).toBe('success');
		expect(first.raw.mode).toBe('trigger');
		expect(first.outputOf('Start')).toHaveLength(2);
		trigger.emit('3');
		expect((await active.nextExecution()).executionId).not.toBe(first.executionId);
		expect(probe.messages()).toEqual(['1', '2', '3']);
		await active.deactivate();
		expect(trigger.steps).toEqual(['trigger', 'close']);
		expect(active.executions).toHaveLength(2);
		await expect(active.nextExecution()).rejects.toThrow('was deactivated');
	});

	it('does not wait between emits', async () => {
		const active = await probe.engine().activate(workflow());
		for (const value of ['1', '2', '3']) trigger.emit(value);
		const started = active.emits.map(({ executionId }) => executionId);
		expect(new Set(started).size).toBe(3);
		const ended = [active.nextExecution(), active.nextExecution(), active.nextExecution()];
		const ids = (await Promise.all(ended)).map(({ executionId }) => executionId);
		expect(ids).toEqual(started);
		await active.deactivate();
	});

	it.each(['activate', 'init', 'update', 'create', 'leadershipChange'] as const)(
		'tells the trigger of activation mode %s',
		async (activation) => {
			const active = await probe.engine().activate(workflow(), { activation });
			expect(trigger.functions.getActivationMode()).toBe(activation);
			expect(trigger.functions.getMode()).toBe('trigger');
			expect(trigger.functions.getExecutionId()).toBeUndefined();
			expect(trigger.functions.getWorkflow()).toMatchObject({ id: 'wf', active: true });
			await active.deactivate();
		},
	);

	it('starts nothing for a deduplication key that any workflow has used before', async () => {
		const lines: string[] = [];
		const stop = onLog(({ level, message }) => lines.push(`${level}: ${message}`));
		const engine = probe.engine();
		const active = await engine.activate(workflow());
		trigger.emitOnce('1', 'k');
		trigger.emitOnce('again', 'k');
		trigger.emit('2');
		trigger.emit('3');
		await active.deactivate();
		const other = await engine.activate({ ...workflow(), id: 'other' });
		trigger.emitOnce('elsewhere', 'k');
		trigger.emitOnce('4', 'k2');
		await other.nextExecution();
		await other.deactivate();
		for (let i = 0; i < 3; i++) await active.nextExecution();
		stop();
		expect(probe.messages().sort()).toEqual(['1', '2', '3', '4']);
		expect(active.emits.map(({ deduplicationKey }) => deduplicationKey)).toEqual([
			'k',
			'k',
			undefined,
			undefined,
		]);
		expect(active.emits[1]?.executionId).toBeUndefined();
		expect(lines).toContain('warn: Execution skipped: duplicate deduplication key');
	});

	it('refuses a deduplication key that n8n could not store', async () => {
		const active = await probe.engine().activate(workflow());
		const tooLong = 'k'.repeat(256);
		expect(() => trigger.emitOnce('1', tooLong)).toThrow('255');
		await active.deactivate();
	});

	it('tells the trigger when the execution is done, and of one that was skipped', async () => {
		const active = await probe.engine().activate(workflow());
		const runs: unknown[] = [];
		for (const value of ['1', 'again']) {
			const done = trigger.functions.helpers.createDeferredPromise<IRun>();
			trigger.functions.emit([items(value)], undefined, done, 'k');
			runs.push(await done.promise);
		}
		expect(runs).toEqual([expect.objectContaining({ status: 'success' }), undefined]);
		await active.deactivate();
	});

	it('runs for an emit after deactivation too, as n8n does', async () => {
		const active = await probe.engine().activate(workflow());
		await active.deactivate();
		const sent = new Promise((resolve) => {
			probe.arrivals.addEventListener('call', resolve, { once: true });
		});
		trigger.emit('late');
		await sent;
		expect(active.emits).toHaveLength(1);
	});

	it('lists a failure that the trigger saves, and stays active', async () => {
		const active = await probe.engine().activate(workflow());
		trigger.functions.saveFailedExecution(new Error('lost an event') as never);
		const failed = await active.nextExecution();
		expect(failed.status).toBe('error');
		expect(failed.error?.message).toBe('lost an event');
		expect(trigger.steps).toEqual(['trigger']);
		trigger.emit('1');
		expect((await active.nextExecution()).status).toBe('success');
		await active.deactivate();
	});

	it('closes a trigger that emits an error', async () => {
		const active = await probe.engine().activate(workflow());
		const closed = trigger.next('close');
		trigger.functions.emitError(new Error('connection lost'));
		await closed;
		expect(active.errors).toEqual([new Error('connection lost')]);
		expect(trigger.steps).toEqual(['trigger', 'close']);
	});

	it('resolves the credential of a trigger without an item', async () => {
		const data = { url: '={{ "a" + "b" }}' };
		const engine = probe.engine({ credentials: { c1: { name: 'C', type: 'probeApi', data } } });
		const json = workflow();
		Object.assign(json.nodes[0] ?? {}, { credentials: { probeApi: { id: 'c1', name: 'C' } } });
		const active = await engine.activate(json);
		expect(await trigger.functions.getCredentials('probeApi')).toMatchObject({
			url: 'ab',
			user: 'robot',
		});
		await active.deactivate();
	});

	it('has the schedules of its triggers until it is deactivated', async () => {
		const scheduled = (): string[] => Container.get(ScheduledTaskManager).getGroupIds('workflow');
		const active = await probe.engine().activate(workflow());
		trigger.functions.helpers.registerCron({ expression: '0 0 0 1 1 *' }, () =>
			trigger.emit('new year'),
		);
		expect(scheduled()).toEqual(['wf']);
		await active.deactivate();
		expect(scheduled()).toEqual([]);
	});

	it('closes the running triggers first when it is activated again', async () => {
		const engine = probe.engine();
		await engine.activate(workflow());
		const again = await engine.activate(workflow(), { activation: 'update' });
		expect(trigger.steps).toEqual(['trigger', 'close', 'trigger']);
		await again.deactivate();
	});

	it('is not active when its trigger cannot start', async () => {
		const engine = probe.engine();
		const activation = engine.activate(workflow({ startError: 'no server' }));
		await expect(activation).rejects.toMatchObject({
			name: 'WorkflowActivationError',
			message: 'There was a problem activating the workflow: "no server"',
		});
		expect(trigger.steps).toEqual(['trigger']);
	});

	it('rejects the deactivation when closing fails', async () => {
		const active = await probe.engine().activate(workflow({ closeError: 'still busy' }));
		await expect(active.deactivate()).rejects.toMatchObject({ name: 'WorkflowDeactivationError' });
	});

	it('needs an ID and a trigger node', async () => {
		const engine = probe.engine();
		await expect(engine.activate({ ...workflow(), id: '' })).rejects.toThrow('ID');
		const { nodes } = workflow();
		const noTrigger = { id: 'wf', nodes: nodes.slice(1), connections: {} };
		await expect(engine.activate(noTrigger)).rejects.toThrow('trigger node');
	});

	it('is separate from the same workflow in another engine', async () => {
		const here = await probe.engine().activate(workflow());
		const there = await probe.engine().activate(workflow());
		expect(trigger.steps).toEqual(['trigger', 'trigger']);
		await there.deactivate();
		await here.deactivate();
	});
});
