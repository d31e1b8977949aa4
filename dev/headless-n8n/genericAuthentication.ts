import type {
	IAuthenticateGeneric,
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	INode,
	Workflow,
} from 'n8n-workflow';

import { resolveAuthenticateText } from './credentialExpressions';

interface Consumer {
	workflow: Workflow;
	node: INode;
}

/**
 * Adds what a generic `authenticate` says (headers, query, body, basic auth) to a request. Keys
 * and values may be expressions on `$credentials`. Like n8n, changes the given options.
 *
 * @returns the same options.
 */
export function authenticateGenerically(
	{ properties }: IAuthenticateGeneric,
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
	{ workflow, node }: Consumer,
): IHttpRequestOptions {
	const parts = options as unknown as Record<string, IDataObject | undefined>;
	const resolve = (text: string): string =>
		resolveAuthenticateText(text, credentials, workflow, node);
	for (const [partName, entries] of Object.entries(properties)) {
		const part = (parts[partName] ??= {});
		for (const [name, value] of Object.entries(entries as Record<string, string>)) {
			part[resolve(name)] = resolve(value);
		}
	}
	return options;
}
