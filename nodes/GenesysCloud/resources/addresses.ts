import { InputError } from '../failures/inputError';

/** What people put between the digits of a phone number; leaving it out changes nothing. */
const SEPARATORS = /[\s().\-/\u2010-\u2015\u00a0]/g;
const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * Brings a phone number into E.164 form where that is safe.
 *
 * @param displayName the parameter's display name
 * @param text what the user gave, such as `+1 (317) 555-5555`
 * @returns the number, such as `+13175555555`
 * @throws InputError when the country code is missing or it is not a phone number
 */
export function phoneNumber(displayName: string, text: string): string {
	const number = text.replace(SEPARATORS, '');
	if (E164.test(number)) return number;
	throw new InputError(
		displayName,
		'is not a phone number in international format',
		'Start with + and the country code, for example +13175555555',
	);
}

/**
 * Brings a WhatsApp ID into the form that Genesys Cloud takes: digits only, with the country code.
 *
 * @param displayName the parameter's display name
 * @param text what the user gave, such as `+1 317-555-5555`
 * @returns the digits
 * @throws InputError when it is not a number with its country code
 */
export function whatsAppId(displayName: string, text: string): string {
	const digits = text.replace(SEPARATORS, '').replace(/^\+/, '');
	if (/^[1-9]\d{6,14}$/.test(digits)) return digits;
	throw new InputError(
		displayName,
		'is not a WhatsApp ID',
		'Use the digits of the phone number with its country code, for example 13175555555',
	);
}

/**
 * Checks an SMS sender: a phone number in international format or a short code.
 *
 * @param displayName the parameter's display name
 * @param text what the user gave
 * @returns the number
 * @throws InputError when it is neither
 */
export function smsSender(displayName: string, text: string): string {
	const number = text.replace(SEPARATORS, '');
	return /^\d{3,8}$/.test(number) ? number : phoneNumber(displayName, text);
}

/**
 * Checks an e-mail address, as far as that can be done without sending to it.
 *
 * @param displayName the parameter's display name
 * @param text what the user gave
 * @returns the address
 * @throws InputError when it has no name, no @ or no domain
 */
export function emailAddress(displayName: string, text: string): string {
	const address = text.trim();
	if (/^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/.test(address)) return address;
	throw new InputError(
		displayName,
		'is not an e-mail address',
		'Use an address such as ada@example.com',
	);
}

/**
 * Checks an ID before it becomes part of a URL.
 *
 * @param displayName the parameter's display name
 * @param text what the user gave
 * @returns the ID
 * @throws InputError when it holds anything but letters, digits, dashes and underscores
 */
export function idInPath(displayName: string, text: string): string {
	const id = text.trim();
	if (/^[A-Za-z0-9_-]{1,128}$/.test(id)) return id;
	throw new InputError(
		displayName,
		'is not an ID',
		'Use the ID as Genesys Cloud gives it, for example 3fa85f64-5717-4562-b3fc-2c963f66afa6',
	);
}
