import { tokenPoolOf } from '../../../nodes/GenesysCloud/api/connect';
import { STOPPED } from '../../../nodes/GenesysCloud/failures/failure';
import { CREDENTIALS } from '../support/credentials';
import { answer, answered, tokenAnswer, windowHeaders } from '../support/http';
import { poolWith, tell } from '../support/pool';

const INVALID_CLIENT = answered(400, { error: 'invalid_client' });

describe('the token pool', () => {
	it('fetches a token once and keeps it', async () => {
		const { lane, tokenCalls } = poolWith();
		const first = await lane();
		expect(first.token.value).toBe('token-1');
		expect(await lane()).toBe(first);
		expect(tokenCalls).toHaveLength(1);
	});

	it('takes the documented limit for that of its first token', async () => {
		expect((await poolWith().lane()).window.limit).toBe(300);
	});

	it('fetches a token once however many calls wait for it', async () => {
		const { lane, tokenCalls } = poolWith();
		const lanes = await Promise.all(Array.from({ length: 50 }, async () => await lane()));
		expect(new Set(lanes.map(({ token }) => token.value))).toEqual(new Set(['token-1']));
		expect(tokenCalls).toHaveLength(1);
	});

	it('tells every waiting call of the same failure, with one call', async () => {
		const { acquire, tokenCalls } = poolWith({ token: [INVALID_CLIENT] });
		const grants = await Promise.all(Array.from({ length: 5 }, async () => await acquire()));
		expect(grants).toHaveLength(5);
		for (const grant of grants) {
			expect(grant).toMatchObject({ ok: false, failure: { reason: 'invalidCredentials' } });
		}
		expect(tokenCalls).toHaveLength(1);
	});

	it('tries again after a failure', async () => {
		const { acquire, lane } = poolWith({ token: [answered(500), tokenAnswer('later')] });
		expect(await acquire()).toMatchObject({ ok: false, failure: { delivered: 'no' } });
		expect((await lane()).token.value).toBe('later');
	});

	it('renews a token 10 seconds before it expires, in one call', async () => {
		const token = [tokenAnswer('old', 300), tokenAnswer('new', 300)];
		const { lane, clock, tokenCalls } = poolWith({ token });
		await lane();
		clock.time += 289_999;
		expect((await lane()).token.value).toBe('old');
		clock.time += 1;
		const lanes = await Promise.all([lane(), lane(), lane()]);
		expect(lanes.map((granted) => granted.token.value)).toEqual(['new', 'new', 'new']);
		expect(tokenCalls).toHaveLength(2);
	});

	it('fetches a new token after the old one was dropped', async () => {
		const token = [tokenAnswer('old'), tokenAnswer('new')];
		const { pool, lane, tokenCalls } = poolWith({ token });
		pool.drop(await lane());
		expect((await lane()).token.value).toBe('new');
		expect(tokenCalls).toHaveLength(2);
	});

	it('does not drop the renewal when several calls report the old token', async () => {
		const token = [tokenAnswer('old'), tokenAnswer('new'), tokenAnswer('newer')];
		const { pool, lane, tokenCalls } = poolWith({ token });
		const old = await lane();
		pool.drop(old);
		await lane();
		pool.drop(old);
		expect((await lane()).token.value).toBe('new');
		expect(tokenCalls).toHaveLength(2);
	});

	it('drops nothing that it never had', async () => {
		const { pool, lane } = poolWith();
		const other = await poolWith().lane();
		pool.drop({ ...other, slot: 7 });
		expect((await lane()).token.value).toBe('token-1');
	});

	it('grants nothing to an execution that was stopped', async () => {
		const { acquire, clock, tokenCalls } = poolWith();
		clock.isStopped = true;
		expect(await acquire()).toEqual({ ok: false, failure: STOPPED });
		expect(tokenCalls).toHaveLength(0);
	});

	it('grants nothing when the execution is stopped while it waits', async () => {
		const { acquire, lane, clock } = poolWith();
		tell(await lane(), clock.now(), [2, 2, 30]);
		clock.onWait = () => (clock.isStopped = true);
		expect(await acquire()).toEqual({ ok: false, failure: STOPPED });
		expect(clock.waitedMs).toEqual([30_005]);
	});
});

describe('the window of a token', () => {
	it('is waited out when it is used up', async () => {
		const { lane, clock, tokenCalls } = poolWith();
		tell(await lane(), clock.now(), [2, 2, 30]);
		await lane();
		expect(clock.waits).toEqual([{ ms: 30_005, reason: 'rateLimit' }]);
		expect(tokenCalls).toHaveLength(1);
	});

	it.each([
		[180, true],
		[181, false],
	])('is waited for up to the longest wait: %i s left, %s', async (seconds, granted) => {
		const { acquire, lane, clock } = poolWith();
		(await lane()).window.close(clock.now(), seconds * 1_000);
		expect((await acquire()).ok).toBe(granted);
		expect(clock.waitedMs).toEqual(granted ? [180_000] : []);
	});

	it('that asks for too long a wait says when to try again', async () => {
		const { acquire, lane, clock } = poolWith();
		(await lane()).window.close(clock.now(), 3_600_000);
		expect(await acquire()).toMatchObject({
			ok: false,
			failure: {
				reason: 'rateLimited',
				delivered: 'no',
				transient: false,
				notCalled: true,
				retryAfterMs: 3_600_000,
			},
		});
	});

	it('gives its last places to as many calls as there are, and no more', async () => {
		const { acquire, lane, clock } = poolWith();
		tell(await lane(), clock.now(), [10, 7, 30]);
		const grants = await Promise.all(Array.from({ length: 3 }, async () => await acquire()));
		expect(grants.every(({ ok }) => ok)).toBe(true);
		expect(clock.waits).toEqual([]);
		await acquire();
		expect(clock.waitedMs).toEqual([30_005]);
	});

	it('may be waited out over and over by a long queue', async () => {
		const { lane, clock } = poolWith();
		for (let turn = 0; turn < 20; turn++) tell(await lane(), clock.now(), [1, 1, 60]);
		expect(clock.waits).toHaveLength(19);
	});

	it('may be waited out over and over by one call, while others take its place', async () => {
		const { pool, acquire, lane, clock } = poolWith();
		tell(await lane(), clock.now(), [1, 1, 60]);
		const full = answer(200, '', windowHeaders(1, 1, 60));
		const queue = Array.from({ length: 8 }, async () => {
			const grant = await acquire();
			if (grant.ok) pool.end(grant.value, clock.now(), full);
			return grant.ok;
		});
		expect(await Promise.all(queue)).toEqual(Array.from({ length: 8 }, () => true));
	});
});

describe('a run that gets nowhere', () => {
	it.each([
		[180_000, true],
		[180_001, false],
	])('after %i ms waits for its window: %s', async (stalledMs, granted) => {
		const { acquire, lane, clock } = poolWith();
		tell(await lane(), clock.now(), [1, 1, 5]);
		const grant = await acquire({ stalledMs: () => stalledMs });
		expect(grant.ok).toBe(granted);
		expect(clock.waitedMs).toEqual(granted ? [5_005] : []);
	});

	it('is told when its window has room again', async () => {
		const { acquire, lane, clock } = poolWith();
		tell(await lane(), clock.now(), [1, 1, 5]);
		expect(await acquire({ stalledMs: () => 180_001 })).toMatchObject({
			failure: { reason: 'rateLimited', notCalled: true, retryAfterMs: 5_005 },
		});
	});

	it('is asked for how long before each wait, and before no call that may start', async () => {
		const { lane, clock } = poolWith();
		const stalledMs = jest.fn(() => 0);
		await lane({ stalledMs });
		expect(stalledMs).not.toHaveBeenCalled();
		tell(await lane(), clock.now(), [1, 1, 5]);
		await lane({ stalledMs });
		expect(stalledMs).toHaveBeenCalledTimes(1);
	});
});

describe('the pools of the process', () => {
	it('are one for each OAuth client', () => {
		expect(tokenPoolOf({ ...CREDENTIALS })).toBe(tokenPoolOf(CREDENTIALS));
	});

	it.each([
		['a wrong secret', { clientSecret: 'wrong' }],
		['another client', { clientId: 'other' }],
		['another region', { loginUrl: 'https://login.mypurecloud.ie' }],
		['another scope', { scope: '' }],
	])('are kept apart: %s gets no token of somebody else', (_name, change) => {
		expect(tokenPoolOf({ ...CREDENTIALS, ...change })).not.toBe(tokenPoolOf(CREDENTIALS));
	});

	it('make room for new ones: the one used longest ago goes', () => {
		const client = (name: string) => tokenPoolOf({ ...CREDENTIALS, clientId: name });
		const [old, used] = [client('old'), client('used')];
		for (let index = 0; index < 99; index++) {
			client(`filler-${index}`);
			client('used');
		}
		expect(client('used')).toBe(used);
		expect(client('old')).not.toBe(old);
	});
});
