import test from 'ava';
import apache from '../../source/server-configs/apache.js';
import haproxy from '../../source/server-configs/haproxy.js';
import nginx from '../../source/server-configs/nginx.js';
import type {Configuration, Product} from '../../source/server-configs/product.js';
import stunnel from '../../source/server-configs/stunnel.js';
import {filesOf} from '../helpers/proxies.js';

const read = (product: Product, text: string, more: Readonly<Record<string, string>> = {}): Configuration =>
	product.read('/etc/main.conf', filesOf({'main.conf': text, ...more}));

/** `PORT NAME: FIELD PREFERENCE at LINES`, for each demand. */
const inWords = ({endpoints}: Configuration): string[] =>
	endpoints.flatMap(({port, serverName, demands = []}) =>
		demands.map(({field, demand, statedAt}) => {
			const places = [...statedAt.matchAll(/main\.conf:(\d+)/g)].map(([, line]) => line);
			return `${port} ${serverName ?? '-'}: ${field}${demand.only === undefined ? '' : ' only'} ${demand.configuredPreference ?? ''} at ${places.join()}`;
		}),
	);

test('nginx: settings of a name are checked at the name, and inherited ones at the listener', t => {
	const found = read(
		nginx,
		`http { ssl_protocols TLSv1.2;
ssl_ciphers HIGH;
server { listen 443 ssl; ssl_ecdh_curve auto; server_name a.test; }
server { listen 443 ssl; server_name b.test;
ssl_ciphers AES256-SHA; ssl_ecdh_curve P-256; }
server { listen 443 ssl; server_name c.test; }
server { listen 8443 ssl;
ssl_ciphers PROFILE=SYSTEM; ssl_prefer_server_ciphers off; }
}`,
	);
	// Line 8 also states an order. It is not judged, since the list is not known.
	t.deepEqual(inWords(found), ['443 -: cipherSuites only  at 2', '443 b.test: cipherSuites only  at 5']);
	t.deepEqual(found.notes, ['/etc/main.conf:8: ssl_ciphers: not checked: its meaning depends on the library or the system']);
	const [listener, named] = found.endpoints.flatMap(({demands = []}) => demands.map(({demand}) => new Set(demand.only)));
	// A suite of either list passes.
	t.true(named!.has('TLS_RSA_WITH_AES_256_CBC_SHA') && named!.has('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'));
	t.true(listener!.has('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256') && !listener!.has('TLS_RSA_WITH_NULL_SHA'));
});

test('nginx: if the default server refuses, inherited settings are checked at each name', t => {
	const found = read(
		nginx,
		`http { ssl_ciphers ECDHE+AESGCM; ssl_ecdh_curve X25519;
server { listen 443 ssl default_server; ssl_reject_handshake on; }
server { listen 443 ssl; server_name a.test; }
server { listen 443 ssl; server_name b.test;
ssl_ciphers AES256-SHA; }
}`,
	);
	t.deepEqual(inWords(found), [
		'443 a.test: cipherSuites only  at 1',
		'443 a.test: groups only  at 1',
		'443 b.test: cipherSuites only  at 5',
		'443 b.test: groups only  at 1',
	]);
});

test('haproxy: the bind line overrides global, and settings that a condition or a list of certificates decides are not checked', t => {
	const text = `global
	ssl-default-bind-ciphers ECDHE+AESGCM
	ssl-default-bind-curves X25519
	ssl-default-bind-options prefer-client-ciphers
frontend a
	bind :443 ssl crt x.pem
	bind :444 ssl crt x.pem ciphers HIGH
	bind :445 ssl crt-list list.txt
`;
	const lists = {'list.txt': 'x.pem [ciphers AES256-SHA] a.test\n'};
	const all = [
		'443 -: cipherSuites only client at 2,4',
		'443 -: groups only  at 3',
		'444 -: cipherSuites only client at 7,4',
		'444 -: groups only  at 3',
	];
	t.deepEqual(inWords(read(haproxy, text, lists)), all);
	const open = read(
		haproxy,
		text.replace('frontend', '.if feature(QUIC)\n\tssl-default-bind-ciphersuites TLS_AES_128_GCM_SHA256\n.endif\nfrontend'),
		lists,
	);
	t.true(inWords(open).every(line => line.includes('groups')));
	t.true(
		open.notes.some(note => /cipher suites, groups or signature schemes depend on feature\(QUIC\)/.test(note)),
		open.notes.join('\n'),
	);
	// The server's order is a default of HAProxy, so it is not checked.
	t.deepEqual(inWords(read(haproxy, 'frontend a\n\tbind :443 ssl crt x.pem ciphers HIGH\n')), ['443 -: cipherSuites only  at 2']);
	t.deepEqual(inWords(read(haproxy, 'frontend a\n\tbind :443 ssl crt x.pem prefer-client-ciphers\n')), ['443 -: cipherSuites client at 2']);
});

test('apache: null and anonymous suites are off in every list, and TLS 1.3 has a separate list', t => {
	const found = read(
		apache,
		`Listen 443
SSLProtocol -all +TLSv1.2 +TLSv1.3
SSLCipherSuite ALL:eNULL
SSLCipherSuite TLSv1.3 TLS_AES_256_GCM_SHA384
<VirtualHost *:443>
ServerName a.test
SSLEngine on
SSLHonorCipherOrder on
SSLOpenSSLConfCmd Curves X25519
</VirtualHost>`,
	);
	t.deepEqual(inWords(found), ['443 -: cipherSuites only server at 3,4,8', '443 -: groups only  at 9']);
	const only = new Set(found.endpoints[0]!.demands![0]!.demand.only);
	t.true(only.has('TLS_RSA_WITH_AES_128_CBC_SHA') && only.has('TLS_AES_256_GCM_SHA384'));
	for (const name of ['TLS_RSA_WITH_NULL_SHA', 'TLS_DH_anon_WITH_AES_128_CBC_SHA', 'TLS_AES_128_GCM_SHA256']) {
		t.false(only.has(name), name);
	}
});

test('stunnel: its options count, and of commands only those about signature schemes', t => {
	const found = read(
		stunnel,
		`ciphers = ECDHE+AESGCM
options = CIPHER_SERVER_PREFERENCE
[a]
accept = 443
connect = 1
config = Curves:P-256
config = SignatureAlgorithms:RSA+SHA256
[b]
accept = 444
connect = 1
curves = X25519
options = -CIPHER_SERVER_PREFERENCE
`,
	);
	t.deepEqual(inWords(found), [
		'443 -: cipherSuites only server at 1,2',
		'443 -: signatureSchemes only  at 7',
		'444 -: cipherSuites only client at 1,12',
		'444 -: groups only  at 11',
	]);
});
