import { DEMO_CUSTOMERS, prepareDemo, startSimulator } from '../../dev/simulator';
import { readCommandLine } from '../../dev/simulator/cli/commandLine';
import { clientOf, until } from './support';

describe('start of the simulator', () => {
	it('says it when the port is in use', async () => {
		const first = await startSimulator();
		const port = Number(new URL(first.url).port);
		await expect(startSimulator({ port })).rejects.toThrow(`Port ${port} is already in use`);
		await first.stop();
		const second = await startSimulator({ port });
		expect(second.url).toBe(first.url);
		await second.stop();
	});

	it.each([
		[{ host: '0.0.0.0' }, /this machine alone/],
		[{ host: 'example.com' }, /this machine alone/],
		[{ port: 70_000 }, /port must be/],
		[{ seed: 0.5 }, /seed must be/],
		[{ rateLimit: { allowed: -1, windowMs: 1 } }, /"rateLimit" must be/],
		[{ tokenLifetimeSeconds: 0 }, /"tokenLifetimeSeconds" must be/],
	])('refuses the options %j', async (options, message) => {
		await expect(startSimulator(options)).rejects.toThrow(message);
	});

	it.each([
		['127.0.0.1:1', 302],
		['localhost', 302],
		['[::1]:80', 302],
		['rebound.example.com', 403],
		['127.0.0.1.example.com', 403],
		['localhost.example.com:80', 403],
	])('answers a call to the host %s with %i', async (host, status) => {
		const simulator = await startSimulator();
		const answer = await clientOf(simulator).get('/', { headers: { host } });
		await simulator.stop();
		expect(answer.status).toBe(status);
	});

	it('makes demo customers whose sessions inactivity does not end', async () => {
		const sessionTimeoutSeconds = 0.001;
		const simulator = await startSimulator({ prepare: prepareDemo, sessionTimeoutSeconds });
		const other = simulator.contacts.open();
		await until(() => simulator.contacts.state(other) === 'expired');
		const states = DEMO_CUSTOMERS.map(({ contactId }) => simulator.contacts.state(contactId));
		await simulator.stop();
		expect(states).toEqual(['open', 'open', 'open', 'expired', 'unknown']);
	});

	it('stops when it is asked to, as often as it is asked to', async () => {
		const simulator = await startSimulator();
		const http = clientOf(simulator);
		expect((await http.get('/')).headers.location).toBe('/widget');
		await Promise.all([simulator.stop(), simulator.stop()]);
		await expect(http.get('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
	});
});

describe('command line', () => {
	it('reads the options', () => {
		expect(readCommandLine([])).toMatchObject({
			port: 8095,
			rateLimit: { allowed: 300, windowMs: 60_000 },
			unknownContacts: 'reject',
		});
		const args = ['--port=9000', '--no-rate-limit', '--accept-unknown-contacts', '--seed=7'];
		expect(readCommandLine(args)).toMatchObject({
			port: 9000,
			rateLimit: null,
			unknownContacts: 'accept',
			seed: 7,
		});
		expect(readCommandLine(['--help'])).toBeUndefined();
	});

	it.each([
		[['--port=abc'], /--port must be a whole number, not "abc"/],
		[['--colour'], /Unknown option '--colour'/],
	])('refuses %j', (args, message) => {
		expect(() => readCommandLine(args)).toThrow(message);
	});
});
