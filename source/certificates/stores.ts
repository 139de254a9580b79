import {existsSync, readFileSync} from 'node:fs';
import tls from 'node:tls';
import {type Certificate, comparableName, readCertificate, sha256} from './certificate.js';
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

const mostSubjects = 1000;

/** @param certificates - PEM, one each. What cannot be read is left out. */
export function makeStore(name: StoreName, certificates: readonly string[]): Store {
	const ders: Uint8Array[] = [];
	const hashes = new Set<string>();
	for (const pem of certificates) {
		const der = derOf(pem);
		if (der !== undefined) {
			ders.push(der);
			hashes.add(sha256(der));
		}
	}

	const bySubject = new Map<string, readonly Certificate[]>();
	const read = new Map<Uint8Array, readonly Certificate[]>();
	const readOnce = (der: Uint8Array): readonly Certificate[] => {
		const certificates = read.get(der) ?? [readCertificate(der) ?? []].flat();
		read.set(der, certificates);
		return certificates;
	};
	let texts: readonly string[] | undefined;
	return {
		name,
		// A store has hundreds, of which a chain needs one: OpenSSL takes half a millisecond to read each.
		named(subject) {
			const known = bySubject.get(subject);
			if (known !== undefined) {
				return known;
			}

			texts ??= ders.map(textOf);
			const part = partOf(subject);
			const found = ders
				.filter((_, index) => texts![index]!.includes(part))
				.flatMap(readOnce)
				.filter(({x509}) => comparableName(x509.subject) === subject);
			// Servers choose the names, so that memory needs a limit.
			if (bySubject.size >= mostSubjects) {
				bySubject.clear();
			}

			bySubject.set(subject, found);
			return found;
		},
		has: certificate => hashes.has(certificate.sha256),
	};
}

const plainPem = /^-----BEGIN (?:X509 )?CERTIFICATE-----([^-]+)-----END/;

/** Only OpenSSL reads its own format, TRUSTED CERTIFICATE, which has more data after the certificate. */
function derOf(pem: string): Uint8Array | undefined {
	const base64 = plainPem.exec(pem.trimStart())?.[1];
	return base64 === undefined ? parseX509(pem)?.raw : Buffer.from(base64, 'base64');
}

/** In lower case and without zeros: some string types of ASN.1 have one or three zeros before each Latin letter. */
const textOf = (der: Uint8Array): string => Buffer.from(der).toString('latin1').replaceAll('\0', '').toLowerCase();

/** The longest part of a comparable name that the certificate contains unchanged: not a label, and nothing that OpenSSL escapes. */
const partOf = (subject: string): string =>
	subject
		// A plus between two parts of one line; in a value it has a backslash before it.
		.split(/\n| \+ /)
		.map(line => line.slice(line.indexOf('=') + 1))
		.flatMap(value => (value.startsWith('#') ? [] : (value.replaceAll(/\\[\da-f]{2}/g, ' ').match(/[a-z\d]+(?![^ -~])/g) ?? [])))
		.reduce((longest, part) => (part.length > longest.length ? part : longest), '');

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
