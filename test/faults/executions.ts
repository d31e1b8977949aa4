import { setTimeout } from 'node:timers/promises';
import { inspect } from 'node:util';

import { stringify } from 'flatted';

import type { Engine, RunResult } from '../../dev/headless-n8n';
import type { OAuthClient } from '../../dev/simulator';
import { customers, SEND } from '../engine/support/workflows';
import { judgeError, judgeJournal, judgeReport, type Evidence, type Violation } from './judge';
import { callsTo } from './support/calls';
import { runAndKill } from './support/killed';
import { leaks } from './support/secrets';
import { engineFor, mendedWorkflowOf, workflowOf } from './support/workflow';
import type { FaultKind, OnError, Stage } from './types';

/** An execution that takes longer hangs. */
const MAX_EXECUTION_MS = 180_000;
/** For how long calls may not come after the end of an execution. */
const QUIET_MS = 20;

/** The executions of a run, each judged when it has ended. */
export class Executions {
	/**
	 * @param kind the fault kind
	 * @param stage the run
	 * @param clients the OAuth clients of this n8n and, for its empty token cache, of a restarted one
	 * @param violations takes what is found
	 */
	constructor(
		private readonly kind: FaultKind,
		private readonly stage: Stage,
		private readonly clients: readonly [OAuthClient, OAuthClient],
		private readonly violations: Violation[],
	) {}

	/** Sends the campaign, in as many executions as it takes. */
	async toTheEnd(): Promise<void> {
		const { kind, stage } = this;
		const { onError } = stage.settings;
		const [client, clientAfterRestart] = this.clients;
		if (kind.breaksOff === 'killed') {
			await runAndKill(stage, kind, client);
			await this.startAnew();
			return;
		}
		const first = await this.execute(await engineFor(stage.urls, client, stage.keys));
		this.judgeJournal();
		if (kind.breaksOff === 'stopped') {
			await this.startAnew();
			return;
		}
		if (first.status === 'success') {
			this.judgeReport(first, onError);
			return;
		}
		this.judgeError(first);
		const repaired = kind.restarts ? clientAfterRestart : client;
		await this.retryExecution(first, await this.mendedEngine(repaired));
	}

	private async execute(engine: Engine): Promise<RunResult> {
		const { kind, stage } = this;
		const input = customers(...stage.ids);
		const running = engine.start(workflowOf(kind, stage.settings), { input });
		const [result] = await Promise.all([
			this.inTime(running.result),
			kind.during?.(stage, running),
		]);
		return await this.quiet(result);
	}

	/** Retry Execution, with the fault gone: what is left must be delivered. */
	private async retryExecution(failed: RunResult, engine: Engine): Promise<void> {
		const { kind, stage } = this;
		const { uncertain, onError } = stage.settings;
		const workflow = mendedWorkflowOf(kind, stage.settings);
		const again = await this.quiet(await this.inTime(engine.retry(failed, { workflow })));
		if (again.status === 'success') {
			this.judgeJournal();
			this.judgeReport(again, onError, []);
			return;
		}
		this.judgeError(again, 'unknown');
		if (uncertain === 'retry') this.blame('lost', 'Retry Execution failed with the fault gone');
		// At most once: the uncertain messages stop each retry. The user lets the others go on.
		const continued = mendedWorkflowOf(kind, stage.settings, 'continueErrorOutput');
		const retry = engine.retry(again, { workflow: continued });
		const last = await this.quiet(await this.inTime(retry));
		this.judgeJournal();
		this.judgeReport(last, 'continueErrorOutput', undefined, 'unknown');
	}

	/** The campaign once more, as a new execution, with the fault gone. */
	private async startAnew(): Promise<void> {
		const { kind, stage } = this;
		const engine = await this.mendedEngine(this.clients[1]);
		const workflow = mendedWorkflowOf(kind, stage.settings, 'continueErrorOutput');
		const running = engine.run(workflow, { input: customers(...stage.ids) });
		const result = await this.quiet(await this.inTime(running));
		this.judgeJournal();
		this.judgeReport(result, 'continueErrorOutput', undefined, 'unknown');
	}

	private async mendedEngine(client: OAuthClient): Promise<Engine> {
		const { simulator, keys } = this.stage;
		simulator.faults.clear();
		return await engineFor({ loginUrl: simulator.url, apiUrl: simulator.url }, client, keys);
	}

	/** What an execution leaves behind is looked at once it has ended: calls, secrets. */
	private async quiet(result: RunResult): Promise<RunResult> {
		const { simulator, urls } = this.stage;
		const calls = () => callsTo(simulator.url, urls.loginUrl, urls.apiUrl);
		const before = calls();
		await setTimeout(QUIET_MS);
		if (calls() > before) this.blame('other', 'calls came after the end');
		const shown = `${stringify(result.raw.data)}\n${inspect(result.error, { depth: 8 })}`;
		if (leaks(shown)) this.blame('other', 'the result holds a token or the secret');
		return result;
	}

	private async inTime<T>(ended: Promise<T>): Promise<T> {
		const abort = new AbortController();
		const late = setTimeout(MAX_EXECUTION_MS, undefined, { signal: abort.signal }).then(() => {
			throw new Error(`The execution did not end within ${MAX_EXECUTION_MS / 1000} s.`);
		});
		return await Promise.race([ended, late]).finally(() => abort.abort());
	}

	private judgeJournal(): void {
		this.add(judgeJournal(this.evidence()));
	}

	private judgeReport(
		result: RunResult,
		onError: OnError,
		failures?: readonly string[],
		delivered?: 'unknown',
	): void {
		if (result.status !== 'success') this.blame('other', `the run ended as ${result.status}`);
		const outputs = [0, 1].map((output) => result.outputOf(SEND, output));
		this.add(judgeReport(this.evidence(failures, delivered), { onError, outputs }));
	}

	private judgeError({ error }: RunResult, delivered?: 'unknown'): void {
		const { itemIndex, data } = (error as { context?: Record<string, unknown> }).context ?? {};
		this.add(judgeError(this.evidence(undefined, delivered), { itemIndex, details: data }));
	}

	private evidence(failures?: readonly string[], delivered?: 'unknown'): Evidence {
		const { kind, stage } = this;
		const { ids, hit, simulator, settings } = stage;
		const right = failures ?? kind.failures?.[settings.uncertain] ?? [];
		return {
			ids,
			journal: simulator.journal.all(),
			uncertain: settings.uncertain,
			repeats: kind.repeats ?? false,
			failures: delivered ? right.filter((failure) => failure.endsWith(delivered)) : right,
			mayFail: (contactId) => hit.size === 0 || hit.has(contactId),
		};
	}

	private blame(category: Violation['category'], text: string): void {
		this.violations.push({ category, text });
	}

	private add(violations: readonly Violation[]): void {
		this.violations.push(...violations);
	}
}
