import { beds, contactIds, sendWorkflow } from './support/bed';
import { GENESYS } from './support/workflows';

const openBed = beds();

describe('Send Once Key', () => {
	it('skips in a later execution what this workflow has sent already', async () => {
		const bed = await openBed();
		const [sent = '', later = ''] = contactIds(2);
		bed.open(sent);
		const workflow = sendWorkflow(bed.credential, [sent, later], {
			parameters: { delivery: { sendOnceKey: '=campaign-{{ $json.contactId }}' } },
			settings: { onError: 'continueErrorOutput' },
		});
		const workflowId = await bed.n8n.saveWorkflow(workflow);

		const first = await bed.n8n.ended(await bed.n8n.start(workflowId));
		expect(first.json(GENESYS).map(({ contactId }) => contactId)).toEqual([sent]);
		bed.open(later);
		const second = await bed.n8n.ended(await bed.n8n.start(workflowId));

		expect(second.json(GENESYS)).toEqual([
			expect.objectContaining({ contactId: sent, alreadySent: true }),
			expect.objectContaining({ contactId: later, attempts: 1 }),
		]);
		expect(bed.reached()).toEqual([sent, later]);
		expect(second.hints(GENESYS)).toEqual(['Messages: 1 sent, 1 already sent by an earlier run.']);
	});
});
