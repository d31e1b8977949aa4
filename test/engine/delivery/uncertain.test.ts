import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../dev/simulator';
import { beds, type Bed } from '../support/bed';
import { contactsOf, detailsOf, having, jsonOf } from '../support/outcomes';
import { contactIds, customers, type NodeSettings } from '../support/workflows';

jest.setTimeout(20_000);

const openBed = beds();
const ids = contactIds(100);
const sorted = [...ids].sort();
const roomy = { simulator: { rateLimit: { allowed: 10_000, windowMs: 60_000 } } };

/** What strikes after the server accepted the message. */
const afterAcceptance: [string, Fault[]][] = [
	['a reset', [{ kind: 'reset', accept: true, probability: 0.3 }]],
	['a 500', [{ kind: 'status', status: 500, acceptFirst: true, probability: 0.3 }]],
	[
		'a 504 of a gateway',
		[{ kind: 'status', status: 504, body: 'html', acceptFirst: true, first: 30 }],
	],
	['a time-out', [{ kind: 'hang', accept: true, first: 20 }]],
	['an answer that breaks off', [{ kind: 'truncatedBody', first: 30 }]],
	[
		'all of them in turn',
		[
			{ kind: 'reset', accept: true, nth: 5, times: 10 },
			{ kind: 'status', status: 502, acceptFirst: true, nth: 30, times: 10 },
			{ kind: 'hang', accept: true, nth: 60, times: 10 },
		],
	],
];

const continued: NodeSettings = { onError: 'continueErrorOutput' };
const retryOnFail: NodeSettings = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 };

/** Sends 100 messages through the faults. */
async function sendThrough(faults: Fault[], delivery: IDataObject, settings: NodeSettings) {
	const bed = await openBed({ ...roomy, faults });
	// A busy machine must not look like a server that hangs.
	const timeoutSeconds = faults.some(({ kind }) => kind === 'hang') ? 1 : 10;
	const options = { timeoutSeconds, maxAttempts: 10, ...delivery };
	const result = await bed.run(customers(...ids), { delivery: options }, settings);
	return { bed, result };
}

/** The contacts that got more than one message. */
function doubled({ simulator: { journal } }: Bed): string[] {
	return [...journal.byContact()].flatMap(([id, entries]) => (entries.length > 1 ? [id] : []));
}

describe.each(afterAcceptance)('after acceptance, %s', (_name, faults) => {
	it('loses no message with "retry"', async () => {
		const { bed, result } = await sendThrough(faults, {}, continued);
		expect([...new Set(bed.reached())]).toEqual(sorted);
		expect(doubled(bed).length).toBeGreaterThan(0);
		expect(contactsOf(result)).toEqual(ids);
		expect(jsonOf(result, 1)).toEqual([]);
	});

	it('loses no message with "retry" by Retry On Fail and Retry Execution', async () => {
		const { bed, result } = await sendThrough(faults, { maxAttempts: 1 }, retryOnFail);
		let last = result;
		for (let retries = 0; last.status !== 'success' && retries < 30; retries++) {
			last = await bed.engine.retry(last);
		}
		expect(last.status).toBe('success');
		expect(contactsOf(last)).toEqual(ids);
		expect([...new Set(bed.reached())]).toEqual(sorted);
	});

	it.each<[string, NodeSettings]>([
		['the node alone', continued],
		['Retry On Fail', { ...continued, ...retryOnFail }],
	])('doubles no message with "fail": %s', async (_mode, settings) => {
		const { bed, result } = await sendThrough(faults, { uncertain: 'fail' }, settings);
		expect(bed.reached()).toEqual(sorted);
		expect(bed.sendCalls).toBe(100);
		const uncertain = contactsOf(result, 1);
		expect(uncertain.length).toBeGreaterThan(9);
		expect([...contactsOf(result), ...uncertain].sort()).toEqual(sorted);
		const unknown = having({ delivered: 'unknown' });
		expect(detailsOf(result, 1)).toEqual(uncertain.map(() => unknown));
	});

	it('doubles no message with "fail" when the workflow stops and is retried', async () => {
		const settings = { ...retryOnFail, maxTries: 3 };
		const { bed, result } = await sendThrough(faults, { uncertain: 'fail' }, settings);
		expect(result.status).toBe('error');
		const again = await bed.engine.retry(result);
		expect(again.status).toBe('error');
		expect(doubled(bed)).toEqual([]);
	});
});

describe('faults that strike before and after acceptance', () => {
	const faults: Fault[] = [
		{ kind: 'reset', accept: true, probability: 0.15 },
		{ kind: 'reset', accept: false, probability: 0.15 },
		{ kind: 'status', status: 500, probability: 0.1 },
	];

	it('lose no message with "retry"', async () => {
		const { bed } = await sendThrough(faults, { maxAttempts: 20 }, {});
		expect([...new Set(bed.reached())]).toEqual(sorted);
	});

	it('double none with "fail", and each that may be lost is told', async () => {
		const { bed, result } = await sendThrough(faults, { uncertain: 'fail' }, continued);
		expect(doubled(bed)).toEqual([]);
		const reached = new Set(bed.reached());
		const missing = ids.filter((id) => !reached.has(id));
		expect(missing.length).toBeGreaterThan(5);
		const told = new Set(contactsOf(result, 1));
		expect(missing.filter((id) => !told.has(id))).toEqual([]);
		const sent = contactsOf(result).map(String);
		expect(sent.filter((id) => !reached.has(id))).toEqual([]);
	});
});
