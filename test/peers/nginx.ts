import {answeredWith, four, hello, refusedBy, retry, six, switchedOff, undecidedBy} from '../helpers/peers/expected.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';
import {nginxPlan} from '../helpers/peers/plans/nginx.js';

/** What stands in one `server`, or in each of several that share a port; the first of them is the default one. */
type NginxCase = PeerCase & {readonly servers: readonly (readonly string[])[]};

const certificate = (name: string): string[] => [`ssl_certificate ${fixture(name)}`, `ssl_certificate_key ${fixture(name)}`];
const everyVersion = 'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3';
const everySuite = 'ssl_ciphers DEFAULT:@SECLEVEL=0';
const legacy = [...certificate('rsa'), everyVersion, everySuite];
const modern = [...certificate('rsa'), 'ssl_protocols TLSv1.2 TLSv1.3'];

const noCommon = refusedBy('handshake_failure');
const unrecognized = undecidedBy('unrecognized_name');
const all = four(hello(), hello(), hello(), hello());
const none = four(unrecognized, unrecognized, unrecognized, unrecognized);
/** Every hello with the name is refused; the one that carries no name is answered by the default server. */
const namelessOnly = ['inconclusive', 'alert', {alert: 'handshake_failure', acceptedWithoutServerName: true}] as const;
const http = [
	'inconclusive',
	'not-tls',
	{looksLike: {protocol: 'http', hint: 'this port speaks HTTP without TLS; TLS is usually on 443 or 8443'}},
] as const;

const cases: NginxCase[] = [
	{title: 'every version', servers: [legacy], expected: all},
	{
		title: 'the intermediate set, asked for every version there is',
		servers: [modern],
		expected: six(switchedOff, noCommon, four(switchedOff, switchedOff, hello(), hello())),
	},
	{
		title: 'TLS 1.0 only',
		servers: [[...legacy, 'ssl_protocols TLSv1'].filter(line => line !== everyVersion)],
		expected: four(hello(), answeredWith('TLSv1.0'), answeredWith('TLSv1.0'), switchedOff),
	},
	{
		title: 'TLS 1.2 only',
		servers: [[...certificate('rsa'), 'ssl_protocols TLSv1.2']],
		expected: four(switchedOff, switchedOff, hello(), switchedOff),
	},
	{
		title: 'TLS 1.3 only',
		servers: [[...certificate('rsa'), 'ssl_protocols TLSv1.3']],
		expected: four(switchedOff, switchedOff, switchedOff, hello()),
	},
	{
		title: 'a hole at TLS 1.2',
		servers: [[...certificate('rsa'), 'ssl_protocols TLSv1 TLSv1.1 TLSv1.3', everySuite]],
		expected: four(hello(), hello(), answeredWith('TLSv1.1'), hello()),
	},
	{
		// The versions are on, but the security level of OpenSSL 3 leaves them no signature.
		title: 'every version at the default security level',
		servers: [[...certificate('rsa'), everyVersion]],
		expected: four(refusedBy('internal_error'), refusedBy('internal_error'), hello(), hello()),
	},
	{
		title: 'certificates of two kinds',
		servers: [[...legacy, ...certificate('ecdsa-p256')]],
		expected: all,
	},
	{
		title: 'an Ed25519 certificate',
		servers: [[...certificate('ed25519'), everyVersion, everySuite]],
		expected: four(noCommon, noCommon, hello(), hello()),
	},
	{
		title: 'a client certificate required',
		servers: [[...legacy, 'ssl_verify_client on', `ssl_client_certificate ${fixture('rsa')}`]],
		expected: all,
	},
	{
		title: 'one curve that few clients lead with',
		servers: [[...modern, 'ssl_ecdh_curve secp521r1']],
		expected: four(switchedOff, switchedOff, hello(), retry({group: 'secp521r1'})),
	},
	{
		title: 'DHE with a prime of its own alone',
		servers: [
			[...certificate('rsa'), 'ssl_protocols TLSv1.2', 'ssl_ciphers DHE-RSA-AES256-GCM-SHA384', `ssl_dhparam ${fixture('dh-2048')}`],
		],
		expected: four(switchedOff, switchedOff, hello({group: 'DHE 2048 bits'}), switchedOff),
	},
	{
		title: 'a suite of TLS 1.2 alone, though older versions are on',
		servers: [[...certificate('rsa'), 'ssl_protocols TLSv1 TLSv1.1 TLSv1.2', 'ssl_ciphers ECDHE-RSA-CHACHA20-POLY1305:@SECLEVEL=0']],
		expected: four(noCommon, noCommon, hello({cipherSuite: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'}), switchedOff),
	},
	{
		title: 'one suite of TLS 1.3',
		servers: [[...certificate('rsa'), 'ssl_protocols TLSv1.3', 'ssl_conf_command Ciphersuites TLS_AES_128_CCM_8_SHA256']],
		expected: four(switchedOff, switchedOff, switchedOff, hello({cipherSuite: 'TLS_AES_128_CCM_8_SHA256'})),
	},
	{
		title: 'one signature scheme',
		servers: [[...certificate('rsa'), 'ssl_protocols TLSv1.2 TLSv1.3', everySuite, 'ssl_conf_command SignatureAlgorithms RSA+SHA1']],
		expected: four(switchedOff, switchedOff, hello(), noCommon),
	},
	{
		// OpenSSL settles the version before it looks at the name: the default server's versions count for all.
		title: 'a server name with versions of its own, of which the default server has fewer',
		servers: [
			[...certificate('rsa'), 'ssl_protocols TLSv1.2', 'server_name default.test', everySuite],
			[...legacy, 'server_name old.test'],
		],
		expected: four(switchedOff, switchedOff, hello(), switchedOff),
		byName: {'old.test': four(switchedOff, switchedOff, hello(), switchedOff)},
	},
	{
		title: 'a server name with fewer suites than the default server',
		servers: [
			[...legacy, 'server_name default.test'],
			[...certificate('rsa'), everyVersion, 'server_name strict.test', 'ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0'],
		],
		expected: all,
		byName: {'default.test': all, 'strict.test': four(namelessOnly, namelessOnly, hello(), hello())},
	},
	{
		title: 'handshakes of unknown names rejected',
		servers: [
			[everyVersion, everySuite, 'ssl_reject_handshake on'],
			[...legacy, 'server_name known.test'],
		],
		expected: none,
		byName: {'known.test': all, 'unknown.test': none},
	},
	{
		title: 'every handshake rejected',
		servers: [['ssl_protocols TLSv1 TLSv1.1 TLSv1.2', 'ssl_reject_handshake on']],
		expected: four(unrecognized, unrecognized, unrecognized, switchedOff),
	},
	{title: 'HTTP in clear', servers: [[]], expected: four(http, http, http, http)},
	{
		title: 'a proxy in front of another server',
		servers: [[...modern, 'location / { proxy_pass https://127.0.0.1:1; }']],
		expected: four(switchedOff, switchedOff, hello(), hello()),
	},
];

const block = (lines: readonly string[], port: number, isDefault: boolean): string => {
	const isTls = lines.length > 0;
	const listen = `listen 127.0.0.1:${port}${isTls ? ' ssl' : ''}${isDefault ? ' default_server' : ''}`;
	return `server { ${[listen, ...lines].map(line => (line.endsWith('}') ? line : `${line};`)).join(' ')} }`;
};

testPeers<NginxCase>({
	name: 'nginx',
	programs: ['nginx'],
	cases,
	planAll: configurations =>
		nginxPlan(configurations.length, ports => ({
			http: configurations.flatMap(({servers}, index) => servers.map((lines, order) => block(lines, ports[index]!, order === 0))),
		})),
});
