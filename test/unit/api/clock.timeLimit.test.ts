import { once } from 'node:events';

import { withTimeLimit } from '../../../nodes/GenesysCloud/api/clock';

/** A call that ends when it is aborted, with the reason. */
async function hanging(signal: AbortSignal): Promise<Error> {
	await once(signal, 'abort');
	return signal.reason as Error;
}

async function timed(work: Promise<unknown>): Promise<number> {
	const startedAt = performance.now();
	await work;
	return performance.now() - startedAt;
}

describe('withTimeLimit', () => {
	it('gives what the call comes to', async () => {
		expect(await withTimeLimit(1_000, async () => await Promise.resolve(7))).toBe(7);
		const broken = withTimeLimit(1_000, async () => await Promise.reject(new Error('reset')));
		await expect(broken).rejects.toThrow('reset');
	});

	it('ends a call that takes too long with a TimeoutError, and not before', async () => {
		const call = withTimeLimit(120, hanging);
		expect(await timed(call)).toBeGreaterThanOrEqual(119);
		expect((await call).name).toBe('TimeoutError');
	});

	it('leaves a call alone whose answer has come', async () => {
		let signal: AbortSignal | undefined;
		await withTimeLimit(20, async (own) => await Promise.resolve((signal = own)));
		await withTimeLimit(100, hanging);
		expect(signal?.aborted).toBe(false);
	});

	it('gives each call its own time, also when none was open for a while', async () => {
		const ended: string[] = [];
		const call = async (name: string, ms: number) => {
			await withTimeLimit(ms, hanging);
			ended.push(name);
		};
		await Promise.all([call('long', 300), call('short', 20), call('middle', 150)]);
		expect(ended).toEqual(['short', 'middle', 'long']);
		await new Promise((resolve) => setTimeout(resolve, 100));
		await call('later', 20);
		expect(ended).toHaveLength(4);
	});
});
