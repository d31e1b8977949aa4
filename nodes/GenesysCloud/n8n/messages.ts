import type { Connection } from '../api/connect';
import { Turns } from '../delivery/deliverBatch';
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
import type { DeliveryReader } from './deliveryReader';
import { asRead, DayKeys, hashOf, IDENTITY_LENGTH, type UsedKeys } from './identity';

/** What the messages of a run have in common. */
export interface MessageSource {
	readonly parameters: ParameterSource;
	readonly delivery: DeliveryReader;
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
	/** Whether an earlier try of the node may have sent messages. */
	readonly mayHaveSent: boolean;
	/** As an AI tool, the same text to the same customer is the same message. */
	readonly isTool: boolean;
}

/** An item with what differs from item to item, read and checked. */
interface ItemToSend {
	readonly index: number;
	readonly connection: Connection;
	readonly key: string | undefined;
	readonly window: SendWindow | undefined;
}

/** Builds the messages of a run from its items. */
export class Messages {
	/** The calls that a dry run would have made. */
	callsRehearsed = 0;
	constructor(private readonly source: MessageSource) {}

	/** The message of an item, or the failure that names the field that cannot be used. */
	async prepare(index: number): Promise<Message | Failure> {
		try {
			return await this.build(index);
		} catch (error) {
			// The same message may have been sent with another text, except as a tool.
			return inputFailure(error, this.source.mayHaveSent && !this.source.isTool);
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
			return operation.recipient(this.reader(index));
		} catch {
			return '';
		}
	}

	private reader(index: number): ItemReader {
		const { parameters, timeZone } = this.source;
		return new ItemReader(parameters, index, timeZone);
	}

	private async build(index: number): Promise<Message | Failure> {
		const { operation, delivery, windows } = this.source;
		const read = this.reader(index);
		if (operation.kind === 'read') {
			const prepared = operation.prepare(read);
			const connection = await this.connect(index);
			if ('reason' in connection) return connection;
			return this.messageToRead(prepared, connection, index);
		}
		const prepared = operation.prepare(read);
		const key = delivery.sendOnceKey(index);
		const window = windows.read(delivery.sendWindow(index));
		const connection = await this.connect(index);
		if ('reason' in connection) return connection;
		return this.messageToSend(prepared, { connection, index, key, window });
	}

	/** Without the account, nobody can look up whether an earlier try has sent this message. */
	private async connect(index: number): Promise<Connection | Failure> {
		const { connections, mayHaveSent } = this.source;
		try {
			return await connections.of(index);
		} catch (error) {
			return inputFailure(error, mayHaveSent);
		}
	}

	private messageToRead(prepared: PreparedRead, connection: Connection, index: number): Message {
		return {
			identity: String(index),
			keys: [],
			client: connection.client,
			known: {},
			attempt: async () => this.outcome(prepared, await attempt(prepared, this.calls(connection))),
		};
	}

	/** A message, with all that its memories and the run know it by. */
	private messageToSend(prepared: PreparedSend, item: ItemToSend): Message {
		const { runIndex, isTool, today } = this.source;
		const { account, client } = item.connection;
		const content = () => asRead(prepared.content);
		const whom = [account, ...prepared.recipient.map(oneSpelling)];
		const place = isTool ? [content()] : [runIndex, item.index];
		const onceKey = item.key === undefined ? undefined : hashOf(['key', account, item.key]);
		const sameKeyAs = onceKey && this.earlierItemWith(onceKey, hashOf(whom), item.index);
		const dayKeys = new DayKeys(today, (day) => hashOf(['day', day, ...whom, content()]));
		return {
			identity: hashOf([...whom, ...place]).slice(0, IDENTITY_LENGTH),
			keys: [onceKey ?? [], dayKeys.first].flat(),
			lateKeys: () => dayKeys.late,
			client,
			known: prepared.known(),
			...(sameKeyAs && { sameKeyAs }),
			attempt: this.attemptOf(prepared, item, dayKeys),
		};
	}

	/** The window is looked at twice: before the look-ups, and right before the call, which may have waited. */
	private attemptOf(
		prepared: PreparedSend,
		{ connection, window }: ItemToSend,
		dayKeys: DayKeys,
	): Message['attempt'] {
		return async (aboutToCall) => {
			const closed = this.outside(window);
			if (closed) return failed(closed);
			const calls = this.calls(connection, () => {
				const closedNow = this.outside(window);
				if (closedNow) return closedNow;
				dayKeys.calling();
				aboutToCall();
				return undefined;
			});
			return await this.send(prepared, connection, calls);
		};
	}

	/** The item of this execution that has the same key, but is for another recipient. */
	private earlierItemWith(key: string, recipient: string, item: number): ItemPlace | undefined {
		const { runIndex: run, usedKeys, isTool } = this.source;
		// Every call of a tool has the same place.
		return usedKeys.use(key, { item, run, recipient }, !isTool);
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
		if (this.source.dryRun) {
			this.callsRehearsed += 1 + (prepared.lookUp ? 1 : 0) + (prepared.attempt ? 1 : 0);
			return await rehearse(complete.value, connection);
		}
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
