import type {X509Certificate} from 'node:crypto';
import {existsSync, readFileSync} from 'node:fs';
import tls from 'node:tls';
import {type Certificate, comparableName, readCertificate} from './certificate.js';
import {parseX509} from './parse-x509.js';

/** Trusted certificates, and whose they are. */
export type Store = {
	/** `mozilla`, `system`, `ca`. */
	readonly name: StoreName;
	/** Those with this name as their subject. */
	readonly named: (subject: string) => readonly Certificate[];
	readonly has: (certificate: Certificate) => boolean;
};

export type StoreName = 'mozilla' | 'system' | 'ca';

/** @param certificates - PEM, one each. What cannot be read is left out. */
export function makeStore(name: StoreName, certificates: readonly string[]): Store {
	const bySubject = new Map<string, (X509Certificate | Certificate)[]>();
	const hashes = new Set<string>();
	for (const pem of certificates) {
		const x509 = parseX509(pem);
		if (x509 !== undefined) {
			const subject = comparableName(x509.subject);
			bySubject.set(subject, [...(bySubject.get(subject) ?? []), x509]);
			hashes.add(x509.fingerprint256);
		}
	}

	return {
		name,
		// A store has hundreds, of which a chain needs one: the others are not read.
		named(subject) {
			const read = (bySubject.get(subject) ?? []).flatMap(item => ('der' in item ? item : (readCertificate(item.raw) ?? [])));
			bySubject.set(subject, read);
			return read;
		},
		has: ({x509}) => hashes.has(x509.fingerprint256),
	};
}

let mozilla: Store | undefined;

/** The roots of Mozilla's program, as this version of Node.js has them. Read once. */
export function mozillaStore(): Store {
	mozilla ??= makeStore('mozilla', tls.rootCertificates);
	return mozilla;
}

let system: {readonly store: Store | undefined} | undefined;

/**
What this machine trusts. Read once. Node.js reads it from 22.15 on; before that, the files of Linux and the BSDs are read.

@returns Undefined where it cannot be read.
*/
export function systemStore(): Store | undefined {
	if (system === undefined) {
		const certificates = readSystem();
		system = {store: certificates === undefined || certificates.length === 0 ? undefined : makeStore('system', certificates)};
	}

	return system.store;
}

function readSystem(): readonly string[] | undefined {
	try {
		const {getCACertificates} = tls as {readonly getCACertificates?: (type: string) => readonly string[]};
		const file = bundles.find(existsSync);
		return getCACertificates?.('system') ?? (file === undefined ? undefined : splitPem(readFileSync(file, 'latin1')));
	} catch {
		// A store that may not be read is one that is not there.
		return undefined;
	}
}

/** Debian, Fedora and its kin, openSUSE, Alpine, FreeBSD, OpenBSD. */
const bundles = [
	'/etc/ssl/certs/ca-certificates.crt',
	'/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
	'/etc/ssl/ca-bundle.pem',
	'/etc/ssl/cert.pem',
	'/usr/local/etc/ssl/cert.pem',
];

/** The certificates of a PEM file, without what stands between them. */
export const splitPem = (text: string): readonly string[] =>
	text.match(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g) ?? [];
