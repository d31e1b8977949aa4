import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { getCredentialOwnRequestAllowedDomains, isExpression, UserError } from 'n8n-workflow';

/** Name of the hidden property that `preAuthentication` fills, if the type has one. */
export function expirablePropertyOf({ properties }: ICredentialType): string | undefined {
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
export async function runPreAuthentication(
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
export function mergeForSaving(
	saved: ICredentialDataDecryptedObject,
	output: IDataObject,
	expirable: string,
): ICredentialDataDecryptedObject {
	const kept = Object.entries(output).filter(
		([name]) => name === expirable || !isExpression(saved[name]),
	);
	return { ...saved, ...(Object.fromEntries(kept) as ICredentialDataDecryptedObject) };
}
