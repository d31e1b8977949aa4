import { isRecord } from '../support/checks';
import type { ApiCall } from './apiRoute';
import { ApiError, documentedError } from './errors';

/** The 400 `bad.request` that names the field it is about. */
export function badField(fieldName: string, errorCode: string, message?: string): ApiError {
	const { status, code, message: documented } = documentedError(400);
	return new ApiError(status, code, message ?? documented, { details: [{ errorCode, fieldName }] });
}

/** The documented 400 `invalid.value` of a field that takes a few values only. */
export function invalidValue(field: string, value: unknown, allowed: readonly string[]): ApiError {
	const shown = typeof value === 'string' ? value : JSON.stringify(value);
	return new ApiError(
		400,
		'invalid.value',
		`Value [${shown}] is not valid for field type [${field}]. ` +
			`Allowable values are: ${allowed.join(', ')}`,
		{ details: [{ errorCode: 'invalid.value', fieldName: field }] },
	);
}

/**
 * The JSON object of a request.
 *
 * @throws ApiError 400 when the body is something else
 */
export function bodyOf({ body }: ApiCall): Record<string, unknown> {
	if (!isRecord(body)) throw documentedError(400);
	return body;
}

/**
 * A text field that may be left out (or null).
 *
 * @throws ApiError 400 when it is no text
 */
export function optionalText(body: Record<string, unknown>, field: string): string | undefined {
	const value = body[field] ?? undefined;
	if (value === undefined) return undefined;
	if (typeof value !== 'string') throw badField(field, 'field.invalid');
	return value.trim() === '' ? undefined : value;
}

/**
 * A text field that must be there and not be empty.
 *
 * @throws ApiError 400 when it is not
 */
export function requiredText(body: Record<string, unknown>, field: string): string {
	const value = body[field];
	if (typeof value === 'string' && value.trim() !== '') return value;
	throw badField(field, 'field.required');
}

/** A flag of the query string. */
export const queryFlag = (call: ApiCall, name: string): boolean =>
	queryValues(call, name).at(-1) === 'true';

/** The values of a query parameter, which may be repeated or have commas. */
export function queryValues({ query }: ApiCall, name: string): string[] {
	const value = query[name] ?? [];
	const values = typeof value === 'string' ? [value] : value;
	return values.flatMap((text) => text.split(',')).filter((text) => text !== '');
}
