import {answeredWith, four, hello, refusedBy, retry, switchedOff} from '../helpers/peers/expected.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';

/** What stands in one virtual host, or in each of several that share a port; the first of them is the default one. */
type ApacheCase = PeerCase & {readonly hosts: readonly (readonly string[])[]};

const certificate = (name: string): string[] => ['SSLEngine on', `SSLCertificateFile ${fixture(name)}`];
const everySuite = 'SSLCipherSuite DEFAULT:@SECLEVEL=0';
const legacy = [...certificate('rsa'), 'SSLProtocol all', everySuite];
const noCommon = refusedBy('handshake_failure');
const all = four(hello(), hello(), hello(), hello());
const http = [
	'inconclusive',
	'not-tls',
	{looksLike: {protocol: 'http', hint: 'this port speaks HTTP without TLS; TLS is usually on 443 or 8443'}},
] as const;

const cases: ApacheCase[] = [
	{title: 'every version', hosts: [legacy], expected: all},
	{
		title: 'TLS 1.0 only',
		hosts: [[...certificate('rsa'), 'SSLProtocol TLSv1', everySuite]],
		expected: four(hello(), answeredWith('TLSv1.0'), answeredWith('TLSv1.0'), switchedOff),
	},
	{
		title: 'TLS 1.1 only',
		hosts: [[...certificate('rsa'), 'SSLProtocol TLSv1.1', everySuite]],
		expected: four(switchedOff, hello(), answeredWith('TLSv1.1'), switchedOff),
	},
	{
		title: 'TLS 1.2 and 1.3',
		hosts: [[...certificate('rsa'), 'SSLProtocol all -TLSv1 -TLSv1.1']],
		expected: four(switchedOff, switchedOff, hello(), hello()),
	},
	{
		title: 'TLS 1.3 only',
		hosts: [[...certificate('rsa'), 'SSLProtocol TLSv1.3']],
		expected: four(switchedOff, switchedOff, switchedOff, hello()),
	},
	{
		// Apache makes a range of what it is given, from the newest version down to the first that is missing.
		title: 'TLS 1.0 and 1.3 without what lies between',
		hosts: [[...certificate('rsa'), 'SSLProtocol all -TLSv1.1 -TLSv1.2', everySuite]],
		expected: four(switchedOff, switchedOff, switchedOff, hello()),
	},
	{
		title: 'certificates of three kinds',
		hosts: [[...legacy, `SSLCertificateFile ${fixture('ecdsa-p256')}`, `SSLCertificateFile ${fixture('ed25519')}`]],
		expected: all,
	},
	{
		title: 'a client certificate required',
		hosts: [[...legacy, 'SSLVerifyClient require', `SSLCACertificateFile ${fixture('rsa')}`]],
		expected: all,
	},
	{
		title: 'one curve',
		hosts: [[...certificate('rsa'), 'SSLProtocol all -TLSv1 -TLSv1.1', 'SSLOpenSSLConfCmd Curves brainpoolP384r1:secp384r1']],
		expected: four(switchedOff, switchedOff, hello(), retry({group: 'secp384r1'})),
	},
	{
		title: 'one suite, of TLS 1.2',
		hosts: [[...certificate('rsa'), 'SSLProtocol all -TLSv1.3', 'SSLCipherSuite ECDHE-ARIA256-GCM-SHA384:@SECLEVEL=0']],
		expected: four(noCommon, noCommon, hello({cipherSuite: 'TLS_ECDHE_RSA_WITH_ARIA_256_GCM_SHA384'}), switchedOff),
	},
	{
		// Apache settles the name before OpenSSL settles the version.
		title: 'a name with versions of its own',
		hosts: [
			[...legacy, 'ServerName default.test'],
			[...certificate('rsa'), 'SSLProtocol TLSv1.2', 'ServerName strict.test'],
		],
		expected: all,
		byName: {'strict.test': four(switchedOff, switchedOff, hello(), switchedOff), 'default.test': all},
	},
	{
		title: 'a name with versions that the default host has not',
		hosts: [
			[...certificate('rsa'), 'SSLProtocol TLSv1.3', everySuite, 'ServerName default.test'],
			[...legacy, 'ServerName old.test'],
		],
		expected: four(switchedOff, switchedOff, switchedOff, hello()),
		byName: {'old.test': all},
	},
	{title: 'HTTP in clear', hosts: [[]], expected: four(http, http, http, http)},
];

const modules = ['mpm_event', 'authz_core', 'ssl'];

testPeers<ApacheCase>({
	name: 'apache',
	programs: ['apache2'],
	cases,
	planAll: configurations => ({
		ports: configurations.length,
		command: (ports, folder) => ({
			program: 'apache2',
			argv: ['-d', folder, '-f', 'apache.conf', '-DFOREGROUND'],
			files: {
				'apache.conf': [
					...modules.map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
					`PidFile ${folder}/pid`,
					`DefaultRuntimeDir ${folder}`,
					'ErrorLog /dev/stderr',
					'ServerName peer.test',
					'StartServers 1',
					// Children of a process of root have to be someone else; others cannot be, and stay who they are.
					'User #65534',
					'Group #65534',
					...configurations.flatMap(({hosts}, index) => [
						`Listen 127.0.0.1:${ports[index]}`,
						...hosts.flatMap(lines => [`<VirtualHost 127.0.0.1:${ports[index]}>`, ...lines, '</VirtualHost>']),
					]),
				].join('\n'),
			},
		}),
	}),
});
