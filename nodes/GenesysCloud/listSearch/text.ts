/**
 * A value of an answer as text.
 *
 * @param value what the API gave
 * @returns the text, empty when it is none
 */
export function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
