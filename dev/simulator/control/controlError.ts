/** A refusal of the control API. */
export class ControlError extends Error {
	/**
	 * @param statusCode HTTP status
	 * @param message one sentence
	 */
	constructor(
		readonly statusCode: number,
		message: string,
	) {
		super(message);
	}
}

/**
 * Runs something that checks its input, for the control API.
 *
 * @returns what it returns
 * @throws ControlError 400 with its sentence when it throws
 */
export function checked<Result>(run: () => Result): Result {
	try {
		return run();
	} catch (error) {
		throw new ControlError(400, (error as Error).message);
	}
}
