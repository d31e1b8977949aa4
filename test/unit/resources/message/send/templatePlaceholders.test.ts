import {
	partOf,
	placeholdersOf,
	templateText,
} from '../../../../../nodes/GenesysCloud/resources/message/send/templatePlaceholders';

/** A WhatsApp template as Genesys Cloud keeps it (Response in the SDKs). */
const TEMPLATE = {
	id: 't-1',
	texts: [
		{ content: 'Hello {{1}}! Your order {{2}} has shipped, {{ 1 }}.', contentType: 'text/plain' },
	],
	messagingTemplate: {
		whatsApp: {
			header: { type: 'Text', content: 'About {{name}}' },
			buttons: [{ type: 'Url', content: 'https://shop.example/{{1}}' }, { content: 'Stop' }],
		},
	},
};

describe('the placeholders of a template', () => {
	it('are found in its header, body and buttons, each once', () => {
		expect(placeholdersOf(TEMPLATE).map(({ name }) => name)).toEqual([
			'header.name',
			'body.1',
			'body.2',
			'buttonUrl.1',
		]);
	});

	it('are shown between the words around them, short enough for a label', () => {
		expect(placeholdersOf(TEMPLATE).map(({ label }) => label)).toEqual([
			'Header: About {{name}}',
			'Hello {{1}}! Your…',
			'…Your order {{2}} has…',
			'Button URL: …hop.example/{{1}}',
		]);
	});

	it.each([
		['Dear client {{1}}', 'Dear client {{1}}'],
		['Dear clients {{1}}', '…clients {{1}}'],
		['Your appointment on {{1}}', '…on {{1}}'],
		['{{1}} has arrived', '{{1}} has arrived'],
		['{{1}} has arrived.', '{{1}} has…'],
		[' \n{{1}} ', '{{1}}'],
		['For \n you:  {{1}}', 'For you: {{1}}'],
	])('of %j is shown as %j', (content, label) => {
		expect(placeholdersOf({ texts: [{ content }] }).map((found) => found.label)).toEqual([label]);
	});

	it.each(['имя', 'größe', '名前', 'नाम', 'first_name', 'order.number'])(
		'may have a name of any language: %s',
		(name) => {
			const texts = [{ content: `A {{${name}}} B {{ ${name} }} C {{}} D {{a b}}` }];
			expect(placeholdersOf({ texts }).map((placeholder) => placeholder.name)).toEqual([
				`body.${name}`,
			]);
		},
	);

	it.each([
		{},
		{ texts: null },
		{ texts: [null, {}, { content: 7 }] },
		{ texts: [{ content: '' }] },
	])('are none in %j', (response) => {
		expect(placeholdersOf(response)).toEqual([]);
		expect(templateText(response)).toBe('');
	});
});

it.each([
	['body.1', 'body', '1'],
	['header.name', 'header', 'name'],
	['buttonUrl.2', 'buttonUrl', '2'],
	['1', 'body', '1'],
	['order.number', 'body', 'order.number'],
])('the field %s fills the %s', (name, part, id) => {
	expect(partOf(name)).toEqual({ part, id });
});

it('the text of a template is that of its body', () => {
	expect(templateText(TEMPLATE)).toBe(TEMPLATE.texts[0]?.content);
	expect(templateText({ texts: [{ content: 'One' }, {}, { content: 'Two' }] })).toBe('One\nTwo');
});
