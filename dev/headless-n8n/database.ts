import type {
	ICredentialDataDecryptedObject,
	ICredentialsEncrypted,
	IDataObject,
	INodeCredentialsDetails,
	Workflow,
} from 'n8n-workflow';
import { ICredentials, LoggerProxy, UserError } from 'n8n-workflow';

/** A credential as a user saved it; `data` may hold expressions and may lack defaults. */
export interface StoredCredential {
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

/** A saved credential in n8n's shape; kept as JSON text where n8n keeps it encrypted. */
export class SavedCredentials extends ICredentials {
	async getData(): Promise<ICredentialDataDecryptedObject> {
		return JSON.parse(this.data ?? '{}') as ICredentialDataDecryptedObject;
	}

	async setData(data: ICredentialDataDecryptedObject): Promise<void> {
		this.data = JSON.stringify(data);
	}

	async updateData(
		toUpdate: Partial<ICredentialDataDecryptedObject>,
		toDelete: (keyof ICredentialDataDecryptedObject)[] = [],
	): Promise<void> {
		const merged = Object.entries({ ...(await this.getData()), ...toUpdate });
		const kept = merged.filter(([name]) => !toDelete.includes(name));
		await this.setData(Object.fromEntries(kept) as ICredentialDataDecryptedObject);
	}

	getDataToSave(): ICredentialsEncrypted {
		return { id: this.id, name: this.name, type: this.type, data: this.data ?? '{}' };
	}
}

/** The saved credentials of one engine, in place of n8n's database. */
export class CredentialStore {
	private readonly rows: Map<string, { name: string; type: string; json: string }>;

	constructor(credentials: Record<string, StoredCredential>) {
		const rows = Object.entries(credentials).map(
			([id, { name, type, data }]) => [id, { name, type, json: JSON.stringify(data) }] as const,
		);
		this.rows = new Map(rows);
	}

	/** @throws UserError if there is no credential with this id. */
	get(id: string): SavedCredentials {
		const row = this.rows.get(id);
		if (row === undefined) {
			throw new UserError(`Credential with ID "${id}" does not exist.`);
		}
		return new SavedCredentials({ id, name: row.name }, row.type, row.json);
	}

	/** @throws UserError if the node has no such credential, or one of another type. */
	find({ id, name }: INodeCredentialsDetails, type: string): SavedCredentials {
		if (!id) {
			throw new UserError(`Found credential "${name}" of type "${type}" with no ID.`);
		}
		const saved = this.get(id);
		if (saved.type !== type) {
			throw new UserError(`Credential with ID "${id}" does not exist for type "${type}".`);
		}
		return saved;
	}

	/** Saves the credential's data; a credential without an id is not in the store. */
	save({ id, name, type, data }: SavedCredentials): void {
		if (id) {
			this.rows.set(id, { name, type, json: data ?? '{}' });
		}
	}
}

/** n8n's column for the keys; a longer one is an error on PostgreSQL. */
const MAX_KEY_LENGTH = 255;

/**
 * What n8n's database keeps of workflows between their executions: static data, and the keys of
 * executions that a trigger has given one. Engines that share one are the main processes of one n8n.
 */
export class WorkflowDatabase {
	/** As JSON text, so that nobody changes what is saved by changing what was read. */
	private readonly staticData = new Map<string, string>();
	private readonly executionKeys = new Set<string>();

	/** A copy of a workflow's static data, by `global` or `node:<name>`; empty if it has none. */
	staticDataOf(workflowId: string): IDataObject {
		return JSON.parse(this.staticData.get(workflowId) ?? '{}') as IDataObject;
	}

	/** Replaces a workflow's static data as a whole. A workflow that was never saved has none. */
	saveStaticData(workflowId: string, data: IDataObject): void {
		if (workflowId !== '') {
			this.staticData.set(workflowId, JSON.stringify(data));
		}
	}

	/** Saves what a trigger has changed in its own copy of the static data, as n8n does at times. */
	saveChangesOf({ id, staticData }: Workflow): void {
		if (staticData.__dataChanged === true) {
			this.saveStaticData(id, staticData);
			staticData.__dataChanged = false;
		}
	}

	/**
	 * Takes the key of a new execution, which no other execution of any workflow may have.
	 *
	 * @returns whether the key was free; without a key it always is.
	 * @throws UserError if the key is too long for n8n's database.
	 */
	takeExecutionKey(key: string | undefined): boolean {
		if (key === undefined) return true;
		if (key.length > MAX_KEY_LENGTH) {
			throw new UserError(`A deduplication key has at most ${MAX_KEY_LENGTH} characters`);
		}
		if (this.executionKeys.has(key)) {
			LoggerProxy.warn('Execution skipped: duplicate deduplication key', { deduplicationKey: key });
			return false;
		}
		this.executionKeys.add(key);
		return true;
	}
}
