import type { OAuthClient } from '../../../nodes/GenesysCloud/api/oauth';

/** The secret that must never show up anywhere. */
export const SECRET = 'T0p-S€cret/9+:';

/** An OAuth client. */
export const CREDENTIALS: OAuthClient = {
	loginUrl: 'https://login.mypurecloud.de',
	clientId: 'client-1',
	clientSecret: SECRET,
	scope: 'webchat:messaging',
};
