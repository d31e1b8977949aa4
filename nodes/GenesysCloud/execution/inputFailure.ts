import type { ApiFailure } from '../api/failure';
import { InputError } from '../api/inputError';

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
