import { DEMO_CUSTOMERS, startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { agentlessSenderOf, OPEN, SMS, webMessageTo, WHATSAPP } from './messagingSupport';
import { clientOf } from './support';

const ELIF = DEMO_CUSTOMERS[4];
const NOW = { sentMs: 0, finalMs: 0 };

describe('recipients of agentless messages', () => {
	let simulator: Simulator;
	let send: Awaited<ReturnType<typeof agentlessSenderOf>>;

	beforeAll(async () => {
		simulator = await startSimulator({ messageStatusTimes: NOW });
	});
	beforeEach(async () => {
		simulator.reset();
		send = await agentlessSenderOf(clientOf(simulator));
	});
	afterAll(async () => await simulator.stop());

	const progressOf = (id: string): unknown => {
		const message = simulator.messages.get(id);
		return message && simulator.messages.progress(message);
	};

	it('refuses an external contact that does not exist, unless unknown ones are accepted', async () => {
		const body = webMessageTo('nobody');
		expect(await send(body)).toMatchObject({ status: 404, data: { code: 'not.found' } });
		simulator.configure({ unknownRecipientStatus: 400 });
		expect(await send(body)).toMatchObject({ status: 400, data: { code: 'bad.request' } });
		simulator.configure({ unknownContacts: 'accept' });
		expect((await send(body)).status).toBe(200);
		expect(simulator.journal.byContact().get('nobody')).toHaveLength(1);
	});

	it('refuses a web message to a session that is over, or lets its delivery fail', async () => {
		const contactId = simulator.contacts.open();
		const { externalContactId = '' } = simulator.contacts.get(contactId) ?? {};
		simulator.contacts.expire(contactId);
		const message = 'The web messaging session of the external contact has expired';
		const refusal = { status: 400, data: { code: 'bad.request', message } };
		expect(await send(webMessageTo(externalContactId))).toMatchObject(refusal);
		// A customer who has a record but no session is no different.
		expect(await send(webMessageTo(ELIF.externalContactId))).toMatchObject(refusal);
		simulator.configure({ expiredWebSession: 'deliveryFailed' });
		const { status, data } = await send(webMessageTo(externalContactId));
		expect(status).toBe(200);
		expect(progressOf(data.id)).toEqual({
			status: 'delivery-failed',
			reason: 'InvalidDestination',
		});
	});

	it('refuses a web message from another deployment than that of the session', async () => {
		const [, other] = simulator.directory.deployments.all();
		const contactId = simulator.contacts.open({ deploymentId: other?.id });
		const { externalContactId = '' } = simulator.contacts.get(contactId) ?? {};
		const body = webMessageTo(externalContactId);
		expect((await send(body)).status).toBe(400);
		expect((await send({ ...body, fromAddress: other?.id })).status).toBe(200);
	});

	it('lets delivery fail for those who opted out, and for a template that is not filled', async () => {
		simulator.recipients.set('+12025550143', { kind: 'optedOut' });
		const optedOut = await send(SMS);
		expect(optedOut.status).toBe(200);
		expect(progressOf(optedOut.data.id)).toMatchObject({ reason: 'RecipientOptedOut' });
		simulator.recipients.set('member-77', { kind: 'undeliverable', reason: 'ServerError' });
		expect(progressOf((await send(OPEN)).data.id)).toMatchObject({ reason: 'ServerError' });
		const { messagingTemplate } = WHATSAPP;
		const unfilled = {
			...WHATSAPP,
			messagingTemplate: { ...messagingTemplate, bodyParameters: [] },
		};
		expect(progressOf((await send(unfilled)).data.id)).toMatchObject({
			reason: 'InvalidMessageStructure',
		});
	});

	it('refuses an address that was made unknown, or whose session was made to expire', async () => {
		simulator.recipients.set('+12025550143', { kind: 'unknown' });
		expect((await send(SMS)).status).toBe(404);
		simulator.recipients.set('+12025550143', { kind: 'sessionExpired' });
		expect((await send(SMS)).status).toBe(400);
		expect(simulator.recipients.remove('+12025550143')).toBe(true);
		expect((await send(SMS)).status).toBe(200);
	});
});
