import * as fc from 'fast-check';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { anyJson, anyText } from '../../support/arbitraries';
import { runs } from '../../support/runs';
import { beds, type Bed } from '../support/bed';
import { AGENTLESS, messageBy } from '../support/messages';
import { expectOneOutcomeEach, UNLIMITED } from '../support/fuzz';

const openBed = beds();
const SEND_ENDPOINT = 'POST /api/v2/webchat/messaging';
const onError = fc.constantFrom('continueRegularOutput' as const, 'continueErrorOutput' as const);

/** Mostly what works, so that good items stand beside bad ones. */
const usually = (good: fc.Arbitrary<unknown>, weight = 3) =>
	fc.oneof({ weight, arbitrary: good }, { weight: 1, arbitrary: anyJson() });

const words = fc.string({ minLength: 1, maxLength: 20 });

/** An address as it is sent: without blanks around it and characters that nobody sees. */
const asAddress = (value: unknown) =>
	String(value)
		.replace(/[\p{Cf}]/gu, '')
		.trim();

/** What the journal says, by contact. */
const delivered = ({ simulator }: Bed) =>
	simulator.journal.all().map(({ contactId, message }) => [contactId, message]);

/** All endpoints that were called, without the token's. */
const endpoints = ({ simulator }: Bed) =>
	Object.keys(simulator.stats.snapshot().endpoints).filter((name) => !name.includes('/oauth/'));

describe('Web Message > Send with any values in the items', () => {
	const items = fc.array(
		fc.record({
			contactId: usually(anyText()),
			text: usually(anyText()),
			sender: usually(fc.constantFrom('bot', 'agent'), 6),
		}),
		{ minLength: 1, maxLength: 5 },
	);
	const parameters = { senderType: '={{ $json.sender }}', unreachable: 'output' };

	it('sends exactly the good ones, each text to its own contact, and nothing else', async () => {
		const bed = await openBed(UNLIMITED);
		const property = fc.asyncProperty(items, onError, async (values, mode) => {
			bed.simulator.journal.clear();
			const input = values.map((json): INodeExecutionData => ({ json: json as IDataObject }));
			const result = await bed.run(input, parameters, { onError: mode });
			const sent = expectOneOutcomeEach(result, input.length, ['invalidInput']);
			expect(delivered(bed).sort()).toEqual(
				sent
					.map((index) => [asAddress(values[index]!.contactId), String(values[index]!.text)])
					.sort(),
			);
			expect(endpoints(bed)).toEqual(sent.length > 0 || bed.sendCalls > 0 ? [SEND_ENDPOINT] : []);
		});
		await fc.assert(property, runs(60));
	});

	it('stops before any call when one of them cannot be used', async () => {
		const bed = await openBed(UNLIMITED);
		const property = fc.asyncProperty(items, async (values) => {
			bed.simulator.journal.clear();
			const input = values.map((json): INodeExecutionData => ({ json: json as IDataObject }));
			const result = await bed.run(input, parameters);
			const sent = bed.simulator.journal.count;
			const expected = result.error ? ['NodeOperationError', 0] : [undefined, input.length];
			expect([result.error?.name, sent]).toEqual(expected);
		});
		await fc.assert(property, runs(25));
	});
});

describe('Message > Send with any values in the items', () => {
	const fields = fc.record({
		to: usually(fc.constantFrom('+12025550143', ' +1 (202) 555-0143', '12025550143')),
		text: usually(words),
		template: usually(fc.dictionary(words, anyText(), { maxKeys: 3 })),
		useExisting: usually(fc.boolean()),
	});

	it.each(['webmessaging', 'sms', 'open', 'whatsapp'] as const)(
		'%s: every call goes to the recipient of its item',
		async (channel) => {
			const bed = await openBed(UNLIMITED);
			const settings = messageBy(channel, {
				...(channel === 'whatsapp'
					? { templateParametersInput: 'json', templateParametersJson: '={{ $json.template }}' }
					: { message: '={{ $json.text }}' }),
				options: { useExistingActiveConversation: '={{ $json.useExisting }}' },
			});
			const property = fc.asyncProperty(fc.array(fields, { maxLength: 4 }), async (values) => {
				bed.simulator.journal.clear();
				const input = values.map((json): INodeExecutionData => ({ json: json as IDataObject }));
				const mode = { onError: 'continueErrorOutput' } as const;
				const result = await bed.run(input, settings, mode);
				const reasons = ['invalidInput', 'badRequest', 'contactNotFound', 'conflict'];
				const sent = expectOneOutcomeEach(result, input.length, reasons);
				const digits = (value: unknown) => asAddress(value).replace(/[\s+().-]/g, '');
				const asked = sent.map((index) => digits(values[index]!.to));
				const reached = bed.simulator.journal.all();
				expect(reached.map(({ contactId }) => digits(contactId)).sort()).toEqual(asked.sort());
				const texts = reached.map(({ message }) => message).sort();
				const wanted = () => sent.map((index) => String(values[index]!.text)).sort();
				expect(texts).toEqual(channel === 'whatsapp' ? texts : wanted());
				for (const name of endpoints(bed)) expect(name).toBe(AGENTLESS);
			});
			await fc.assert(property, runs(20));
		},
	);
});
