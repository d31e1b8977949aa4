const POLL_MS = 50;
const DEFAULT_TIMEOUT_MS = 45_000;

/**
 * Waits until something is there.
 *
 * @param what it, for the error text
 * @param look looks for it; `undefined` and `false` mean: not yet
 * @param timeoutMs how long to wait
 * @returns what was found
 * @throws Error when the time is up
 */
export async function until<T>(
	what: string,
	look: () => Promise<T | undefined | false> | T | undefined | false,
	timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const found = await look();
		if (found !== undefined && found !== false) return found;
		if (Date.now() >= deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
		await pause(POLL_MS);
	}
}

/**
 * Waits. For things that must NOT happen, where there is no condition to wait for.
 *
 * @param ms how long
 */
export async function pause(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}
