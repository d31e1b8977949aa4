import type { INodeExecutionData } from 'n8n-workflow';

import { InputError } from '../failures/failure';
import { isExpression, type ParameterSource } from '../resources/parameters';
import { savedParameters, type ExecutionContext } from './host';

/** `={{ $json.field }}`, with or without blanks. */
const FIELD = /^=\{\{\s*\$json\.([A-Za-z_$][\w$]*)\s*\}\}$/;

/** How a parameter gets its value: looked at once a run. */
type Origin =
	| { readonly kind: 'constant'; readonly value: unknown }
	| { readonly kind: 'field'; readonly field: string }
	| { readonly kind: 'expression' };

/**
 * Reads parameters as n8n does, but has a fast path for the two most common cases: n8n's expression engine needs
 * 0.1 ms and more for each value, which is most of the node's own time for thousands of items. A constant
 * is read once; a plain field of the item is taken from the item. Whatever is not exactly that is left to n8n.
 */
export function parameterSource(
	context: ParameterSource,
	items: readonly INodeExecutionData[],
): ParameterSource {
	const origins = new Map<string, Origin>();
	const originOf = (name: string, extractValue: boolean) => {
		const key = `${name} ${extractValue}`;
		const known = origins.get(key);
		if (known) return known;
		const raw = context.getNodeParameter(name, 0, undefined, { rawExpressions: true });
		const origin = toOrigin(extractValue ? valueOf(raw) : raw);
		origins.set(key, origin);
		return origin;
	};
	return {
		getNodeParameter(name, itemIndex, fallback, options) {
			// Only a plain name without a fallback is certain to exist.
			if (fallback === undefined && !options?.rawExpressions) {
				const origin = originOf(name, options?.extractValue ?? false);
				if (origin.kind === 'constant') return origin.value;
				const json = items[itemIndex]?.json;
				if (origin.kind === 'field' && json && Object.hasOwn(json, origin.field)) {
					const value = json[origin.field];
					if (typeof value === 'string') return value;
				}
			}
			return context.getNodeParameter(name, itemIndex, fallback, options);
		},
	};
}

/** What a resource locator holds; this node has none that takes a part of it by a pattern. */
function valueOf(raw: unknown): unknown {
	const isLocator = typeof raw === 'object' && raw !== null && '__rl' in raw && 'value' in raw;
	return isLocator ? raw.value : raw;
}

function toOrigin(raw: unknown): Origin {
	if (typeof raw !== 'string') return { kind: 'expression' };
	if (!isExpression(raw)) return { kind: 'constant', value: raw };
	const field = FIELD.exec(raw)?.[1];
	return field === undefined ? { kind: 'expression' } : { kind: 'field', field };
}

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
