import type { Known, Memory } from './memory';
import type { Message } from './types';

/** Whom the end of a message in flight wakes, by the message's identity. */
type Waiting = Map<string, (() => void)[]>;

/** By the object that all runs of the node in an execution share. */
const inFlight = new WeakMap<object, Waiting>();

/**
 * Lets the same message wait for its own end: an AI agent may call its tool several times at once, with the
 * same text for the same customer. The second call then finds in the memory what became of the first.
 *
 * @param execution the object that all runs of the node in an execution share
 */
export function oneAtATime(memory: Memory, execution: object): Memory {
	const waiting: Waiting = inFlight.get(execution) ?? new Map<string, (() => void)[]>();
	inFlight.set(execution, waiting);
	const begin = async (message: Message): Promise<Known> => {
		for (let line = waiting.get(message.identity); line; line = waiting.get(message.identity)) {
			const others = line;
			await new Promise<void>((resolve) => others.push(resolve));
		}
		waiting.set(message.identity, []);
		const known = await memory.begin(message);
		if (known.state === 'sent' || known.state === 'unavailable') wake(message);
		return known;
	};
	const wake = ({ identity }: Message) => {
		const others = waiting.get(identity) ?? [];
		waiting.delete(identity);
		for (const goOn of others) goOn();
	};
	return {
		begin,
		calling: (message) => memory.calling?.(message),
		end: async (message, end) => {
			await memory.end(message, end);
			wake(message);
		},
	};
}
