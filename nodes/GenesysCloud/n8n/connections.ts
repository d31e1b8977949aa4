import type { IDataObject } from 'n8n-workflow';

import type { ConnectOptions } from '../api/client';
import { connect, CREDENTIAL, type Connection } from '../api/connect';
import { STOPPED, type Failure } from '../failures/failure';
import { isExpression } from '../resources/parameters';
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
	static async open(
		context: ExecutionContext,
		options: ConnectOptions,
	): Promise<Connections | Failure> {
		const connections = new Connections(context, options);
		const isOne = context.getInputData().length < 2 || (await connections.isConstant());
		if (!isOne) return connections;
		const only = await connections.of(0);
		if ('reason' in only) return only;
		connections.only = only;
		return connections;
	}

	/**
	 * @returns `STOPPED` when the execution was stopped before n8n had read the credential
	 * @throws InputError when the credential cannot be used for this item
	 */
	async of(itemIndex: number): Promise<Connection | Failure> {
		if (this.only) return this.only;
		const fields = await this.untilStop(this.context.getCredentials(CREDENTIAL, itemIndex));
		return fields ? this.connectionOf(fields) : STOPPED;
	}

	/** Whether the stored credential has no expression in these fields; false when this n8n does not tell. */
	private async isConstant(): Promise<boolean> {
		const stored = await this.untilStop(storedCredential(this.context, CREDENTIAL));
		return stored !== undefined && !FIELDS.some((name) => isExpression(stored[name]));
	}

	/** A database or vault may hang. */
	private async untilStop<T>(read: Promise<T>): Promise<T | undefined> {
		return await this.options.clock.within(read, Number.POSITIVE_INFINITY);
	}

	private connectionOf(fields: IDataObject): Connection {
		const key = JSON.stringify(FIELDS.map((name) => fields[name]));
		const connection = this.known.get(key) ?? connect(fields, this.options);
		this.known.set(key, connection);
		return connection;
	}
}
