import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { TlsFiles } from './options';

const KEY = 'key.pem';
const CERTIFICATE = 'cert.pem';

/** A certificate for this machine's loopback address that signs itself. */
export interface Certificate extends TlsFiles {
	/** The file that processes trust through NODE_EXTRA_CA_CERTS. */
	readonly file: string;
	/** Deletes the files. */
	remove(): void;
}

/**
 * The certificate that this process trusts: its own servers can have it, and be called over TLS.
 *
 * @returns key and certificate, PEM
 * @throws Error when NODE_EXTRA_CA_CERTS does not name the file of `makeCertificate`
 */
export function trustedCertificate(): TlsFiles {
	const file = process.env.NODE_EXTRA_CA_CERTS ?? '';
	const read = (name: string) => readFileSync(path.join(path.dirname(file), name), 'utf8');
	return { key: read(KEY), cert: read(CERTIFICATE) };
}

/**
 * Makes a certificate for 127.0.0.1 and localhost with the command `openssl`.
 *
 * @returns the certificate; its files are in a temporary folder
 */
export function makeCertificate(): Certificate {
	const folder = mkdtempSync(path.join(tmpdir(), 'genesys-certificate-'));
	const key = path.join(folder, KEY);
	const file = path.join(folder, CERTIFICATE);
	const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';
	const names = 'subjectAltName=IP:127.0.0.1,DNS:localhost';
	const subject = ['-subj', '/CN=simulator', '-addext', names];
	execFileSync('openssl', [...request.split(' '), ...subject, '-keyout', key, '-out', file], {
		stdio: 'ignore',
	});
	return {
		key: readFileSync(key, 'utf8'),
		cert: readFileSync(file, 'utf8'),
		file,
		remove: () => rmSync(folder, { recursive: true }),
	};
}

/** A certificate like that of `makeCertificate`, which no process trusts. */
export function selfSigned(): TlsFiles {
	const certificate = makeCertificate();
	certificate.remove();
	return certificate;
}
