import { prepareDemo } from '../../../dev/simulator';
import { beds } from '../support/bed';
import { example } from '../support/examples';

const openBed = beds();

describe('the example "Web message, else SMS"', () => {
	it('reaches everybody: three in the chat, two by SMS', async () => {
		const bed = await openBed({ prepare: prepareDemo });
		const workflow = example('web-message-with-sms-fallback.json', bed.credential);
		const execution = await bed.n8n.run(workflow);
		expect(execution.error).toBeUndefined();
		expect(execution.json('Mark as contacted')).toHaveLength(3);
		const bySms = execution.json('Mark as contacted by SMS');
		expect(bySms.map(({ channel }) => channel)).toEqual(['sms', 'sms']);
		expect(bed.simulator.journal.count).toBe(5);
	});
});
