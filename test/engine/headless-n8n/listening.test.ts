import { items, startProbe } from '../support/probe';
import { triggered, watchTrigger } from './probeTrigger';

const probe = startProbe();
const trigger = watchTrigger();

describe('listening for a test event', () => {
	it('wires emit, awaits the manual function, takes the first emit, and closes', async () => {
		const manual = trigger.next('manual');
		const running = probe.engine().listenForTest(triggered(probe));
		await manual;
		expect(trigger.functions.getMode()).toBe('manual');
		expect(trigger.functions.getActivationMode()).toBe('manual');
		expect(trigger.steps).toEqual(['trigger', 'manual']);
		trigger.emit('1');
		trigger.emit('ignored');
		const result = await running.result;
		expect(result.status).toBe('success');
		expect(probe.messages()).toEqual(['1']);
		expect(trigger.steps).toEqual(['trigger', 'manual', 'close']);
	});

	it('ignores pinned data of the trigger', async () => {
		const manual = trigger.next('manual');
		const pinned = { ...triggered(probe), pinData: { Start: items('pinned') } };
		const running = probe.engine().listenForTest(pinned);
		await manual;
		trigger.emit('real');
		await running.result;
		expect(probe.messages()).toEqual(['real']);
	});

	it('fails with the error that the trigger emits', async () => {
		const manual = trigger.next('manual');
		const running = probe.engine().listenForTest(triggered(probe));
		await manual;
		trigger.functions.emitError(new Error('connection lost'));
		expect((await running.result).error?.message).toBe('connection lost');
	});

	it('closes the trigger on Stop', async () => {
		const manual = trigger.next('manual');
		const running = probe.engine().listenForTest(triggered(probe));
		await manual;
		running.cancel();
		expect((await running.result).status).toBe('canceled');
		expect(trigger.steps).toEqual(['trigger', 'manual', 'close']);
	});
});
