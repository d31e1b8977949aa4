import { InputError } from '../failures/failure';

/** What people put between the digits of a phone number; leaving it out changes nothing. */
const SEPARATORS = /[\s().\p{Pd}\u2212]/gu;
/** What links and tables put before a number: `tel:`, and the apostrophe that marks a text. */
const BEFORE_NUMBER = /^\s*(?:tel:|')/i;
/** What separates the entries of a list, at the end of one. */
const AFTER_NUMBER = /[;,]\s*$/;
/** The same signs in the width of East Asian letters. */
const FULL_WIDTH = /[\uff08-\uff19]/g;
const FULL_WIDTH_OFFSET = 0xfee0;
/** A number as tables export it that know no whole numbers. */
const WHOLE_NUMBER = /^(\s*\+?\d+)\.0+\s*$/;
/** A fraction, or what may be one: nobody knows whether the digits after the dot belong to the number. */
const ENDS_LIKE_FRACTION = /^[^.]*\d\.0{1,2}\s*$|^\s*\+?\d{8,}\.\d+\s*$/;
/** The trunk zero that is dialled inside the country only: `+49 (0)170 …`. */
const TRUNK_ZERO = /\(\s*0\s*\)/;
const E164 = /^\+[1-9]\d{6,14}$/;
/** The country codes of ITU-T E.164 by their length. */
const COUNTRY_CODE =
	'(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(?:2[1-69]|3[578]|42|5[09]|6[789]|8[0578]|9[679])\\d)';
/** Italy and a few others keep the zero: there nobody knows what `(0)` means. */
const KEEPS_ZERO = '(?:39|378|379|225|226|229|241|242)';
const CODE_BEFORE_ZERO = new RegExp(`^(?:\\+|00)?(?!${KEEPS_ZERO})${COUNTRY_CODE}$`);
const ZERO_AFTER_CODE = new RegExp(`^\\+?(?!${KEEPS_ZERO})${COUNTRY_CODE}0`);
/** Where 8 is dialled inside the country: it makes the number one digit longer than any there is. */
const EIGHT_AFTER_CODE = /^\+?(?:78\d{10}|3708\d{8}|3758\d{9,10}|9938\d{8}|99[28]8\d{9})$/;
const TRUNK_PREFIXES = [
	['a zero', ZERO_AFTER_CODE],
	['an eight', EIGHT_AFTER_CODE],
] as const;

/**
 * Brings a phone number into E.164 form where that is safe.
 *
 * @param text what the user gave, such as `+1 (317) 555-5555`
 * @returns the number, such as `+13175555555`
 * @throws InputError when the country code is missing or it is not a phone number
 */
export function phoneNumber(displayName: string, text: string): string {
	const number = digitsOf(text);
	refuseTrunkPrefix(displayName, number);
	if (E164.test(number)) return number;
	throw new InputError(
		displayName,
		text.includes('/')
			? 'holds a slash, so that it may be two numbers'
			: 'is not a phone number in international format',
		'Start with + and the country code, for example +13175555555',
	);
}

/** Whether to leave the digit out is a guess that would reach somebody else. */
function refuseTrunkPrefix(displayName: string, number: string): void {
	for (const [digit, pattern] of TRUNK_PREFIXES) {
		if (!pattern.test(number)) continue;
		throw new InputError(
			displayName,
			`has ${digit} after the country code`,
			'Leave out the digit that is dialled inside the country only, for example +491701234567',
		);
	}
}

/** The number without separators and without a trunk zero; as it is where that would be a guess. */
function digitsOf(text: string): string {
	const number = withoutSurroundings(text).replace(WHOLE_NUMBER, '$1');
	if (ENDS_LIKE_FRACTION.test(number)) return text;
	const zero = TRUNK_ZERO.exec(number);
	if (zero === null) return number.replace(SEPARATORS, '');
	const code = number.slice(0, zero.index).replace(SEPARATORS, '');
	const rest = number.slice(zero.index + zero[0].length);
	if (!CODE_BEFORE_ZERO.test(code) || TRUNK_ZERO.test(rest)) return text;
	return code + rest.replace(SEPARATORS, '');
}

function withoutSurroundings(text: string): string {
	return text
		.replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH_OFFSET))
		.replace(BEFORE_NUMBER, '')
		.replace(AFTER_NUMBER, '');
}

/**
 * Brings a WhatsApp ID into the form that Genesys Cloud takes: digits only, with the country code.
 *
 * @param text what the user gave, such as `+1 317-555-5555`
 * @throws InputError when it is not a number with its country code
 */
export function whatsAppId(displayName: string, text: string): string {
	const digits = digitsOf(text).replace(/^\+/, '');
	refuseTrunkPrefix(displayName, digits);
	if (/^[1-9]\d{6,14}$/.test(digits)) return digits;
	throw new InputError(
		displayName,
		'is not a WhatsApp ID',
		'Use the digits of the phone number with its country code, for example 13175555555',
	);
}

/** Eleven characters of GSM 03.38's letters, digits and the signs that carriers take; at least one letter. */
const ALPHANUMERIC_SENDER = /^(?=.*[A-Za-z])[A-Za-z0-9 &+._-]{1,11}$/;
/** `1.31756E+10`: what spreadsheets make of a long number; its digits are gone. */
const ROUNDED_NUMBER = /^\d(?:[.,]\d+)?E\+?\d+$/i;

/**
 * Checks an SMS sender: a phone number in international format, a short code, or an alphanumeric sender
 * as Genesys Cloud's own list of numbers has them.
 *
 * @throws InputError when it is none of them
 */
export function smsSender(displayName: string, text: string): string {
	const number = digitsOf(text);
	if (number.startsWith('+')) refuseTrunkPrefix(displayName, number);
	if (E164.test(number) || /^\d{3,8}$/.test(number)) return number;
	const name = text.trim();
	if (ALPHANUMERIC_SENDER.test(name) && !ROUNDED_NUMBER.test(name)) return name;
	throw new InputError(
		displayName,
		'is not an SMS sender: neither a phone number in international format, nor a short code or sender name',
		"Choose one of your organization's senders from the list, or enter it as Genesys Cloud has it, for example +13175550100",
	);
}

/** Checks what sends on the channels that have no number of their own; other services take one for WhatsApp. */
export function senderId(displayName: string, text: string): string {
	return idNotNumber(
		displayName,
		text,
		'Choose it from the list, or enter the ID that Genesys Cloud shows for it',
	);
}

/**
 * Checks an ID of whatever form.
 *
 * @throws InputError with this remedy when it is plainly a phone number
 */
export function idNotNumber(displayName: string, text: string, remedy: string): string {
	if (!/^\s*\+\d/.test(digitsOf(text))) return text.trim();
	throw new InputError(displayName, 'is a phone number where an ID is meant', remedy);
}

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** An address in one spelling: in UUIDs and e-mail addresses, capital letters mean nothing. */
export function oneSpelling(address: string): string {
	return UUID.test(address) || address.includes('@') ? address.toLowerCase() : address;
}

/** An address with a name before it; no longer text is looked at more closely. */
const MAX_WRAPPED_LENGTH = 1000;

/** What mail programs put around an address: `Ada Lovelace <ada@example.com>`, `mailto:`, a `;` at its end. */
function withoutWrapping(text: string): string {
	const inBrackets = /^[^<>@]*<([^<>]*)>[\s;,]*$/.exec(text)?.[1] ?? text;
	const [address = '', ...others] = inBrackets.split(/[\s;,]/).filter(Boolean);
	if (others.length > 0) return inBrackets;
	return address.replace(/^mailto:/i, '').replace(/^(["'])(.*)\1$/, '$2');
}

/**
 * Checks an e-mail address, as far as that can be done without sending to it.
 *
 * @throws InputError when it has no name, no @ or no domain, or signs that no address has
 */
export function emailAddress(displayName: string, text: string): string {
	const address = text.length > MAX_WRAPPED_LENGTH ? text : withoutWrapping(text);
	if (/^[^\s@<>"();,:[\]]{1,64}@[^\s@.<>"'();,:[\]]+(?:\.[^\s@.<>"'();,:[\]]+)+$/.test(address)) {
		return address;
	}
	throw new InputError(
		displayName,
		'is not an e-mail address',
		'Use an address such as ada@example.com',
	);
}
