import type { IDataObject } from 'n8n-workflow';

import { SEEDED } from '../../../dev/simulator';
import { unknownFields } from '../../contract/sdkTypes';
import { beds } from '../support/bed';
import { AGENTLESS, located, messageBy } from '../support/messages';
import { detailsOf, having, jsonOf, textLike } from '../support/outcomes';
import { onlyBodyOf, startRecorder, type Recorder } from '../support/recorder';

const openBed = beds();
const item = { to: '12025550143', name: 'Ada', order: 4711 };
let recorder: Recorder;

beforeAll(async () => {
	recorder = await startRecorder();
});
afterAll(async () => {
	await recorder.close();
});

/** Sends a WhatsApp template; returns its `messagingTemplate` and the text that was made of it. */
async function templateOf(fields: IDataObject, more: IDataObject = {}) {
	recorder.calls.length = 0;
	const bed = await openBed({ credential: { apiUrl: recorder.url } });
	recorder.target = bed.simulator.url;
	const result = await bed.run([{ json: { ...item, ...more } }], messageBy('whatsapp', fields));
	expect(result.error).toBeUndefined();
	const body = onlyBodyOf(recorder);
	expect(unknownFields('SendAgentlessOutboundMessageRequest', body)).toEqual([]);
	expect(body.textBody).toBeUndefined();
	const [entry] = bed.simulator.journal.all();
	return { template: body.messagingTemplate, text: entry?.message };
}

const rows = (...parameter: IDataObject[]) => ({
	templateParametersInput: 'fields',
	templateParameters: { parameter },
});
const json = (templateParametersJson: unknown): IDataObject => ({
	templateParametersInput: 'json',
	templateParametersJson: templateParametersJson as string,
});
const bodyParameters = [
	{ id: '1', value: 'Ada' },
	{ id: '2', value: '4711' },
];
const responseId = SEEDED.templateId;
const TEXT = 'Hello Ada! Your order 4711 has shipped.';

describe('the parameters of a template', () => {
	it('come from rows, by the part that they fill', async () => {
		const fields = rows(
			{ part: 'body', id: '1', value: '={{ $json.name }}' },
			{ part: 'header', id: 'image', value: 'https://shop.example/a.png' },
			{ part: 'body', id: '2', value: '={{ $json.order }}' },
			{ part: 'buttonUrl', id: '0', value: 'A-1041' },
		);
		expect(await templateOf(fields)).toEqual({
			template: {
				responseId,
				bodyParameters,
				headerParameters: [{ id: 'image', value: 'https://shop.example/a.png' }],
				buttonUrlParameters: [{ id: '0', value: 'A-1041' }],
			},
			text: TEXT,
		});
	});

	it.each<[string, unknown]>([
		['a JSON text', '{"1": "Ada", "2": 4711}'],
		['a JSON text with expressions', '={"1": "{{ $json.name }}", "2": {{ $json.order }}}'],
		["an expression's object", '={{ { 1: $json.name, 2: $json.order } }}'],
		['an object of the item', '={{ $json.values }}'],
		['a text of the item', '={{ JSON.stringify($json.values) }}'],
		['a list', '[{"id": "1", "value": "Ada"}, {"id": 2, "value": 4711}]'],
		["an expression's list", '={{ $json.list }}'],
		['the list of the API', `{"bodyParameters": ${JSON.stringify(bodyParameters)}}`],
	])('come from %s', async (_name, value) => {
		const more = { values: { 1: 'Ada', 2: 4711 }, list: bodyParameters };
		expect(await templateOf(json(value), more)).toEqual({
			template: { responseId, bodyParameters },
			text: TEXT,
		});
	});

	it('may fill every part as JSON', async () => {
		const lists = {
			headerParameters: [{ id: '1', value: 'News' }],
			bodyParameters,
			buttonUrlParameters: [{ id: '0', value: 'x' }],
		};
		const { template } = await templateOf(json(JSON.stringify(lists)));
		expect(template).toEqual({ responseId, ...lists });
	});

	it.each<[string, IDataObject]>([
		['no rows', {}],
		['an empty JSON object', json('{}')],
		['an empty JSON text', json('')],
	])('may be none: %s', async (_name, fields) => {
		const { template } = await templateOf(fields);
		expect(template).toEqual({ responseId });
	});

	it.each([
		['a field that the item lacks', '={{ $json.missing }}', 'has an expression that gives nothing'],
		['an empty text', "={{ '' }}", 'has an expression that gives nothing'],
		['a date', '={{ new Date() }}', 'is not a JSON object'],
		['the time', '={{ $now }}', 'is not a JSON object'],
	])('are refused when their expression gives %s', async (_name, value, problem) => {
		const bed = await openBed();
		const result = await bed.run([{ json: item }], messageBy('whatsapp', json(value)));
		expect(result.error?.message).toBe(`'Template Parameters' ${problem}`);
		expect(bed.sendCalls).toBe(0);
	});

	it('keep quotes and backslashes of a value in rows; line ends become blanks', async () => {
		const value = 'A "B" \\ C\nD';
		const { template } = await templateOf(rows({ id: '1', value: '={{ $json.name }}' }), {
			name: value,
		});
		expect(template).toEqual({
			responseId,
			bodyParameters: [{ id: '1', value: 'A "B" \\ C D' }],
		});
	});

	it('take the template from an expression', async () => {
		const templateId = located('={{ $json.template }}');
		const { template } = await templateOf({ templateId }, { template: ` ${responseId} ` });
		expect(template).toEqual({ responseId });
	});
});

describe('template parameters that cannot be used', () => {
	it.each<[string, IDataObject, RegExp]>([
		['no JSON', json('{"1": Ada}'), /'Template Parameters' is not a JSON object/],
		['a JSON text', json('"Ada"'), /'Template Parameters' is not a JSON object/],
		['a value that is an object', json('{"1": {"a": 1}}'), /no text for the placeholder '1'/],
		['a missing value', rows({ id: '1', value: '={{ $json.nothing }}' }), /no text for the placeh/],
		['a row without an ID', rows({ id: ' ', value: 'Ada' }), /an entry without an ID/],
		['a list that is none', json('{"bodyParameters": {"1": "Ada"}}'), /a list that is not a JSON/],
		['no template', { templateId: located('={{ $json.nothing }}') }, /'Template' is empty/],
	])('fail the item before any call: %s', async (_name, fields, text) => {
		const bed = await openBed();
		const result = await bed.run([{ json: item }], messageBy('whatsapp', fields), {
			onError: 'continueRegularOutput',
		});
		expect(jsonOf(result)[0]?.error).toEqual(textLike(text));
		expect(detailsOf(result)).toEqual([having({ reason: 'invalidInput', delivered: 'no' })]);
		expect(bed.calls(AGENTLESS)).toBe(0);
	});
});
