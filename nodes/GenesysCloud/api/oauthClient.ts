import type { ClientCredentials } from './accessToken';
import { baseUrls, type EnvironmentFields } from './environment';
import { InputError } from '../failures/inputError';

/** The credential's fields that make an OAuth client; as stored, so of any type. */
export interface OAuthClientFields extends EnvironmentFields {
	readonly clientId?: unknown;
	readonly clientSecret?: unknown;
	readonly scope?: unknown;
}

/**
 * Reads the OAuth client from the credential's fields.
 *
 * @param fields the fields of the credential
 * @returns what it takes to get an access token
 * @throws InputError that names the field when one is empty or malformed
 */
export function oauthClient(fields: OAuthClientFields): ClientCredentials {
	return {
		loginUrl: baseUrls(fields).loginUrl,
		clientId: required('Client ID', fields.clientId),
		clientSecret: required('Client Secret', fields.clientSecret),
		scope: typeof fields.scope === 'string' ? fields.scope.trim() : '',
	};
}

function required(field: string, value: unknown): string {
	if (typeof value === 'string' && value.trim() !== '') return value.trim();
	throw new InputError(field, 'is empty', 'Fill it in in the Genesys Cloud credential');
}
