import { InputError } from '../failures/inputError';

/** What a text field must be like. */
export interface TextRules {
	/** The parameter's display name, for the error text. */
	readonly displayName: string;
	readonly maxLength: number;
	/** What to do when the value is missing. */
	readonly remedy: string;
}

/**
 * Checks a required text parameter.
 *
 * @param value what the parameter gave; an expression may give anything
 * @param rules what the text must be like
 * @returns the text, with its blanks as they are
 * @throws InputError when it is not text, blank, or too long
 */
export function requiredText(value: unknown, rules: TextRules): string {
	if (value === undefined || value === null) {
		throw new InputError(rules.displayName, 'is empty', rules.remedy);
	}
	if (typeof value !== 'string') {
		throw new InputError(
			rules.displayName,
			`is not text but ${kindOf(value)}`,
			`Use an expression that gives text. ${rules.remedy}`,
		);
	}
	if (value.trim() === '') throw new InputError(rules.displayName, 'is empty', rules.remedy);
	if (value.length > rules.maxLength) {
		throw new InputError(
			rules.displayName,
			`is too long: ${value.length} characters, and at most ${rules.maxLength} are allowed`,
			'Shorten it, or split it into several items',
		);
	}
	return value;
}

/**
 * Checks a parameter with a fixed set of values.
 *
 * @param value what the parameter gave; an expression may give anything
 * @param rules its display name and the allowed values, the default first
 * @returns the value, or the default when there is none
 * @throws InputError when it is none of them
 */
export function oneOf<Value extends string>(
	value: unknown,
	rules: { readonly displayName: string; readonly values: readonly [Value, ...Value[]] },
): Value {
	if (value === undefined) return rules.values[0];
	const known = rules.values.find((candidate) => candidate === value);
	if (known === undefined) {
		throw new InputError(
			rules.displayName,
			'has a value that is not allowed',
			`Use one of: ${rules.values.join(', ')}`,
		);
	}
	return known;
}

function kindOf(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
