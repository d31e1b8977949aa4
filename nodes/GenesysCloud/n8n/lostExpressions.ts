import { InputError } from '../failures/failure';
import { savedParameters, type ExecutionContext } from './host';
import { isExpression } from './parameterSource';

/** The collections of the node, and those within them, by the names under which they are shown. */
const COLLECTIONS = new Map([
	['delivery', 'Delivery Options'],
	['delivery.sendWindow', 'Send Window'],
	['delivery.sendWindow.window', 'Send Window'],
	['options', 'Options'],
	['templateParameters', 'Template Parameters'],
	['templateParameters.parameter', 'Template Parameters'],
]);

/**
 * Refuses one expression for a whole collection: n8n puts the defaults in its place before the node runs, so
 * that a key or a window would be dropped in silence.
 *
 * @throws InputError that names the collection
 */
export function refuseLostExpressions(context: ExecutionContext): void {
	const saved = savedParameters(context);
	for (const [path, displayName] of COLLECTIONS) {
		const value = path.split('.').reduce<unknown>(memberOf, saved);
		if (!isExpression(value)) continue;
		throw new InputError(
			displayName,
			'is one expression as a whole, which n8n does not evaluate',
			'Set its fields one by one, each with an expression of its own',
		);
	}
}

function memberOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null
		? (value as Readonly<Record<string, unknown>>)[name]
		: undefined;
}
