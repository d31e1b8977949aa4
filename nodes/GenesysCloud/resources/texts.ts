import { isBlank, withoutCopied } from '../api/unseen';
import { InputError } from '../failures/failure';

/** What a text field must be like. */
export interface TextRules {
	/** The parameter's display name, for the error text. */
	readonly displayName: string;
	readonly maxLength: number;
	/** What to do when the value is missing; without a full stop. */
	readonly remedy: string;
	/** What to do when it is too long. */
	readonly ifTooLong?: string;
}

/** What an address or an ID must be like; without a limit of its own it has the common one. */
export type AddressRules = Omit<TextRules, 'maxLength'> & Partial<Pick<TextRules, 'maxLength'>>;

/** No address or ID of Genesys Cloud is longer. */
const MAX_ADDRESS_LENGTH = 256;
const SHORTEN = 'Shorten it, or split it into several items';

/**
 * Checks a required text.
 *
 * @returns the text, with its blanks as they are; a number as its digits
 * @throws InputError when it is not text, blank, or too long
 */
export function requiredText(value: unknown, rules: TextRules): string {
	const { displayName, maxLength, remedy, ifTooLong = SHORTEN } = rules;
	if (value === undefined || value === null) throw new InputError(displayName, 'is empty', remedy);
	const text = typeof value === 'number' ? digits(value, displayName) : value;
	if (typeof text !== 'string') {
		throw new InputError(
			displayName,
			`is not text but ${kindOf(text)}`,
			`Use an expression that gives text. ${remedy}`,
		);
	}
	if (isBlank(text)) throw new InputError(displayName, 'is empty', remedy);
	refuseObject(text, displayName);
	if (text.length > maxLength) {
		throw new InputError(
			displayName,
			`is too long: ${text.length} characters, and at most ${maxLength} are allowed`,
			ifTooLong,
		);
	}
	return text;
}

/** What JavaScript makes of an object in a text; nobody means to write that. */
export function refuseObject(text: string, displayName: string): void {
	if (!text.includes('[object Object]')) return;
	throw new InputError(
		displayName,
		"holds '[object Object]', as an expression in it gives an object",
		'Use one field of the object in the expression',
	);
}

/** What JavaScript writes into a text for a value that is not there, as a part of its own. */
const NOTHING = /(?:^|[-_:|/\s])(undefined|null|NULL|NaN)(?=$|[-_:|/\s])/;

/** `4.9E+11`: what spreadsheets make of a long number; its last digits are gone, so that many customers share it. */
const ROUNDED = /(?:^|[-_:|/\s])\d(?:[.,]\d+)?E\+\d{2}(?=$|[-_:|/\s])/i;

/** An address or ID from wherever it stands: see `ItemReader.address`. One without a part is somebody else's, or everybody's. */
export function address(value: unknown, rules: AddressRules): string {
	const given = typeof value === 'string' ? withoutCopied(value) : value;
	const ofAddresses = { maxLength: MAX_ADDRESS_LENGTH, ifTooLong: rules.remedy };
	const text = requiredText(given, { ...ofAddresses, ...rules }).trim();
	refuseParts(text, rules);
	return text;
}

function refuseParts(text: string, { displayName, remedy }: AddressRules): void {
	const nothing = NOTHING.exec(text)?.[1];
	if (nothing !== undefined) {
		throw new InputError(
			displayName,
			`holds '${nothing}', as an expression in it gives nothing`,
			remedy,
		);
	}
	if (!ROUNDED.test(text)) return;
	throw new InputError(
		displayName,
		'holds a number that a spreadsheet has rounded',
		'Give its column the format of text in the spreadsheet',
	);
}

/** A spreadsheet gives an ID of digits as a number; a long one has lost its last digits by then. */
export function digits(value: number, displayName: string): string {
	if (Number.isNaN(value)) {
		throw new InputError(
			displayName,
			'is NaN: its expression gives no number',
			'Check the expression',
		);
	}
	if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
	throw new InputError(
		displayName,
		'is a number that is too long to be exact',
		'Store it as text where it comes from',
	);
}

function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
