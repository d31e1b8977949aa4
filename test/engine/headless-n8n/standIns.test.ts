import { chain, startProbe } from '../support/probe';
import { node } from '../support/workflows';

const probe = startProbe();

describe('stand-in nodes', () => {
	it('run an exported chain of trigger, set, split out and no operation', async () => {
		const workflow = chain(
			node('Every Day', 'n8n-nodes-base.scheduleTrigger', { typeVersion: 1.2 }),
			node('Customers', 'n8n-nodes-base.set', {
				typeVersion: 3.4,
				parameters: { mode: 'raw', jsonOutput: '={ "list": [{ "n": "1" }, { "n": "2" }] }' },
			}),
			node('Split', 'n8n-nodes-base.splitOut', { parameters: { fieldToSplitOut: 'list' } }),
			node('Extend', 'n8n-nodes-base.set', {
				typeVersion: 3.4,
				parameters: {
					assignments: {
						assignments: [
							{ id: 'a', name: 'to.name', type: 'string', value: '=C{{ $json.n }}' },
							{ id: 'b', name: 'rank', type: 'number', value: '={{ $itemIndex + 1 }}' },
						],
					},
					includeOtherFields: true,
				},
			}),
			node('End', 'n8n-nodes-base.noOp'),
		);
		workflow.nodes.push(node('Note', 'n8n-nodes-base.stickyNote'));
		const result = await probe.engine().run(workflow);
		expect(result.error).toBeUndefined();
		expect(result.outputOf('End').map(({ json }) => json)).toEqual([
			{ n: '1', to: { name: 'C1' }, rank: 1 },
			{ n: '2', to: { name: 'C2' }, rank: 2 },
		]);
		expect(result.runData.Note).toBeUndefined();
	});
});
