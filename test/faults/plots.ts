import type { RunResult } from '../../dev/headless-n8n';
import type { Executions } from './executions';
import type { Plot, Stage } from './types';

/** Sends the campaign; where the execution fails, Retry Execution goes on with the fault gone. */
export async function toTheEnd(run: Executions): Promise<void> {
	const first = await run.send(await run.engine());
	run.judgeJournal();
	if (first.status === 'success') {
		run.judgeReport(first);
		return;
	}
	run.judgeError(first);
	const engine = await run.mendedEngine();
	const again = await run.ended(engine.retry(first, { workflow: run.mended() }));
	if (again.status === 'success') {
		run.judgeJournal();
		run.judgeReport(again, { failures: [] });
		return;
	}
	const failures = uncertainOnes(run);
	run.judgeError(again, { failures });
	if (run.settings.uncertain === 'retry') {
		run.blame('lost', 'Retry Execution failed with the fault gone');
	}
	// At most once: the uncertain messages stop each retry. The user lets the others go on.
	const onError = 'continueErrorOutput';
	const workflow = run.mended({ onError });
	const last = await run.ended(engine.retry(again, { workflow }));
	run.judgeJournal();
	run.judgeReport(last, { onError, failures });
}

/** The execution is stopped by the kind; then the campaign is started anew with its Send Once Keys. */
export async function stoppedAndStartedAnew(run: Executions): Promise<void> {
	await run.send(await run.engine());
	run.judgeJournal();
	await startAnew(run);
}

/** The process is killed; then the campaign is started anew with its Send Once Keys. */
export async function killedAndStartedAnew(run: Executions): Promise<void> {
	await run.sendAndKill();
	await startAnew(run);
}

/** The campaign is sent through the fault; then it is started anew with its Send Once Keys. */
export async function sentAndStartedAnew(run: Executions): Promise<void> {
	const first = await run.send(await run.engine());
	run.judgeJournal();
	judge(run, first);
	await startAnew(run);
}

/** Two executions of the same campaign at once; then a third one looks after what they left. */
export async function twoAtOnce(run: Executions): Promise<void> {
	await bothJudged(run);
	await startAnew(run);
}

/**
 * Keys that were sent before are checked by two workers at once, and once more with the fault gone.
 *
 * @param arrange begins the fault when all is sent
 */
export function checkedAgain(arrange: (stage: Stage) => void): Plot {
	return async (run) => {
		const first = await run.send(await run.engine());
		run.judgeJournal();
		run.judgeReport(first, { failures: [] });
		arrange(run.stage);
		await bothJudged(run);
		await startAnew(run);
	};
}

async function bothJudged(run: Executions): Promise<void> {
	const engines = await Promise.all([run.engine(), run.engine()]);
	const both = Promise.all(engines.map(async (engine) => await run.start(engine).result));
	for (const index of engines.keys()) {
		judge(run, await run.ended(both.then((results) => results[index]!)));
	}
	run.judgeJournal();
}

/** Judges an execution, however it ended. */
function judge(run: Executions, result: RunResult): void {
	if (result.status === 'success') run.judgeReport(result);
	else run.judgeError(result);
}

/** The campaign once more, as a new execution, with the fault gone. */
async function startAnew(run: Executions): Promise<void> {
	const onError = 'continueErrorOutput';
	const engine = await run.mendedEngine({ restarted: true });
	const result = await run.ended(run.start(engine, run.mended({ onError })).result);
	run.judgeJournal();
	run.judgeReport(result, { onError, failures: uncertainOnes(run) });
}

/** What may still be unknown when the fault is gone. */
function uncertainOnes(run: Executions): readonly string[] {
	return run.failuresOf(run.kind.failures).filter((failure) => failure.endsWith('/unknown'));
}
