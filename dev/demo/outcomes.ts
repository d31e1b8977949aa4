import Table from 'cli-table3';
import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../headless-n8n';

/** What became of one customer's message, as the demo prints it. */
export interface OutcomeRow {
	readonly name: string;
	readonly outcome: 'sent' | 'unreachable' | 'failed';
	readonly what: string;
}

interface Details {
	readonly reason?: string;
	readonly apiMessage?: string;
}

/**
 * Collects what the three outputs of a Genesys Cloud node gave.
 *
 * @param result the execution
 * @param node the name of the node
 * @param names the customers' names by the address that the message went to
 * @returns a row for each item, output by output
 */
export function outcomeRows(
	result: RunResult,
	node: string,
	names: ReadonlyMap<string, string>,
): OutcomeRow[] {
	const nameOf = ({ contactId, toAddress, externalContactId, name }: IDataObject) => {
		const address = text(contactId ?? toAddress ?? externalContactId ?? '');
		return names.get(address) ?? (typeof name === 'string' ? name : address);
	};
	const [sent, unreachable, failed] = [0, 1, 2].map((output) => result.outputOf(node, output));
	return [
		...(sent ?? []).map(({ json }) => ({
			name: nameOf(json),
			outcome: 'sent' as const,
			what: `message ${text(json.id)}${attemptsNote(Number(json.attempts))}`,
		})),
		...(unreachable ?? []).map(({ json }) => {
			const { reason, apiMessage } = json.details as Details;
			const what = `${reason ?? ''}: ${apiMessage ?? ''}`;
			return { name: nameOf(json), outcome: 'unreachable' as const, what };
		}),
		...(failed ?? []).map(({ json }) => ({
			name: nameOf(json),
			outcome: 'failed' as const,
			what: text(json.error),
		})),
	];
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function attemptsNote(attempts: number): string {
	return attempts > 1 ? `, after ${attempts} attempts (waited for the rate limit)` : '';
}

/**
 * Draws the rows as a table for the terminal.
 *
 * @param rows the rows
 * @returns the table, several lines
 */
export function outcomeTable(rows: readonly OutcomeRow[]): string {
	const table = new Table({
		head: ['Customer', 'Outcome', 'What happened'],
		style: { head: ['bold'], border: [] },
		colWidths: [16, 13, 84],
		wordWrap: true,
	});
	for (const { name, outcome, what } of rows) table.push([name, outcome, what]);
	return table.toString();
}
