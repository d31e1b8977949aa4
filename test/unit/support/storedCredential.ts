import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { fingerprintOf, readOAuthClient } from '../../../nodes/GenesysCloud/api/oauth';
import { SECRET } from './credentials';

/** The fields that a user fills in. */
export const CLIENT: ICredentialDataDecryptedObject = {
	environment: 'mypurecloud.de',
	clientId: 'client-1',
	clientSecret: SECRET,
	scope: 'webchat:messaging',
};
/** A token as n8n stores it: with the fingerprint of the client that it is of. */
export const stored = (token: string, fields = CLIENT) =>
	`${fingerprintOf(readOAuthClient(fields))} ${token}`;

/** The credential with a token in it. */
export const FIELDS: ICredentialDataDecryptedObject = { ...CLIENT, accessToken: stored('token-1') };
