import { failing, items, startProbe } from '../support/probe';

const probe = startProbe();
const three = items('1', '2', '3');

describe('errors', () => {
	it('sends failed items with their input to the error output', async () => {
		probe.answer = failing('2');
		const workflow = probe.workflow({}, { onError: 'continueErrorOutput' });
		const result = await probe.engine().run(workflow, { input: three });
		expect(result.status).toBe('success');
		expect(result.outputOf('Probe').map(({ json }) => json.id)).toEqual(['id-1', 'id-3']);
		const [failed, ...others] = result.outputOf('Probe', 1);
		expect(others).toEqual([]);
		expect(failed?.json).toMatchObject({ n: '2', details: { httpCode: '500' } });
		expect(failed?.json.error).toEqual(expect.any(String));
	});

	it('runs the whole node again with Retry On Fail, with the same context', async () => {
		let failures = 1;
		probe.answer = ({ body }) => (body.message === '2' && failures-- > 0 ? { status: 500 } : {});
		const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const plain = await probe.engine().run(probe.workflow({}, retrying), { input: three });
		expect(probe.messages()).toEqual(['1', '2', '1', '2', '3']);
		expect(plain.context['node:Probe']).toMatchObject({ tries: 2 });

		probe.calls.length = 0;
		failures = 1;
		const ledger = probe.workflow({ ledger: true }, retrying);
		const result = await probe.engine().run(ledger, { input: three });
		expect(probe.messages()).toEqual(['1', '2', '2', '3']);
		expect(result.outputOf('Probe')[0]?.json).toEqual({ id: 'id-1', alreadySent: true });
	});
});

describe('retry of an execution', () => {
	it('continues with the saved context and the stored input', async () => {
		const subject = probe.engine();
		probe.answer = failing('2');
		const failed = await subject.run(probe.workflow({ ledger: true }), { input: three });
		probe.answer = () => ({});
		const result = await subject.retry(failed);
		expect(result.status).toBe('success');
		expect(result.error).toBeUndefined();
		expect(probe.messages()).toEqual(['1', '2', '2', '3']);
		expect(result.runData.Probe).toHaveLength(1);
		expect(result.context['node:Probe']).toMatchObject({ tries: 2, sent: { 0: 'id-1' } });
		expect(failed.context['node:Probe']).toMatchObject({ tries: 1 });
	});

	it('uses the currently saved workflow when asked', async () => {
		const subject = probe.engine();
		probe.answer = failing('1');
		const failed = await subject.run(probe.workflow(), { input: items('1') });
		const workflow = probe.workflow({ message: 'changed' });
		const result = await subject.retry(failed, { workflow });
		expect(result.status).toBe('success');
		expect(probe.messages()).toEqual(['1', 'changed']);
	});

	it('refuses an execution that succeeded', async () => {
		const subject = probe.engine();
		const result = await subject.run(probe.workflow(), { input: three });
		await expect(subject.retry(result)).rejects.toThrow('cannot be retried');
	});
});

describe('stop', () => {
	it('aborts the call in flight and ends the execution', async () => {
		probe.answer = () => 'none';
		const arrived = new Promise((resolve) => {
			probe.arrivals.addEventListener('call', resolve, { once: true });
		});
		const running = probe.engine().start(probe.workflow({}, { onError: 'continueRegularOutput' }), {
			input: items('1'),
		});
		await arrived;
		running.cancel();
		const result = await running.result;
		expect(result.status).toBe('canceled');
		expect(probe.messages()).toEqual(['1']);
	});
});
