import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RunResult } from '../../../dev/headless-n8n';
import { SEND } from './workflows';

/** The JSON of the items that left the node under test by an output. */
export function jsonOf(result: RunResult, output = 0): IDataObject[] {
	return result.outputOf(SEND, output).map(({ json }) => json);
}

/** The contacts of the items that left the node under test by an output, in their order. */
export function contactsOf(result: RunResult, output = 0): unknown[] {
	return jsonOf(result, output).map(({ contactId }) => contactId);
}

/** The `details` of the items that left the node under test by an output. */
export function detailsOf(result: RunResult, output = 0): unknown[] {
	return jsonOf(result, output).map(({ details }) => details);
}

/** The index of the input item that an item was made of. */
export function sourceOf({ pairedItem }: INodeExecutionData): unknown {
	return (pairedItem as { item?: number } | undefined)?.item;
}

/** The index of the item that n8n's editor names beside the error of a run. */
export function itemOf({ error }: RunResult): unknown {
	return (error as { context?: IDataObject } | undefined)?.context?.itemIndex;
}

/** The text of the hint that the node under test left. */
export function hintOf(result: RunResult): string {
	return result
		.hintsOf(SEND)
		.map(({ message }) => message)
		.join('\n');
}

/** Matches any text. Jest's own matchers are typed `any`. */
export const anyText: unknown = expect.any(String);

/** Matches a text by a pattern. */
export function textLike(pattern: RegExp): unknown {
	return expect.stringMatching(pattern);
}

/** Matches an object that has at least these fields. */
export function having(fields: object): unknown {
	return expect.objectContaining(fields);
}

/** Waits until a condition holds, looking every few milliseconds; fails after five seconds. */
export async function until(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + 5000;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error('The condition did not come true in 5 s.');
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}
