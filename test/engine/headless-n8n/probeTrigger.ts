import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { EventEmitter, once } from 'node:events';

import type { INodeParameters, ITriggerFunctions } from 'n8n-workflow';

import type { WorkflowJson } from '../../../dev/headless-n8n';
import { chain, items, type Probe } from '../support/probe';
import { node } from '../support/workflows';

/** What the probe trigger tells: n8n has called it, its manual function or its close function. */
interface Step {
	name: 'trigger' | 'manual' | 'close';
	functions: ITriggerFunctions;
}

const CHANNEL = 'n8n-nodes-probe.trigger';

/** The probe package's trigger, which does what the test says. */
export class ProbeTrigger {
	/** What it did, in order. */
	readonly steps: Step['name'][] = [];
	private current: ITriggerFunctions | undefined;
	private readonly events = new EventEmitter();

	/** What n8n gave the trigger that was started last. */
	get functions(): ITriggerFunctions {
		if (this.current === undefined) throw new Error('No probe trigger was started.');
		return this.current;
	}

	/** Waits for a step that is still to come. */
	async next(name: Step['name']): Promise<void> {
		await once(this.events, name);
	}

	/** Does something within the next call of `trigger()`. */
	whenStarted(act: () => void): void {
		this.events.once('trigger', act);
	}

	/** Emits an item for each value, as its `n`. */
	emit(...values: string[]): void {
		this.functions.emit([items(...values)]);
	}

	/** Emits an item with a deduplication key. */
	emitOnce(value: string, key: string): void {
		this.functions.emit([items(value)], undefined, undefined, key);
	}

	/** Takes a step. */
	readonly note = (message: unknown): void => {
		const { name, functions } = message as Step;
		this.steps.push(name);
		if (name === 'trigger') this.current = functions;
		this.events.emit(name);
	};

	/** Forgets the steps. */
	reset(): void {
		this.steps.length = 0;
		this.current = undefined;
	}
}

/** Watches the probe trigger in the tests of a file; each test finds it as new. */
export function watchTrigger(): ProbeTrigger {
	const trigger = new ProbeTrigger();
	beforeAll(() => subscribe(CHANNEL, trigger.note));
	afterAll(() => unsubscribe(CHANNEL, trigger.note));
	beforeEach(() => trigger.reset());
	return trigger;
}

/** Probe trigger → Probe, which sends the `n` of each item. */
export function triggered(probe: Probe, parameters: INodeParameters = {}): WorkflowJson {
	const [, sending] = probe.workflow().nodes;
	const start = node('Start', 'n8n-nodes-probe.probeTrigger', { parameters });
	return chain(start, { ...node('Probe', ''), ...sending });
}
