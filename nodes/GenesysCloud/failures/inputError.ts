/** A value given by the user that cannot be used; found before any call is made. */
export class InputError extends Error {
	/**
	 * @param field the display name of the field
	 * @param problem what is the matter with it, to be read after the field's name
	 * @param remedy what to do about it
	 */
	constructor(
		readonly field: string,
		problem: string,
		readonly remedy: string,
	) {
		super(`'${field}' ${problem}`);
		this.name = 'InputError';
	}
}
