import type { IDataObject } from 'n8n-workflow';

import { beds } from '../support/bed';
import { messageBy, reading, recipients } from '../support/messages';
import { detailsOf, having, jsonOf, textLike } from '../support/outcomes';

const openBed = beds();
const onError = 'continueRegularOutput';

const needed: [string, IDataObject, string][] = [
	['Message > Send', messageBy('sms'), 'conversation:message:create'],
	[
		'Message > Get Delivery Status',
		reading('message', 'getStatus', 'messageId'),
		'conversation:message:view',
	],
	[
		'External Contact > Look Up',
		{ resource: 'externalContact', operation: 'lookUp', identifierValue: '={{ $json.to }}' },
		'externalContacts:contact:view',
	],
];
const input = recipients('+12025550143').map(({ json }) => ({ json: { ...json, id: 'm-1' } }));

describe.each(needed)('%s', (_name, parameters, permission) => {
	it('without its permission names it, and is not tried again', async () => {
		const bed = await openBed({ permissions: ['users:user:view'] });
		const result = await bed.run(input, parameters, { onError });
		expect(jsonOf(result)).toMatchObject([
			{ error: textLike(new RegExp(`missing a permission: .*${permission}.*role that has`, 's')) },
		]);
		expect(detailsOf(result)).toEqual([
			having({ reason: 'forbidden', httpCode: '403', attempts: 1, delivered: 'no' }),
		]);
		expect(Object.values(bed.simulator.stats.snapshot().endpoints)).toHaveLength(2);
	});

	it('names it in the error panel too', async () => {
		const bed = await openBed({ permissions: [] });
		const result = await bed.run(input, parameters);
		expect(result.error?.message).toContain(permission);
		expect(result.error?.description).toContain('Admin > Integrations > OAuth');
	});

	it('needs no other permission', async () => {
		const bed = await openBed({ permissions: [permission] });
		const result = await bed.run(input, parameters, { onError });
		expect(detailsOf(result)).not.toContainEqual(having({ reason: 'forbidden' }));
	});
});

describe('Conversation > Get', () => {
	const parties = { channel: 'sms', fromAddress: '+12025550100', recipient: '+1' } as const;
	const get = reading('conversation', 'get', 'conversationId');

	it('needs no permission', async () => {
		const bed = await openBed({ permissions: [] });
		const { id } = bed.simulator.conversations.connect(parties);
		expect(jsonOf(await bed.run([{ json: { id } }], get))).toMatchObject([{ connected: true }]);
	});

	it('that is forbidden to others than participants says so', async () => {
		const bed = await openBed({ simulator: { conversationAccess: 'forbidden' } });
		const { id } = bed.simulator.conversations.connect(parties);
		const result = await bed.run([{ json: { id } }], get, { onError });
		expect(jsonOf(result)).toMatchObject([
			{ error: textLike(/insufficient permissions.*not authorized/s) },
		]);
	});
});

describe('a permission of delivery status', () => {
	it.each(['conversation:message:view', 'conversation:webmessaging:view'])(
		'is enough alone: %s',
		async (permission) => {
			const bed = await openBed({ permissions: ['conversation:message:create', permission] });
			const sent = await bed.run(input, messageBy('sms'));
			const items = jsonOf(sent).map((json) => ({ json }));
			const result = await bed.run(items, reading('message', 'getStatus', 'messageId'));
			expect(jsonOf(result)).toMatchObject([{ status: 'queued' }]);
		},
	);
});
