import type { Bed } from './bed';
import type { ChatModel } from './chatModel';
import type { CredentialReference } from './n8n';
import { node, type NodeJson, type WorkflowJson } from './workflows';

/** The name of the agent in the workflows of the tests. */
export const AGENT = 'AI Agent';

/**
 * Saves n8n's credential for a chat model.
 *
 * @param bed whose n8n
 * @param model the running model
 * @returns the credential
 */
export async function saveModelCredential(
	{ n8n }: Pick<Bed, 'n8n'>,
	model: ChatModel,
): Promise<CredentialReference> {
	const body = {
		name: 'Scripted model',
		type: 'openAiApi',
		data: { apiKey: 'none', url: model.url },
	};
	const answer = await n8n.rest.call('POST', '/rest/credentials', body);
	const { id, name } = answer.data as CredentialReference;
	return { id, name };
}

/**
 * A workflow that is started by hand: an agent with a model and one tool.
 *
 * @param version the version of n8n's agent
 * @param openAiApi the model's credential
 * @param tool the tool
 * @returns the workflow
 */
export function agentWorkflow(
	version: number,
	openAiApi: CredentialReference,
	tool: NodeJson,
): WorkflowJson {
	const agent = { promptType: 'define', text: 'Say hello to the customer.', options: {} };
	const model = { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} };
	const into = (type: string) => ({ [type]: [[{ node: AGENT, type, index: 0 }]] });
	return {
		name: `Agent ${version}`,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1),
			node(AGENT, '@n8n/n8n-nodes-langchain.agent', version, agent),
			node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, model, {
				credentials: { openAiApi },
			}),
			tool,
		],
		connections: {
			Start: into('main'),
			Model: into('ai_languageModel'),
			[tool.name]: into('ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	};
}
