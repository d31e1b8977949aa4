/** What a process of the benchmark answers: one function for each name. */
type Handlers = Record<string, (argument: never) => unknown>;

interface Call {
	readonly name: string;
	readonly argument: never;
}

/**
 * Answers the calls of the parent process, one at a time, until the parent is gone.
 *
 * @param handlers what can be called
 */
export function serve(handlers: Handlers): void {
	const answer = async ({ name, argument }: Call) => {
		try {
			process.send?.({ result: await handlers[name]?.(argument) });
		} catch (error) {
			process.send?.({ error: error instanceof Error ? error.message : String(error) });
		}
	};
	process.on('message', (call: Call) => void answer(call));
	process.once('disconnect', () => process.exit());
	process.send?.({ result: 'ready' });
}
