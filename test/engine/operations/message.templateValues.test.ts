import type { IDataObject } from 'n8n-workflow';

import { SEEDED } from '../../../dev/simulator';
import { beds, type Bed } from '../support/bed';
import { AGENTLESS, located, messageBy, recipients } from '../support/messages';
import { detailsOf, having, jsonOf, textLike } from '../support/outcomes';
import { templateFields } from '../support/panel';

const openBed = beds();
const templateId = located(SEEDED.templateId, 'list');
const chosen = { operation: 'send', channel: 'whatsapp', templateId };

/** The parameter as the editor saves it: the template's fields, and what was filled in. */
async function mapped(bed: Bed, value: IDataObject): Promise<IDataObject> {
	const { fields } = await templateFields(bed, chosen);
	const schema = fields as unknown as IDataObject[];
	return { templateValues: { mappingMode: 'defineBelow', value, matchingColumns: [], schema } };
}

describe('the fields of a template', () => {
	it('are made of its placeholders once it is chosen', async () => {
		const { fields } = await templateFields(await openBed(), chosen);
		expect(fields.map(({ id, required }) => [id, required])).toEqual([
			['body.1', true],
			['body.2', true],
		]);
	});

	it('fill the template, by expressions too', async () => {
		const bed = await openBed();
		const values = { 'body.1': '={{ $json.text }}', 'body.2': 4711 };
		const parameters = messageBy('whatsapp', { templateId, ...(await mapped(bed, values)) });
		const input = [{ json: { to: '12025550143', text: ' Ada\n\tLovelace ' } }];
		expect(jsonOf(await bed.run(input, parameters))).toEqual([having({ status: 'sent' })]);
		const [entry] = bed.simulator.journal.all();
		expect(entry?.message).toBe('Hello Ada Lovelace! Your order 4711 has shipped.');
	});

	it.each<[string, IDataObject]>([
		['an empty value', { 'body.1': 'Ada', 'body.2': '={{ $json.nothing }}' }],
		['blanks', { 'body.1': 'Ada', 'body.2': ' \u200b' }],
	])('are all needed: %s is refused before any call', async (_what, values) => {
		const bed = await openBed();
		const parameters = messageBy('whatsapp', { templateId, ...(await mapped(bed, values)) });
		const loggedIn = bed.simulator.stats.tokenRequests;
		const onError = 'continueRegularOutput';
		const result = await bed.run(recipients('12025550143'), parameters, { onError });
		expect(jsonOf(result)).toEqual([
			having({ error: textLike(/'Template Values' has no text for the placeholder '[12]'/) }),
		]);
		expect(detailsOf(result)).toEqual([having({ reason: 'invalidInput', delivered: 'no' })]);
		expect([bed.calls(AGENTLESS), bed.simulator.stats.tokenRequests]).toEqual([0, loggedIn]);
	});
});
