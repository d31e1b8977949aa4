import { resourceMapping } from '../../../nodes/GenesysCloud/listSearch';
import { panel } from '../support/panel';

const TEMPLATE = {
	id: 't-1',
	texts: [{ content: 'Hello {{1}}! Your order {{2}} has shipped.', contentType: 'text/plain' }],
};
const fieldsFor = async (templateId: unknown, ...answers: unknown[]) => {
	const { context, paths } = panel(answers, { templateId });
	const fields = await resourceMapping.getTemplatePlaceholders.call(context);
	return { ...fields, paths: paths() };
};

describe('the fields of a template', () => {
	it('are its placeholders', async () => {
		const { fields, paths, emptyFieldsNotice } = await fieldsFor(' \u200bt-1\ufeff ', TEMPLATE);
		expect(paths).toEqual(['/responsemanagement/responses/t-1']);
		expect(fields.map(({ id, displayName }) => [id, displayName])).toEqual([
			['body.1', 'Hello {{1}}! Your…'],
			['body.2', '…Your order {{2}} has…'],
		]);
		expect(fields[0]).toMatchObject({ type: 'string', required: true, display: true });
		expect(emptyFieldsNotice).toBeUndefined();
	});

	it('are none where it has no placeholders: then its text is shown', async () => {
		const texts = [{ content: 'We are open.' }];
		const { fields, emptyFieldsNotice } = await fieldsFor('t-1', { id: 't-1', texts });
		expect(fields).toEqual([]);
		expect(emptyFieldsNotice).toBe('This template has no placeholders: "We are open."');
	});

	it.each(['={{ $json.template }}', '', undefined, '../x'])(
		'are not known for %j, and no call is made',
		async (templateId) => {
			const { fields, emptyFieldsNotice, paths } = await fieldsFor(templateId, 500);
			expect([fields, paths]).toEqual([[], []]);
			expect(emptyFieldsNotice).toMatch(/expression.*'Using Rows' or 'Using JSON'/);
		},
	);

	it('name the permission that they need', async () => {
		await expect(fieldsFor('t-1', 403)).rejects.toMatchObject({
			message: expect.stringContaining('responses:response:view') as string,
			description: expect.stringContaining("choose 'Using Rows' or 'Using JSON'") as string,
		});
	});
});
