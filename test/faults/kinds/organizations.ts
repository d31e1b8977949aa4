import type { Executions } from '../executions';
import { toTheEnd } from '../plots';
import { startSecurely } from '../../support/secure';
import { strikeSome } from '../support/strike';
import type { FaultKind, Stage } from '../types';

/** Starts another organization that knows the same OAuth client. */
async function organization({ simulator, onEnd, onMend }: Stage) {
	const other = await startSecurely({
		unknownContacts: 'accept',
		clients: [...simulator.clients],
	});
	onMend(() => other.faults.clear());
	onEnd(async () => await other.stop());
	return other;
}

/** Each second item belongs to another organization; the credential is an expression. */
async function alternate(stage: Stage): Promise<void> {
	const other = await organization(stage);
	stage.journals.push(other.journal);
	const own = [stage.simulator, other] as const;
	stage.items.forEach(({ json }, index) => (json.org = own[index % 2]!.url));
	Object.assign(stage.urls, { loginUrl: '={{ $json.org }}', apiUrl: '={{ $json.org }}' });
	stage.onEnd(() => {
		for (const [index, { journal }] of own.entries()) {
			const strangers = journal
				.all()
				.filter(({ contactId }) => stage.ids.indexOf(contactId) % 2 !== index);
			if (strangers.length > 0) stage.blame(`${strangers.length} came to the wrong organization`);
		}
	});
	for (const simulator of own) strikeSome({ ...stage, simulator }, { kind: 'reset', accept: true });
}

/** Retry Execution, after the credential was made to point to the organization that was meant. */
async function retriedElsewhere(run: Executions): Promise<void> {
	const first = await run.send(await run.engine());
	run.judgeJournal();
	run.judgeError(first);
	const other = await organization(run.stage);
	run.stage.journals.splice(0, 1, other.journal);
	Object.assign(run.stage.urls, { loginUrl: other.url, apiUrl: other.url });
	const engine = await run.mendedEngine();
	const again = await run.ended(engine.retry(first, { workflow: run.mended() }));
	run.judgeJournal();
	run.judgeReport(again, { failures: [] });
}

/** Retry Execution, after a person has changed the workflow. */
function retriedWith(changes: Record<string, string>, renamed = (id: string) => id) {
	return async (run: Executions): Promise<void> => {
		const first = await run.send(await run.engine());
		run.judgeJournal();
		run.judgeError(first);
		const engine = await run.mendedEngine();
		const again = await run.ended(engine.retry(first, { workflow: run.mended(changes) }));
		run.judgeJournal();
		const right = { ids: run.stage.ids.map(renamed), failures: [] };
		run.judgeJournal(right);
		run.judgeReport(again, right);
	};
}

const refusedOnce: Pick<FaultKind, 'fits' | 'arrange' | 'failures'> = {
	// Only an execution that failed has Retry Execution.
	fits: ({ onError }) => onError === 'stopWorkflow',
	arrange: (stage) => strikeSome(stage, { kind: 'status', status: 403 }, Infinity),
	failures: { retry: ['forbidden/no'], fail: ['forbidden/no'] },
};

/** Whose message it is: organizations in one run, and changes before Retry Execution. */
export const organizations: readonly FaultKind[] = [
	{
		name: 'two-organizations',
		what: 'each item names its organization; connections are reset after acceptance',
		arrange: alternate,
		plot: toTheEnd,
		failures: { fail: ['network/unknown'] },
		repeats: true,
	},
	{
		...refusedOnce,
		name: 'retry-other-credential',
		what: 'some get a 403; Retry Execution with the credential of another organization',
		plot: retriedElsewhere,
	},
	{
		...refusedOnce,
		name: 'retry-other-text',
		what: 'some get a 403; Retry Execution with another text',
		plot: retriedWith({ message: '=Another text for {{ $json.contactId }}' }),
	},
	{
		...refusedOnce,
		name: 'retry-other-recipient',
		what: 'some get a 403; Retry Execution with other recipients',
		plot: retriedWith({ contactId: '={{ "new-" + $json.contactId }}' }, (id) => `new-${id}`),
	},
];
