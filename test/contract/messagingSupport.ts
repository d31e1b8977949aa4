import type { Models } from 'purecloud-platform-client-v2';

import { SEEDED } from '../../dev/simulator';
import { logIn } from './support';
import type { Answer, Http } from './support';

/** A request of the agentless messages API, with the SDK's field names. */
type AgentlessBody = Models.SendAgentlessOutboundMessageRequest;

/** The path of the agentless messages API. */
export const AGENTLESS = '/api/v2/conversations/messages/agentless';

/** A text message to a number. */
export const SMS: AgentlessBody = {
	fromAddress: SEEDED.smsNumber,
	toAddress: '+12025550143',
	toAddressMessengerType: 'sms',
	textBody: 'Your order has shipped.',
};

/** A WhatsApp template. */
export const WHATSAPP: AgentlessBody = {
	fromAddress: SEEDED.whatsappIntegrationId,
	toAddress: '12025550143',
	toAddressMessengerType: 'whatsapp',
	messagingTemplate: {
		responseId: SEEDED.templateId,
		bodyParameters: [
			{ id: '1', value: 'Carla' },
			{ id: '2', value: 'A-1043' },
		],
	},
};

/** A message to the customer's app. */
export const OPEN: AgentlessBody = {
	fromAddress: SEEDED.openIntegrationId,
	toAddress: 'member-77',
	toAddressMessengerType: 'open',
	textBody: 'Your points expire on Friday.',
};

/** A message to an Apple device. */
export const APPLE: AgentlessBody = {
	...SMS,
	fromAddress: SEEDED.appleIntegrationId,
	toAddressMessengerType: 'apple',
};

/** A message to a web session. */
export function webMessageTo(externalContactId: string): AgentlessBody {
	const { deploymentId: fromAddress } = SEEDED;
	const textBody = 'Hello!';
	return { fromAddress, externalContactId, toAddressMessengerType: 'webmessaging', textBody };
}

/** Logs in and returns a sender of agentless messages; bodies may be broken on purpose. */
export async function agentlessSenderOf(
	http: Http,
): Promise<(body: object, query?: string) => Promise<Answer>> {
	const headers = await logIn(http);
	return async (body, query = '') => await http.post(`${AGENTLESS}${query}`, body, { headers });
}
