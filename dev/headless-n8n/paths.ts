import type { IDataObject } from 'n8n-workflow';
import { isSafeObjectProperty, UserError } from 'n8n-workflow';

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null;
}

/** The value at a dotted path such as `body.items`; nothing if the path leads nowhere. */
export function valueAt(object: IDataObject, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), object);
}

/**
 * Sets the value at a dotted path and creates the objects on the way.
 *
 * @throws UserError if the path names a property of every object, such as `__proto__`.
 */
export function setValueAt(object: IDataObject, path: string, value: IDataObject[string]): void {
	const names = path.split('.');
	const unsafe = names.find((name) => !isSafeObjectProperty(name));
	if (unsafe !== undefined) {
		throw new UserError(`"${unsafe}" cannot be the name of a field`);
	}
	const last = names.pop() ?? path;
	let target = object;
	for (const name of names) {
		const next = target[name];
		const inner = isObject(next) ? next : {};
		target[name] = inner;
		target = inner;
	}
	target[last] = value;
}
