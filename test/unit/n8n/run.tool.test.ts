import { NodeApiError, type INode } from 'n8n-workflow';

import { run } from '../../../nodes/GenesysCloud/n8n/run';
import { executionContext, NODE, type ContextOptions } from '../support/context';

const NOT_FOUND = () => ({ statusCode: 404, body: '{"message":"not found","code":"not.found"}' });

/** The node as a tool of an AI agent. */
function toolContext(options: ContextOptions = {}, onError?: INode['onError']) {
	const node = { ...NODE, type: `${NODE.type}Tool`, ...(onError && { onError }) };
	const overrides = { getNode: () => node };
	return executionContext({ api: NOT_FOUND, ...options, overrides }).context;
}

describe('as a tool of an AI agent', () => {
	it('gives the failure to the model: what happened, what to do, whether it was delivered', async () => {
		const output = await run(toolContext());
		expect(output).toEqual([
			[
				{
					json: {
						error: expect.stringMatching(/does not exist in Genesys Cloud\. .+/) as string,
						details: expect.objectContaining({
							reason: 'contactNotFound',
							delivered: 'no',
						}) as object,
					},
					pairedItem: { item: 0 },
				},
			],
		]);
	});

	it('gives it too for what cannot be sent at all', async () => {
		const [[item] = []] = await run(toolContext({ parameters: { contactId: '' } }));
		expect(item?.json.error).toContain("'Contact ID'");
	});

	it('has one output alone, so an unreachable customer is no silence', async () => {
		const output = await run(toolContext({ parameters: { unreachable: 'output' } }));
		expect(output).toHaveLength(1);
		expect(output[0]?.[0]?.json.details).toMatchObject({ reason: 'contactNotFound' });
	});

	it('stops where the user chose so', async () => {
		await expect(run(toolContext({}, 'stopWorkflow'))).rejects.toThrow(NodeApiError);
	});
});
