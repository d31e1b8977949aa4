import type { Finding, KindReport } from './campaign';
import { CATEGORIES } from './judge';
import { nameOf } from './settings';

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
 * The table of the node's campaign, with what it means.
 *
 * @param reports what came of each kind
 * @returns Markdown
 */
export function nodeTable(reports: readonly KindReport[]): string {
	const { runs, messages, delivered, repeated, findings } = totals(reports);
	return [
		'The node sends 200 messages in each run, through one kind of fault. Every kind is run with each',
		'combination that fits it of *If Delivery Is Uncertain*, *Reuse Connections*, On Error and Retry On',
		'Fail, at 5 to 50 messages in flight over 1 to 3 tokens; in two of three runs the text is another one',
		'each time the node runs. A run that fails is continued by Retry Execution with the fault gone; one',
		'that was stopped or killed is started anew with its Send Once Keys.',
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
		'run that does not end, a Stop that takes longer than two seconds, a call to a foreign host or of a',
		'customer’s message to another organization, or memory beyond its bound.',
	].join('\n');
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
