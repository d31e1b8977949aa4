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

	/** The one connection of a credential that is the same for every item. */
	private only: Connection | undefined;

	private constructor(
		private readonly context: ExecutionContext,
		private readonly options: ConnectOptions,
	) {}

	/** @throws InputError when the credential is missing, or the same for all items and not usable */
	static async open(context: ExecutionContext, options: ConnectOptions): Promise<Connections> {
		const connections = new Connections(context, options);
		const isOne = context.getInputData().length < 2 || (await isConstant(context));
		if (isOne) connections.only = await connections.of(0);
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

/** Whether the stored credential has no expression in these fields; false when this n8n does not tell. */
async function isConstant(context: ExecutionContext): Promise<boolean> {
	const stored = await storedCredential(context, CREDENTIAL);
	const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');
	return stored !== undefined && !FIELDS.some((name) => isExpression(stored[name]));
}
