import type { IDataObject } from 'n8n-workflow';

import { DEMO_CUSTOMERS } from '../../../dev/simulator';
import { CHANNELS } from '../../../nodes/GenesysCloud/resources/message/send/channels';
import type { Bed } from './bed';
import { messageBy, reading, RECIPIENTS, recipients } from './messages';
import { customers, SEND } from './workflows';

/** An output preview, as n8n reads it before a node's first run. */
interface Preview {
	readonly type: 'object';
	readonly properties: Record<string, { readonly type: string }>;
	readonly version: 1;
}

/** The preview of items: every field that comes, with its type. */
export function previewOf(items: readonly IDataObject[]): Preview {
	const properties: Record<string, { type: string }> = {};
	for (const item of items) {
		for (const [name, value] of Object.entries(item)) properties[name] = { type: typeof value };
	}
	return { type: 'object', properties, version: 1 };
}

/** What leaves the node by its first output; a script has no Jest, which outcomes.ts needs. */
function jsonOf(result: Awaited<ReturnType<Bed['run']>>): IDataObject[] {
	return result.outputOf(SEND, 0).map(({ json }) => json);
}

const ada = RECIPIENTS.sms;

async function messagesOfAllChannels(bed: Bed): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for (const channel of CHANNELS) {
		found.push(...jsonOf(await bed.run(recipients(RECIPIENTS[channel]), messageBy(channel))));
	}
	return found;
}

/** Real outputs of every operation, in all their kinds. */
export const realOutputs: Record<string, (bed: Bed) => Promise<IDataObject[]>> = {
	'webMessage/send': async (bed) => jsonOf(await bed.run(customers('c1'))),
	'message/send': messagesOfAllChannels,
	'message/getStatus': async (bed) => {
		const sent = await messagesOfAllChannels(bed);
		const [first, second] = sent.map(({ id }) => id as string);
		bed.simulator.messages.setStatus(first!, 'delivery-success');
		bed.simulator.messages.setStatus(second!, 'delivery-failed', 'InvalidDestination');
		const input = sent.map((json) => ({ json }));
		return jsonOf(await bed.run(input, reading('message', 'getStatus', 'messageId')));
	},
	'conversation/get': async (bed) => {
		const { conversations } = bed.simulator;
		const parties = { channel: 'sms', fromAddress: '+12025550100' } as const;
		const open = conversations.connect({ ...parties, recipient: ada });
		const over = conversations.connect({ ...parties, recipient: '+12025550150' });
		conversations.disconnect(over.id);
		const input = [open, over].map(({ id }) => ({ json: { id } }));
		return jsonOf(await bed.run(input, reading('conversation', 'get', 'conversationId')));
	},
	'conversation/getMessages': async (bed) => {
		const [sent] = jsonOf(await bed.run(recipients(ada), messageBy('sms')));
		const input = [{ json: { id: sent?.conversationId as string } }];
		const get = reading('conversation', 'getMessages', 'conversationId', { returnAll: true });
		return jsonOf(await bed.run(input, get));
	},
	'externalContact/lookUp': async (bed) => {
		const parameters = {
			resource: 'externalContact',
			operation: 'lookUp',
			identifierType: 'Email',
			identifierValue: '={{ $json.email }}',
		};
		const input = DEMO_CUSTOMERS.map(({ email }) => ({ json: { email } }));
		return jsonOf(await bed.run(input, parameters));
	},
};
