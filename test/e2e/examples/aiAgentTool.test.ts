import { DEMO_CUSTOMERS } from '../../../dev/simulator';
import { saveModelCredential } from '../support/agent';
import { beds } from '../support/bed';
import { startChatModel, type ChatModel, type ModelRequest } from '../support/chatModel';
import { example } from '../support/examples';

const openBed = beds();
const [ADA] = DEMO_CUSTOMERS;
let model: ChatModel;
const TEXT = 'Hello Ada! Your order A-1041 has shipped.';

/** The ID that the look-up tool gave to the model. */
function lookedUpId({ messages }: ModelRequest): string {
	const result = JSON.stringify(messages.at(-1)?.content);
	return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(result)?.[0] ?? 'no ID in the result';
}

afterAll(async () => {
	await model.stop();
});

describe('the example "AI agent that messages customers"', () => {
	it('lets a model look up a customer and send a message', async () => {
		const bed = await openBed();
		bed.simulator.contacts.open({
			contactId: ADA.contactId,
			externalContactId: ADA.externalContactId,
		});
		model = await startChatModel([
			() => ({
				tool: 'Look_up_a_customer',
				args: { identifierType: 'Phone', identifierValue: ADA.phone },
			}),
			(request) => ({
				tool: 'Send_a_message',
				args: { externalContactId: lookedUpId(request), message: TEXT },
			}),
			() => ({ text: 'Ada knows.' }),
		]);
		const openAiApi = await saveModelCredential(bed, model);
		const workflow = example('ai-agent-tool.json', bed.credential, { Chat: { public: true } });
		const nodes = workflow.nodes.map((node) =>
			node.name === 'Chat model' ? { ...node, credentials: { openAiApi } } : node,
		);
		const workflowId = await bed.n8n.saveWorkflow({ ...workflow, nodes });
		await bed.n8n.activate(workflowId);
		const chat = workflow.nodes.find((node) => node.name === 'Chat')?.webhookId as string;

		const answer = await bed.n8n.callWebhook(`${chat}/chat`, {
			action: 'sendMessage',
			sessionId: 'session',
			chatInput: `Tell Ada (${ADA.phone}) that her order A-1041 has shipped.`,
		});
		await bed.n8n.deactivate(workflowId);

		expect(answer.json).toMatchObject({ output: 'Ada knows.' });
		expect(bed.simulator.journal.all()).toEqual([
			expect.objectContaining({ message: TEXT, externalContactId: ADA.externalContactId }),
		]);
		const tools = model.requests[0]?.tools?.map((tool) => tool.function) ?? [];
		const described = tools.map((tool) => `${tool.name}: ${tool.description}`);
		expect(described.sort()).toEqual([
			expect.stringMatching(/^Look_up_a_customer: Find a customer by phone number/),
			expect.stringMatching(/^Send_a_message: Send a text to one customer's web chat/),
		]);
	});
});
