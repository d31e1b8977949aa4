import type { IDataObject } from 'n8n-workflow';

import { httpOf } from '../../../nodes/GenesysCloud/api/httpFunctions';
import { STOPPED } from '../../../nodes/GenesysCloud/failures/failure';
import { Connections } from '../../../nodes/GenesysCloud/n8n/connections';
import { FakeClock } from '../support/clock';
import { executionContext, NODE } from '../support/context';

const CREDENTIAL = { environment: 'mypurecloud.de', clientId: 'a', clientSecret: 's', scope: '' };

const optionsWith = (clock: FakeClock) => ({
	http: httpOf({ httpRequest: jest.fn() } as never),
	clock,
	...{ maxTokens: 1, timeoutMs: 1_000, maxWaitMs: 1_000 },
});

/** A run of three items over a credential, and how often n8n reads it. */
async function open(
	stored: IDataObject | undefined,
	of: (index: number) => IDataObject,
	items: IDataObject[] = [{}, {}, {}],
) {
	const getCredentials = jest.fn(
		async (_type: string, index: number) => await Promise.resolve(of(index)),
	);
	const getDecrypted = async () => await Promise.resolve(stored);
	const overrides = {
		getCredentials,
		getNode: () => ({ ...NODE, credentials: { genesysCloudApi: { id: 'c', name: 'c' } } }),
		additionalData: { credentialsHelper: stored === undefined ? {} : { getDecrypted } },
	};
	const { context } = executionContext({ items, overrides: overrides as never });
	const opened = await Connections.open(context, optionsWith(new FakeClock()));
	if ('reason' in opened) throw new Error('stopped');
	const connections = opened;
	const accounts = [0, 1, 2].map(async (index) => {
		const connection = await connections.of(index);
		return 'reason' in connection ? connection.reason : connection.account;
	});
	return { accounts: await Promise.all(accounts), getCredentials };
}

describe('the connections of a run', () => {
	it('are one for a credential without expressions, which n8n reads once', async () => {
		const { accounts, getCredentials } = await open(CREDENTIAL, () => CREDENTIAL);
		expect(new Set(accounts)).toEqual(new Set(['https://api.mypurecloud.de a']));
		expect(getCredentials).toHaveBeenCalledTimes(1);
	});

	it("are each item's own for a credential with an expression", async () => {
		const tenant = (index: number) => ({ ...CREDENTIAL, clientId: `client-${index}` });
		const stored = { ...CREDENTIAL, clientId: '={{ $json.tenant }}' };
		const { accounts } = await open(stored, tenant);
		expect(accounts).toEqual(
			[0, 1, 2].map((index) => `https://api.mypurecloud.de client-${index}`),
		);
	});

	it('are read for each item where n8n does not tell what is stored', async () => {
		const { accounts, getCredentials } = await open(undefined, () => CREDENTIAL);
		expect(new Set(accounts).size).toBe(1);
		expect(getCredentials).toHaveBeenCalledTimes(3);
	});

	it('are refused when the credential cannot be used', async () => {
		await expect(open(CREDENTIAL, () => ({ ...CREDENTIAL, clientId: '' }))).rejects.toThrow("'");
	});

	it('are one for a single item, whatever n8n tells of what is stored', async () => {
		const { accounts, getCredentials } = await open(undefined, () => CREDENTIAL, [{}]);
		expect(accounts).toHaveLength(3);
		expect(getCredentials).toHaveBeenCalledTimes(1);
	});

	it('are none when the execution is stopped before n8n has read the credential', async () => {
		const clock = new FakeClock();
		const never = async () => await new Promise<never>(() => undefined);
		const { context } = executionContext({ overrides: { getCredentials: never } });
		const opened = Connections.open(context, optionsWith(clock));
		clock.cut();
		expect(await opened).toBe(STOPPED);
	});
});
