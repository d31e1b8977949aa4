import type { Memory } from './memory';
import type { Message } from './types';

/** Whom the end of a message in flight wakes, by its identity and its keys. */
type Waiting = Map<string, (() => void)[]>;

/** By the object that all runs of the node in an execution share. */
const inFlight = new WeakMap<object, Waiting>();

/**
 * Lets a message wait for the end of the same one, or of one with the same key: an AI agent may call its tool
 * several times at once. The second call then finds in the memories what became of the first.
 *
 * @param memories in the order in which they are asked
 * @param execution the object that all runs of the node in an execution share
 */
export function oneAtATime(memories: readonly Memory[], execution: object): readonly Memory[] {
	const waiting: Waiting = inFlight.get(execution) ?? new Map<string, (() => void)[]>();
	inFlight.set(execution, waiting);
	/** How many memories have claimed a message: the last one to be told its end wakes the others. */
	const claims = new Map<Message, number>();

	const turn = async (message: Message) => {
		const names = namesOf(message);
		const line = () => names.map((name) => waiting.get(name)).find((others) => others);
		for (let others = line(); others; others = line()) {
			const ahead = others;
			await new Promise<void>((resolve) => ahead.push(resolve));
		}
		for (const name of names) waiting.set(name, []);
		claims.set(message, 0);
	};
	const count = (message: Message, change: number) => {
		const left = (claims.get(message) ?? 0) + change;
		claims.set(message, left);
		if (left > 0) return;
		claims.delete(message);
		const names = namesOf(message);
		const others = names.flatMap((name) => waiting.get(name) ?? []);
		for (const name of names) waiting.delete(name);
		for (const goOn of others) goOn();
	};

	return memories.map((memory, index) => ({
		begin: async (message) => {
			if (index === 0) await turn(message);
			const known = await memory.begin(message);
			count(message, known.state === 'new' || known.state === 'inDoubt' ? 1 : 0);
			return known;
		},
		calling: (message) => memory.calling?.(message),
		end: async (message, end) => {
			await memory.end(message, end);
			count(message, -1);
		},
	}));
}

function namesOf({ identity, keys }: Message): readonly string[] {
	return [identity, ...keys];
}
