import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {Report} from '../../source/engine/report.js';
import {requestProbe} from '../../source/probes/requests.js';
import type {VulnerabilitiesReport} from '../../source/probes/vulnerabilities/vulnerabilities-report.js';
import type {VulnerabilityStatus} from '../../source/probes/vulnerabilities/vulnerability.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {testBeside} from '../helpers/peers/real-server.js';
import {probePort} from '../helpers/scripted-server.js';

/*
OpenSSL 1.0.1, as Node.js 0.10 has it. Between the oldest and the newest of these releases, one fault after another was repaired.
*/

const everyVersion = ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

type Statuses = Readonly<Record<string, VulnerabilityStatus>>;

/** The fault of CVE-2016-2107 is in the code for processors with AES instructions. These programs are for Linux. */
const hasAes = process.platform === 'linux' && /\saes\s/.test(readFileSync('/proc/cpuinfo', 'latin1'));

/** All of them have the same suites: neither DHE nor export suites, for which Node.js would need parameters and keys. */
const common: Statuses = {
	freak: 'absent',
	logjam: 'absent',
	sweet32: 'present',
	paddingOracle: 'absent',
	beast: 'present',
	lucky13: 'inconclusive',
	rc4: 'present',
	crime: 'absent',
	breach: 'absent',
	insecureRenegotiation: 'absent',
	clientRenegotiation: 'present',
	raccoon: 'not-applicable',
	zeroStek: 'absent',
	opossum: 'not-applicable',
};

/** Until then, Node.js 0.10 had SSL 2 and SSL 3, and OpenSSL neither knew TLS_FALLBACK_SCSV nor had the repair of CVE-2016-2107. */
const until2014: Statuses = {
	...common,
	openSslPaddingOracle: hasAes ? 'present' : 'absent',
	fallbackScsv: 'present',
	drown: 'present',
	poodle: 'present',
};

const servers: readonly (readonly [node: string, openssl: string, expected: Statuses])[] = [
	['0.10.1', '1.0.1e', {...until2014, heartbleed: 'present', ccsInjection: 'present'}],
	// Node.js left heartbeats out when their fault was known.
	['0.10.28', '1.0.1g', {...until2014, heartbleed: 'not-applicable', ccsInjection: 'present'}],
	['0.10.32', '1.0.1i', {...until2014, heartbleed: 'not-applicable', ccsInjection: 'absent'}],
	[
		'0.10.48',
		'1.0.1u',
		{
			...common,
			heartbleed: 'not-applicable',
			ccsInjection: 'absent',
			openSslPaddingOracle: 'absent',
			fallbackScsv: 'absent',
			drown: 'absent',
			poodle: 'not-applicable',
		},
	],
];

for (const [node, openssl, expected] of servers) {
	const program = `node-${node}`;
	testBeside(
		{
			name: `OpenSSL ${openssl} in Node.js ${node}`,
			programs: [program],
			plan: {
				ports: 1,
				command: ports => ({program, argv: [path.resolve('fixtures/peers/old-openssl.js'), fixture('rsa'), ...ports.map(String)]}),
			},
		},
		'every vulnerability that it has, and no other',
		async (t, [port]) => {
			const probes = [requestProbe('versions', {versions: everyVersion}), requestProbe('vulnerabilities')];
			const {recordings} = await probePort(port!, {host: 'peer.test', probes});
			const {vulnerabilities} = recordings[0].report as Report & {readonly vulnerabilities: VulnerabilitiesReport};
			const found = Object.entries(vulnerabilities).filter(([name, {status}]) => expected[name] !== undefined || status === 'present');
			t.deepEqual(Object.fromEntries(found.map(([name, {status}]) => [name, status])), expected);
		},
	);
}
