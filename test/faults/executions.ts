import { setTimeout } from 'node:timers/promises';
import { inspect } from 'node:util';

import { stringify } from 'flatted';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Engine, RunningExecution, RunResult, WorkflowJson } from '../../dev/headless-n8n';
import type { OAuthClient } from '../../dev/simulator';
import { SEND } from '../engine/support/workflows';
import { judgeError, judgeJournal, judgeReport, type Evidence, type Violation } from './judge';
import { callsTo } from './support/calls';
import { runAndKill } from './support/killed';
import { leaks } from './support/secrets';
import { engineFor, mendedWorkflowOf, workflowOf } from './support/workflow';
import type { FaultKind, OnError, RightFailures, RunSettings, Stage } from './types';

/** An execution that takes longer hangs. */
const MAX_EXECUTION_MS = 180_000;
/** For how long calls may not come after the end of an execution. */
const QUIET_MS = 20;

/** What the executions of a run share. */
export interface Run {
	readonly kind: FaultKind;
	readonly stage: Stage;
	readonly client: OAuthClient;
	/** What puts an end to the fault. */
	readonly mends: readonly (() => unknown)[];
}

/** What is right after an execution, where it is not what the kind says. */
interface Right {
	/** The contacts in the order of the items. */
	readonly ids?: readonly string[];
	readonly failures?: readonly string[];
	readonly onError?: OnError;
}

/** The executions of a run, each judged when it has ended. */
export class Executions {
	readonly kind: FaultKind;
	readonly stage: Stage;
	readonly client: OAuthClient;

	/** @param violations takes what is found */
	constructor(
		private readonly run: Run,
		private readonly violations: Violation[],
	) {
		({ kind: this.kind, stage: this.stage, client: this.client } = run);
	}

	get settings(): RunSettings {
		return this.stage.settings;
	}

	/** The right failures of the run's policy. */
	failuresOf(failures: RightFailures = {}): readonly string[] {
		return failures[this.settings.uncertain] ?? [];
	}

	/** An engine before the fault is gone. */
	async engine(): Promise<Engine> {
		return await engineFor(this.stage, this.client);
	}

	/** An engine with the fault gone, in the same process or after a restart of n8n. */
	async mendedEngine({ restarted = this.kind.restarts ?? false } = {}): Promise<Engine> {
		for (const mend of this.run.mends) await mend();
		return await engineFor(this.stage, this.client, restarted ? 'after-a-restart' : '');
	}

	/** The workflow with which the campaign is continued. */
	mended(changes: IDataObject & { onError?: OnError } = {}): WorkflowJson {
		return mendedWorkflowOf(this.kind, this.settings, changes);
	}

	/** Starts the campaign, and lets the kind act meanwhile. */
	async send(engine: Engine): Promise<RunResult> {
		const { kind, stage } = this;
		const running = this.start(engine);
		const [result] = await Promise.all([this.ended(running.result), kind.during?.(stage, running)]);
		return result;
	}

	/** Starts the campaign without waiting for it. */
	start(engine: Engine, workflow = workflowOf(this.kind, this.settings)): RunningExecution {
		return engine.start(workflow, { input: [...this.stage.items] });
	}

	/** The campaign in a process of its own, which is killed at a random moment. */
	async sendAndKill(): Promise<void> {
		await runAndKill(this.stage, this.kind, this.client);
	}

	/** Waits for an execution, and looks at what it leaves behind: calls, secrets. */
	async ended(running: Promise<RunResult>): Promise<RunResult> {
		const result = await this.inTime(running);
		const { simulator, urls } = this.stage;
		const calls = () => callsTo(simulator.url, urls.loginUrl, urls.apiUrl);
		const before = calls();
		await setTimeout(QUIET_MS);
		if (calls() > before) this.blame('other', 'calls came after the end');
		const shown = `${stringify(result.raw.data)}\n${inspect(result.error, { depth: 8 })}`;
		if (leaks(shown)) this.blame('other', 'the result holds a token or the secret');
		return result;
	}

	judgeJournal(right: Right = {}): void {
		this.add(judgeJournal(this.evidence(right)));
	}

	judgeReport(result: RunResult, right: Right = {}): void {
		const { onError = this.settings.onError } = right;
		if (result.status !== 'success') this.blame('other', `the run ended as ${result.status}`);
		const outputs = [0, 1].map((output): INodeExecutionData[] => result.outputOf(SEND, output));
		this.add(judgeReport(this.evidence(right), { onError, outputs }));
	}

	judgeError({ error }: RunResult, right: Right = {}): void {
		const { itemIndex, data } = (error as { context?: Record<string, unknown> }).context ?? {};
		this.add(judgeError(this.evidence(right), { itemIndex, details: data }));
	}

	blame(category: Violation['category'], text: string): void {
		this.violations.push({ category, text });
	}

	private async inTime<T>(ended: Promise<T>): Promise<T> {
		const abort = new AbortController();
		const late = setTimeout(MAX_EXECUTION_MS, undefined, { signal: abort.signal }).then(() => {
			throw new Error(`The execution did not end within ${MAX_EXECUTION_MS / 1000} s.`);
		});
		return await Promise.race([ended, late]).finally(() => abort.abort());
	}

	private evidence({ ids = this.stage.ids, failures }: Right): Evidence {
		const { kind, stage, settings } = this;
		const known = new Set(ids);
		const journal = stage.journals.flatMap((one) => one.all());
		return {
			ids,
			journal: journal.filter(({ contactId }) => known.has(contactId)),
			uncertain: settings.uncertain,
			repeats: kind.repeats ?? false,
			failures: failures ?? this.failuresOf(kind.failures),
			mayFail: (contactId) => stage.hit.size === 0 || stage.hit.has(contactId),
		};
	}

	private add(violations: readonly Violation[]): void {
		this.violations.push(...violations);
	}
}
