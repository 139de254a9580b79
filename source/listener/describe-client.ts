import {clientProfiles} from '../clients/index.js';
import {findResemblance, type Resemblance} from '../clients/resemblance.js';
import {isGrease, type SeenHello} from '../exchange/read-client-hello.js';
import {cipherSuites} from '../iana/cipher-suites.js';
import {groups} from '../iana/groups.js';
import {signatureSchemes} from '../iana/signature-schemes.js';
import {versions} from '../iana/versions.js';
import {ssl2CipherKindLabel} from '../wire/ssl2.js';
import {ja3Of} from './fingerprints/ja3.js';
import {ja4Of} from './fingerprints/ja4.js';

/** The content of a hello, by names. */
export type ClientDescription = {
	readonly format: 'tls' | 'ssl2';
	/** Oldest first. A hello without supported_versions names only the newest. */
	readonly versions: readonly string[];
	/** Whether the client may accept versions older than those listed: the hello does not say. */
	readonly mayTakeOlder: boolean;
	readonly serverName: string | undefined;
	readonly alpn: readonly string[];
	readonly cipherSuites: readonly string[];
	readonly groups: readonly string[];
	readonly signatureAlgorithms: readonly string[];
	readonly ja3: string | undefined;
	readonly ja3Text: string | undefined;
	readonly ja4: string | undefined;
	readonly ja4Text: string | undefined;
	/** Undefined if no known client is similar. */
	readonly resembles: Resemblance | undefined;
	/** Whether a service with only TLS 1.2 would accept it. */
	readonly tls12: {readonly isTaken: boolean; readonly because: string};
};

export function describeClient(hello: SeenHello): ClientDescription {
	const real = (codes: readonly number[] = []): readonly number[] => codes.filter(code => !isGrease(code));
	const ja3 = ja3Of(hello);
	const ja4 = ja4Of(hello);
	return {
		format: hello.format,
		versions: (hello.supportedVersions ?? [hello.legacyVersion]).toSorted((one, other) => one - other).map(versions.label),
		mayTakeOlder: hello.supportedVersions === undefined,
		serverName: hello.serverName,
		alpn: hello.alpn ?? [],
		cipherSuites: real(hello.cipherSuites).map(code => (code > 0xff_ff ? ssl2CipherKindLabel(code) : cipherSuites.label(code))),
		groups: real(hello.groups).map(groups.label),
		signatureAlgorithms: real(hello.signatureSchemes).map(signatureSchemes.label),
		ja3: ja3?.hash,
		ja3Text: ja3?.text,
		ja4: ja4?.hash,
		ja4Text: ja4?.text,
		resembles: findResemblance(hello, clientProfiles),
		tls12: judgeTls12(hello),
	};
}

const tls12 = 0x03_03;

function judgeTls12({supportedVersions, legacyVersion, cipherSuites: suites}: SeenHello): ClientDescription['tls12'] {
	const isOffered = supportedVersions === undefined ? legacyVersion >= tls12 : supportedVersions.includes(tls12);
	if (!isOffered) {
		const newest = versions.label(Math.max(...(supportedVersions ?? [legacyVersion])));
		return {isTaken: false, because: `it offers ${newest} but not TLSv1.2`};
	}

	const usable = suites.filter(code => cipherSuites.get(code)?.offer === 'before-1.3').map(cipherSuites.label);
	if (usable.length === 0) {
		return {isTaken: false, because: 'it offers no cipher suite of TLS 1.2'};
	}

	const hasModern = usable.some(name => /^TLS_ECDHE_.*(?:GCM|POLY1305)/.test(name));
	const hasRsaModern = usable.some(name => /^TLS_ECDHE_RSA_.*(?:GCM|POLY1305)/.test(name));
	if (hasModern && hasRsaModern) {
		return {isTaken: true, because: `it offers TLS 1.2 with ${usable.length} cipher suites`};
	}

	const lack = hasModern ? 'ECDHE-RSA with GCM' : 'ECDHE with GCM';
	return {
		isTaken: true,
		because: `it offers TLS 1.2 with ${usable.length} cipher suites, but none of ${lack}: a service that accepts nothing else refuses it`,
	};
}
