import { prepareDemo } from '../../../dev/simulator';
import { beds } from '../support/bed';
import { example } from '../support/examples';

const openBed = beds();

describe('the example "Send a proactive message"', () => {
	it('reaches three customers, and tells the two who cannot be reached apart', async () => {
		const bed = await openBed({ prepare: prepareDemo });
		const workflow = example('send-proactive-message.json', bed.credential);
		const execution = await bed.n8n.run(workflow);
		expect(execution.status).toBe('success');
		expect(execution.json('Mark as contacted').map(({ contactId }) => contactId)).toEqual(
			bed.reached().sort(),
		);
		expect(bed.reached()).toHaveLength(3);
		expect(execution.json('Call or mail instead').map(({ name }) => name)).toEqual([
			'Dmitri Novak',
			'Elif Demir',
		]);
		expect(execution.ran('Look into it')).toBe(false);
	});
});
