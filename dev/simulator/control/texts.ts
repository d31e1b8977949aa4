import { isRecord } from '../support/checks';
import { ControlError } from './controlError';

/**
 * A text of a body that may be left out.
 *
 * @throws ControlError 400 when it is empty or no text
 */
export function optionalText(body: unknown, field: string): string | undefined {
	const value = isRecord(body) ? body[field] : undefined;
	if (value === undefined || (typeof value === 'string' && value !== '')) return value;
	throw new ControlError(400, `"${field}" must be a text that is not empty.`);
}

/**
 * A text of a body.
 *
 * @throws ControlError 400 when it is missing, empty or no text
 */
export function requiredText(body: unknown, field: string): string {
	const value = optionalText(body, field);
	if (value !== undefined) return value;
	throw new ControlError(400, `"${field}" must be a text that is not empty.`);
}

/**
 * The custom attributes of a customer.
 *
 * @throws ControlError 400 when they are no texts
 */
export function readAttributes(body: unknown): Record<string, string> | undefined {
	const attributes = isRecord(body) ? body.attributes : undefined;
	if (attributes === undefined) return undefined;
	const fits =
		isRecord(attributes) && Object.values(attributes).every((value) => typeof value === 'string');
	if (fits) return attributes as Record<string, string>;
	throw new ControlError(400, '"attributes" must be an object of texts.');
}
