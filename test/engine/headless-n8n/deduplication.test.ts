import type { WorkflowJson } from '../../../dev/headless-n8n';
import { items, startProbe } from '../support/probe';

const probe = startProbe();
const three = items('1', '2', '3');

describe('deduplication', () => {
	const once1 = (): WorkflowJson => probe.workflow({ sendOnceKey: '={{ $json.n }}' });

	it('remembers across executions, for one engine', async () => {
		const subject = probe.engine({ deduplication: 'memory' });
		await subject.run(once1(), { input: items('1', '2') });
		await subject.run(once1(), { input: three });
		expect(probe.messages()).toEqual(['1', '2', '3']);
		await probe.engine({ deduplication: 'memory' }).run(once1(), { input: items('1') });
		expect(probe.messages()).toEqual(['1', '2', '3', '1']);
	});

	it('is not there without a store', async () => {
		const result = await probe.engine().run(once1(), { input: three });
		expect(result.status).toBe('error');
	});
});
