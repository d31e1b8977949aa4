import type { JsonObject } from '../delivery/types';

/** Whether a value of an answer is a text that says something. */
export function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
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
