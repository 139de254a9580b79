import test from 'ava';
import {cipherSuites} from '../../source/iana/cipher-suites.js';
import type {VersionName} from '../../source/iana/versions.js';
import type {CertificateProblem, IdentityReport} from '../../source/probes/certificates/identity-report.js';
import {suiteFacts} from '../../source/probes/cipher-suites/suite-facts.js';
import {fatalVulnerabilities} from '../../source/probes/grade/caps.js';
import type {GradeInput} from '../../source/probes/grade/grade-input.js';
import {gradeOf} from '../../source/probes/grade/grade-of.js';
import {gradePart} from '../../source/probes/grade/report-part.js';

/** A server in few words. */
type Server = {
	readonly versions?: readonly VersionName[];
	/** Names without `TLS_`, in all versions before TLS 1.3. */
	readonly suites?: readonly string[];
	/** In TLS 1.3. */
	readonly modern?: readonly string[];
	readonly groups?: readonly string[];
	readonly dhBits?: number;
	readonly key?: NonNullable<IdentityReport['leaf']>['key'];
	readonly signature?: string;
	readonly problems?: readonly string[];
	readonly trust?: 'trusted' | 'untrusted' | 'undecided';
	readonly vulnerabilities?: Readonly<Record<string, 'present' | 'absent' | 'inconclusive'>>;
	readonly renegotiation?: 'present' | 'absent' | 'inconclusive';
	readonly compression?: 'present' | 'absent';
	readonly hsts?: number | null;
	readonly http?: GradeInput['http'];
	readonly ocsp?: string;
	readonly revocation?: Partial<NonNullable<IdentityReport['revocation']>>;
};

const codeOf = (name: string): number => cipherSuites.entries.find(entry => entry.name === `TLS_${name}`)!.code;
const facts = (names: readonly string[]) => names.map(name => suiteFacts(codeOf(name)));
const all: readonly VersionName[] = ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
const gcm = ['ECDHE_RSA_WITH_AES_256_GCM_SHA384', 'ECDHE_RSA_WITH_AES_128_GCM_SHA256'];
const decided = Object.fromEntries([...Object.keys(fatalVulnerabilities), 'poodle'].map(name => [name, {status: 'absent' as const}]));

function inputOf(server: Server): GradeInput {
	const {
		versions = ['TLSv1.2', 'TLSv1.3'],
		suites = gcm,
		modern = ['AES_256_GCM_SHA384', 'AES_128_GCM_SHA256'],
		groups = ['x25519'],
		dhBits,
	} = server;
	const before13 = versions.filter(name => name !== 'TLSv1.3');
	const of = (name: VersionName) => ({
		accepted: name === 'TLSv1.3' ? facts(modern) : facts(suites),
		undecided: [],
		preference: 'server' as const,
		connections: 1,
	});
	const problems = (server.problems ?? []).map((id): CertificateProblem => ({id, severity: 'error', message: id}));
	const identity = {
		seen: [{version: 'TLSv1.2', authentication: 'RSA', serverName: 'a.example'}],
		leaf: {
			sha256: '',
			subject: '',
			issuer: '',
			key: server.key ?? {type: 'rsa', bits: 2048},
			signatureAlgorithm: server.signature ?? 'sha256WithRSAEncryption',
		},
		trust: {store: 'mozilla', status: server.trust ?? 'trusted', path: [], stores: []},
		ocspStapling: {status: server.ocsp ?? 'absent'},
		...(server.revocation === undefined ? {} : {revocation: {fetched: [], ...server.revocation}}),
		problems,
	} as IdentityReport;
	return {
		versions: Object.fromEntries(all.map(name => [name, {status: versions.includes(name) ? 'accepted' : 'rejected'}])),
		cipherSuites: Object.fromEntries(versions.map(name => [name, of(name)])),
		groups: Object.fromEntries(
			before13.map(name => [
				name,
				{
					accepted: groups.map(group => ({name: group, code: ''})),
					undecided: [],
					preference: 'server',
					connections: 1,
					...(dhBits === undefined ? {} : {dhParameters: [{bits: dhBits, sha256: '', name: null, isSafePrime: true, isReused: false}]}),
				},
			]),
		),
		certificates: [identity],
		extensions: {secureRenegotiation: {status: server.renegotiation ?? 'present'}, compression: {status: server.compression ?? 'absent'}},
		vulnerabilities: {
			...decided,
			...Object.fromEntries(Object.entries(server.vulnerabilities ?? {}).map(([name, status]) => [name, {status}])),
		},
		http:
			'http' in server ? server.http : {strictTransportSecurity: server.hsts === null ? null : {maxAgeSeconds: server.hsts ?? 31_536_000}},
	} as GradeInput;
}

/** The numbers of the guide: protocol, key exchange, cipher, and the score that they make. */
const scores: readonly (readonly [title: string, server: Server, numbers: readonly [number, number, number, number]])[] = [
	['TLS 1.2 alone, 128 and 256 bits, RSA 2048', {versions: ['TLSv1.2']}, [100, 90, 90, 93]],
	['TLS 1.2 and 1.3', {}, [100, 90, 90, 93]],
	[
		'RSA 4096 and P-384, 256 bits alone',
		{key: {type: 'rsa', bits: 4096}, groups: ['secp384r1'], suites: gcm.slice(0, 1), modern: ['AES_256_GCM_SHA384']},
		[100, 100, 100, 100],
	],
	['RSA 4096 and x25519', {key: {type: 'rsa', bits: 4096}}, [100, 90, 90, 93]],
	['ECDSA P-256', {key: {type: 'ec', curve: 'P-256'}, groups: ['secp384r1']}, [100, 90, 90, 93]],
	['ECDSA P-384', {key: {type: 'ec', curve: 'P-384'}, groups: ['secp384r1']}, [100, 100, 90, 96]],
	['TLS 1.0 to 1.2: the middle of best and worst', {versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2']}, [95, 90, 90, 91.5]],
	['SSL 3 to TLS 1.2', {versions: ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2']}, [90, 90, 90, 90]],
	['SSL 3 alone', {versions: ['SSLv3'], suites: ['RSA_WITH_AES_128_CBC_SHA']}, [80, 90, 80, 83]],
	['SSL 2 as the worst', {versions: ['SSLv2', 'TLSv1.2']}, [50, 90, 90, 78]],
	['SSL 2 alone', {versions: ['SSLv2']}, [0, 90, 90, 0]],
	['1024 bits of DH', {dhBits: 1024}, [100, 80, 90, 90]],
	['768 bits of DH', {dhBits: 768}, [100, 40, 90, 78]],
	['256 bits of RSA', {key: {type: 'rsa', bits: 256}}, [100, 20, 90, 72]],
	['export', {suites: ['RSA_EXPORT_WITH_RC4_40_MD5', ...gcm]}, [100, 40, 60, 66]],
	['3DES beside 256 bits', {versions: ['TLSv1.2'], suites: ['RSA_WITH_3DES_EDE_CBC_SHA', gcm[0]!]}, [100, 90, 60, 81]],
	['no authentication', {suites: ['DH_anon_WITH_AES_128_GCM_SHA256', ...gcm]}, [100, 0, 90, 0]],
	['no encryption alone', {versions: ['TLSv1.2'], suites: ['RSA_WITH_NULL_SHA']}, [100, 90, 0, 0]],
	['no encryption beside others', {suites: ['RSA_WITH_NULL_SHA', ...gcm]}, [100, 90, 50, 77]],
];

for (const [title, server, [protocol, keyExchange, cipher, score]] of scores) {
	test(`scores of ${title}`, t => {
		const grade = gradeOf(inputOf(server));
		t.deepEqual([grade.protocol, grade.keyExchange, grade.cipher, grade.score], [protocol, keyExchange, cipher, score]);
	});
}

/** The letter, and the ids of the caps. */
const grades: readonly (readonly [title: string, server: Server, letter: string, caps: readonly string[]])[] = [
	['modern with HSTS', {}, 'A+', []],
	['HSTS of half a year', {hsts: 15_768_000}, 'A+', []],
	['HSTS of a day', {hsts: 86_400}, 'A', ['short-hsts']],
	['HSTS of nothing', {hsts: 0}, 'A-', ['no-hsts']],
	['no HSTS', {hsts: null}, 'A-', ['no-hsts']],
	['no look at HTTP', {http: undefined}, 'A', []],
	['not HTTP', {http: 'notHttp'}, 'A', []],
	['no TLS 1.3', {versions: ['TLSv1.2']}, 'A-', ['no-tls-1-3']],
	['TLS 1.3 alone', {versions: ['TLSv1.3']}, 'A+', []],
	['no secure renegotiation', {renegotiation: 'absent'}, 'A-', ['no-secure-renegotiation']],
	['TLS 1.1', {versions: ['TLSv1.1', 'TLSv1.2', 'TLSv1.3']}, 'B', ['old-versions']],
	['TLS 1.0', {versions: ['TLSv1.0', 'TLSv1.2', 'TLSv1.3']}, 'B', ['old-versions']],
	['SSL 3', {versions: ['SSLv3', 'TLSv1.2', 'TLSv1.3']}, 'B', ['ssl-3']],
	['SSL 3 with POODLE', {versions: ['SSLv3', 'TLSv1.2', 'TLSv1.3'], vulnerabilities: {poodle: 'present'}}, 'C', ['poodle', 'ssl-3']],
	['SSL 3 as the best', {versions: ['SSLv3']}, 'F', ['ssl-3-best', 'no-tls-1-2', 'ssl-3', 'no-tls-1-3']],
	['SSL 2', {versions: ['SSLv2', 'TLSv1.2', 'TLSv1.3']}, 'F', ['ssl-2']],
	[
		'TLS 1.0 and 1.1 alone',
		{versions: ['TLSv1.0', 'TLSv1.1'], suites: ['ECDHE_RSA_WITH_AES_128_CBC_SHA']},
		'C',
		['no-tls-1-2', 'old-versions', 'no-aead', 'no-tls-1-3'],
	],
	['1024 bits of DH', {dhBits: 1024}, 'B', ['key-below-2048']],
	['768 bits of DH', {dhBits: 768}, 'F', ['short-key', 'key-below-2048']],
	['RSA 1024', {key: {type: 'rsa', bits: 1024}}, 'B', ['key-below-2048']],
	[
		'RC4 in TLS 1.0 alone',
		{versions: ['TLSv1.0'], suites: ['RSA_WITH_RC4_128_SHA', 'ECDHE_RSA_WITH_AES_128_CBC_SHA']},
		'C',
		['no-tls-1-2', 'old-versions', 'rc4', 'no-aead', 'no-tls-1-3'],
	],
	['RC4 in TLS 1.2', {suites: ['ECDHE_RSA_WITH_RC4_128_SHA', ...gcm]}, 'C', ['rc4-in-modern', 'rc4']],
	[
		'only RC4',
		{versions: ['TLSv1.2'], suites: ['RSA_WITH_RC4_128_SHA']},
		'F',
		['only-rc4', 'rc4-in-modern', 'rc4', 'no-forward-secrecy', 'no-aead', 'no-tls-1-3'],
	],
	['3DES in TLS 1.2', {suites: ['RSA_WITH_3DES_EDE_CBC_SHA', ...gcm]}, 'C', ['short-blocks']],
	['export', {suites: ['RSA_EXPORT_WITH_RC4_40_MD5', ...gcm]}, 'F', ['export', 'rc4-in-modern', 'rc4']],
	['DES', {suites: ['RSA_WITH_DES_CBC_SHA', ...gcm]}, 'F', ['weak-suite', 'short-blocks']],
	['no authentication', {suites: ['DH_anon_WITH_AES_128_GCM_SHA256', ...gcm]}, 'F', ['anonymous']],
	['no forward secrecy', {versions: ['TLSv1.2'], suites: ['RSA_WITH_AES_128_GCM_SHA256']}, 'B', ['no-forward-secrecy', 'no-tls-1-3']],
	['no AEAD', {versions: ['TLSv1.2'], suites: ['ECDHE_RSA_WITH_AES_128_CBC_SHA256']}, 'B', ['no-aead', 'no-tls-1-3']],
	['an incomplete chain', {problems: ['missing-intermediate'], trust: 'untrusted'}, 'B', ['incomplete-chain']],
	['a self-signed certificate', {problems: ['self-signed'], trust: 'untrusted'}, 'T', ['not-trusted']],
	['an expired certificate', {problems: ['expired'], trust: 'untrusted'}, 'T', ['not-trusted']],
	['an unknown root', {problems: ['unknown-root'], trust: 'untrusted'}, 'T', ['not-trusted']],
	['a certificate that is revoked by its staple', {ocsp: 'revoked'}, 'T', ['not-trusted']],
	['a certificate that is revoked by its CRL', {revocation: {status: 'revoked', source: 'crl'}}, 'T', ['not-trusted']],
	[
		'a revoked certificate with an incomplete chain',
		{revocation: {status: 'revoked'}, problems: ['missing-intermediate'], trust: 'untrusted'},
		'T',
		['not-trusted', 'incomplete-chain'],
	],
	['another name', {problems: ['name-mismatch']}, 'M', ['name-mismatch']],
	['SHA-1', {signature: 'sha1WithRSAEncryption'}, 'T', ['sha1-signature']],
	['MD5', {signature: 'md5WithRSAEncryption'}, 'F', ['md5-signature']],
	['compression', {compression: 'present'}, 'C', ['crime']],
	...Object.keys(fatalVulnerabilities).map(
		name => [name, {vulnerabilities: {[name]: 'present'}}, 'F', [name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)]] as const,
	),
];

for (const [title, server, letter, caps] of grades) {
	test(`${title}: ${letter}`, t => {
		const grade = gradeOf(inputOf(server));
		t.is(grade.letter, letter as typeof grade.letter);
		t.deepEqual(
			grade.caps.map(({id}) => id),
			caps,
		);
	});
}

test('the letter follows from the score where nothing caps it', t => {
	t.is(
		gradeOf(inputOf({suites: ['RSA_WITH_NULL_SHA', ...gcm]})).caps.some(({letter}) => letter === 'F'),
		true,
	);
	t.is(gradeOf(inputOf({versions: ['SSLv2']})).score, 0);
});

test('withoutTrust is the grade without T and M', t => {
	t.like(gradeOf(inputOf({problems: ['self-signed'], trust: 'untrusted'})), {letter: 'T', withoutTrust: 'A+'});
	t.like(gradeOf(inputOf({problems: ['name-mismatch'], versions: ['TLSv1.1', 'TLSv1.2']})), {letter: 'M', withoutTrust: 'B'});
	t.is(gradeOf(inputOf({})).withoutTrust, undefined);
});

test('what was not asked for is named, and what is not decided may cap the grade', t => {
	const input = inputOf({http: undefined, vulnerabilities: {robot: 'inconclusive'}, trust: 'undecided'});
	const grade = gradeOf({...input, vulnerabilities: {robot: {status: 'inconclusive'}}});
	t.is(grade.letter, 'A');
	t.deepEqual(
		grade.open.map(({id, letter}) => `${id} ${letter}`),
		['not-trusted T', 'robot F'],
	);
	t.regex(grade.notSeen.join('\n'), /HSTS[\s\S]*Heartbleed[\s\S]*revocation/);
	t.false(grade.notSeen.join('\n').includes('ROBOT'));
	t.false(gradeOf(inputOf({})).notSeen.join('\n').includes('Heartbleed'));
});

test('revocation is decided with --online, if the certificate says where to ask', t => {
	const openIn = (server: Server): string[] => gradeOf(inputOf(server)).open.map(({id, letter}) => `${id} ${letter}`);
	const fetched = [{url: 'http://ocsp.example/'}];
	t.deepEqual(openIn({revocation: {status: 'good', fetched}}), []);
	t.deepEqual(openIn({revocation: {status: 'inconclusive', fetched}}), ['not-trusted T']);
	t.deepEqual(openIn({revocation: {status: 'unknown', fetched}}), ['not-trusted T']);
	t.deepEqual(openIn({revocation: {status: 'inconclusive'}}), []);
	t.false(
		gradeOf(inputOf({revocation: {status: 'good'}}))
			.notSeen.join('\n')
			.includes('revocation'),
	);
});

test('without an accepted version there is no grade', t => {
	const grade = gradeOf(inputOf({versions: []}));
	t.is(grade.letter, null);
	t.is(gradePart.demand!.judge(grade, 'E').status, 'inconclusive');
	t.is(gradePart.brief(grade), 'no grade');
});

const demands: readonly (readonly [server: Server, wanted: 'A+' | 'A' | 'A-' | 'B' | 'C', status: string])[] = [
	[{}, 'A+', 'pass'],
	[{}, 'A', 'pass'],
	[{hsts: null}, 'A', 'fail'],
	[{hsts: null}, 'A-', 'pass'],
	[{problems: ['self-signed'], trust: 'untrusted'}, 'C', 'fail'],
	[{vulnerabilities: {robot: 'inconclusive'}}, 'A', 'inconclusive'],
	[{renegotiation: 'inconclusive'}, 'A', 'inconclusive'],
	[{renegotiation: 'inconclusive'}, 'A-', 'pass'],
	[{vulnerabilities: {poodle: 'inconclusive'}}, 'C', 'pass'],
];

for (const [index, [server, wanted, status]] of demands.entries()) {
	test(`demand ${index}: ${wanted} is ${status}`, t => {
		const judged = gradePart.demand!.judge(gradeOf(inputOf(server)), wanted);
		t.is(judged.status, status as typeof judged.status, judged.message);
	});
}

test('demands are letters that can be reached, and a change of the letter is a difference', t => {
	for (const value of ['F', 'T', 'a', '', 1, {}, null]) {
		t.true('problem' in gradePart.demand!.parse(value), JSON.stringify(value));
	}

	t.deepEqual(gradePart.demand!.parse('A+'), {demand: 'A+'});
	const [good, bad] = [gradeOf(inputOf({})), gradeOf(inputOf({versions: ['TLSv1.0', 'TLSv1.2']}))];
	t.deepEqual(
		[gradePart.compare!(good, bad), gradePart.compare!(bad, good), gradePart.compare!(bad, bad)].map(changes =>
			changes.map(({effect}) => effect),
		),
		[['worse'], ['better'], []],
	);
	t.is(gradePart.demand!.fromPart!(good), 'A+');
	t.deepEqual(gradePart.problems(bad), [{severity: 'warning', message: 'grade B: TLSv1.0 or TLSv1.1 is accepted'}]);
});
