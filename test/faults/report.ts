import { cpus } from 'node:os';
import path from 'node:path';

import { format, resolveConfig } from 'prettier';

import type { Finding, KindReport } from './campaign';
import { CATEGORIES } from './judge';
import { nameOf } from './settings';

/** Where the results of a whole campaign are written. */
export const RESULTS = path.join(__dirname, 'RESULTS.md');

const COLUMNS = [
	'fault',
	'what happens',
	'runs',
	'messages',
	'delivered',
	'repeated¹',
	'lost',
	'doubled',
	'wrongly reported',
	'wrong output',
	'wrong reason',
	'other²',
];

/** The columns that tell a violation, in the order of the categories. */
function counts(findings: readonly Finding[]): number[] {
	return CATEGORIES.map((name) => findings.filter(({ category }) => category === name).length);
}

function cellsOf({ kind, runs, messages, delivered, repeated, findings }: KindReport) {
	return [kind.name, kind.what, runs, messages, delivered, repeated, ...counts(findings)];
}

function line(cells: readonly (string | number)[]): string {
	return `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)).join(' | ')} |`;
}

function totals(reports: readonly KindReport[]) {
	const sum = (count: (report: KindReport) => number) =>
		reports.reduce((total, report) => total + count(report), 0);
	return {
		runs: sum(({ runs }) => runs),
		messages: sum(({ messages }) => messages),
		delivered: sum(({ delivered }) => delivered),
		repeated: sum(({ repeated }) => repeated),
		findings: reports.flatMap(({ findings }) => findings),
	};
}

/**
 * The page of a whole campaign, in the repository's format.
 *
 * @param reports what came of each kind
 * @param seed the campaign's seed
 * @param seconds how long it took
 * @returns Markdown
 */
export async function markdownPage(
	reports: readonly KindReport[],
	seed: number,
	seconds: number,
): Promise<string> {
	const { runs, messages, delivered, repeated, findings } = totals(reports);
	const page = [
		'# Fault campaign',
		'',
		'Written by `npm run test:faults`. The built package in n8n’s engine sends 200 messages in each run,',
		'over real HTTP, through one kind of fault; the simulator’s journal of what was really accepted is the',
		'judge. Every kind is run with each combination of *If Delivery Is Uncertain*, *Reuse Connections*,',
		'On Error and Retry On Fail, at 5 to 50 messages in flight over 1 to 3 tokens. A run that fails is',
		'continued by Retry Execution with the fault gone; one that was stopped or killed is started anew with',
		'its Send Once Keys.',
		'',
		line(COLUMNS),
		line(COLUMNS.map((_column, index) => (index < 2 ? '---' : '---:'))),
		...reports.map((report) => line(cellsOf(report))),
		line(['**all**', '', runs, messages, delivered, repeated, ...counts(findings)]),
		'',
		'¹ Customers who got a message more than once. This is allowed where a message may have been accepted',
		'and _If Delivery Is Uncertain_ is _Retry (at Least Once)_; everything else counts as doubled.',
		'',
		'² An unhandled rejection, a call after the end of the execution, a secret in the result or the log, a',
		'run that does not end, a call to a foreign host, or memory beyond its bound.',
		'',
		`Seed ${seed}, ${Math.round(seconds / 60)} minutes on ${cpus().length} CPUs, Node.js ${process.version}.`,
		'',
	].join('\n');
	return await format(page, { ...(await resolveConfig(RESULTS)), filepath: RESULTS });
}

/**
 * The last line of a campaign.
 *
 * @param reports what came of each kind
 * @param seconds how long it took
 * @returns the sentence
 */
export function verdict(reports: readonly KindReport[], seconds: number): string {
	const { runs, messages, findings } = totals(reports);
	const [lost, doubled, reported, output, reason, other] = counts(findings);
	return (
		`${reports.length} kinds of faults, ${runs} runs, ${messages} messages in ${seconds} s: ` +
		`${lost} lost, ${doubled} doubled, ${reported} wrongly reported, ${output} on the wrong output, ` +
		`${reason} with a wrong reason, ${other} other violations.`
	);
}

/**
 * Describes the violations of a kind: one example of each category and run, and how to play it again.
 *
 * @param report what came of the kind
 * @param seed the campaign's seed
 * @returns one line for each
 */
export function describeFindings({ kind, findings }: KindReport, seed: number): string[] {
	const groups = new Map<string, Finding[]>();
	for (const finding of findings) {
		const key = `${finding.category} ${finding.settings?.index ?? ''}`;
		groups.set(key, [...(groups.get(key) ?? []), finding]);
	}
	return [...groups.values()].map(([first, ...more]) => {
		const { category, settings, text } = first!;
		const others = more.length > 0 ? ` (and ${more.length} more)` : '';
		const where = settings ? ` [${nameOf(settings)}]` : '';
		const run = settings ? ` --run ${settings.index}` : '';
		const replay = `npm run test:faults -- --seed ${seed} --kind ${kind.name}${run}`;
		return `  ${category}: ${text}${others}${where}\n    again: ${replay}`;
	});
}
