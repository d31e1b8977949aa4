import { TokenPool, type TokenRequest } from '../../../nodes/GenesysCloud/api/tokenPool';
import type { HttpFunction, HttpRequest } from '../../../nodes/GenesysCloud/api/http';
import { STOPPED } from '../../../nodes/GenesysCloud/failures/failure';
import { FakeClock } from '../support/clock';
import { CREDENTIALS } from '../support/credentials';
import { answered, tokenAnswer, type HttpResult } from '../support/http';

/** A pool whose logins come to an end when the test says so. */
function slowLogin() {
	const pool = new TokenPool(CREDENTIALS);
	const calls: HttpRequest[] = [];
	const ends: ((result: HttpResult) => void)[] = [];
	const http: HttpFunction = async (request) => {
		calls.push(request);
		return await new Promise((resolve) => ends.push(resolve));
	};
	/** An execution of its own, with its own clock and time limit. */
	const execution = (overrides: Partial<TokenRequest> = {}) => {
		const clock = new FakeClock();
		const request: TokenRequest = {
			...{ http, clock, maxTokens: 1, timeoutMs: 30_000, maxWaitMs: 180_000 },
			stalledMs: () => 0,
			...overrides,
		};
		return { clock, grant: pool.acquire(request) };
	};
	return { calls, execution, end: (result: HttpResult) => ends.shift()?.(result) };
}

describe('a login that executions share', () => {
	it('is waited for by each as long as its own time limit says', async () => {
		const { execution, end, calls } = slowLogin();
		const hasty = execution({ timeoutMs: 200 });
		const patient = execution({ timeoutMs: 60_000 });
		expect([hasty.clock.limits, patient.clock.limits]).toEqual([[200], [60_000]]);
		hasty.clock.cut();
		expect(await hasty.grant).toMatchObject({
			failure: {
				reason: 'timeout',
				delivered: 'no',
				transient: true,
				call: 'token',
				kind: 'timeout',
			},
		});
		end(tokenAnswer('shared'));
		expect(await patient.grant).toMatchObject({ value: { lane: { token: { value: 'shared' } } } });
		expect(calls).toHaveLength(1);
	});

	it.each([
		[200, 30_000],
		[60_000, 60_000],
	])('has a time limit of its own: started with %i ms, %i ms', (timeoutMs, expected) => {
		const { execution, calls } = slowLogin();
		execution({ timeoutMs });
		expect(calls[0]?.timeoutMs).toBe(expected);
	});

	it('ends for the execution that is stopped, and for no other', async () => {
		const { execution, end } = slowLogin();
		const stopped = execution();
		const other = execution();
		stopped.clock.isStopped = true;
		stopped.clock.cut();
		expect(await stopped.grant).toEqual({ ok: false, failure: STOPPED });
		end(tokenAnswer('shared'));
		expect((await other.grant).ok).toBe(true);
	});

	it('serves whoever comes after its time limit', async () => {
		const { execution, end, calls } = slowLogin();
		const hasty = execution({ timeoutMs: 200 });
		hasty.clock.cut();
		await hasty.grant;
		const again = execution({ timeoutMs: 200 });
		end(tokenAnswer('late'));
		expect((await again.grant).ok).toBe(true);
		expect(calls).toHaveLength(1);
	});

	it('tells all of them when it is refused', async () => {
		const { execution, end } = slowLogin();
		const [first, second] = [execution(), execution()];
		end(answered(401));
		for (const { grant } of [first, second]) {
			expect(await grant).toMatchObject({ failure: { reason: 'invalidCredentials' } });
		}
	});
});
