import {answeredWith, type ExpectedVersion, four, hello, refusedBy, retry, switchedOff, undecidedBy} from '../helpers/peers/expected.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';
import {type HaproxyFrontend, haproxyPlan} from '../helpers/peers/plans/haproxy.js';

type HaproxyCase = PeerCase & HaproxyFrontend;

const rsa = `ssl crt ${fixture('rsa')}`;
const everySuite = 'ciphers DEFAULT:@SECLEVEL=0';
const noCommon = refusedBy('handshake_failure');
const unrecognized = undecidedBy('unrecognized_name');
const all = four(hello(), hello(), hello(), hello());
const none = four(unrecognized, unrecognized, unrecognized, unrecognized);
const listed = hello({shape: 'listed'});
/** A gate in front of a server: it goes by the ClientHello, and closes what it does not let pass. */
const gate = (refused: string, backend: string): string[] => [
	'mode tcp',
	'tcp-request inspect-delay 5s',
	`tcp-request content reject if ${refused}`,
	'tcp-request content accept if { req.ssl_hello_type 1 }',
	`default_backend ${backend}`,
];
const undecided = (reason: 'closed' | 'reset'): ExpectedVersion => ['inconclusive', reason];
const http = [
	'inconclusive',
	'not-tls',
	{looksLike: {protocol: 'http', hint: 'this port speaks HTTP without TLS; TLS is usually on 443 or 8443'}},
] as const;

const cases: HaproxyCase[] = [
	{title: 'every version', bind: `${rsa} ssl-min-ver TLSv1.0 ${everySuite}`, expected: all},
	{title: 'its defaults', bind: rsa, expected: four(switchedOff, switchedOff, hello(), hello())},
	{
		title: 'TLS 1.0 only',
		bind: `${rsa} force-tlsv10 ${everySuite}`,
		expected: four(hello(), answeredWith('TLSv1.0'), answeredWith('TLSv1.0'), switchedOff),
	},
	{
		title: 'TLS 1.1 only',
		bind: `${rsa} ssl-min-ver TLSv1.1 ssl-max-ver TLSv1.1 ${everySuite}`,
		expected: four(switchedOff, hello(), answeredWith('TLSv1.1'), switchedOff),
	},
	{title: 'TLS 1.2 only', bind: `${rsa} force-tlsv12`, expected: four(switchedOff, switchedOff, hello(), switchedOff)},
	{title: 'TLS 1.3 only', bind: `${rsa} ssl-min-ver TLSv1.3`, expected: four(switchedOff, switchedOff, switchedOff, hello())},
	{
		// HAProxy has no holes: a lowest version takes everything above it along.
		title: 'a version left out that a lowest version brings back',
		bind: `${rsa} ssl-min-ver TLSv1.0 no-tlsv11 ${everySuite}`,
		expected: all,
	},
	{
		title: 'a client certificate required',
		bind: `${rsa} ssl-min-ver TLSv1.0 ${everySuite} verify required ca-file ${fixture('rsa')}`,
		expected: all,
	},
	{
		title: 'an ECDSA certificate alone',
		bind: `ssl crt ${fixture('ecdsa-p384')} ssl-min-ver TLSv1.0 ${everySuite}`,
		expected: all,
	},
	{
		title: 'one curve',
		bind: `${rsa} curves X448 ciphers ECDHE`,
		expected: four(switchedOff, switchedOff, hello({group: 'x448'}), retry({group: 'x448'})),
	},
	{
		title: 'one suite of each generation',
		bind: `${rsa} ssl-min-ver TLSv1.0 ciphers AES128-SHA:@SECLEVEL=0 ciphersuites TLS_CHACHA20_POLY1305_SHA256`,
		expected: four(
			...(([1, 2, 3] as const).map(() => hello({cipherSuite: 'TLS_RSA_WITH_AES_128_CBC_SHA'})) as [
				ExpectedVersion,
				ExpectedVersion,
				ExpectedVersion,
			]),
			hello({cipherSuite: 'TLS_CHACHA20_POLY1305_SHA256'}),
		),
	},
	{
		title: 'one suite, of TLS 1.2',
		bind: `${rsa} ssl-min-ver TLSv1.0 ssl-max-ver TLSv1.2 ciphers ECDHE-RSA-AES256-SHA384:@SECLEVEL=0`,
		expected: four(noCommon, noCommon, hello(), switchedOff),
	},
	{
		title: 'unknown and missing names refused',
		bind: `${rsa} ssl-min-ver TLSv1.0 ${everySuite} strict-sni`,
		expected: none,
		byName: {'peer.test': all, 'a.peer.test': all, 'other.test': none},
	},
	{title: 'HTTP in clear', bind: '', frontend: ['mode http', 'http-request deny'], expected: four(http, http, http, http)},
	{
		title: 'connections passed on to a TLS server',
		bind: '',
		frontend: ['mode tcp', 'default_backend its-defaults'],
		expected: four(switchedOff, switchedOff, hello(), hello()),
	},
	{
		title: 'connections passed on by name, and closed where the name is unknown',
		bind: '',
		frontend: [
			'mode tcp',
			'tcp-request inspect-delay 5s',
			'tcp-request content accept if { req.ssl_hello_type 1 }',
			'use_backend its-defaults if { req.ssl_sni -i peer.test }',
		],
		expected: four(undecided('closed'), undecided('closed'), undecided('closed'), undecided('closed')),
		byName: {'peer.test': four(switchedOff, switchedOff, hello(), hello())},
	},
	{
		title: 'a backend that is not there',
		bind: '',
		frontend: ['mode tcp', 'default_backend nowhere'],
		expected: four(undecided('closed'), undecided('closed'), undecided('closed'), undecided('closed')),
	},
	{
		title: 'every connection reset',
		bind: '',
		frontend: ['mode tcp', 'tcp-request connection reject'],
		expected: four(undecided('reset'), undecided('reset'), undecided('reset'), undecided('reset')),
	},
	{
		// What counts for HAProxy is legacy_version, and for the server supported_versions.
		title: 'TLS 1.0 kept from the server by its ClientHello',
		bind: '',
		frontend: gate('{ req.ssl_ver 3.1 }', 'every-version'),
		expected: four(listed, hello({shape: 'short'}), hello(), hello()),
	},
	{
		title: 'old versions kept from the server by their ClientHello',
		bind: '',
		frontend: gate('{ req.ssl_ver lt 3.3 }', 'every-version'),
		expected: four(listed, listed, hello(), hello()),
	},
	{
		title: 'old versions kept by their ClientHello from a server that refuses them',
		bind: '',
		frontend: gate('{ req.ssl_ver lt 3.3 }', 'its-defaults'),
		expected: four(['rejected', 'closed'], ['rejected', 'closed'], hello(), hello()),
	},
];

const portOf = (title: string, ports: readonly number[]): number => ports[cases.findIndex(item => item.title === title)]!;

testPeers<HaproxyCase>({
	name: 'haproxy',
	programs: ['haproxy'],
	cases,
	planAll: frontends =>
		haproxyPlan(frontends, ports => [
			'backend its-defaults',
			'  mode tcp',
			`  server one 127.0.0.1:${portOf('its defaults', ports)}`,
			'backend every-version',
			'  mode tcp',
			`  server one 127.0.0.1:${portOf('every version', ports)}`,
			'backend nowhere',
			'  mode tcp',
			'  server none 127.0.0.1:1',
		]),
});
