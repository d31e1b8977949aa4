import { onLog } from '../../dev/headless-n8n';
import { runPool } from '../../nodes/GenesysCloud/delivery/deliverBatch';
import type { Violation } from './judge';
import { campaignRun, MESSAGES, type RunReport } from './run';
import { leaks } from './support/secrets';
import type { FaultKind, RunSettings } from './types';

/** How many runs of a kind are made at once: most of them wait most of the time. */
const LANES = 4;

/** A violation and the run in which it was found. */
export interface Finding extends Violation {
	/** Unknown for what is seen of the process alone. */
	readonly settings?: RunSettings;
}

/** What came of all runs of a kind. */
export interface KindReport {
	readonly kind: Pick<FaultKind, 'name' | 'what'>;
	readonly runs: number;
	readonly messages: number;
	readonly delivered: number;
	readonly repeated: number;
	readonly seconds: number;
	readonly findings: readonly Finding[];
}

/**
 * Makes all runs of a fault kind.
 *
 * @param kind the fault kind
 * @param grid the settings to run it with
 * @param seed the campaign's seed
 * @returns what came of them
 */
export async function playKind(
	kind: FaultKind,
	grid: readonly RunSettings[],
	seed: number,
): Promise<KindReport> {
	const startedAt = performance.now();
	const findings: Finding[] = [];
	const reports: RunReport[] = [];
	const fitting = grid.filter((settings) => kind.fits?.(settings) ?? true);
	const stopWatching = watchProcess((text) => findings.push({ category: 'other', text }));
	const play = async (index: number) => {
		const settings = fitting[index]!;
		const report = await campaignRun(kind, settings, seed);
		reports.push(report);
		findings.push(...report.violations.map((violation) => ({ ...violation, settings })));
	};
	await runPool(fitting.length, kind.alone ? 1 : LANES, () => false, play);
	stopWatching();
	const sum = (count: (report: RunReport) => number) =>
		reports.reduce((total, report) => total + count(report), 0);
	return {
		// Functions cannot go from process to process.
		kind: { name: kind.name, what: kind.what },
		runs: fitting.length,
		messages: fitting.length * MESSAGES,
		delivered: sum(({ delivered }) => delivered),
		repeated: sum((report) => report.repeated),
		seconds: (performance.now() - startedAt) / 1000,
		findings,
	};
}

/** Watches for what must never happen in the process: a rejection nobody handles, a secret in the log. */
function watchProcess(found: (text: string) => void): () => void {
	const unhandled = (error: unknown) => found(`unhandled: ${String(error)}`);
	process.on('unhandledRejection', unhandled).on('uncaughtException', unhandled);
	const stopLog = onLog(({ message, metadata }) => {
		if (leaks(`${message} ${JSON.stringify(metadata)}`)) found('the log holds a secret');
	});
	return () => {
		stopLog();
		process.off('unhandledRejection', unhandled).off('uncaughtException', unhandled);
	};
}
