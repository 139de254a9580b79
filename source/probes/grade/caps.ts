import {versionNames} from '../../iana/versions.js';
import {identitiesOfTarget} from '../certificates/demand.js';
import type {IdentityReport} from '../certificates/identity-report.js';
import {versionsIn} from '../cipher-suites/suites-report.js';
import type {GradeInput} from './grade-input.js';
import type {Cap, Letter} from './grade-report.js';
import {acceptedIn, strengthsIn, suitesIn} from './scores.js';

/** What a rule finds: the words for it, `open` if it is not decided, or undefined. */
type Result = string | 'open' | undefined;

type Rule = {readonly id: string; readonly letter: Letter; readonly title: string; readonly judge: (input: GradeInput) => Result};

/** HSTS for A+: half a year. */
export const longHstsSeconds = 15_768_000;

const rule = (letter: Letter, id: string, title: string, judge: Rule['judge'] | ((input: GradeInput) => boolean)): Rule => ({
	id,
	letter,
	title,
	judge(input) {
		const found = judge(input);
		return found === true ? title : found === false ? undefined : found;
	},
});

const named =
	(...names: readonly string[]) =>
	(input: GradeInput): boolean =>
		acceptedIn(input).some(name => names.includes(name));

/** A vulnerability by its name in the report. What was not asked for is in `notSeen`. */
const vulnerable =
	(name: string, title: string) =>
	({vulnerabilities}: GradeInput): Result => {
		const status = vulnerabilities?.[name]?.status;
		return status === 'present' ? title : status === 'inconclusive' ? 'open' : undefined;
	};

/** Vulnerabilities that lead to F, with the words for them. */
export const fatalVulnerabilities: Readonly<Record<string, string>> = {
	heartbleed: 'Heartbleed',
	ccsInjection: 'CCS injection',
	robot: 'ROBOT',
	ticketbleed: 'Ticketbleed',
	drown: 'DROWN',
	paddingOracle: 'a padding oracle (Zombie POODLE, GOLDENDOODLE or similar)',
	openSslPaddingOracle: 'the padding oracle of OpenSSL (CVE-2016-2107)',
	insecureRenegotiation: 'insecure renegotiation',
};

const modern = ['TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** Whether a suite is accepted in TLS 1.1 or later. */
const inModern = (input: GradeInput, pattern: RegExp): boolean =>
	versionsIn(input.cipherSuites).some(([version, {accepted}]) => modern.includes(version) && accepted.some(({name}) => pattern.test(name)));

const problemIn = (input: GradeInput, ids: readonly string[]): string | undefined =>
	identitiesOfTarget(input.certificates)
		.flatMap(({problems}) => problems)
		.find(({id}) => ids.includes(id))?.message;

const hashOf = ({leaf}: IdentityReport): string => leaf?.signatureAlgorithm ?? '';
const signedWith = (input: GradeInput, pattern: RegExp): boolean =>
	identitiesOfTarget(input.certificates).some(item => pattern.test(hashOf(item)));

/** Whether the chain is trusted only with a certificate that the server does not send. */
const isIncomplete = (input: GradeInput): boolean => problemIn(input, ['missing-intermediate']) !== undefined;

const untrusted = (input: GradeInput): Result => {
	const identities = identitiesOfTarget(input.certificates);
	const message =
		problemIn(input, ['expired', 'not-yet-valid', 'self-signed']) ??
		identities
			.find(({trust}) => trust?.status === 'untrusted')
			?.problems.find(({severity, id}) => severity === 'error' && id !== 'name-mismatch')?.message;
	if (identities.some(({ocspStapling, revocation}) => [ocspStapling?.status, revocation?.status].includes('revoked'))) {
		return 'a certificate is revoked';
	}

	if (identities.some(({problems}) => problems.some(({id, severity}) => id === 'issuer-revoked' && severity === 'error'))) {
		return 'an issuer is revoked';
	}

	if (message !== undefined && !isIncomplete(input)) {
		return message;
	}

	const isTrustOpen = !isIncomplete(input) && (identities.length === 0 || identities.some(({trust}) => trust?.status === 'undecided'));
	return isTrustOpen || identities.some(isRevocationOpen) ? 'open' : undefined;
};

/** With `--online`: a URL of the certificate or of an issuer was asked, and gave no answer. */
const isRevocationOpen = ({revocation}: IdentityReport): boolean =>
	[revocation, ...(revocation?.issuers ?? [])].some(
		item => item?.status === 'unknown' || (item?.status === 'inconclusive' && item.fetched.length > 0),
	);

const all = (input: GradeInput, isSo: (suite: ReturnType<typeof suitesIn>[number]) => boolean): boolean => {
	const suites = suitesIn(input);
	return suites.length > 0 && suites.every(isSo);
};

/** The rules of the guide that cap a grade, the worst first. */
const rules: readonly Rule[] = [
	rule('M', 'name-mismatch', 'the certificate is for another name', input => problemIn(input, ['name-mismatch', 'no-subject-alt-name'])),
	rule('T', 'not-trusted', 'the certificate is not trusted', untrusted),
	rule('T', 'sha1-signature', 'a certificate is signed with SHA-1', input => signedWith(input, /sha-?1\b|sha1/i)),
	rule('F', 'ssl-2', 'SSLv2 is accepted', named('SSLv2')),
	rule('F', 'ssl-3-best', 'nothing newer than SSLv3 is accepted', input => acceptedIn(input).at(-1) === 'SSLv3'),
	rule('F', 'export', 'an export suite is accepted', input => suitesIn(input).some(({name}) => name.includes('EXPORT'))),
	rule('F', 'anonymous', 'a suite without authentication is accepted', input =>
		suitesIn(input).some(({authentication}) => authentication === 'anon'),
	),
	rule('F', 'weak-suite', 'a suite of less than 112 bits is accepted', input =>
		suitesIn(input).some(({bits, name}) => bits < 112 && !name.includes('EXPORT')),
	),
	rule('F', 'only-rc4', 'only RC4 is accepted', input => all(input, ({name}) => name.includes('RC4'))),
	rule('F', 'short-key', 'a key or DH parameters are below 1024 bits', input => strengthsIn(input).some(({bits}) => bits < 1024)),
	rule('F', 'md5-signature', 'a certificate is signed with MD2 or MD5', input => signedWith(input, /md[25]/i)),
	...Object.entries(fatalVulnerabilities).map(([name, title]) =>
		rule(
			'F',
			name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
			title,
			vulnerable(name, title),
		),
	),
	rule('C', 'poodle', 'POODLE', vulnerable('poodle', 'POODLE')),
	rule('C', 'crime', 'compression (CRIME)', ({extensions: {compression}}) =>
		compression.status === 'present' ? 'compression (CRIME)' : compression.status === 'inconclusive' ? 'open' : undefined,
	),
	rule(
		'C',
		'no-tls-1-2',
		'neither TLSv1.2 nor TLSv1.3 is accepted',
		input => acceptedIn(input).length > 0 && !named('TLSv1.2', 'TLSv1.3')(input),
	),
	rule('C', 'rc4-in-modern', 'RC4 is accepted in TLSv1.1 or later', input => inModern(input, /RC4/)),
	rule('C', 'short-blocks', 'a cipher with blocks of 64 bits is accepted in TLSv1.1 or later', input =>
		inModern(input, /3DES|_DES_|DES40|IDEA|RC2/),
	),
	rule('B', 'ssl-3', 'SSLv3 is accepted', named('SSLv3')),
	rule('B', 'old-versions', 'TLSv1.0 or TLSv1.1 is accepted', named('TLSv1.0', 'TLSv1.1')),
	rule('B', 'rc4', 'RC4 is accepted', input => suitesIn(input).some(({name}) => name.includes('RC4'))),
	rule('B', 'incomplete-chain', 'the chain is incomplete', isIncomplete),
	rule('B', 'key-below-2048', 'a key or DH parameters are below 2048 bits', input => strengthsIn(input).some(({bits}) => bits < 2048)),
	rule('B', 'no-forward-secrecy', 'no suite has forward secrecy', input => all(input, ({forwardSecrecy}) => !forwardSecrecy)),
	rule('B', 'no-aead', 'no suite is AEAD', input => all(input, ({aead}) => !aead)),
	rule('A-', 'no-tls-1-3', 'TLSv1.3 is not accepted', ({versions}) =>
		versions['TLSv1.3']?.status === 'rejected'
			? 'TLSv1.3 is not accepted'
			: versions['TLSv1.3']?.status === 'accepted'
				? undefined
				: 'open',
	),
	rule(
		'A-',
		'no-secure-renegotiation',
		'there is no secure renegotiation',
		({
			extensions: {
				secureRenegotiation: {status},
			},
		}) => (status === 'absent' ? 'there is no secure renegotiation' : status === 'inconclusive' ? 'open' : undefined),
	),
	rule('A-', 'no-hsts', 'HSTS is not set', ({http}) =>
		http === undefined || http === 'notHttp'
			? undefined
			: http.strictTransportSecurity === undefined
				? 'open'
				: http.strictTransportSecurity === null || http.strictTransportSecurity.maxAgeSeconds === 0
					? 'HSTS is not set'
					: undefined,
	),
	rule(
		'A',
		'short-hsts',
		'HSTS lasts less than half a year',
		({http}) =>
			typeof http === 'object' &&
			http.strictTransportSecurity != null &&
			http.strictTransportSecurity.maxAgeSeconds > 0 &&
			http.strictTransportSecurity.maxAgeSeconds < longHstsSeconds,
	),
];

/** What caps the letter, and what may cap it but is not decided. */
export function capsOf(input: GradeInput): {readonly caps: readonly Cap[]; readonly open: readonly Cap[]} {
	const results = rules.map(({id, letter, title, judge}) => ({id, letter, title, result: judge(input)}));
	const undecidedSuites = versionsIn(input.cipherSuites).some(([, {undecided}]) => undecided.length > 0);
	const undecidedVersions = versionNames.filter(name => input.versions[name]?.status === 'inconclusive');
	return {
		caps: results.flatMap(({id, letter, result}) => (result === undefined || result === 'open' ? [] : [{id, letter, because: result}])),
		open: [
			...results.flatMap(({id, letter, title, result}) => (result === 'open' ? [{id, letter, because: `not decided: ${title}`}] : [])),
			...(undecidedVersions.length === 0
				? []
				: [{id: 'versions', letter: 'F' as const, because: `not decided: ${undecidedVersions.join(', ')}`}]),
			...(undecidedSuites ? [{id: 'cipher-suites', letter: 'F' as const, because: 'not decided: some cipher suites'}] : []),
			...(input.certificates.some(({undecided}) => undecided !== undefined)
				? [{id: 'certificates', letter: 'T' as const, because: 'not decided: whether there are other certificates'}]
				: []),
		],
	};
}
