import { ApiClient, TokensApi } from 'purecloud-platform-client-v2';

import { DEFAULT_CLIENT, startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { anyText, textLike } from './support';

/** The official SDK, pointed at the simulator by its gateway setting. */
function connectSdk({ url }: Simulator): typeof ApiClient.instance {
	const { hostname, port } = new URL(url);
	const client = ApiClient.instance;
	client.config.setGateway({ host: hostname, protocol: 'http', port: Number(port) });
	return client;
}

describe('official SDK', () => {
	let simulator: Simulator;

	beforeAll(async () => {
		simulator = await startSimulator();
	});
	afterAll(async () => await simulator.stop());

	it('logs in with client credentials and reads its token', async () => {
		const client = connectSdk(simulator);
		const { clientId, clientSecret } = DEFAULT_CLIENT;
		const { accessToken, tokenExpiryTime } = await client.loginClientCredentialsGrant(
			clientId,
			clientSecret,
		);
		expect(accessToken).toEqual(anyText);
		expect(tokenExpiryTime - Date.now()).toBeGreaterThan(86_000_000);
		const token = await new TokensApi().getTokensMe();
		expect(token.organization?.name).toBe('Simulated Organization');
		expect(token.OAuthClient?.id).toBe(clientId);
		await new TokensApi().headTokensMe();
		expect(simulator.stats.of('HEAD /api/v2/tokens/me').statuses).toEqual({ 200: 1 });
	});

	it('is told of a wrong secret and of a revoked token as by Genesys Cloud', async () => {
		const client = connectSdk(simulator);
		const { clientId, clientSecret } = DEFAULT_CLIENT;
		await expect(client.loginClientCredentialsGrant(clientId, 'wrong')).rejects.toMatchObject({
			status: 400,
			response: { data: { error: 'invalid_client' } },
		});
		await client.loginClientCredentialsGrant(clientId, clientSecret);
		simulator.revokeTokens();
		await expect(new TokensApi().getTokensMe()).rejects.toMatchObject({
			status: 401,
			code: 'bad.credentials',
			contextId: textLike(/^[0-9a-f-]{36}$/),
		});
	});
});
