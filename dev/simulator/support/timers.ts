/** The longest wait of a Node timer, milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/** Timers that can be ended all at once, and that keep no process alive. */
export class Timers {
	readonly #running = new Set<NodeJS.Timeout>();

	/**
	 * Runs something once, later.
	 *
	 * @returns a function that prevents it
	 */
	after(ms: number, run: () => void): () => void {
		const timer = setTimeout(
			() => {
				this.#running.delete(timer);
				run();
			},
			Math.min(ms, LONGEST_MS),
		).unref();
		this.#running.add(timer);
		return () => {
			clearTimeout(timer);
			this.#running.delete(timer);
		};
	}

	/** Ends all timers. */
	clear(): void {
		for (const timer of this.#running) clearTimeout(timer);
		this.#running.clear();
	}
}
