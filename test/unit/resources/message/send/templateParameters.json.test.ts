import {
	parametersFromTemplate,
	readTemplate,
} from '../../../../../nodes/GenesysCloud/resources/message/send/templateParameters';
import { ItemReader } from '../../../../../nodes/GenesysCloud/resources/parameters';
import { parametersOf } from '../../../support/context';
import { inputErrorOf } from '../../../support/inputErrors';
import { readerOf } from '../../../support/reader';

const GIVE = 'Give each placeholder of the template an ID and a text, for example {"1": "Ada"}';

/** A template whose values are JSON; a function stands for an expression. */
const byJson = (templateParametersJson: unknown) =>
	readTemplate(
		new ItemReader(
			parametersOf({
				templateId: 't-1',
				templateParametersInput: 'json',
				templateParametersJson,
			}),
			0,
		),
	);

describe('the values of a template as JSON', () => {
	it.each([undefined, null, '', ' \u200b'])(
		'are refused where their expression gives nothing: %j',
		(nothing) => {
			const { message, remedy } = inputErrorOf(() => byJson(() => nothing));
			expect([message, remedy]).toEqual([
				"'Template Parameters' has an expression that gives nothing",
				GIVE,
			]);
		},
	);

	it.each(['', '  '])('are none where nothing is typed: %j', (typed) => {
		expect(byJson(typed)).toEqual({ responseId: 't-1' });
	});

	it('are those that an expression gives', () => {
		const bodyParameters = [{ id: '1', value: 'Ada' }];
		expect(byJson(() => ({ 1: 'Ada' }))).toEqual({ responseId: 't-1', bodyParameters });
		expect(byJson(() => '{}')).toEqual({ responseId: 't-1' });
	});

	it.each([
		[{ 1: '' }, "'Template Parameters' has no text for the placeholder '1'"],
		[{ bodyParameters: ['x'] }, "'Template Parameters' has an entry without an ID"],
	])('are refused with a remedy: %j', (json, expected) => {
		const { message, remedy } = inputErrorOf(() => byJson(json));
		expect([message, remedy]).toEqual([expected, GIVE]);
	});
});

it('a template that was shown and never filled in has no values', () => {
	expect(parametersFromTemplate({ schema: [] })).toEqual({});
	const error = inputErrorOf(() => parametersFromTemplate({ schema: [{ id: 'body.1' }] }));
	expect(error.message).toBe("'Template Values' has no text for the placeholder '1'");
});

it('the way to give the values is one of those that there are', () => {
	const read = readerOf({ templateId: 't-1', templateParametersInput: 'xml' });
	const { message, remedy } = inputErrorOf(() => readTemplate(read));
	expect(message).toBe("'Template Parameters Input' has a value that is not allowed");
	expect(remedy).toBe('Use one of: template, fields, json');
});
