import type { INode } from 'n8n-workflow';

import {
	continuesOnFailure,
	isTool,
	needsNestedDetails,
	runIndexOf,
	savedParameters,
	storedCredential,
} from '../../../nodes/GenesysCloud/n8n/host';
import { executionContext, NODE } from '../support/context';

const TOOL = { ...NODE, type: `${NODE.type}Tool` };

describe('needsNestedDetails', () => {
	const egressFilter = { getSecureEgressFilter: jest.fn() };

	it.each([
		['an n8n before 2.40 with an error output', 'continueErrorOutput', {}, true],
		['an n8n before 2.40 without one', 'continueRegularOutput', {}, false],
		['a newer n8n with an error output', 'continueErrorOutput', egressFilter, false],
	] as const)('%s: %s', (_host, onError, helpers, expected) => {
		const getNode = () => ({ ...NODE, onError });
		expect(needsNestedDetails({ getNode, helpers: helpers as never })).toBe(expected);
	});
});

describe('continuesOnFailure', () => {
	it.each<[string, INode, boolean, boolean]>([
		['a node that continues', NODE, true, true],
		['a node that stops', NODE, false, false],
		['a tool: the model is told', TOOL, false, true],
		['a tool that is to stop', { ...TOOL, onError: 'stopWorkflow' }, false, false],
	])('%s', (_what, node, continues, expected) => {
		const host = { getNode: () => node, continueOnFail: () => continues };
		expect(continuesOnFailure(host)).toBe(expected);
		expect(isTool(host)).toBe(node.type.endsWith('Tool'));
	});
});

describe('runIndexOf', () => {
	const runOf = (overrides: object) => runIndexOf(executionContext({ overrides }).context);
	const getWorkflowDataProxy = () => ({ $runIndex: 3 });

	it('tells the runs of a loop apart, but a tool has one: n8n counts a retry as another', () => {
		expect(runOf({ getWorkflowDataProxy })).toBe(3);
		expect(runOf({ getWorkflowDataProxy, isToolExecution: () => false })).toBe(3);
		expect(runOf({ getWorkflowDataProxy, isToolExecution: () => true })).toBe(0);
	});

	it("is asked of the context itself where that tells, as n8n-core's does", () => {
		const context = { getWorkflowDataProxy, isToolExecution: () => false, runIndex: 0 };
		expect(runOf(context)).toBe(0);
	});
});

describe("what n8n's contexts hold beside the public interface", () => {
	const node = { ...NODE, credentials: { genesysCloudApi: { id: 'c', name: 'c' } } };
	const contextWith = (additionalData: unknown) =>
		executionContext({ overrides: { getNode: () => node, additionalData } as never }).context;
	const refusing = async () => await Promise.reject(new Error('no access'));

	it('is the credential as it is stored', async () => {
		const getDecrypted = jest.fn(async () => await Promise.resolve({ scope: '={{ $json.a }}' }));
		const context = contextWith({ credentialsHelper: { getDecrypted } });
		expect(await storedCredential(context, 'genesysCloudApi')).toEqual({ scope: '={{ $json.a }}' });
		const details = node.credentials.genesysCloudApi;
		expect(getDecrypted.mock.calls).toEqual([
			[context.additionalData, details, 'genesysCloudApi', 'manual', undefined, true],
		]);
		expect(await storedCredential(context, 'other')).toBeUndefined();
	});

	it.each([
		[undefined],
		[{}],
		[{ credentialsHelper: {} }],
		[{ hooks: {} }],
		[{ hooks: { workflowData: {} } }],
		[{ hooks: { workflowData: { nodes: [] } } }],
		[{ credentialsHelper: { getDecrypted: refusing } }],
	])('may not be there: %j', async (additionalData) => {
		const context = contextWith(additionalData);
		expect(await storedCredential(context, 'genesysCloudApi')).toBeUndefined();
		expect(savedParameters(context)).toBeUndefined();
	});

	it('are the parameters as they were saved', () => {
		const nodes = [
			{ ...node, id: 'x' },
			{ ...node, parameters: { delivery: '={{ {} }}' } },
		];
		const context = contextWith({ hooks: { workflowData: { nodes } } });
		expect(savedParameters(context)).toEqual({ delivery: '={{ {} }}' });
	});
});
