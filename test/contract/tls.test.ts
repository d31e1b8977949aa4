import { Agent } from 'node:https';

import { startSimulator } from '../../dev/simulator';
import { selfSigned } from '../../dev/simulator/certificate';
import { listen } from './notifications/support';
import { clientOf, logIn, requestToken } from './support';

describe('simulator with TLS', () => {
	it('serves https and wss with its certificate, broken connections included', async () => {
		const tls = selfSigned();
		const simulator = await startSimulator({ tls });
		try {
			expect(simulator.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
			const http = clientOf(simulator);
			await expect(requestToken(http)).rejects.toMatchObject({
				code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
			});
			http.defaults.httpsAgent = new Agent({ ca: tls.cert });
			expect((await requestToken(http)).status).toBe(200);
			const { data } = await http.post('/api/v2/notifications/channels', undefined, {
				headers: await logIn(http),
			});
			const { connectUri } = data as unknown as { connectUri: string };
			expect(connectUri).toMatch(/^wss:/);
			const { socket, closed } = await listen(connectUri, tls.cert);
			simulator.notifications.strike({ kind: 'drop' });
			expect(await closed).toBe(1006);
			expect(socket.readyState).toBe(socket.CLOSED);
			simulator.faults.add({ kind: 'reset', endpoint: 'token' });
			await expect(requestToken(http)).rejects.toMatchObject({ code: 'ECONNRESET' });
		} finally {
			await simulator.stop();
		}
	});
});
