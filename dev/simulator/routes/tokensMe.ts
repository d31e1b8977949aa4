import type { ApiRoute } from '../http/apiRoute';

const ORGANIZATION = { id: '5d0ab2a6-51f5-4ac0-9a0b-0c4f1de2a001', name: 'Simulated Organization' };
const ROLE_DIVISION = {
	roleId: '8f2c9a0e-0b52-4c1c-9d5e-2f6a3b7c1001',
	divisionId: '1c9be0d3-7a44-4f2e-8e61-6d5f0a9b2001',
};

/** Tells whose access token it is, in the documented shape `TokenInfo`. Needs no permission. */
export const tokensMeRoute: ApiRoute = {
	method: 'GET',
	url: '/api/v2/tokens/me',
	endpoint: 'read',
	answer({ token }) {
		return {
			organization: ORGANIZATION,
			homeOrganization: ORGANIZATION,
			authorizedScope: token.scopes,
			authenticatedUser: null,
			OAuthClient: {
				id: token.client.clientId,
				name: 'Simulated client',
				authorizedGrantType: 'CLIENT-CREDENTIALS',
				scope: [],
				roleDivisions: token.client.permissions === false ? [] : [ROLE_DIVISION],
				state: 'active',
				organization: ORGANIZATION,
			},
		};
	},
};
