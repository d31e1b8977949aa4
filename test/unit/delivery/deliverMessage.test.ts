import { deliverMessage } from '../../../nodes/GenesysCloud/delivery/deliverMessage';
import { Ledger, type LedgerStore } from '../../../nodes/GenesysCloud/delivery/ledger';
import { SentKeys, type KeyState } from '../../../nodes/GenesysCloud/delivery/sentKeys';
import type { Message } from '../../../nodes/GenesysCloud/delivery/types';
import { failed } from '../../../nodes/GenesysCloud/failures/failure';
import { FakeClock } from '../support/clock';
import { AMBIGUOUS, FINAL, messageOf, RETRY, sent, stopped, type Plan } from '../support/delivery';
import { MemoryStore } from '../support/memoryStore';

/** Delivers the message of the key `a` with what both memories have left of it. */
async function delivered(
	plan: Plan,
	left: { readonly ledger?: string; readonly key?: KeyState },
	uncertain: 'retry' | 'fail' = 'retry',
	overrides: Partial<Message> = {},
) {
	const store: LedgerStore = left.ledger === undefined ? {} : { 'm-0': left.ledger };
	const keys = new MemoryStore(left.key === undefined ? {} : { a: left.key });
	const clock = new FakeClock();
	const message = messageOf(plan, { keys: ['a'], ...overrides });
	const attempt = jest.spyOn(message, 'attempt');
	const memories = [new Ledger(store), new SentKeys(keys, clock, () => undefined)];
	const retry = { ...RETRY, uncertain, maxAttempts: plan.length };
	const outcome = await deliverMessage({ memories, retry, clock }, message);
	return { outcome, calls: attempt.mock.calls.length, ledger: store['m-0'], key: keys.all.a };
}

const DOUBT = '?timeout 504 gateway.timeout c-1 2';

describe('deliverMessage', () => {
	it('sends what nobody has sent, and tells both memories', async () => {
		expect(await delivered([sent()], {})).toEqual({
			outcome: { status: 'sent', output: { id: 'id-1' }, attempts: 1 },
			calls: 1,
			ledger: 'id-1',
			key: 'sent',
		});
	});

	it.each([
		[
			'the ledger, with its receipt',
			true,
			{ ledger: 'm-9 c-9' },
			{ id: 'm-9', conversationId: 'c-9' },
		],
		['a key', false, { key: 'sent' }, {}],
	] as const)(
		'leaves what is known as sent by %s',
		async (_memory, inThisExecution, left, receipt) => {
			const { outcome, calls, ledger, key } = await delivered([sent()], left, 'retry', {
				known: { contactId: 'x', status: 'sent' },
			});
			expect(calls).toBe(0);
			const output = { ...receipt, contactId: 'x', status: 'sent', alreadySent: true };
			expect(outcome).toEqual({ status: 'alreadySent', output, inThisExecution });
			expect({ ledger, key }).toEqual({ ledger: undefined, key: undefined, ...left });
		},
	);

	it.each([
		[
			'the ledger',
			{ ledger: DOUBT },
			{ reason: 'timeout', httpCode: '504', correlationId: 'c-1' },
			2,
		],
		['a key', { key: 'inDoubt' }, { reason: 'network' }, 0],
	] as const)('at most once: leaves what %s has in doubt', async (_memory, left, failure, made) => {
		const { outcome, calls, ledger, key } = await delivered([sent()], left, 'fail');
		expect(calls).toBe(0);
		expect(outcome).toMatchObject({
			status: 'failed',
			failure: { ...failure, earlier: true, delivered: 'unknown' },
			attempts: made,
		});
		// A doubt in one memory is one in the other.
		expect([ledger, key]).toEqual([expect.stringMatching(/^\?/), 'inDoubt']);
	});

	it.each([[{ ledger: DOUBT }], [{ key: 'inDoubt' }]] as const)(
		'at least once: sends what is in doubt again: %j',
		async (left) => {
			const { outcome, ledger, key } = await delivered([sent()], left);
			expect(outcome).toMatchObject({ status: 'sent' });
			expect([ledger, key]).toEqual(['id-1', 'sent']);
		},
	);

	it.each([
		['certainly refused', failed(FINAL), undefined, undefined],
		['perhaps accepted', failed(AMBIGUOUS), '?serverError    1', 'inDoubt'],
		['stopped before its call', stopped, undefined, undefined],
	])('keeps what is right of a message that is %s', async (_what, end, ledger, key) => {
		for (const uncertain of ['retry', 'fail'] as const) {
			expect(await delivered([end], {}, uncertain)).toMatchObject({ calls: 1, ledger, key });
		}
	});

	it('keeps the first failure that left it open, not the refusal after it', async () => {
		const first = failed({ ...AMBIGUOUS, httpCode: '503', correlationId: 'c-1' });
		const last = failed({ ...FINAL, reason: 'sessionExpired', correlationId: 'c-2' } as const);
		const { ledger, key } = await delivered([first, last], {});
		expect([ledger, key]).toEqual(['?serverError 503  c-1 2', 'inDoubt']);
	});

	it('keeps the doubt of a killed host when the message is refused now', async () => {
		const { ledger } = await delivered([failed(FINAL)], { ledger: '?' });
		expect(String(ledger).trim()).toBe('?');
	});

	const stillUnknown = { status: 'failed', failure: { delivered: 'unknown' } };

	it.each([
		['refused', failed(FINAL), stillUnknown],
		['in doubt again', failed(AMBIGUOUS), stillUnknown],
		['stopped before its call', stopped, undefined],
	])('keeps the first doubt of a message that is %s now', async (_what, end, expected) => {
		const { outcome, ledger, key } = await delivered([end], { ledger: DOUBT, key: 'inDoubt' });
		expect([ledger, key]).toEqual([DOUBT, 'inDoubt']);
		expect([outcome]).toMatchObject([expected]);
	});

	it('makes no call, and claims nothing, when a memory cannot be asked', async () => {
		const store: LedgerStore = {};
		const clock = new FakeClock();
		const keys = new MemoryStore();
		keys.isBroken = true;
		const message = messageOf([sent()], { keys: ['a'] });
		const attempt = jest.spyOn(message, 'attempt');
		const memories = [new Ledger(store), new SentKeys(keys, clock, () => undefined)];
		const outcome = await deliverMessage({ memories, retry: RETRY, clock }, message);
		expect(outcome).toMatchObject({
			status: 'failed',
			failure: { reason: 'keyStore', delivered: 'no' },
			attempts: 0,
		});
		expect(attempt).not.toHaveBeenCalled();
		expect(store).toEqual({});
	});

	it('holds the message in doubt while its call is in flight', async () => {
		const store: LedgerStore = {};
		const seen: unknown[] = [];
		const attempt: Message['attempt'] = async (aboutToCall) => {
			seen.push(store['m-0']);
			aboutToCall();
			seen.push(store['m-0']);
			return await Promise.resolve(sent());
		};
		const message = messageOf([sent()], { attempt });
		const delivery = { memories: [new Ledger(store)], retry: RETRY, clock: new FakeClock() };
		await deliverMessage(delivery, message);
		expect(seen).toEqual([undefined, '?']);
		expect(store).toEqual({ 'm-0': 'id-1' });
	});
});
