import type { Fault } from '../../../dev/simulator';
import { startSecurely } from '../../support/secure';
import { beds, credentialOf, engineWith, type Bed } from '../support/bed';
import { messageBy, phoneNumbers } from '../support/messages';
import { contactsOf, detailsOf, having, jsonOf } from '../support/outcomes';
import { contactIds, customers, sendWorkflow } from '../support/workflows';

const openBed = beds();
const five = contactIds(5);
const retryOnFail = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } as const;
const atMostOnce = { uncertain: 'fail', concurrency: 2 } as const;

/** Texts that are another one each time n8n runs the node. */
const changing = [
	'=At {{ $now.toMillis() }}: Hello!',
	'=Your code is {{ Math.random() }}',
	'={{ $json.text + " (" + $execution.resumeUrl + Date.now() + ")" }}',
];

/** Each contact that got more than one message. */
function doubled(bed: Bed): string[] {
	const reached = bed.reached();
	return reached.filter((contact, index) => reached.indexOf(contact) !== index);
}

describe('a text that changes from run to run', () => {
	describe.each(changing)('%s', (message) => {
		it.each([403, 409, 400])('is sent once when item 4 fails once (%i)', async (status) => {
			const bed = await openBed({ faults: [{ kind: 'status', status, contactId: 'c4' }] });
			const parameters = { message, delivery: atMostOnce };
			const result = await bed.run(customers(...five), parameters, { ...retryOnFail });
			expect(result.error).toBeUndefined();
			expect(bed.reached()).toEqual(five);
		});

		it('is sent once by Retry Execution', async () => {
			const bed = await openBed({ faults: [{ kind: 'status', status: 403, contactId: 'c4' }] });
			const failed = await bed.run(customers(...five), { message, delivery: atMostOnce });
			expect(failed.status).toBe('error');
			expect((await bed.engine.retry(failed)).status).toBe('success');
			expect(bed.reached()).toEqual(five);
		});
	});

	it('and cannot be used by Retry Execution is not called undelivered', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 403, contactId: 'c4' }] });
		const failed = await bed.run(customers(...five), { delivery: atMostOnce });
		const workflow = sendWorkflow({ message: '={{ "" }}' }, { onError: 'continueErrorOutput' });
		const result = await bed.engine.retry(failed, { workflow });
		const unknown = having({ reason: 'invalidInput', delivered: 'unknown' });
		expect(detailsOf(result, 1)).toEqual(five.map(() => unknown));
		expect(bed.reached()).toContain('c1');
	});

	it.each<Fault>([
		{ kind: 'reset', accept: true },
		{ kind: 'status', status: 500, acceptFirst: true },
		{ kind: 'status', status: 502, acceptFirst: true, body: 'html' },
		{ kind: 'invalidJson' },
		{ kind: 'truncatedBody' },
	])('is not sent again when it may have been accepted: %j', async (fault) => {
		const bed = await openBed({ faults: [{ ...fault, contactId: 'c2' }] });
		const parameters = { message: changing[0], delivery: atMostOnce };
		await bed.run(customers(...five), parameters, { ...retryOnFail });
		expect(doubled(bed)).toEqual([]);
		expect(bed.simulator.journal.byContact().get('c2')).toHaveLength(1);
	});

	it('goes out by another channel in the same way', async () => {
		const to = phoneNumbers(5);
		const bed = await openBed({ faults: [{ kind: 'status', status: 403, contactId: to[3]! }] });
		const parameters = messageBy('sms', { message: changing[1], delivery: atMostOnce });
		const input = to.map((number) => ({ json: { to: number } }));
		const result = await bed.run(input, parameters, { ...retryOnFail });
		expect(result.error).toBeUndefined();
		expect(bed.reached()).toEqual(to);
	});
});

describe('a re-run', () => {
	it('sends two messages to one customer, each of them once', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 403, contactId: 'c3' }] });
		const input = customers('c1', 'c1', 'c3');
		const result = await bed.run(input, { delivery: atMostOnce }, { ...retryOnFail });
		expect(result.error).toBeUndefined();
		expect(bed.reached()).toEqual(['c1', 'c1', 'c3']);
	});

	it('keeps what is known of a message in doubt: code, correlation ID and attempts', async () => {
		const broken = { kind: 'status', status: 503, acceptFirst: true, contactId: 'c1' } as const;
		const bed = await openBed({ faults: [broken] });
		const settings = { ...retryOnFail, onError: 'continueErrorOutput' } as const;
		const result = await bed.run(customers('c1'), { delivery: atMostOnce }, settings);
		const [details] = detailsOf(result, 1) as Record<string, unknown>[];
		expect(details).toMatchObject({
			reason: 'serverError',
			httpCode: '503',
			code: 'service.unavailable',
			correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
			attempts: 1,
			delivered: 'unknown',
		});
		expect(bed.sendCalls).toBe(1);
	});

	it('after the credential was mended sends to all in the right organization', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 403, contactId: 'c2' }] });
		const failed = await bed.run(customers('c1', 'c2'), { delivery: { concurrency: 1 } });
		const real = await startSecurely({ unknownContacts: 'accept', clients: [bed.client] });
		try {
			const engine = await engineWith(credentialOf(real.url, bed.client));
			const mended = await engine.retry(failed);
			expect(jsonOf(mended)).toEqual([having({ attempts: 1 }), having({ attempts: 1 })]);
			expect(real.journal.all().map(({ contactId }) => contactId)).toEqual(['c1', 'c2']);
		} finally {
			await real.stop();
		}
	});

	it.each([
		['recipient', { contactId: '={{ "new-" + $json.contactId }}' }, ['c1', 'new-c1', 'new-c2']],
		['text', { message: 'Another text' }, ['c1', 'c2']],
		['sender', { senderType: 'agent' }, ['c1', 'c2']],
	])('after a change of the %s reaches %j', async (_what, change, reached) => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 409, contactId: 'c2' }] });
		const failed = await bed.run(customers('c1', 'c2'), { delivery: { concurrency: 1 } });
		const result = await bed.engine.retry(failed, { workflow: sendWorkflow(change) });
		expect(result.status).toBe('success');
		expect(contactsOf(result)).toHaveLength(2);
		expect(bed.reached()).toEqual(reached);
	});

	it('in another order sends nobody the message of somebody else', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 409, contactId: 'c3' }] });
		const message = '=For {{ $json.contactId }}';
		const failed = await bed.run(customers('c1', 'c2', 'c3'), {
			message,
			delivery: { concurrency: 1 },
		});
		await bed.engine.retry(failed, { workflow: sendWorkflow({ message }) });
		const wrong = bed.simulator.journal
			.all()
			.filter(({ contactId, message: text }) => text !== `For ${contactId}`);
		expect(wrong).toEqual([]);
		expect(bed.reached()).toEqual(['c1', 'c2', 'c3']);
	});
});
