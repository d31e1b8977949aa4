import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startSimulator } from '../../dev/simulator';
import { listen } from './notifications/support';
import { clientOf, logIn, requestToken } from './support';

/** Makes a certificate for 127.0.0.1 that signs itself, PEM. */
function selfSigned(): { key: string; cert: string } {
	const folder = mkdtempSync(join(tmpdir(), 'simulator-tls-'));
	const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1';
	const subject = ['-subj', '/CN=simulator', '-addext', 'subjectAltName=IP:127.0.0.1'];
	try {
		const args = [...request.split(' '), ...subject, '-keyout', key, '-out', cert];
		execFileSync('openssl', args, { stdio: 'ignore' });
		return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
	} finally {
		rmSync(folder, { recursive: true });
	}
}

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
