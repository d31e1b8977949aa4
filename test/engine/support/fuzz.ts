import type { RunResult } from '../../../dev/headless-n8n';
import { jsonOf, sourceOf } from './outcomes';
import { SEND } from './workflows';

/** A simulator whose rate limit does not end a long run. */
export const UNLIMITED = { simulator: { rateLimit: null } };

/** No error item is longer than this; the longest text of an API that is shown has 500 characters. */
const MAX_ERROR_LENGTH = 3_000;

/**
 * Expects that a run that continues on failure gave each item exactly one outcome, in order.
 *
 * @param result the run
 * @param count how many items it had
 * @param reasons the reasons that a failed item may have
 * @returns the indexes of the items that were sent
 */
export function expectOneOutcomeEach(
	result: RunResult,
	count: number,
	reasons: readonly string[],
): number[] {
	expect(result.error).toBeUndefined();
	const outputs = [0, 1, 2].map((output) => result.outputOf(SEND, output));
	const sources = outputs.map((items) => items.map(sourceOf) as number[]);
	for (const inOrder of sources) expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
	const all = sources.flat().sort((a, b) => a - b);
	expect(all).toEqual(Array.from({ length: count }, (_value, index) => index));
	const sent: number[] = [];
	outputs.forEach((_items, output) => {
		jsonOf(result, output).forEach((json, position) => {
			const reason = (json.details as { reason?: string } | undefined)?.reason;
			if (reason === undefined) sent.push(sources[output]![position]!);
			else expect(reasons).toContain(reason);
			if (reason !== undefined) {
				expect(JSON.stringify([json.error, json.details]).length).toBeLessThan(MAX_ERROR_LENGTH);
			}
		});
	});
	return sent;
}
