import type {
	ICredentialDataDecryptedObject,
	ICredentialsEncrypted,
	INodeCredentialsDetails,
} from 'n8n-workflow';
import { ICredentials, UserError } from 'n8n-workflow';

import type { StoredCredential } from './types';

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
