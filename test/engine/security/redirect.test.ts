import type { RequestListener } from 'node:http';

import type { Simulator } from '../../../dev/simulator';
import { startSecurely } from '../../support/secure';
import { serveSecurely } from '../../support/secure';
import type { Loopback } from '../../unit/support/loopback';
import { beds } from '../support/bed';
import { detailsOf, having } from '../support/outcomes';
import { readerPackage, READER_TYPE } from '../support/readerPackage';
import { CREDENTIAL_ID, customers, node, to } from '../support/workflows';

const openBed = beds();
const onError = 'continueRegularOutput';
const STATUSES = [301, 302, 303, 307, 308];

let elsewhere: Simulator;
beforeEach(async () => {
	elsewhere = await startSecurely({ unknownContacts: 'accept' });
});
afterEach(async () => await elsewhere.stop());

const cases = [false, true].flatMap((reuseConnections) =>
	(['token', 'send'] as const).flatMap((endpoint) =>
		STATUSES.map((status) => [reuseConnections, endpoint, status] as const),
	),
);

describe('a redirect to another host', () => {
	it.each(cases)('is not followed (reuse: %s, %s, %i)', async (reuse, endpoint, status) => {
		const path = endpoint === 'token' ? '/oauth/token' : '/api/v2/webchat/messaging';
		const location = elsewhere.url + path;
		const bed = await openBed({
			faults: [{ kind: 'redirect', location, status, endpoint, times: Infinity }],
		});
		const delivery = { reuseConnections: reuse };
		const result = await bed.run(customers('c1'), { delivery }, { onError });
		expect(detailsOf(result)).toEqual([
			having({
				reason: 'unexpectedResponse',
				httpCode: String(status),
				// Who answers a login with a redirect got no message; a gateway may have passed one on.
				delivered: endpoint === 'token' ? 'no' : 'unknown',
			}),
		]);
		expect(elsewhere.stats.connections).toBe(0);
		expect(bed.simulator.stats.tokenRequests).toBe(1);
	});
});

describe("the credential's token, as the HTTP Request node uses it", () => {
	const servers: Loopback[] = [];
	afterEach(async () => {
		await Promise.all(servers.splice(0).map(async (server) => await server.close()));
	});
	const start = async (listener: RequestListener) => {
		const server = await serveSecurely(listener);
		servers.push(server);
		return server.url;
	};

	/** Calls a URL with the credential by one of n8n's two helpers. */
	async function call(url: string, legacy: boolean, apiUrl?: string) {
		const bed = await openBed({
			packages: [readerPackage],
			...(apiUrl !== undefined && { credential: { apiUrl } }),
		});
		const credentials = { genesysCloudApi: { id: CREDENTIAL_ID, name: 'Genesys Cloud' } };
		const parameters = { requests: [legacy ? { uri: url } : { url }], legacy } as never;
		const nodes = [
			node('Start', 'n8n-nodes-base.manualTrigger'),
			node('Reader', READER_TYPE, { parameters, credentials }),
		];
		const connections = { Start: { main: [[to('Reader')]] } };
		return await bed.engine.run({ id: 'wf', nodes, connections });
	}

	it.each([false, true])('is not sent to another server (legacy helper: %s)', async (legacy) => {
		const result = await call(`${elsewhere.url}/api/v2/tokens/me`, legacy);
		expect(result.error?.message).toContain('only for its environment');
		expect(elsewhere.stats.connections).toBe(0);
	});

	it.each([false, true])(
		'does not go along with a redirect (legacy helper: %s)',
		async (legacy) => {
			const visits: (string | undefined)[] = [];
			const stranger = await start((request, response) => {
				visits.push(request.headers.authorization);
				response.end('{}');
			});
			const authorized: boolean[] = [];
			const api = await start((request, response) => {
				authorized.push(request.headers.authorization?.startsWith('Bearer ') ?? false);
				response.writeHead(302, { location: `${stranger}/x` }).end();
			});
			await call(`${api}/api/v2/tokens/me`, legacy, api);
			// The credential's own check of the API, which follows no redirect, and the call.
			expect(authorized).toEqual([true, true]);
			// n8n follows the redirect, without the header.
			expect(visits).toEqual([undefined]);
		},
	);
});
