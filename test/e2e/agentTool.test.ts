import { CREDENTIAL_TYPE, NODE_TYPE } from '../../dev/playground/n8n/paths';
import { AGENT, agentWorkflow, saveModelCredential } from './support/agent';
import { beds, contactIds, type Bed } from './support/bed';
import { startChatModel } from './support/chatModel';
import { node, WEB_MESSAGE } from './support/workflows';

const openBed = beds();
const ANSWER = 'That is how it went.';
let bed: Bed;

beforeAll(async () => {
	bed = await openBed();
});

/** Lets an agent send one message with the tool; what the model was told of it. */
async function send(
	version: number,
	contactId: string,
	parameters = {},
	credential = bed.credential,
) {
	const model = await startChatModel([
		() => ({ tool: 'Send_a_message', args: { contactId } }),
		() => ({ text: ANSWER }),
	]);
	try {
		const openAi = await saveModelCredential(bed, model);
		const tool = node(
			'Send a message',
			`${NODE_TYPE}Tool`,
			1,
			{
				...WEB_MESSAGE,
				contactId: "={{ $fromAI('contactId', 'The contact ID', 'string') }}",
				message: 'Hello!',
				...parameters,
			},
			{ credentials: { [CREDENTIAL_TYPE]: credential } },
		);
		const execution = await bed.n8n.run(agentWorkflow(version, openAi, tool));
		const told = String(model.requests[1]?.messages.at(-1)?.content);
		return { execution, told: JSON.parse(told) as unknown };
	} finally {
		await model.stop();
	}
}

/** What a model is told of a message that was not sent. */
function failure(text: RegExp, reason: string) {
	return {
		error: expect.stringMatching(text) as string,
		details: expect.objectContaining({ reason, delivered: 'no' }) as object,
	};
}

// Version 2 calls its tools itself; since version 3, n8n's engine does.
describe.each([2, 3.1])("the tool in n8n's agent of version %d", (version) => {
	it('sends, and gives the result to the model', async () => {
		const [contactId = ''] = contactIds(1);
		bed.open(contactId);
		const { told, execution } = await send(version, contactId);
		expect(told).toMatchObject([{ contactId, status: 'sent' }]);
		expect(bed.reached()).toContain(contactId);
		expect(execution.status).toBe('success');
	});

	it.each(['error', 'output'])(
		'tells the model that a customer is not known, and goes on (unreachable: %s)',
		async (unreachable) => {
			const [contactId = ''] = contactIds(1);
			const { told, execution } = await send(version, contactId, { unreachable });
			expect(told).toEqual([
				failure(/^The 'Contact ID' does not exist in Genesys Cloud\. \w/, 'contactNotFound'),
			]);
			expect(execution.json(AGENT)).toEqual([{ output: ANSWER }]);
		},
	);

	it('tells the model that the credential is wrong', async () => {
		const [contactId = ''] = contactIds(1);
		const data = { ...bed.credentialData, clientSecret: 'not-the-secret' };
		const wrong = await bed.n8n.saveCredential('Wrong', data);
		const { told } = await send(version, contactId, {}, wrong);
		expect(told).toEqual([
			failure(/^Genesys Cloud did not accept the client ID and secret\. \w/, 'invalidCredentials'),
		]);
	});
});
