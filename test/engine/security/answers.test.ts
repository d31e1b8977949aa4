import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

import { stringify } from 'flatted';

import { serveSecurely } from '../../support/secure';
import type { Loopback } from '../../unit/support/loopback';
import { beds, type Bed } from '../support/bed';
import { anyItems, OF_ONE_ITEM } from '../support/operations';
import { detailsOf, having, jsonOf } from '../support/outcomes';
import { pickList } from '../support/panel';
import { customers } from '../support/workflows';

jest.setTimeout(60_000);

const openBed = beds();
const onError = 'continueRegularOutput';

/** What the server answers to everything but a login. */
let answer: (response: ServerResponse) => void;
/** What it answers to a login. */
let login: (response: ServerResponse) => void;
let server: Loopback;

beforeEach(async () => {
	login = (response) => response.end('{"access_token":"a-token-of-a-test","expires_in":300}');
	server = await serveSecurely((request, response) => {
		response.setHeader('content-type', 'application/json');
		(request.url === '/oauth/token' ? login : answer)(response);
	});
});
afterEach(async () => await server.close());

const open = async (): Promise<Bed> =>
	await openBed({ credential: { loginUrl: server.url, apiUrl: server.url } });

/** Sets what must not spread, in every way in which JSON can name a prototype. */
const POLLUTION =
	'"__proto__":{"polluted":1,"id":"p"},"constructor":{"prototype":{"polluted":1}},' +
	'"prototype":{"polluted":1},"toString":"x","hasOwnProperty":1,"toJSON":{"a":1},"then":{"a":1}';

describe('an answer that names prototypes', () => {
	const before = Object.getOwnPropertyNames(Object.prototype).sort();

	it.each(OF_ONE_ITEM)('changes none, in $title', async ({ parameters }) => {
		const body = `{"id":"m-1",${POLLUTION},"participants":[{${POLLUTION}}],"normalizedReceipts":[{${POLLUTION}}]}`;
		const bed = await open();
		for (const status of [200, 400, 403, 429, 500]) {
			answer = (response) => response.writeHead(status).end(body);
			for (const simplify of [true, false]) {
				const delivery = { maxAttempts: 1, maxWaitSeconds: 0 };
				const result = await bed.run(
					anyItems(1),
					{ simplify, delivery, ...parameters },
					{ onError },
				);
				expect(jsonOf(result)).toHaveLength(1);
			}
		}
		login = (response) => response.writeHead(400).end(body);
		await (await open()).run(anyItems(1), parameters, { onError });
		expect({}).not.toHaveProperty('polluted');
		expect([]).not.toHaveProperty('polluted');
		expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
	});

	it('changes none, in a pick-list', async () => {
		const entity = `{"id":"d-1","name":"Shop",${POLLUTION}}`;
		answer = (response) => response.end(`{"entities":[${entity}],${POLLUTION}}`);
		const load = await pickList(await open(), 'searchDeployments', { channel: 'webmessaging' });
		expect((await load()).results).toEqual([{ name: 'Shop', value: 'd-1' }]);
		expect({}).not.toHaveProperty('polluted');
	});

	it('is not taken for a success by an ID of its prototype', async () => {
		answer = (response) => response.end('{"__proto__":{"id":"m-1"}}');
		const result = await (await open()).run(customers('c1'), {}, { onError });
		expect(detailsOf(result)).toEqual([having({ reason: 'unexpectedResponse' })]);
	});
});

/** How far the memory of this process grows while `act` runs, in bytes. */
async function growth(act: () => Promise<unknown>): Promise<number> {
	const before = process.memoryUsage().rss;
	let most = before;
	const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 2);
	try {
		await act();
	} finally {
		clearInterval(timer);
	}
	return most - before;
}

const MB = 1024 * 1024;
const PACKED = gzipSync(Buffer.alloc(10 * MB, '0'));
/** Half a gigabyte, which a server can pack into half a megabyte. */
const BOMB = Buffer.concat(Array.from({ length: 50 }, () => PACKED));

describe.each([false, true])('an answer without end, with reuseConnections %s', (reuse) => {
	const bomb = (response: ServerResponse) => {
		response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': BOMB.length });
		response.end(BOMB);
	};

	it('that unpacks to 500 MB is cut off, of the API and of the login', async () => {
		answer = bomb;
		const parameters = { delivery: { reuseConnections: reuse } };
		const bed = await open();
		const grown = await growth(async () => {
			const result = await bed.run(customers('c1', 'c2', 'c3', 'c4'), parameters, { onError });
			expect(detailsOf(result)).toEqual(
				Array.from({ length: 4 }, () => having({ reason: 'unexpectedResponse' })),
			);
			login = bomb;
			const refused = await (await open()).run(customers('c1'), parameters, { onError });
			expect(detailsOf(refused)).toEqual([having({ reason: 'unexpectedResponse' })]);
		});
		expect(grown).toBeLessThan(150 * MB);
	});

	it('of headers is refused', async () => {
		answer = (response) => response.writeHead(200, { 'x-long': 'x'.repeat(100_000) }).end('{}');
		const delivery = { reuseConnections: reuse, maxAttempts: 1 };
		const result = await (await open()).run(customers('c1'), { delivery }, { onError });
		expect(detailsOf(result)).toEqual([having({ reason: 'network', delivered: 'unknown' })]);
	});

	it.each([true, false])('of nested lists does no harm (simplify: %s)', async (simplify) => {
		const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;
		answer = (response) => response.end(`{"id":"m-1","deep":${deep}}`);
		const parameters = { simplify, delivery: { reuseConnections: reuse } };
		const result = await (await open()).run(customers('c1'), parameters, { onError });
		expect(result.status).toBe('success');
		// n8n can store the execution.
		expect(stringify(result.raw.data)).toContain('"m-1"');
	});
});
