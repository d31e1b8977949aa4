import type { IDataObject } from 'n8n-workflow';

import { connect, CREDENTIAL, type Connection, type ConnectOptions } from '../api/connect';
import { storedCredential, type ExecutionContext } from './host';

/** The fields of the credential that decide where a message goes. */
const FIELDS = ['environment', 'loginUrl', 'apiUrl', 'clientId', 'clientSecret', 'scope'] as const;

/**
 * The connections of a run. A credential may hold expressions (`{{ $json.tenant }}`): then each item goes to
 * its own organization. One without is read once, because n8n reads its database each time.
 */
export class Connections {
	private readonly known = new Map<string, Connection>();

	private constructor(
		private readonly context: ExecutionContext,
		private readonly options: ConnectOptions,
		/** The one connection of a credential that is the same for every item. */
		private only: Connection | undefined,
	) {}

	/** @throws InputError when the credential is missing or a field of it cannot be used */
	static async open(context: ExecutionContext, options: ConnectOptions): Promise<Connections> {
		const first = await context.getCredentials(CREDENTIAL, 0);
		const connections = new Connections(context, options, undefined);
		const connection = connections.connectionOf(first);
		const isOne = context.getInputData().length < 2 || (await isConstant(context, first));
		if (isOne) connections.only = connection;
		return connections;
	}

	/** @throws InputError when the credential cannot be used for this item */
	async of(itemIndex: number): Promise<Connection> {
		if (this.only) return this.only;
		return this.connectionOf(await this.context.getCredentials(CREDENTIAL, itemIndex));
	}

	private connectionOf(fields: IDataObject): Connection {
		const key = JSON.stringify(FIELDS.map((name) => fields[name]));
		const connection = this.known.get(key) ?? connect(fields, this.options);
		this.known.set(key, connection);
		return connection;
	}
}

/** Whether the stored credential has no expression, and is what the first item got. */
async function isConstant(context: ExecutionContext, resolved: IDataObject): Promise<boolean> {
	const stored = await storedCredential(context, CREDENTIAL);
	if (!stored) return false;
	return FIELDS.every((name) => {
		const value = stored[name];
		if (value === undefined) return true;
		return value === resolved[name] && !(typeof value === 'string' && value.startsWith('='));
	});
}
