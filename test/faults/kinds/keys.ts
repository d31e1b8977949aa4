import { checkedAgain, sentAndStartedAnew, twoAtOnce } from '../plots';
import { always } from '../support/failures';
import { strikeSome } from '../support/strike';
import type { FaultKind, Stage } from '../types';

const inDoubt = { fail: ['network/unknown'] } as const;

/** Some calls of n8n's database fail, until the fault is gone. */
function failSome({ keys, random, onMend }: Stage, share: number): void {
	keys.before = async ({ scope }) => {
		if (scope === 'workflow' && random() < share) throw new Error('database is locked');
		await Promise.resolve();
	};
	onMend(() => (keys.before = async () => await Promise.resolve()));
}

/** Send Once Keys that several executions ask for. */
export const keys: readonly FaultKind[] = [
	{
		name: 'two-executions',
		what: 'two executions at once, with the same Send Once Keys',
		keyed: true,
		plot: twoAtOnce,
		failures: inDoubt,
		repeats: true,
	},
	{
		name: 'two-executions-in-a-storm',
		what: 'the same while connections are reset after acceptance',
		arrange: (stage) => {
			strikeSome(stage, { kind: 'reset', accept: true });
			stage.hit.clear();
		},
		keyed: true,
		plot: twoAtOnce,
		failures: inDoubt,
		repeats: true,
	},
	{
		name: 'keys-checked-again',
		what: 'keys that were sent long ago are checked by two workers at once',
		keyed: true,
		plot: checkedAgain(() => undefined),
	},
	{
		name: 'keys-checked-again-database',
		what: 'the same while one in ten calls of the database fails',
		keyed: true,
		plot: checkedAgain((stage) => failSome(stage, 0.1)),
		failures: always('keyStore/no'),
	},
	{
		name: 'database-while-sending',
		what: 'one in twenty calls of the database fails; then the campaign is started anew',
		keyed: true,
		arrange: (stage) => failSome(stage, 0.05),
		plot: sentAndStartedAnew,
		failures: { retry: ['keyStore/no'], fail: ['keyStore/no', 'network/unknown'] },
		repeats: true,
	},
];
