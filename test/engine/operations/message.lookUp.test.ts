import type { IDataObject } from 'n8n-workflow';

import { DEMO_CUSTOMERS } from '../../../dev/simulator';
import { beds } from '../support/bed';
import { AGENTLESS, located, LOOK_UP, messageBy } from '../support/messages';
import { detailsOf, having, hintOf, jsonOf, textLike } from '../support/outcomes';

const openBed = beds();

const by = (mode: string, fields: IDataObject = {}) =>
	messageBy('webmessaging', {
		externalContactId: located('={{ $json.to }}', mode),
		message: '={{ $json.text }}',
		...fields,
	});
const to = (...values: unknown[]) =>
	values.map((value) => ({ json: { to: value, text: 'Hello' } as IDataObject }));
const [ANNA, BEN] = DEMO_CUSTOMERS;

describe('a customer by phone number or e-mail address', () => {
	it.each([
		['phone', ANNA.phone, BEN.phone],
		['email', ANNA.email, BEN.email],
	])('is looked up for each item: %s', async (mode, first, second) => {
		const bed = await openBed();
		const result = await bed.run(to(first, second), by(mode));
		expect(jsonOf(result)).toEqual([
			having({ status: 'sent', externalContactId: ANNA.externalContactId }),
			having({ status: 'sent', externalContactId: BEN.externalContactId }),
		]);
		expect([bed.calls(LOOK_UP), bed.calls(AGENTLESS)]).toEqual([2, 2]);
	});

	it('who is not known leaves by the Unreachable output, and nothing is sent', async () => {
		const bed = await openBed();
		const parameters = by('phone', { unreachable: 'output' });
		const result = await bed.run(to('+12025559999', ANNA.phone), parameters);
		expect(jsonOf(result)).toEqual([having({ status: 'sent' })]);
		expect(jsonOf(result, 1)).toEqual([having({ to: '+12025559999' })]);
		expect(detailsOf(result, 1)).toEqual([
			having({
				reason: 'contactNotFound',
				delivered: 'no',
				message: textLike(/no external contact with this phone number or e-mail address/),
			}),
		]);
		expect(bed.calls(AGENTLESS)).toBe(1);
	});

	it('is refused before any call when the number cannot be one', async () => {
		const bed = await openBed();
		const result = await bed.run(to('317'), by('phone'), { onError: 'continueRegularOutput' });
		expect(jsonOf(result)).toEqual([
			having({ error: textLike(/'External Contact' is not a phone number/) }),
		]);
		expect([bed.calls(LOOK_UP), bed.simulator.stats.tokenRequests]).toEqual([0, 0]);
	});

	it('gets the message once when the look-up has to be repeated', async () => {
		const bed = await openBed({
			faults: [{ kind: 'status', status: 503, endpoint: 'read' }],
		});
		const result = await bed.run(to(ANNA.phone), by('phone'));
		expect(jsonOf(result)).toEqual([having({ status: 'sent' })]);
		expect([bed.calls(LOOK_UP), bed.calls(AGENTLESS)]).toEqual([2, 1]);
	});

	it('is looked up in a dry run too; nothing else is called', async () => {
		const bed = await openBed();
		const delivery = { dryRun: 'always' };
		const parameters = by('email', { delivery, unreachable: 'output' });
		const result = await bed.run(to(ANNA.email, 'nobody@example.com'), parameters);
		expect(jsonOf(result)).toEqual([
			having({ status: 'dryRun', externalContactId: ANNA.externalContactId }),
		]);
		expect(detailsOf(result, 1)).toEqual([having({ reason: 'contactNotFound' })]);
		expect([bed.calls(LOOK_UP), bed.calls(AGENTLESS)]).toEqual([2, 0]);
		expect(hintOf(result)).toMatch(/1 ready, 1 not ready/);
	});

	it('is not looked up outside the send window', async () => {
		const bed = await openBed();
		const today = new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone: 'UTC' });
		const inThreeDays = today.format(Date.now() + 3 * 86_400_000).toLowerCase();
		const window = { from: '08:00', to: '09:00', days: [inThreeDays], timeZone: 'UTC' };
		const delivery = { sendWindow: { window } };
		const parameters = by('phone', { delivery, unreachable: 'output' });
		const result = await bed.run(to(ANNA.phone), parameters);
		expect(detailsOf(result, 1)).toEqual([having({ reason: 'outsideSendWindow' })]);
		expect([bed.calls(LOOK_UP), bed.calls(AGENTLESS)]).toEqual([0, 0]);
	});
});

describe('an external contact', () => {
	it.each([
		['a text', '={{ $json.to }}'],
		['an ID', located('={{ $json.to }}')],
		['an entry of the list', located('={{ $json.to }}', 'list')],
	])('may be given as %s, without a look-up', async (_what, externalContactId) => {
		const bed = await openBed();
		const parameters = messageBy('webmessaging', { externalContactId, message: 'Hello' });
		const result = await bed.run(to(`\u202a${ANNA.externalContactId}\u202c `), parameters);
		expect(jsonOf(result)).toEqual([
			having({ status: 'sent', externalContactId: ANNA.externalContactId }),
		]);
		expect(bed.calls(LOOK_UP)).toBe(0);
	});
});

describe('a dry run of an SMS', () => {
	it.each([
		['Hello', 5, 'GSM-7', 1],
		['Привет', 6, 'Unicode', 1],
		['x'.repeat(200), 200, 'GSM-7', 2],
	])('tells characters, encoding and parts: %s', async (text, characters, encoding, parts) => {
		const bed = await openBed();
		const delivery = { dryRun: 'always' };
		const parameters = messageBy('sms', { delivery, message: text });
		const result = await bed.run(to('+12025550143'), parameters);
		expect(jsonOf(result)).toEqual([having({ status: 'dryRun', characters, encoding, parts })]);
		expect(bed.calls(AGENTLESS)).toBe(0);
	});
});
