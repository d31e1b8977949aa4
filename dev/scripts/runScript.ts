/**
 * Runs a script, which tells its exit code. What fails is told on the screen, and ends with 1.
 *
 * @param expected failures whose message says all; others are shown whole
 */
export function runScript(
	main: () => Promise<number>,
	expected: abstract new (...args: never[]) => Error = Error,
): void {
	main().then(
		(exitCode) => {
			process.exitCode = exitCode;
		},
		(error: unknown) => {
			console.error(error instanceof expected ? error.message : error);
			process.exitCode = 1;
		},
	);
}
