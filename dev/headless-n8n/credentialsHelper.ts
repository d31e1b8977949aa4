import type {
	ICredentialDataDecryptedObject,
	ICredentialsExpressionResolveValues,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	INodeTypes,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { ICredentialsHelper, UnexpectedError } from 'n8n-workflow';

import { withDefaults } from './credentialDefaults';
import { resolveCredentialData } from './credentialExpressions';
import type { CredentialStore, SavedCredentials } from './credentialStore';
import type { PackageCredentialTypes } from './credentialTypes';
import { authenticateGenerically } from './genericAuthentication';
import { expirablePropertyOf, mergeForSaving, runPreAuthentication } from './preAuthentication';

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
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.types.getByName(typeName);
		const options = requestOptions as IHttpRequestOptions;
		if (typeof authenticate === 'function') {
			return await authenticate(credentials, options);
		}
		if (authenticate === undefined) {
			return options;
		}
		if (workflow === undefined || node === undefined) {
			throw new UnexpectedError('A generic authenticate needs the workflow and the node');
		}
		return authenticateGenerically(authenticate, credentials, options, { workflow, node });
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
