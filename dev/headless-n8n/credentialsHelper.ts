import type {
	ICredentialDataDecryptedObject,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IDataObject,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	INodeTypes,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import {
	getCredentialOwnRequestAllowedDomains,
	ICredentialsHelper,
	isExpression,
	UserError,
} from 'n8n-workflow';

import { resolveCredentialData, withDefaults } from './credentialData';
import type { CredentialStore, SavedCredentials } from './database';
import type { PackageCredentialTypes } from './packages';

/** Name of the hidden property that `preAuthentication` fills, if the type has one. */
function expirablePropertyOf({ properties }: ICredentialType): string | undefined {
	return properties.find(
		({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable === true,
	)?.name;
}

/** The request helper with the credential's own list of allowed domains applied. */
function restrictedTo(
	credentials: ICredentialDataDecryptedObject,
	{ helpers }: IHttpRequestHelper,
): IHttpRequestHelper {
	const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> => {
		const allowedDomains = getCredentialOwnRequestAllowedDomains(credentials);
		if (allowedDomains === undefined) {
			return await helpers.httpRequest(options);
		}
		if (options.allowedDomains !== undefined) {
			throw new UserError('The credential and its authentication both restrict the domains');
		}
		return await helpers.httpRequest({ ...options, allowedDomains });
	};
	return { helpers: { httpRequest } };
}

/**
 * Runs the type's `preAuthentication`.
 *
 * @returns what it returned; nothing if the type has none.
 * @throws what it threw.
 */
async function runPreAuthentication(
	type: ICredentialType,
	credentials: ICredentialDataDecryptedObject,
	helpers: IHttpRequestHelper,
): Promise<IDataObject | undefined> {
	return await type.preAuthentication?.call(restrictedTo(credentials, helpers), credentials);
}

/**
 * What n8n saves after `preAuthentication`: the new values, except where the user's own value is
 * an expression, which must not be replaced by what it was this time.
 */
function mergeForSaving(
	saved: ICredentialDataDecryptedObject,
	output: IDataObject,
	expirable: string,
): ICredentialDataDecryptedObject {
	const kept = Object.entries(output).filter(
		([name]) => name === expirable || !isExpression(saved[name]),
	);
	return { ...saved, ...(Object.fromEntries(kept) as ICredentialDataDecryptedObject) };
}

/** What n8n's engine asks about credentials, answered from an engine's store. */
export class EngineCredentialsHelper extends ICredentialsHelper {
	constructor(
		private readonly types: PackageCredentialTypes,
		private readonly store: CredentialStore,
		private readonly nodeTypes: INodeTypes,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		return this.types.getParentTypes(name);
	}

	isCredentialUsableByNode(type: string, nodeType: string): boolean {
		const restricted = this.types.getByName(type).restrictToSupportedNodes === true;
		return !restricted || this.types.getSupportedNodes(type).includes(nodeType);
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.types.getProperties(type);
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.types.getByName(typeName);
		const options = requestOptions as IHttpRequestOptions;
		if (authenticate === undefined) {
			return options;
		}
		if (typeof authenticate !== 'function') {
			throw new UserError(`The authenticate of "${typeName}" is not a function`);
		}
		return await authenticate(credentials, options);
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.types.getByName(typeName);
		const expirable = expirablePropertyOf(type);
		if (expirable === undefined || (credentials[expirable] !== '' && !credentialsExpired)) {
			return undefined;
		}
		const output = await runPreAuthentication(type, credentials, helpers);
		const details = node.credentials?.[typeName];
		if (output?.[expirable] === undefined || details === undefined) {
			return undefined;
		}
		const saved = await this.store.find(details, typeName).getData();
		await this.updateCredentials(details, typeName, mergeForSaving(saved, output, expirable));
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const output = await runPreAuthentication(this.types.getByName(typeName), credentials, helpers);
		return output as ICredentialDataDecryptedObject | undefined;
	}

	getCredentials(details: INodeCredentialsDetails, type: string): Promise<SavedCredentials> {
		return Promise.resolve(this.store.find(details, type));
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		consumer?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const saved = await this.store.find(details, type).getData();
		if (raw === true) {
			return saved;
		}
		const { nodeTypes } = this;
		const context = { additionalData, nodeTypes, mode, executeData, consumer };
		return resolveCredentialData(withDefaults(saved, this.types.getProperties(type)), context);
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		const saved = this.store.find(details, type);
		await saved.setData(data);
		this.store.save(saved);
	}

	async updateCredentialsOauthTokenData(
		details: INodeCredentialsDetails,
		type: string,
		{ oauthTokenData }: ICredentialDataDecryptedObject,
	): Promise<void> {
		const saved = this.store.find(details, type);
		await saved.updateData({ oauthTokenData });
		this.store.save(saved);
	}
}
