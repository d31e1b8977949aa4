import type { Connection } from '../../../nodes/GenesysCloud/api/connect';
import type { Message } from '../../../nodes/GenesysCloud/delivery/types';
import { succeeded, type Failure } from '../../../nodes/GenesysCloud/failures/failure';
import { DeliveryReader } from '../../../nodes/GenesysCloud/n8n/deliveryReader';
import { Messages, type MessageSource } from '../../../nodes/GenesysCloud/n8n/messages';
import { UsedKeys } from '../../../nodes/GenesysCloud/n8n/identity';
import { findOperation } from '../../../nodes/GenesysCloud/resources';
import { SendWindows } from '../../../nodes/GenesysCloud/resources/sendWindow';
import { FakeClock } from './clock';
import { parametersOf } from './context';

/** The fields of a Web Message. */
export const FIELDS = { contactId: 'contact-1', senderType: 'bot', message: 'Hello' };
/** The API's answer to it. */
export const SENT = { id: 'm-1' };

/** How a test's messages differ from the usual. */
export interface Setting {
	readonly fields?: Readonly<Record<string, unknown>>;
	readonly account?: string;
	readonly call?: Connection['call'];
	readonly login?: Connection['login'];
	readonly operation?: readonly [string, string];
	readonly source?: Partial<MessageSource>;
}

/** The messages of a run over a connection that the test plays. */
export function messagesOf({
	fields = FIELDS,
	account = 'a',
	call,
	login,
	operation,
	source,
}: Setting = {}) {
	const parameters = parametersOf(fields);
	const connection: Connection = {
		account,
		client: account,
		apiUrl: 'https://api.mypurecloud.de',
		call: call ?? (async () => await Promise.resolve(succeeded(SENT))),
		login: login ?? (async () => await Promise.resolve(succeeded(Infinity))),
	};
	const [resource, name] = operation ?? ['webMessage', 'send'];
	return new Messages({
		parameters,
		delivery: new DeliveryReader(parameters),
		operation: findOperation(resource, name)!,
		connections: { of: async () => await Promise.resolve(connection) } as never,
		timeZone: 'Europe/Berlin',
		windows: new SendWindows('Europe/Berlin'),
		clock: new FakeClock(),
		simplify: false,
		dryRun: false,
		today: undefined,
		runIndex: 0,
		usedKeys: new UsedKeys({}),
		mayHaveSent: false,
		isTool: false,
		...source,
	});
}

/** The message; fails when there is none. */
export function messageIn(prepared: Message | Failure): Message {
	if ('reason' in prepared) throw new Error(prepared.input?.message);
	return prepared;
}

/** The message of an item. */
export const messageFrom = async (setting: Setting = {}, index = 0) =>
	messageIn(await messagesOf(setting).prepare(index));
