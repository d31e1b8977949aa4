import { oauthClient } from '../../../nodes/GenesysCloud/api/oauthClient';

const FIELDS = {
	environment: 'mypurecloud.de',
	clientId: 'id',
	clientSecret: 'secret',
	scope: 'webchat:messaging',
};

describe('oauthClient', () => {
	it('reads the OAuth client from the credential', () => {
		expect(oauthClient(FIELDS)).toEqual({
			loginUrl: 'https://login.mypurecloud.de',
			clientId: 'id',
			clientSecret: 'secret',
			scope: 'webchat:messaging',
		});
	});

	it('drops the blanks that copying leaves around values', () => {
		const client = oauthClient({ ...FIELDS, clientId: ' id\n', clientSecret: '\tsecret ' });
		expect(client).toMatchObject({ clientId: 'id', clientSecret: 'secret' });
	});

	it.each([
		['', ''],
		['  ', ''],
		[' a b ', 'a b'],
		[undefined, ''],
		[5, ''],
	])('reads the scope %j as %j', (scope, expected) => {
		expect(oauthClient({ ...FIELDS, scope }).scope).toBe(expected);
	});

	it.each([
		['clientId', '', "'Client ID' is empty"],
		['clientId', undefined, "'Client ID' is empty"],
		['clientId', 12, "'Client ID' is empty"],
		['clientSecret', '  ', "'Client Secret' is empty"],
		['clientSecret', null, "'Client Secret' is empty"],
		['environment', 'x', "'Environment' is not a region or domain of Genesys Cloud"],
	])('refuses %s %j', (field, value, message) => {
		expect(() => oauthClient({ ...FIELDS, [field]: value })).toThrow(message);
	});
});
