import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and its certificate, PEM. */
export interface Certificate {
	readonly key: string;
	readonly cert: string;
}

/** An authority of its own, with certificates that differ in what a client must check. */
export interface Authority {
	/** The file of the authority's certificate, for NODE_EXTRA_CA_CERTS. */
	readonly file: string;
	readonly valid: Certificate;
	readonly expired: Certificate;
	readonly otherHost: Certificate;
	remove(): void;
}

const NEW_KEY = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'.split(' ');

/** Makes an authority; all its certificates but `otherHost` are for 127.0.0.1. */
export function makeAuthority(): Authority {
	const folder = mkdtempSync(join(tmpdir(), 'genesys-cloud-authority-'));
	const inFolder = (name: string) => join(folder, name);
	const openssl = (...args: string[]) =>
		execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
	const ca = ['req', '-x509', ...NEW_KEY, '-days', '2', '-subj', '/CN=Test authority'];
	openssl(...ca, '-keyout', 'ca.key', '-out', 'ca.pem');

	const issue = (name: string, host: string, days: number): Certificate => {
		writeFileSync(inFolder(`${name}.ext`), `subjectAltName=${host}\n`);
		const names = ['-subj', `/CN=${name}`];
		openssl('req', '-new', ...NEW_KEY, ...names, '-keyout', `${name}.key`, '-out', `${name}.csr`);
		const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
		const request = ['x509', '-req', '-in', `${name}.csr`, ...signer, '-extfile', `${name}.ext`];
		openssl(...request, '-days', String(days), '-out', `${name}.pem`);
		const read = (file: string) => readFileSync(inFolder(file), 'utf8');
		return { key: read(`${name}.key`), cert: read(`${name}.pem`) };
	};
	return {
		file: inFolder('ca.pem'),
		valid: issue('valid', 'IP:127.0.0.1', 1),
		// It ends with the second in which it was made.
		expired: issue('expired', 'IP:127.0.0.1', 0),
		otherHost: issue('other', 'DNS:api.mypurecloud.de', 1),
		remove: () => {
			rmSync(folder, { recursive: true });
		},
	};
}
