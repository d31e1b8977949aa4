import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import type { IDataObject } from 'n8n-workflow';

import { trustedCertificate } from '../../../dev/simulator/certificate';
import { serve, serveTls, type Loopback } from '../../unit/support/loopback';
import { makeAuthority, type Authority, type Certificate } from '../support/certificates';
import { beds } from '../support/bed';
import { detailsOf, having, jsonOf, textLike } from '../support/outcomes';
import { customers } from '../support/workflows';

jest.setTimeout(60_000);

const openBed = beds();
const MAIN = path.join(__dirname, '../support/sendMain.ts');
const KINDS = ['valid', 'expired', 'otherHost'] as const;

/** Sends in a process that trusts the authority, once for each credential. */
async function sendTrusting({ file }: Authority, cases: IDataObject[]): Promise<IDataObject[]> {
	const { stdout } = await promisify(execFile)(
		process.execPath,
		['--import', 'tsx', MAIN, JSON.stringify(cases)],
		{ env: { ...process.env, NODE_EXTRA_CA_CERTS: file } },
	);
	return JSON.parse(stdout) as IDataObject[];
}

describe('a server that an authority of the host vouches for', () => {
	const calls: string[] = [];
	const servers: Partial<Record<(typeof KINDS)[number], Loopback>> = {};
	let authority: Authority;

	async function start(certificate: Certificate, kind: string): Promise<Loopback> {
		return await serveTls((request, response) => {
			calls.push(`${kind} ${request.url ?? ''}`);
			response.end('{"id":"m-1","access_token":"a-token-of-a-test","expires_in":300}');
		}, certificate);
	}

	beforeAll(async () => {
		authority = makeAuthority();
		for (const kind of KINDS) servers[kind] = await start(authority[kind], kind);
	});
	afterAll(async () => {
		await Promise.all(Object.values(servers).map(async (server) => await server.close()));
		authority.remove();
	});

	it('gets the secret and the message only with a certificate of today for its own name', async () => {
		const url = (kind: (typeof KINDS)[number]) => servers[kind]?.url ?? '';
		const cases = [false, true].flatMap((reuseConnections) =>
			KINDS.flatMap((kind) => [
				{ reuseConnections, loginUrl: url(kind), apiUrl: url('valid') },
				{ reuseConnections, loginUrl: url('valid'), apiUrl: url(kind) },
			]),
		);
		const refused = (code: string) => having({ details: having({ code, delivered: 'no' }) });
		const sent = having({ status: 'sent' });
		const expired = refused('CERT_HAS_EXPIRED');
		const otherHost = refused('ERR_TLS_CERT_ALTNAME_INVALID');
		const each = [sent, sent, expired, expired, otherHost, otherHost];
		expect(await sendTrusting(authority, cases)).toEqual([...each, ...each]);
		expect([...new Set(calls)].sort()).toEqual([
			'valid /api/v2/webchat/messaging',
			'valid /oauth/token',
		]);
	});
});

describe.each([false, true])('https, with reuseConnections %s', (reuseConnections) => {
	it.each(['TLSv1.2', 'TLSv1.3'] as const)(
		'sends nothing to a server that asks for a certificate of its own, and does not say that it did: %s',
		async (version) => {
			const calls: string[] = [];
			const guarded = await serveTls(
				(request, response) => {
					calls.push(request.url ?? '');
					response.end('{"id":"m-1"}');
				},
				{
					...{ ...trustedCertificate(), requestCert: true, rejectUnauthorized: true },
					...{ minVersion: version, maxVersion: version },
				},
			);
			const bed = await openBed({ credential: { apiUrl: guarded.url } });
			const result = await bed.run(
				customers('c1'),
				{ delivery: { reuseConnections, uncertain: 'fail' } },
				{ onError: 'continueRegularOutput' },
			);
			await guarded.close();
			expect(calls).toEqual([]);
			// Over fetch, TLS 1.3 refuses only after its handshake: what was sent is open then.
			const isOpen = reuseConnections && version === 'TLSv1.3';
			expect(jsonOf(result)).toEqual([
				having({
					error: textLike(
						isOpen ? /may have been delivered/ : /ask for a certificate.*not delivered/,
					),
					details: having({ reason: 'network', delivered: isOpen ? 'unknown' : 'no', attempts: 1 }),
				}),
			]);
		},
	);

	it.each(['loginUrl', 'apiUrl'])('never falls back to http, for the %s', async (field) => {
		const calls: string[] = [];
		const plain = await serve((request, response) => {
			calls.push(request.url ?? '');
			response.end('{"id":"m-1","access_token":"a-token-of-a-test"}');
		});
		try {
			const url = plain.url.replace('http:', 'https:');
			const bed = await openBed({ credential: { [field]: url } });
			const result = await bed.run(
				customers('c1'),
				{ delivery: { reuseConnections } },
				{ onError: 'continueRegularOutput' },
			);
			expect(detailsOf(result)).toEqual([
				having({ reason: 'network', code: textLike(/SSL|EPROTO/), delivered: 'no', attempts: 1 }),
			]);
			expect(calls).toEqual([]);
			expect(bed.sendCalls).toBe(0);
		} finally {
			await plain.close();
		}
	});
});
