import { hash } from 'node:crypto';

import type { Connection } from '../api/connect';
import { Turns } from '../delivery/turns';
import type { Clock, ItemPlace, JsonObject, Message, Sent } from '../delivery/types';
import {
	failed,
	inputFailure,
	STOPPED,
	succeeded,
	type Failure,
	type Result,
} from '../failures/failure';
import { oneSpelling } from '../resources/addresses';
import { ItemReader, type ParameterSource } from '../resources/parameters';
import type { SendWindow, SendWindows } from '../resources/sendWindow';
import type { Calls, Operation, PreparedRead, PreparedSend } from '../resources/types';
import type { Connections } from './connections';
import type { DeliveryOptions } from './deliveryOptions';

/** What the messages of a run have in common. */
export interface MessageSource {
	readonly parameters: ParameterSource;
	readonly delivery: DeliveryOptions;
	readonly operation: Operation;
	readonly connections: Connections;
	/** The workflow's. */
	readonly timeZone: string;
	readonly windows: SendWindows;
	readonly clock: Clock;
	readonly simplify: boolean;
	/** Checks everything and sends nothing. */
	readonly dryRun: boolean;
	/** Tells the day in the workflow's time zone, for the option Once a Day. */
	readonly today: (() => string) | undefined;
	/** Loops run a node several times in one execution; each run sends its own messages. */
	readonly runIndex: number;
	/** The keys that this execution has used. */
	readonly usedKeys: UsedKeys;
	/** As an AI tool, the same text to the same customer is the same message. */
	readonly isTool: boolean;
}

/** Which item had a key first, in which run, and for which recipient. */
export type UsedKeys = Map<
	string,
	{ readonly item: number; readonly run: number; readonly recipient: string }
>;

/** Builds the messages of a run from its items. */
export class Messages {
	constructor(private readonly source: MessageSource) {}

	/** The message of an item, or the failure that names the field that cannot be used. */
	async prepare(index: number): Promise<Message | Failure> {
		try {
			return await this.build(index);
		} catch (error) {
			return inputFailure(error);
		}
	}

	/** Looks for an item whose input cannot be used, before any message is sent. */
	async firstInvalid(
		count: number,
	): Promise<{ readonly index: number; readonly failure: Failure } | undefined> {
		const { clock } = this.source;
		const turns = new Turns(clock);
		for (let index = 0; index < count; index++) {
			const message = await this.prepare(index);
			if ('reason' in message) return { index, failure: message };
			await turns.next();
			if (clock.stopped()) return { index, failure: STOPPED };
		}
		return undefined;
	}

	/** Whom an item is for, as the item has it; empty when that cannot be read. */
	recipientOf(index: number): string {
		const { operation } = this.source;
		if (operation.kind !== 'send') return '';
		try {
			return operation.prepare(this.reader(index)).recipient.slice(1).join(' ');
		} catch {
			return '';
		}
	}

	private reader(index: number): ItemReader {
		const { parameters, timeZone } = this.source;
		return new ItemReader(parameters, index, timeZone);
	}

	private async build(index: number): Promise<Message> {
		const { operation, connections } = this.source;
		const read = this.reader(index);
		if (operation.kind === 'read') {
			const prepared = operation.prepare(read);
			return this.messageToRead(prepared, await connections.of(index), index);
		}
		const prepared = operation.prepare(read);
		const key = this.source.delivery.sendOnceKey(index);
		const window = this.source.windows.read(this.source.delivery.sendWindow(index));
		const connection = await connections.of(index);
		return {
			...this.identified(prepared, connection, index, key),
			attempt: this.attemptOf(prepared, connection, window),
		};
	}

	private messageToRead(prepared: PreparedRead, connection: Connection, index: number): Message {
		return {
			identity: String(index),
			keys: [],
			account: connection.account,
			known: {},
			attempt: async () => this.outcome(prepared, await attempt(prepared, this.calls(connection))),
		};
	}

	/** Which message it is, by all that its memories and the run know it by. */
	private identified(
		prepared: PreparedSend,
		connection: Connection,
		index: number,
		key: string | undefined,
	): Omit<Message, 'attempt'> {
		const { runIndex, isTool, today } = this.source;
		const { content } = prepared;
		const recipient = prepared.recipient.map(oneSpelling);
		const whom = [connection.account, ...recipient];
		const place = isTool ? [content] : [runIndex, index];
		const onceKey = key === undefined ? undefined : hashOf(['key', connection.account, key]);
		const dayKey = today && hashOf(['day', today(), ...whom, content]);
		const sameKeyAs = this.earlierItemWith(onceKey, recipient.join(' '), index);
		return {
			identity: hashOf([...whom, ...place]).slice(0, 22),
			keys: [onceKey, dayKey].filter((some) => some !== undefined),
			account: connection.account,
			known: prepared.known(),
			...(sameKeyAs !== undefined && { sameKeyAs }),
		};
	}

	/** The window is looked at twice: before the look-ups, and right before the call, which may have waited. */
	private attemptOf(
		prepared: PreparedSend,
		connection: Connection,
		window: SendWindow | undefined,
	): Message['attempt'] {
		return async (aboutToCall) => {
			const closed = this.outside(window);
			if (closed) return failed(closed);
			const calls = this.calls(connection, () => {
				const closedNow = this.outside(window);
				if (!closedNow) aboutToCall();
				return closedNow;
			});
			return await this.send(prepared, connection, calls);
		};
	}

	/** The item of this execution that has the same key, but is for another recipient. */
	private earlierItemWith(
		key: string | undefined,
		recipient: string,
		item: number,
	): ItemPlace | undefined {
		if (key === undefined) return undefined;
		const { runIndex: run, usedKeys } = this.source;
		const first = usedKeys.get(key);
		if (!first || (first.item === item && first.run === run)) {
			usedKeys.set(key, { item, run, recipient });
			return undefined;
		}
		if (first.recipient === recipient) return undefined;
		return { item: first.item, ...(first.run !== run && { earlierRun: first.run }) };
	}

	/** @param aboutToSend asked right before a call that sends; a failure means: do not call */
	private calls(connection: Connection, aboutToSend?: () => Failure | undefined): Calls {
		return {
			clock: this.source.clock,
			call: async (request) =>
				await connection.call(request, request.reads ? undefined : aboutToSend),
		};
	}

	/** One attempt at a message; in a dry run all of it but the call that sends. */
	private async send(
		prepared: PreparedSend,
		connection: Connection,
		calls: Calls,
	): Promise<Result<Sent>> {
		const complete = prepared.lookUp ? await prepared.lookUp(calls) : succeeded(prepared);
		if (!complete.ok) return complete;
		if (this.source.dryRun) return await rehearse(complete.value, connection);
		return this.outcome(complete.value, await attempt(complete.value, calls));
	}

	/** What an attempt came to: the output of its answer, or what its failure means here. */
	private outcome(prepared: PreparedRead | PreparedSend, result: Result<JsonObject>): Result<Sent> {
		const { operation, simplify } = this.source;
		if (!result.ok) return failed(operation.recognise?.(result.failure) ?? result.failure);
		const { value: answer } = result;
		const raw = 'raw' in prepared && prepared.raw ? prepared.raw(answer) : answer;
		return succeeded({
			output: simplify ? prepared.output(answer) : raw,
			receipt: 'receipt' in prepared ? prepared.receipt(answer) : { id: '' },
		});
	}

	/** The failure of a message outside its send window; the calendar's clock counts. */
	private outside(window: SendWindow | undefined): Failure | undefined {
		const now = Date.now();
		if (!window || window.isOpen(now)) return undefined;
		const sendAfter = window.nextOpening(now);
		return {
			reason: 'outsideSendWindow',
			delivered: 'no',
			transient: false,
			notCalled: true,
			...(sendAfter !== undefined && { sendAfter }),
		};
	}
}

async function attempt(
	prepared: PreparedRead | PreparedSend,
	calls: Calls,
): Promise<Result<JsonObject>> {
	return prepared.attempt ? await prepared.attempt(calls) : await calls.call(prepared.request);
}

/** A dry run: all but the call that sends. */
async function rehearse(prepared: PreparedSend, connection: Connection): Promise<Result<Sent>> {
	const login = await connection.login();
	if (!login.ok) return login;
	const output = { ...prepared.known(), ...prepared.preview?.(), status: 'dryRun' };
	return succeeded({ output, receipt: { id: '' } });
}

/** Enough to tell messages apart, too little to tell what they say. */
function hashOf(content: readonly unknown[]): string {
	return hash('sha256', JSON.stringify(content), 'base64url');
}
