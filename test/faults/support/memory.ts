import { memoryUsage } from 'node:process';

const SAMPLE_MS = 5;
const BYTES_PER_MEGABYTE = 1024 * 1024;

/**
 * Watches the memory of this process.
 *
 * @returns ends the watch and tells by how much the resident set grew at most, in MB
 */
export function watchMemory(): () => number {
	const before = memoryUsage.rss();
	let most = before;
	const timer = setInterval(() => (most = Math.max(most, memoryUsage.rss())), SAMPLE_MS);
	return () => {
		clearInterval(timer);
		return Math.round((most - before) / BYTES_PER_MEGABYTE);
	};
}
