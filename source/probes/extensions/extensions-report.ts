import {signatureSchemes} from '../../iana/signature-schemes.js';
import {
	compressionAlgorithms,
	type ExtensionStatus,
	type ExtensionsFinding,
	type FoundClientCertificate,
	type FoundExtension,
	type FoundProtocols,
	type PlainField,
	plainFields,
} from './extensions-finding.js';
import {nameInText} from './name-in-text.js';

export type ProtocolsReport = FoundProtocols;

/** What is asked of a certificate of the client, by names. */
export type ClientCertificateReport = {
	readonly status: FoundClientCertificate['status'];
	readonly types?: readonly string[] | undefined;
	readonly signatureSchemes?: readonly string[] | undefined;
	readonly authorities?: readonly string[] | undefined;
	/** How many authorities there are beyond those. */
	readonly moreAuthorities?: number | undefined;
};

/** What is reported of the extensions. */
export type ExtensionsReport = Readonly<Record<PlainField, FoundExtension>> & {
	readonly certificateCompression: FoundExtension & {readonly algorithms: readonly string[]};
	readonly alpn: ProtocolsReport;
	readonly npn: ProtocolsReport;
	readonly clientCertificate: ClientCertificateReport;
	readonly connections: number;
};

const mostAuthorities = 50;

/** ClientCertificateType. RFC 5246 §7.4.4, RFC 8422 §5.5, RFC 9189 §4.7. */
const certificateTypes: Readonly<Record<number, string>> = {
	1: 'rsa_sign',
	2: 'dss_sign',
	3: 'rsa_fixed_dh',
	4: 'dss_fixed_dh',
	5: 'rsa_ephemeral_dh',
	6: 'dss_ephemeral_dh',
	20: 'fortezza_dms',
	22: 'gost_sign256',
	23: 'gost_sign512',
	64: 'ecdsa_sign',
	65: 'rsa_fixed_ecdh',
	66: 'ecdsa_fixed_ecdh',
};

export function describeExtensions(finding: ExtensionsFinding): ExtensionsReport {
	const {certificateCompression: compression, clientCertificate} = finding;
	const plain = Object.fromEntries(plainFields.map(field => [field, finding[field]])) as Readonly<Record<PlainField, FoundExtension>>;
	return {
		...plain,
		certificateCompression: {...compression, algorithms: compression.algorithms.map(code => compressionAlgorithms[code] ?? String(code))},
		alpn: finding.alpn,
		npn: finding.npn,
		clientCertificate: describeClientCertificate(clientCertificate),
		connections: finding.connections,
	};
}

function describeClientCertificate({
	status,
	types,
	signatureSchemes: schemes,
	authorities,
}: FoundClientCertificate): ClientCertificateReport {
	const more = (authorities?.length ?? 0) - mostAuthorities;
	return {
		status,
		...(types === undefined ? {} : {types: types.map(type => certificateTypes[type] ?? String(type))}),
		...(schemes === undefined ? {} : {signatureSchemes: schemes.map(signatureSchemes.label)}),
		...(authorities === undefined ? {} : {authorities: authorities.slice(0, mostAuthorities).map(nameInText)}),
		...(more > 0 ? {moreAuthorities: more} : {}),
	};
}

/** Everything that has a status of an extension, by its field. */
export const statusesIn = (report: ExtensionsReport): readonly (readonly [field: string, status: ExtensionStatus])[] =>
	[...plainFields, 'certificateCompression' as const, 'alpn' as const, 'npn' as const].map(field => [field, report[field].status]);

/** What people call them. */
export const extensionTitles: Readonly<Record<string, string>> = {
	extendedMasterSecret: 'extended master secret',
	encryptThenMac: 'encrypt-then-MAC',
	secureRenegotiation: 'secure renegotiation',
	sessionTicket: 'session tickets',
	heartbeat: 'heartbeat',
	maxFragmentLength: 'maximum fragment length',
	recordSizeLimit: 'record size limit',
	ocspStapling: 'OCSP stapling',
	signedCertificateTimestamp: 'SCT extension',
	compression: 'compression',
	certificateCompression: 'certificate compression',
	alpn: 'ALPN',
	npn: 'NPN',
};

/** What a server should have, and by which document; and what it should not. */
export const wanted: Readonly<Record<string, {readonly status: 'present' | 'absent'; readonly source: string}>> = {
	extendedMasterSecret: {status: 'present', source: 'RFC 9325, 2022'},
	secureRenegotiation: {status: 'present', source: 'RFC 5746, 2010'},
	compression: {status: 'absent', source: 'RFC 9325, 2022'},
};
