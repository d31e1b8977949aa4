import type { EventCounts, TriggerReport } from './types';

const COLUMNS = [
	'fault',
	'what happens',
	'seconds',
	'due',
	'told',
	'of these recovered',
	'not recoverable³',
	'lost',
	'doubled',
	'not due',
	'other⁴',
];

type Figure = Exclude<keyof EventCounts, 'event'>;

function sum(reports: readonly TriggerReport[], figure: Figure): number {
	return reports
		.flatMap(({ counts }) => counts)
		.reduce((total, counts) => total + counts[figure], 0);
}

function figures(reports: readonly TriggerReport[]): number[] {
	const others = reports.reduce((total, one) => total + one.others.length, 0);
	const names = ['due', 'told', 'recovered', 'notRecoverable', 'lost', 'doubled', 'invented'];
	return [...(names as Figure[]).map((name) => sum(reports, name)), others];
}

function line(cells: readonly (string | number)[]): string {
	const shown = cells.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell));
	return `| ${shown.join(' | ')} |`;
}

/** Whether something was lost, doubled, told without being due, or otherwise wrong. */
export function isViolated(report: TriggerReport): boolean {
	return (
		report.others.length > 0 ||
		(['lost', 'doubled', 'invented'] as const).some((figure) => sum([report], figure) > 0)
	);
}

/** The table of the trigger's campaign, in Markdown. */
export function triggerTable(reports: readonly TriggerReport[]): string {
	const rows = reports.map((report) => {
		const { fault, seconds } = report;
		return line([fault.name, fault.what, Math.round(seconds), ...figures([report])]);
	});
	return [
		line(COLUMNS),
		line(COLUMNS.map((_column, index) => (index < 2 ? '---' : '---:'))),
		...rows,
		line(['**all**', '', '', ...figures(reports)]),
	].join('\n');
}

/** One line for a fault on the screen, and one for each event of which something is wrong. */
export function describeFault(report: TriggerReport): string[] {
	const { fault, seconds, counts, others } = report;
	const result = isViolated(report) ? 'VIOLATED' : 'ok';
	const [due, told, recovered, notRecoverable] = figures([report]);
	const bad = counts.filter(({ lost, doubled, invented }) => lost + doubled + invented > 0);
	return [
		`trigger ${fault.name}: ${result} (${due} due, ${told} told, ${recovered} of these recovered, ${notRecoverable} not recoverable; ${seconds.toFixed(0)} s)`,
		...bad.map((one) => `  ${JSON.stringify(one)}`),
		...others.map((text) => `  ${text}`),
	];
}
