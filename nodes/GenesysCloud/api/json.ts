import type { JsonObject } from '../delivery/types';

/** A text as a JSON object; `undefined` when it is anything else: HTML, broken JSON, a list. */
export function parseObject(text: string): JsonObject | undefined {
	const start = text.trimStart();
	if (!start.startsWith('{')) return undefined;
	try {
		return JSON.parse(start) as JsonObject;
	} catch {
		return undefined;
	}
}

/** Whether a value of an answer is a text that says something. */
export function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

/** A value as a text that says something. */
export function textIn(value: unknown): string | undefined {
	return isText(value) ? value : undefined;
}

/** Whether a value is an object, and neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value of an answer as an object; an empty one where it is none. */
export function asObject(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}

/** A value of an answer as a list; an empty one where it is none. */
export function listIn(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** The objects of a list; none when it is no list. */
export function objectsIn(value: unknown): JsonObject[] {
	return listIn(value).filter(isObject);
}
