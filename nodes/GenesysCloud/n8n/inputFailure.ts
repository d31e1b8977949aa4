import type { ApiFailure } from '../failures/failure';
import { InputError } from '../failures/inputError';

/**
 * Turns what was thrown while a parameter or the credential was read into a failure.
 *
 * @param error an InputError, or what n8n threw for an expression or a missing credential
 * @returns the failure; no call was made
 */
export function inputFailure(error: unknown): ApiFailure {
	return {
		reason: 'invalidInput',
		delivered: 'no',
		transient: false,
		input:
			error instanceof InputError
				? { message: error.message, remedy: error.remedy }
				: {
						message: error instanceof Error ? error.message : 'A value cannot be read',
						remedy: 'Check the expressions of this node and its credential',
					},
	};
}

/**
 * The failure of a message whose Send Once Key could not be looked up.
 *
 * @param error what n8n's store threw
 * @returns the failure; no call was made
 */
export function keyNotChecked(error: unknown): ApiFailure {
	const said = error instanceof Error ? `: ${error.message}` : '';
	const message = `'Send Once Key' could not be looked up in n8n's deduplication store${said}`;
	const remedy = 'Check the database of this n8n, then run the item again; it was not sent';
	return inputFailure(Object.assign(new InputError('', '', remedy), { message }));
}
