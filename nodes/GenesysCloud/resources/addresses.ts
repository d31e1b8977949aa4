import { InputError } from '../failures/failure';

/** What people put between the digits of a phone number; leaving it out changes nothing. */
const SEPARATORS = /[\s().\-\u2010-\u2015\u00a0]/g;
/** The trunk zero that is dialled inside the country only: `+49 (0)170 …`. */
const TRUNK_ZERO = /\(\s*0\s*\)/;
/** Italy and a few others keep the zero: there nobody knows what `(0)` means. */
const KEEPS_ZERO = /^(?:\+|00)?(?:39|378|379|225|241|242)(?!\d)/;
const E164 = /^\+[1-9]\d{6,14}$/;
/** Countries in which a zero is dialled inside the country, and never from outside. */
const DIALS_ZERO = [
	'20|27|31|32|33|40|41|43|44|46|49|51|54|55|60|61|62|63|64|66|81|82|84|86|90|91|92|94|98',
	'212|213|233|234|254|353|355|358|359|380|381|385|386|387|421|880|886|961|962|964|966|971|972',
];
const ZERO_AFTER_CODE = new RegExp(`^\\+?(?:${DIALS_ZERO.join('|')})0`);

/**
 * Brings a phone number into E.164 form where that is safe.
 *
 * @param text what the user gave, such as `+1 (317) 555-5555`
 * @returns the number, such as `+13175555555`
 * @throws InputError when the country code is missing or it is not a phone number
 */
export function phoneNumber(displayName: string, text: string): string {
	const number = digitsOf(text);
	refuseZero(displayName, number);
	if (E164.test(number)) return number;
	throw new InputError(
		displayName,
		text.includes('/')
			? 'holds a slash, so that it may be two numbers'
			: 'is not a phone number in international format',
		'Start with + and the country code, for example +13175555555',
	);
}

/** Whether to leave the zero out is a guess that would reach somebody else. */
function refuseZero(displayName: string, number: string): void {
	if (!ZERO_AFTER_CODE.test(number)) return;
	throw new InputError(
		displayName,
		'has a zero after the country code',
		'Leave out the zero that is dialled inside the country only, for example +491701234567',
	);
}

/** The number without separators and without a trunk zero; as it is where that would be a guess. */
function digitsOf(text: string): string {
	if (TRUNK_ZERO.test(text) && KEEPS_ZERO.test(text.trim())) return text;
	return text.replace(TRUNK_ZERO, '').replace(SEPARATORS, '');
}

/**
 * Brings a WhatsApp ID into the form that Genesys Cloud takes: digits only, with the country code.
 *
 * @param text what the user gave, such as `+1 317-555-5555`
 * @throws InputError when it is not a number with its country code
 */
export function whatsAppId(displayName: string, text: string): string {
	const digits = digitsOf(text).replace(/^\+/, '');
	refuseZero(displayName, digits);
	if (/^[1-9]\d{6,14}$/.test(digits)) return digits;
	throw new InputError(
		displayName,
		'is not a WhatsApp ID',
		'Use the digits of the phone number with its country code, for example 13175555555',
	);
}

/** Eleven characters of GSM 03.38's letters, digits and the signs that carriers take; at least one letter. */
const ALPHANUMERIC_SENDER = /^(?=.*[A-Za-z])[A-Za-z0-9 &+._-]{1,11}$/;

/**
 * Checks an SMS sender: a phone number in international format, a short code, or an alphanumeric sender
 * as Genesys Cloud's own list of numbers has them.
 *
 * @throws InputError when it is none of them
 */
export function smsSender(displayName: string, text: string): string {
	const number = digitsOf(text);
	if (E164.test(number) || /^\d{3,8}$/.test(number)) return number;
	const name = text.trim();
	if (ALPHANUMERIC_SENDER.test(name)) return name;
	throw new InputError(
		displayName,
		'is not an SMS sender: neither a phone number in international format, nor a short code or sender name',
		"Choose one of your organization's senders from the list, or enter it as Genesys Cloud has it, for example +13175550100",
	);
}

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** An address in one spelling: in UUIDs and e-mail addresses, capital letters mean nothing. */
export function oneSpelling(address: string): string {
	return UUID.test(address) || address.includes('@') ? address.toLowerCase() : address;
}

/**
 * Checks an e-mail address, as far as that can be done without sending to it.
 *
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
