import { fieldsOf, missingFields, unknownFields } from './sdkTypes';

const REQUEST = 'SendAgentlessOutboundMessageRequest';

describe('type declarations of the official SDK', () => {
	it('gives the fields of an interface', () => {
		const fields = fieldsOf(REQUEST);
		expect(fields.get('toAddressMessengerType')).toEqual({ optional: false, type: 'string' });
		expect(fields.get('useExistingActiveConversation')).toEqual({
			optional: true,
			type: 'boolean',
		});
		expect(() => fieldsOf('Nothing')).toThrow('The SDK has no interface "Nothing".');
	});

	it('finds unknown fields and wrong types at any depth', () => {
		const body = {
			fromAddress: '+1',
			toAddressMessengerType: 'whatsapp',
			text: 'x',
			textBody: 7,
			messagingTemplate: { responseId: 'r', bodyParameters: [{ id: '1', name: 'x' }] },
		};
		expect(unknownFields(REQUEST, body)).toEqual([
			'text',
			'textBody: not string',
			'messagingTemplate.bodyParameters[0].name',
		]);
		expect(unknownFields(REQUEST, { messagingTemplate: 'x' })).toEqual([
			'messagingTemplate: not Models.SendMessagingTemplateRequest',
		]);
		expect(unknownFields('ExternalContact', { externalIds: {} })).toEqual([
			'externalIds: not Array<Models.ExternalId>',
		]);
		const attributes = { attributes: { colour: 'red', size: 7 } };
		expect(unknownFields('MessageMediaParticipant', attributes)).toEqual([
			'attributes.size: not string',
		]);
	});

	it('accepts what is declared', () => {
		const body = { fromAddress: 'x', toAddressMessengerType: 'sms', textBody: undefined };
		expect(unknownFields(REQUEST, body)).toEqual([]);
		expect(missingFields(REQUEST, body)).toEqual([]);
		expect(missingFields(REQUEST, { fromAddress: 'x' })).toEqual(['toAddressMessengerType']);
	});
});
