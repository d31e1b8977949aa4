import { InputError } from '../failures/failure';
import { isExpression } from '../resources/parameters';
import { savedParameters, type ExecutionContext } from './host';

/** The collections of the node, and those within them, by the names under which they are shown. */
const COLLECTIONS = new Map([
	['delivery', 'Delivery Options'],
	['delivery.sendWindow', 'Send Window'],
	['delivery.sendWindow.window', 'Send Window'],
	['options', 'Options'],
	['templateParameters', 'Template Parameters'],
	['templateParameters.parameter', 'Template Parameters'],
	['templateValues', 'Template Values'],
]);

/** Of these, n8n keeps just what stands under one name: an object, or a list of them. */
const WITHIN = new Map([
	['delivery.sendWindow', { displayName: 'Send Window', name: 'window', isList: false }],
	['templateParameters', { displayName: 'Template Parameters', name: 'parameter', isList: true }],
]);

/**
 * Refuses what n8n drops before the node runs, so that a key, a window or a value would be lost in silence: one
 * expression for a whole collection, and fields that stand where n8n does not look for them.
 *
 * @throws InputError that names the collection
 */
export function refuseLostParameters(context: ExecutionContext): void {
	const saved = savedParameters(context);
	for (const [path, displayName] of COLLECTIONS) {
		if (!isExpression(valueAt(saved, path))) continue;
		throw new InputError(
			displayName,
			'is one expression as a whole, which n8n does not evaluate',
			'Set its fields one by one, each with an expression of its own',
		);
	}
	for (const [path, { displayName, name, isList }] of WITHIN) {
		const value = valueAt(saved, path);
		if (isEmpty(value)) continue;
		const fields = memberOf(value, name);
		if (isObject(fields) && Array.isArray(fields) === isList) continue;
		throw new InputError(
			displayName,
			`has no ${isList ? 'list' : 'fields'} under '${name}', so that n8n drops it`,
			`Set it anew in the panel, or put its fields under '${name}'`,
		);
	}
}

function valueAt(saved: unknown, path: string): unknown {
	return path.split('.').reduce(memberOf, saved);
}

function memberOf(value: unknown, name: string): unknown {
	return isObject(value) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

/** A collection to which nothing was added. */
function isEmpty(value: unknown): boolean {
	if (isObject(value)) return Object.keys(value).length === 0;
	return value === undefined || value === null || value === '';
}
