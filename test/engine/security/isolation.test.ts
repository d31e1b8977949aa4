import { randomUUID } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { createEngine } from '../../../dev/headless-n8n';
import type { Simulator } from '../../../dev/simulator';
import { startSecurely } from '../../support/secure';
import { builtPackage } from '../support/bed';
import { detailsOf, having, jsonOf } from '../support/outcomes';
import { CREDENTIAL_ID, customers, sendWorkflow } from '../support/workflows';

const clientId = `client-${randomUUID()}`;
const clientSecret = `secret-${randomUUID()}`;
const onError = 'continueRegularOutput';

let ours: Simulator;
let theirs: Simulator;

beforeEach(async () => {
	// A slow login keeps the executions waiting for their tokens at the same time.
	const prepare = (simulator: Simulator) => {
		simulator.faults.add({ kind: 'latency', ms: 100, endpoint: 'token', times: Infinity });
	};
	const clients = [{ clientId, clientSecret, permissions: true }];
	[ours, theirs] = await Promise.all([
		startSecurely({ unknownContacts: 'accept', clients, prepare }),
		startSecurely({ unknownContacts: 'accept', clients, prepare }),
	]);
});
afterEach(async () => {
	await Promise.all([ours.stop(), theirs.stop()]);
});

/** Sends to three customers with a credential of its own, in an engine of its own. */
async function send(contact: string, fields: IDataObject = {}) {
	const data = {
		environment: 'custom',
		loginUrl: ours.url,
		apiUrl: ours.url,
		clientId,
		clientSecret,
		scope: 'webchat:messaging',
		...fields,
	};
	const saved = { name: contact, type: 'genesysCloudApi', data: data as never };
	const engine = createEngine({
		packages: [await builtPackage()],
		credentials: { [CREDENTIAL_ID]: saved },
	});
	const input = customers(`${contact}-1`, `${contact}-2`, `${contact}-3`);
	return await engine.run(sendWorkflow({}, { onError }), { input });
}

/** The tokens with which a kind of contact was reached. */
function tokensOf(contact: string): Set<string> {
	const own = ours.journal.all().filter(({ contactId }) => contactId.startsWith(contact));
	return new Set(own.map(({ tokenId }) => tokenId));
}

describe('credentials with the same client ID, in executions of one process at once', () => {
	it.each([1, 2])('share no token unless all their fields are the same (round %i)', async () => {
		const [right, twin, wrongSecret, noSecret, otherLogin, otherScope] = await Promise.all([
			send('right'),
			send('twin'),
			send('thief', { clientSecret: 'guess' }),
			send('blank', { clientSecret: `${clientSecret}x` }),
			send('stranger', { loginUrl: theirs.url }),
			send('scope', { scope: '' }),
		]);
		for (const result of [right, twin, otherScope]) {
			expect(jsonOf(result).map(({ status }) => status)).toEqual(['sent', 'sent', 'sent']);
		}
		for (const result of [wrongSecret, noSecret]) {
			expect(detailsOf(result)).toEqual(
				Array.from({ length: 3 }, () => having({ reason: 'invalidCredentials' })),
			);
		}
		// A token of another login is not one of this API.
		expect(detailsOf(otherLogin)[0]).toMatchObject({ reason: 'unauthorized' });
		expect(tokensOf('right').size).toBe(1);
		expect(tokensOf('twin')).toEqual(tokensOf('right'));
		expect([...tokensOf('scope')]).toHaveLength(1);
		expect(tokensOf('scope')).not.toEqual(tokensOf('right'));
		expect(ours.journal.count).toBe(9);
	});

	it('get nothing from a cache that is warm', async () => {
		await send('right');
		const requests = ours.stats.tokenRequests;
		const thief = await send('thief', { clientSecret: 'guess' });
		expect(detailsOf(thief)[0]).toMatchObject({ reason: 'invalidCredentials' });
		expect(ours.stats.tokenRequests).toBe(requests + 1);
		expect(tokensOf('thief').size).toBe(0);
	});
});
