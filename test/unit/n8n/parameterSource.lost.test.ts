import { refuseLostParameters } from '../../../nodes/GenesysCloud/n8n/parameterSource';
import { executionContext, NODE } from '../support/context';
import { inputErrorOf } from '../support/inputErrors';

/** Looks at a node that was saved with these parameters, beside another one. */
function refuse(parameters: object): void {
	const other = { ...NODE, id: 'other', parameters: { options: '={{ $json.other }}' } };
	const nodes = [other, { ...NODE, parameters }];
	const additionalData = { hooks: { workflowData: { nodes } } } as never;
	refuseLostParameters(executionContext({ overrides: { additionalData } }).context);
}

const refusalOf = (parameters: object) => {
	const { message, field, remedy } = inputErrorOf(() => refuse(parameters));
	return { message, field, remedy };
};

const EXPRESSION = '={{ $json.all }}';

describe('parameters that n8n drops', () => {
	it.each([
		['Delivery Options', { delivery: EXPRESSION }],
		['Send Window', { delivery: { sendWindow: EXPRESSION } }],
		['Send Window', { delivery: { sendWindow: { window: EXPRESSION } } }],
		['Options', { options: EXPRESSION }],
		['Template Parameters', { templateParameters: EXPRESSION }],
		['Template Parameters', { templateParameters: { parameter: EXPRESSION } }],
		['Template Values', { templateValues: EXPRESSION }],
	])('are refused where %s is one expression: %j', (field, parameters) => {
		expect(refusalOf(parameters)).toEqual({
			field,
			message: `'${field}' is one expression as a whole, which n8n does not evaluate`,
			remedy: 'Set its fields one by one, each with an expression of its own',
		});
	});

	it.each([{ from: '09:00' }, { window: '09:00' }, { window: [] }, { window: null }, 'always', 5])(
		'are refused where the Send Window has no fields: %j',
		(sendWindow) => {
			expect(refusalOf({ delivery: { sendWindow } })).toEqual({
				field: 'Send Window',
				message: "'Send Window' has no fields under 'window', so that n8n drops it",
				remedy: "Set it anew in the panel, or put its fields under 'window'",
			});
		},
	);

	it.each([{ name: 'order' }, { parameter: {} }, { parameter: 'one' }, [{ name: 'order' }], true])(
		'are refused where the Template Parameters have no list: %j',
		(templateParameters) => {
			expect(refusalOf({ templateParameters })).toEqual({
				field: 'Template Parameters',
				message: "'Template Parameters' has no list under 'parameter', so that n8n drops it",
				remedy: "Set it anew in the panel, or put its fields under 'parameter'",
			});
		},
	);
});

describe('parameters that n8n keeps', () => {
	it.each([
		{},
		{ delivery: {}, options: {}, templateParameters: {}, templateValues: {} },
		{ delivery: { sendWindow: { window: { from: EXPRESSION, to: '20:00' } } } },
		{ templateParameters: { parameter: [{ name: 'order', value: EXPRESSION }] } },
		{ options: { includeInputFields: EXPRESSION }, message: EXPRESSION },
	])('are let through: %j', (parameters) => {
		expect(() => refuse(parameters)).not.toThrow();
	});

	it.each([undefined, null, '', {}, []])('are let through where nothing was added: %j', (value) => {
		expect(() =>
			refuse({ delivery: { sendWindow: value }, templateParameters: value }),
		).not.toThrow();
	});

	it('are let through by an n8n that does not tell them', () => {
		expect(() => refuseLostParameters(executionContext().context)).not.toThrow();
	});
});
