import { isBlank, pasted } from '../api/unseen';
import { evaluated, InputError } from '../failures/failure';
import { address, requiredText, type AddressRules, type TextRules } from './texts';
import { timeOf } from './times';

/** How parameters are read: n8n resolves their expressions for the item. */
export interface ParameterSource {
	getNodeParameter(
		name: string,
		itemIndex: number,
		fallback?: unknown,
		options?: { readonly extractValue?: boolean; readonly rawExpressions?: boolean },
	): unknown;
}

/** What a resource locator holds: how the user gave the value, and the value. */
export interface Located {
	readonly mode: string;
	readonly text: string;
}

/** Reads and checks the parameters of one item. */
export class ItemReader {
	/** @param timeZone the workflow's: that of a time without one */
	constructor(
		private readonly source: ParameterSource,
		private readonly itemIndex: number,
		private readonly timeZone = 'UTC',
	) {}

	/** The parameter as the user gave it; an expression may give anything. */
	value(name: string, displayName: string, options?: { readonly extractValue?: boolean }): unknown {
		return evaluated(displayName, () =>
			this.source.getNodeParameter(name, this.itemIndex, undefined, options),
		);
	}

	/** The parameter as it is stored, with its expressions unresolved; what n8n has no value for is ''. */
	unresolved(name: string): unknown {
		return this.source.getNodeParameter(name, this.itemIndex, '', { rawExpressions: true });
	}

	/** The collection Options; empty when it is not there. */
	options(): Readonly<Record<string, unknown>> {
		const value = evaluated('Options', () =>
			this.source.getNodeParameter('options', this.itemIndex, {}),
		);
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	}

	/** @throws InputError when it is not text, blank, or too long */
	text(name: string, rules: TextRules): string {
		return requiredText(this.value(name, rules.displayName), rules);
	}

	/** An address or ID: without blanks around it and the invisible characters that copying brings. */
	address(name: string, rules: AddressRules): string {
		return address(this.value(name, rules.displayName, { extractValue: true }), rules);
	}

	/** A resource locator; a plain value, as an expression gives it, counts as an ID. */
	located(name: string, rules: AddressRules): Located {
		const value = this.value(name, rules.displayName);
		const isLocator = typeof value === 'object' && value !== null && 'mode' in value;
		const { mode, value: text } = isLocator
			? (value as { readonly mode: unknown; readonly value?: unknown })
			: { mode: 'id', value };
		return { mode: String(mode), text: address(text, rules) };
	}

	/** An ID that becomes part of a URL. */
	id(name: string, displayName: string, remedy: string): string {
		return idInPath(displayName, this.address(name, { displayName, remedy }));
	}

	/** A point in time, in ms since 1970; `undefined` when it is not set. */
	time(value: unknown, displayName: string): number | undefined {
		return isUnset(value) ? undefined : timeOf(value, displayName, this.timeZone);
	}

	/** @throws InputError when it is none of the values; without a value, the first one */
	oneOf<Value extends string>(
		name: string,
		displayName: string,
		values: readonly [Value, ...Value[]],
	): Value {
		return oneOf(this.value(name, displayName), displayName, values);
	}
}

/** A value that is no prose, such as a number or a time given as text: without what copying brings along. */
export function plain(value: unknown): unknown {
	return typeof value === 'string' ? pasted(value) : value;
}

/** Whether an optional field was left empty. */
export function isUnset(value: unknown): value is undefined | null | '' {
	return value === undefined || value === null || (typeof value === 'string' && isBlank(value));
}

/** Whether n8n takes a stored value for an expression. */
export function isExpression(value: unknown): value is string {
	return typeof value === 'string' && value.startsWith('=');
}

/**
 * Checks a parameter with a fixed set of values.
 *
 * @param values the allowed ones, the default first
 * @throws InputError when it is none of them
 */
export function oneOf<Value extends string>(
	value: unknown,
	displayName: string,
	values: readonly [Value, ...Value[]],
): Value {
	if (value === undefined) return values[0];
	const said = plain(value);
	const known = values.find((candidate) => candidate === said);
	if (known !== undefined) return known;
	throw new InputError(
		displayName,
		'has a value that is not allowed',
		`Use one of: ${values.join(', ')}`,
	);
}

/**
 * Reads a switch; n8n's variables give it as text.
 *
 * @throws InputError when it is neither true nor false
 */
export function toggle(value: unknown, displayName: string, fallback = false): boolean {
	if (isUnset(value)) return fallback;
	const text = plain(value);
	const said = typeof text === 'string' ? text.toLowerCase() : text;
	if (said === true || said === 'true') return true;
	if (said === false || said === 'false') return false;
	throw new InputError(displayName, 'is neither true nor false', 'Use true or false');
}

/** What a number must be like. */
interface NumberRules {
	readonly displayName: string;
	readonly fallback: number;
	readonly min: number;
	readonly max: number;
	readonly whole?: boolean;
	/** Where it is changed; without a full stop. */
	readonly remedy: string;
}

/**
 * Reads a number; n8n's variables give it as text.
 *
 * @throws InputError when it is no number or out of range
 */
export function numberIn(value: unknown, rules: NumberRules): number {
	if (isUnset(value)) return rules.fallback;
	const { displayName, fallback, min, max, whole = false, remedy } = rules;
	const said = plain(value);
	const isNumeric = typeof said === 'string' && /^\d+(?:\.\d+)?$/.test(said);
	const number = isNumeric ? Number(said) : said;
	const usable =
		typeof number === 'number' &&
		number >= min &&
		number <= max &&
		(!whole || Number.isInteger(number));
	if (usable) return number;
	throw new InputError(
		displayName,
		`must be a ${whole ? 'whole number' : 'number'} from ${min} to ${max}`,
		`${remedy}; the default is ${fallback}`,
	);
}

/**
 * Checks an ID before it becomes part of a URL.
 *
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
