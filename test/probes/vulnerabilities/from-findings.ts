import test from 'ava';
import type {Outcome} from '../../../source/exchange/outcome.js';
import {cipherSuites} from '../../../source/iana/cipher-suites.js';
import type {VersionName} from '../../../source/iana/versions.js';
import type {Attempt} from '../../../source/probes/attempt.js';
import type {DhFinding} from '../../../source/probes/groups/dh-parameters.js';
import {vulnerabilities} from '../../../source/probes/vulnerabilities/index.js';
import type {About, EarlierFindings} from '../../../source/probes/vulnerabilities/vulnerability.js';
import {ssl2CipherKindLabel} from '../../../source/wire/ssl2.js';

/* What follows from the findings of other probes: plain findings in, an assessment out, and no connection. */

type Version = {
	readonly status?: 'accepted' | 'rejected' | 'inconclusive';
	readonly suites?: readonly string[];
	readonly undecided?: readonly string[];
	/** Bits of primes; null for parameters that were not read. */
	readonly dh?: readonly number[] | null;
	/** Public keys that connections of this version were shown. */
	readonly keys?: readonly string[];
};

const codeOf = (name: string): number =>
	name.startsWith('SSL_CK_')
		? [0x01_00_80, 0x02_00_80, 0x07_00_c0].find(code => ssl2CipherKindLabel(code) === name)!
		: cipherSuites.entries.find(entry => entry.name === name)!.code;

const prime = (bits: number): DhFinding => ({bits, sha256: '0'.repeat(64), name: null, isSafePrime: true, isReused: false});

const rejected: Version = {status: 'rejected'};
const oldest = {SSLv2: rejected, SSLv3: rejected, 'TLSv1.0': rejected, 'TLSv1.1': rejected} as const;
const modern = {...oldest, 'TLSv1.2': {suites: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256']}, 'TLSv1.3': {suites: ['TLS_AES_128_GCM_SHA256']}};

function aboutOf(versions: {readonly [Name in VersionName]?: Version}): About {
	const all = Object.entries(versions) as readonly [VersionName, Version][];
	const accepted = all.filter(([, {status = 'accepted'}]) => status === 'accepted');
	const earlier = {
		versions: Object.fromEntries(all.map(([name, {status = 'accepted'}]) => [name, {status}])),
		'cipher-suites': Object.fromEntries(
			accepted.map(([name, {suites = [], undecided = []}]) => [name, {accepted: suites.map(codeOf), undecided: undecided.map(codeOf)}]),
		),
		groups: Object.fromEntries(
			accepted.map(([name, {dh}]) => [name, {...(dh === undefined ? {} : {dhParameters: (dh ?? []).map(prime)})}]),
		),
		extensions: {},
	};
	const attempts = accepted.flatMap(([, {keys = []}]) =>
		keys.map(key => {
			const flight = {extensions: [], dhParameters: {prime: Uint8Array.of(23), generator: Uint8Array.of(2), publicKey: Buffer.from(key)}};
			return {kind: 'hello', transcript: {outcome: {kind: 'server-hello', flight} as unknown as Outcome}} as unknown as Attempt;
		}),
	);
	const target = {host: 'h', port: 443, serverName: 'h', startTls: undefined, alpn: undefined, toolVersion: '0'};
	return {target, earlier: earlier as unknown as EarlierFindings, attempts};
}

/** Each row: the vulnerability, what was found, the status, and what is said of it. */
const rows: readonly (readonly [string, {readonly [Name in VersionName]?: Version}, string, RegExp])[] = [
	['drown', {SSLv2: {suites: ['SSL_CK_RC4_128_WITH_MD5']}}, 'present', /accepts SSLv2/],
	['drown', {SSLv2: {}}, 'inconclusive', /no cipher kind/],
	['drown', modern, 'absent', /rejected/],
	['drown', {SSLv2: {status: 'inconclusive'}}, 'inconclusive', /SSLv2 inconclusive/],
	['drown', {'TLSv1.2': {}}, 'inconclusive', /not asked/],
	['freak', {...modern, 'TLSv1.0': {suites: ['TLS_RSA_EXPORT_WITH_DES40_CBC_SHA']}}, 'present', /DES40_CBC_SHA \(TLSv1\.0\)/],
	['freak', {...modern, SSLv3: {suites: ['TLS_RSA_EXPORT1024_WITH_RC4_56_SHA']}}, 'present', /SSLv3/],
	['freak', {...modern, 'TLSv1.0': {suites: ['TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA']}}, 'absent', /refused/],
	['freak', {...modern, 'TLSv1.0': {undecided: ['TLS_RSA_EXPORT_WITH_RC4_40_MD5']}}, 'inconclusive', /RC4_40_MD5 in TLSv1\.0 undecided/],
	['freak', {...modern, 'TLSv1.0': {status: 'inconclusive'}}, 'inconclusive', /TLSv1\.0 inconclusive/],
	['freak', {...oldest, 'TLSv1.2': rejected, 'TLSv1.3': {}}, 'not-applicable', /SSLv3 to TLSv1\.2 are rejected/],
	['freak', {'TLSv1.2': {}, 'TLSv1.3': {}}, 'inconclusive', /TLSv1\.1 not asked, TLSv1\.0 not asked and 1 more/],
	['freak', modern, 'absent', /export suites with RSA are refused/],
	['logjam', {...modern, 'TLSv1.0': {suites: ['TLS_DHE_DSS_EXPORT1024_WITH_DES_CBC_SHA']}}, 'present', /accepts TLS_DHE_DSS_EXPORT1024/],
	['logjam', {...modern, 'TLSv1.0': {suites: ['TLS_DH_anon_EXPORT_WITH_RC4_40_MD5']}}, 'present', /anon_EXPORT/],
	['logjam', {...modern, 'TLSv1.2': {dh: [2048, 768]}}, 'present', /768 bits in TLSv1\.2/],
	['logjam', {...modern, 'TLSv1.2': {dh: [1024]}}, 'absent', /no DH prime is below 1024/],
	['logjam', {...modern, 'TLSv1.2': {dh: null}}, 'inconclusive', /DH parameters of TLSv1\.2 not known/],
	['logjam', modern, 'absent', /suites with DHE are refused/],
	['logjam', {...oldest, 'TLSv1.2': rejected, 'TLSv1.3': {}}, 'not-applicable', /rejected/],
	['sweet32', {...modern, 'TLSv1.1': {suites: ['TLS_RSA_WITH_3DES_EDE_CBC_SHA']}}, 'present', /3DES/],
	['sweet32', {...modern, 'TLSv1.1': {suites: ['TLS_RSA_WITH_IDEA_CBC_SHA']}}, 'present', /IDEA/],
	['sweet32', {...modern, 'TLSv1.1': {suites: ['TLS_RSA_WITH_AES_128_CBC_SHA', 'TLS_RSA_WITH_CAMELLIA_128_CBC_SHA']}}, 'absent', /refused/],
	['sweet32', {...modern, 'TLSv1.1': {undecided: ['TLS_RSA_WITH_3DES_EDE_CBC_SHA']}}, 'inconclusive', /3DES/],
	['poodle', {...modern, SSLv3: {suites: ['TLS_RSA_WITH_AES_128_CBC_SHA']}}, 'present', /AES_128_CBC_SHA \(SSLv3\)/],
	['poodle', {...modern, SSLv3: {suites: ['TLS_RSA_WITH_RC4_128_SHA']}}, 'absent', /refused/],
	['poodle', {...modern, SSLv3: {undecided: ['TLS_RSA_WITH_AES_128_CBC_SHA']}}, 'inconclusive', /undecided/],
	['poodle', modern, 'not-applicable', /SSLv3 is rejected/],
	['poodle', {...modern, SSLv3: {status: 'inconclusive'}}, 'inconclusive', /SSLv3 inconclusive/],
	['beast', {...modern, 'TLSv1.0': {suites: ['TLS_RSA_WITH_AES_128_CBC_SHA']}}, 'present low', /TLSv1\.0/],
	['beast', {...oldest, 'TLSv1.0': {suites: ['TLS_RSA_WITH_AES_128_CBC_SHA']}, 'TLSv1.2': rejected}, 'present', /TLSv1\.0/],
	['beast', {...modern, 'TLSv1.1': {suites: ['TLS_RSA_WITH_AES_128_CBC_SHA']}}, 'not-applicable', /SSLv3 to TLSv1\.0 are rejected/],
	['beast', {...modern, 'TLSv1.0': {suites: ['TLS_RSA_WITH_RC4_128_SHA']}}, 'absent', /refused/],
	['lucky13', {...modern, 'TLSv1.2': {suites: ['TLS_RSA_WITH_AES_128_CBC_SHA256']}}, 'inconclusive', /constant time is not visible/],
	['lucky13', {...modern, 'TLSv1.2': {undecided: ['TLS_RSA_WITH_AES_128_CBC_SHA256']}}, 'inconclusive', /undecided/],
	['lucky13', modern, 'not-applicable', /CBC are refused/],
	['rc4', {...modern, 'TLSv1.2': {suites: ['TLS_ECDHE_RSA_WITH_RC4_128_SHA']}}, 'present', /RC4_128_SHA \(TLSv1\.2\)/],
	['rc4', modern, 'absent', /refused/],
	['raccoon', {...modern, 'TLSv1.2': {suites: ['TLS_DH_RSA_WITH_AES_128_CBC_SHA']}}, 'present', /one DH key for every connection/],
	['raccoon', dheWith(['a', 'b', 'a']), 'present', /one DH key for several/],
	['raccoon', dheWith(['a', 'b', 'c']), 'absent', /3 connections had different DH keys/],
	['raccoon', dheWith(['a', 'b']), 'inconclusive', /too few/],
	['raccoon', dheWith([]), 'inconclusive', /too few/],
	['raccoon', modern, 'not-applicable', /DH are refused/],
	['raccoon', {...oldest, 'TLSv1.2': rejected, 'TLSv1.3': {}}, 'not-applicable', /rejected/],
];

function dheWith(keys: readonly string[]): {readonly [Name in VersionName]?: Version} {
	return {...modern, 'TLSv1.2': {suites: ['TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'], dh: [2048], keys}};
}

for (const [index, [name, versions, status, message]] of rows.entries()) {
	test(`${name} ${status}: ${message.source} (${index})`, t => {
		const {find} = vulnerabilities.find(item => item.name === name)!;
		const found = find.kind === 'findings' ? find.assess(aboutOf(versions)) : undefined;
		t.is([found?.status, ...(found?.severity === undefined ? [] : [found.severity])].join(' '), status);
		t.regex(found!.message, message);
	});
}

test('where nothing was found of any version, nothing is present, absent or out of reach', t => {
	const nothing = aboutOf({});
	for (const {name, find} of vulnerabilities) {
		if (find.kind === 'findings') {
			t.is(find.assess(nothing).status, 'inconclusive', name);
		}
	}
});
