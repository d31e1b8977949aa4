import { DEMO_CUSTOMERS } from '../../../dev/simulator';
import { saveModelCredential } from '../support/agent';
import { beds, type Bed } from '../support/bed';
import { startChatModel, type ChatModel, type ModelRequest } from '../support/chatModel';
import { example } from '../support/examples';
import { HostedChat } from '../support/hostedChat';

const openBed = beds();
const [ADA] = DEMO_CUSTOMERS;
const TEXT = 'Hello Ada! Your order A-1041 has shipped.';
const cleanUp: (() => Promise<void>)[] = [];

/** The ID that the look-up tool gave to the model. */
function lookedUpId({ messages }: ModelRequest): string {
	const result = JSON.stringify(messages.at(-1)?.content);
	return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(result)?.[0] ?? 'no ID in the result';
}

/** Looks Ada up, sends her the text so often, and ends. */
async function scriptedModel(sends: number): Promise<ChatModel> {
	let externalContactId = '';
	const send = (request: ModelRequest) => {
		if (externalContactId === '') externalContactId = lookedUpId(request);
		const toolParameters = { externalContactId, message: TEXT };
		return { tool: 'Send_a_message', args: { toolParameters, hitlParameters: {} } };
	};
	const args = { identifierType: 'Phone', identifierValue: ADA.phone };
	const model = await startChatModel([
		() => ({ tool: 'Look_up_a_customer', args }),
		...Array.from({ length: sends }, () => send),
		() => ({ text: 'That is how it went.' }),
	]);
	cleanUp.push(async () => await model.stop());
	return model;
}

/** Publishes the example with such a model, and writes into its chat. */
async function chatWith(bed: Bed, model: ChatModel): Promise<HostedChat> {
	const { contactId, externalContactId, phone } = ADA;
	bed.simulator.contacts.open({ contactId, externalContactId });
	const openAiApi = await saveModelCredential(bed, model);
	const workflow = example('ai-agent-tool.json', bed.credential, { Chat: { public: true } });
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Chat model' ? { ...node, credentials: { openAiApi } } : node,
	);
	const workflowId = await bed.n8n.saveWorkflow({ ...workflow, nodes });
	await bed.n8n.activate(workflowId);
	const webhookId = workflow.nodes.find((node) => node.name === 'Chat')?.webhookId as string;
	const request = `Tell Ada (${phone}) that her order A-1041 has shipped.`;
	const chat = await HostedChat.write(bed.n8n, webhookId, request);
	cleanUp.push(async () => {
		chat.close();
		await bed.n8n.deactivate(workflowId);
	});
	return chat;
}

afterEach(async () => {
	for (const undo of cleanUp.splice(0).reverse()) await undo();
});

describe('the example "AI agent that messages customers"', () => {
	it('sends what a person has approved; a model that tries again sends nothing', async () => {
		const bed = await openBed();
		const model = await scriptedModel(2);
		const chat = await chatWith(bed, model);

		const question = await chat.question();
		expect(bed.reached()).toEqual([]);
		await chat.press(question, 'Send');
		await chat.load();
		await chat.press(await chat.question(), 'Send');
		const answer = await chat.next();

		expect(question.text).toContain(ADA.externalContactId);
		expect(question.text).toContain(TEXT);
		expect(answer).toBe('That is how it went.');
		expect(bed.simulator.journal.all()).toEqual([
			expect.objectContaining({ message: TEXT, externalContactId: ADA.externalContactId }),
		]);
		const told = String(model.requests.at(-1)?.messages.at(-1)?.content);
		expect(JSON.parse(told)).toMatchObject([{ status: 'sent', alreadySent: true }]);
	});

	it('sends nothing that a person has refused', async () => {
		const bed = await openBed();
		const chat = await chatWith(bed, await scriptedModel(1));

		await chat.press(await chat.question(), 'Do not send');
		await chat.next();

		expect(bed.reached()).toEqual([]);
	});

	it('describes its tools so that a model knows what each does', async () => {
		const bed = await openBed();
		const model = await scriptedModel(0);
		const chat = await chatWith(bed, model);
		await chat.next();

		const tools = model.requests[0]?.tools?.map((tool) => tool.function) ?? [];
		const described = tools.map((tool) => `${tool.name}: ${tool.description}`);
		expect(described.sort()).toEqual([
			expect.stringMatching(/^Look_up_a_customer: Find one customer by phone number/),
			expect.stringMatching(/^Read_a_conversation: Read what .* Reading sends nothing/),
			expect.stringMatching(/^Send_a_message: .* cannot be taken back.* come from Look up/),
		]);
	});
});
