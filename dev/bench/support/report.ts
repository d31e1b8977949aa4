import path from 'node:path';

import Table from 'cli-table3';
import { format, resolveConfig } from 'prettier';

import { load, machine } from './machine';
import type { Row } from './types';

/** Where the page is kept. */
export const RESULTS = path.join(__dirname, '../results.md');

const HEAD = ['Measure', 'Result', 'Target', 'Met'];

function cells({ measure, result, target = '', met }: Row): string[] {
	return [measure, result, target, verdict(met)];
}

function verdict(met: boolean | undefined): string {
	if (met === undefined) return '';
	return met ? 'yes' : 'NO';
}

/**
 * Draws the lines for the terminal.
 *
 * @param rows the lines
 * @returns the table
 */
export function screenTable(rows: readonly Row[]): string {
	const table = new Table({
		head: HEAD,
		style: { head: ['bold'], border: [] },
		colWidths: [58, 52, 20, 5],
		wordWrap: true,
	});
	table.push(...rows.map(cells));
	return table.toString();
}

/** What the report says of how the figures were made. */
interface Circumstances {
	readonly runs: number;
	/** The machine's load before the first measure. */
	readonly loadBefore: string;
}

/**
 * Writes the lines as a Markdown page, in the repository's format.
 *
 * @param rows the lines
 * @param circumstances how the figures were made
 * @returns the page
 */
export async function markdownPage(
	rows: readonly Row[],
	circumstances: Circumstances,
): Promise<string> {
	const { runs, loadBefore } = circumstances;
	const missed = rows.filter(({ met }) => met === false).length;
	const judgedRows = rows.filter(({ met }) => met !== undefined).length;
	const facts = [
		['Date', new Date().toISOString().slice(0, 10)] as const,
		...machine(),
		['Load of the machine before and after', `${loadBefore}, ${load()}`] as const,
	];
	const page = `# Benchmarks

${judgedRows - missed} of ${judgedRows} targets met.

${facts.map(([name, value]) => `- ${name}: ${value}`).join('\n')}

Repeat with \`npm run bench\`; add \`-- --quick\` for small sizes, \`-- --only rates\` for one measure,
\`-- --runs 9\` for more rounds.

How it is measured: the simulated Genesys Cloud runs in a process of its own, over TLS on loopback.
Whatever sends messages runs in another, fresh for each run and warmed up where a rate is measured.
The body of a call has 1 KB; all but the HTTP Request node have 10 messages in flight. Competitors
take turns (${runs} rounds); figures are medians, ratios are medians of the ratios within each round,
and "highest" is the worst of all runs. Memory is measured in 3 rounds (Reuse Connections) and in one
(default), for the time it takes. The HTTP Request node gets the body as fields, its fastest way.
A limit's ideal is the time of all its windows but the last.

${markdownTable(rows)}
`;
	return await format(page, { ...(await resolveConfig(RESULTS)), filepath: RESULTS });
}

/**
 * Writes the lines as a Markdown table.
 *
 * @param rows the lines
 * @returns the table
 */
export function markdownTable(rows: readonly Row[]): string {
	const line = (columns: readonly string[]) => `| ${columns.map(escape).join(' | ')} |`;
	return [line(HEAD), line(HEAD.map(() => '---')), ...rows.map((row) => line(cells(row)))].join(
		'\n',
	);
}

function escape(text: string): string {
	return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
