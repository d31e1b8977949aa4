import { tokenAnswer } from '../support/http';
import { poolWith, tell } from '../support/pool';

describe('a token that is renewed before its time', () => {
	it('comes once however many ask for it', async () => {
		const { renew, lane, clock, tokenCalls } = poolWith({
			token: [tokenAnswer('a', 600), tokenAnswer('b')],
		});
		await lane();
		const until = clock.now() + 3_600_000;
		await Promise.all([renew(until), renew(until), renew(until)]);
		expect(tokenCalls).toHaveLength(2);
		expect((await lane()).token.value).toBe('b');
	});

	it('leaves the one before known, which the token endpoint may hand out again', async () => {
		const { renew, lane, clock } = poolWith({
			token: [tokenAnswer('a', 600), tokenAnswer('b', 600), tokenAnswer('a', 600)],
		});
		const first = await lane();
		tell(first, clock.now(), [10, 7, 60]);
		await renew(clock.now() + 3_600_000);
		expect((await lane()).window).not.toBe(first.window);
		await renew(clock.now() + 3_600_000);
		expect((await lane()).window).toBe(first.window);
	});

	it.each([
		[590_000, 'a'],
		[590_001, 'b'],
	])('is the same where it lasts for long enough: %i ms, %s', async (ms, expected) => {
		const { renew, lane, clock } = poolWith({ token: [tokenAnswer('a', 600), tokenAnswer('b')] });
		await lane();
		expect(await renew(clock.now() + ms)).toBeUndefined();
		expect((await lane()).token.value).toBe(expected);
	});

	it('is not asked for where there is none', async () => {
		const { renew, tokenCalls } = poolWith();
		expect(await renew(Infinity)).toBeUndefined();
		expect(tokenCalls).toEqual([]);
	});
});
