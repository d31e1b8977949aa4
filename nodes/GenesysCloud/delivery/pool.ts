/**
 * Runs `worker` for every index from 0 to below `count`, at most `concurrency` at a time, each next
 * index as soon as a worker is free. What is in flight is always awaited.
 *
 * @param count how many indexes there are
 * @param concurrency how many may run at once
 * @param halted asked before each start; once it is true nothing new is started
 * @param worker handles one index; if it rejects, nothing new is started either
 * @throws the first rejection of a worker, after those in flight have ended
 */
export async function runPool(
	count: number,
	concurrency: number,
	halted: () => boolean,
	worker: (index: number) => Promise<void>,
): Promise<void> {
	let next = 0;
	let broken = false;
	const drain = async () => {
		let clean = false;
		try {
			while (next < count && !broken && !halted()) await worker(next++);
			clean = true;
		} finally {
			broken ||= !clean;
		}
	};
	const ended = await Promise.allSettled(
		Array.from({ length: Math.min(concurrency, count) }, drain),
	);
	for (const lane of ended) if (lane.status === 'rejected') throw lane.reason;
}
