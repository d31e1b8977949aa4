import { outcomeRows } from '../../../dev/demo/outcomes';
import type { Target } from '../../../dev/demo/settings';
import { NODE, sendMessage } from '../../../dev/demo/workflow';
import { DEMO_CUSTOMERS, SEEDED } from '../../../dev/simulator';
import { beds } from '../support/bed';

const openBed = beds();
const [{ phone, externalContactId }] = DEMO_CUSTOMERS;
const template = { id: SEEDED.templateId, parameters: '{"1":"Ada","2":"A-1041"}' };
const NAME = 'Your customer';

/** Sends as `npm start` does with variables of a real organization. */
async function outcomeOf(target: Extract<Target, { by: 'message' }>) {
	const { simulator, client } = await openBed({ simulator: { unknownContacts: 'reject' } });
	const { clientId, clientSecret } = client;
	const urls = { loginUrl: simulator.url, apiUrl: simulator.url };
	const credential = { environment: 'custom', ...urls, clientId, clientSecret };
	const result = await sendMessage(target, NAME, 'Hello!', credential);
	const [row] = outcomeRows(result, NODE.send, new Map([[target.to, NAME]]));
	return { row, accepted: simulator.journal.all().length };
}

it.each([
	{ channel: 'sms', from: SEEDED.smsNumber, to: phone },
	{ channel: 'whatsapp', from: SEEDED.whatsappIntegrationId, to: phone.slice(1), template },
	{ channel: 'open', from: SEEDED.openIntegrationId, to: 'customer-4711' },
	{ channel: 'apple', from: SEEDED.appleIntegrationId, to: phone },
] as const)('the demo sends one message by $channel', async (target) => {
	const { row, accepted } = await outcomeOf({ by: 'message', ...target });
	expect(row).toMatchObject({ name: NAME, outcome: 'sent' });
	expect(accepted).toBe(1);
});

it('the demo tells who cannot be reached', async () => {
	const to = `${externalContactId.slice(0, -1)}f`;
	const target = { by: 'message', channel: 'webmessaging', from: SEEDED.deploymentId, to } as const;
	const { row, accepted } = await outcomeOf(target);
	expect(row).toMatchObject({ name: NAME, outcome: 'unreachable' });
	expect(accepted).toBe(0);
});
