import { InputError } from '../../../nodes/GenesysCloud/failures/failure';

/** The InputError that `act` throws. */
export function inputErrorOf(act: () => unknown): InputError {
	try {
		act();
	} catch (error) {
		if (error instanceof InputError) return error;
		throw error;
	}
	throw new Error('nothing was thrown');
}
