import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

import { startSecurely } from '../../support/secure';
import { beds } from '../support/bed';
import { jsonOf } from '../support/outcomes';
import { customers } from '../support/workflows';

const openBed = beds();
/** The hosts that this process called: by Node's http module, and by its fetch. */
const hosts = new Set<string>();

const HTTP = 'http.client.request.start';
const noteHttp = (event: unknown) => {
	const { host, protocol } = (event as { request: ClientRequest }).request;
	const header = (event as { request: ClientRequest }).request.getHeader('host');
	hosts.add(`${protocol}//${typeof header === 'string' ? header : host}`);
};
const FETCH = 'undici:request:create';
const noteFetch = (event: unknown) => {
	hosts.add((event as { request: { origin: string } }).request.origin);
};

beforeEach(() => {
	hosts.clear();
	subscribe(HTTP, noteHttp);
	subscribe(FETCH, noteFetch);
});
afterEach(() => {
	unsubscribe(HTTP, noteHttp);
	unsubscribe(FETCH, noteFetch);
});

describe.each([false, true])('an execution, with reuseConnections %s', (reuseConnections) => {
	it('calls the login and the API of its credential, and no other host', async () => {
		const login = await startSecurely();
		try {
			const bed = await openBed({ credential: { loginUrl: login.url } });
			const delivery = { reuseConnections };
			const sent = bed.run(customers('c1'), { delivery }, { onError: 'continueRegularOutput' });
			expect(jsonOf(await sent)).toHaveLength(1);
			expect([...hosts]).toEqual([login.url]);
			const own = await openBed();
			await own.run(customers('c1', 'c2'), { delivery });
			expect([...hosts]).toEqual([login.url, own.simulator.url]);
		} finally {
			await login.stop();
		}
	});
});
