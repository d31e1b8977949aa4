import { addWorker } from './cluster';
import type { Worker } from './worker';

/** Two starting workers need all of a small machine. */
const START_TIMEOUT_MS = 240_000;

/**
 * Starts workers before the tests of a file and stops them after.
 *
 * @param count how many
 * @returns the workers, once the tests run; whatever a test adds is stopped, too
 */
export function useWorkers(count: number): Worker[] {
	const workers: Worker[] = [];
	beforeAll(async () => {
		workers.push(
			...(await Promise.all(Array.from({ length: count }, async () => await addWorker()))),
		);
	}, START_TIMEOUT_MS);
	afterAll(async () => {
		await Promise.all(workers.map(async (worker) => await worker.stop()));
	});
	return workers;
}
