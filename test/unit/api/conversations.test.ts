import { isSaid, textOf } from '../../../nodes/GenesysCloud/api/conversations';

const TYPING = [{ eventType: 'Typing' }];
const QUICK_REPLY = {
	contentType: 'ButtonResponse',
	buttonResponse: { text: 'Yes', payload: 'y' },
};

describe('what was said', () => {
	it.each([
		[{ type: 'Text' }, true],
		[{ type: 'Structured', content: [{ contentType: 'Card' }] }, true],
		[{ type: 'Message', content: [{ contentType: 'Attachment' }], events: TYPING }, true],
		[{ type: 'Text', events: TYPING }, true],
		[{ text: 'Hello', events: TYPING }, true],
		[{ type: 'Message', events: [] }, true],
		[{ type: 'Unknown' }, true],
		[{ type: 7 }, true],
		[undefined, true],
		[null, true],
		[{ type: 'Event', events: TYPING }, false],
		[{ type: 'EVENT' }, false],
		[{ type: 'Receipt' }, false],
		[{ type: 'Message', events: TYPING }, false],
		[{ events: TYPING, content: null }, false],
	])('of the kind %j: %s', (kind, expected) => {
		expect(isSaid(kind)).toBe(expected);
	});

	it.each([
		[{ normalizedMessage: { text: 'Yes' } }, 'Yes'],
		[{ normalizedMessage: { text: 'Yes', content: [QUICK_REPLY] } }, 'Yes'],
		[{ normalizedMessage: { type: 'Structured', content: [QUICK_REPLY] } }, 'Yes'],
		[{ normalizedMessage: { text: '', content: [null, QUICK_REPLY, QUICK_REPLY] } }, 'Yes, Yes'],
		[{ normalizedMessage: null, textBody: 'Old' }, 'Old'],
		[{ normalizedMessage: { content: [{ contentType: 'Attachment' }] } }, undefined],
		[{ normalizedMessage: { text: 7, content: 'x' }, textBody: {} }, undefined],
		[{}, undefined],
	])('by %j is %j', (message, expected) => {
		expect(textOf(message)).toBe(expected);
	});
});
