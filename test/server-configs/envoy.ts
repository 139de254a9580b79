import test from 'ava';
import envoy from '../../source/server-configs/envoy.js';
import {configurationsOf} from '../helpers/peers/held-against.js';
import {readWith} from '../helpers/proxies.js';

const configurations = configurationsOf('envoy');

/** What each file says. Envoy answers so: see envoy-live.ts. */
const expected: Readonly<Record<string, {readonly endpoints: readonly string[]; readonly notes?: readonly string[]}>> = {
	'all-versions-with-suites.yaml': {
		endpoints: ['*:10405: +1.0 1.1 1.2 1.3 -ssl2 ssl3'],
	},
	'anchors.yaml': {
		endpoints: ['*:10425: +1.2 -ssl2 ssl3 1.0 1.1 1.3', '*:10426: +1.2 -ssl2 ssl3 1.0 1.1 1.3'],
	},
	'automatic.yaml': {
		endpoints: ['*:10408: +1.2 1.3 -ssl2 ssl3'],
	},
	'behind-a-load-balancer.yaml': {
		endpoints: ['*:10418 PROXY 1: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
	},
	'by-alpn.yaml': {
		endpoints: ['*:10415: +1.2 -1.0 1.1 1.3'],
		notes: [
			'by-alpn.yaml:11:7: a filter chain of the listener alpn is left out: it is for application_protocols, and these hellos offer none',
		],
	},
	'by-destination-port.yaml': {
		endpoints: ['*:10416: +1.3 -ssl2 ssl3 1.0 1.1 1.2'],
	},
	'camel-case.json': {
		endpoints: ['*:10429: +1.3 -1.0 1.1 1.2', '*:10429 a.internal.example: +1.2 -1.0 1.1 1.3'],
	},
	'client-certificates.yaml': {
		endpoints: ['*:10417: +1.3 -ssl2 ssl3 1.0 1.1 1.2'],
	},
	'compliance-policy.yaml': {
		endpoints: ['*:10433: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
	},
	'defaults.yaml': {
		endpoints: ['*:10402: +1.2 1.3 -ssl2 ssl3'],
	},
	'discovers-a-file.yaml': {
		endpoints: ['*:10430: +1.3 -ssl2 ssl3 1.0 1.1 1.2'],
	},
	'discovers-from-a-server.yaml': {
		endpoints: ['*:10431: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
		notes: ['discovers-from-a-server.yaml:3:15: lds_config is left out: its listeners come from a server'],
	},
	'edge-tls12.yaml': {
		endpoints: ['*:10401: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
	},
	'http3.yaml': {
		endpoints: ['*:10432: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
		notes: ['http3.yaml:35:7: an address of the listener quic is left out: it listens on UDP, for QUIC, which is not tested'],
	},
	'listeners-of-a-file.yaml': {
		endpoints: ['*:10430: +1.3 -ssl2 ssl3 1.0 1.1 1.2'],
	},
	'max-below-default.yaml': {
		endpoints: [],
		notes: ['max-below-default.yaml:7:7: the listener wrong is left out: its lowest version is above its highest, so it accepts none'],
	},
	'min-above-max.yaml': {
		endpoints: [],
		notes: ['min-above-max.yaml:7:7: the listener wrong is left out: its lowest version is above its highest, so it accepts none'],
	},
	'names-and-a-chain-for-the-rest.yaml': {
		endpoints: ['*:10412: +1.3 -1.0 1.1 1.2', '*:10412 shop.example.com: +1.2 1.3 -1.0 1.1'],
	},
	'names-with-default-chain.yaml': {
		endpoints: ['*:10411: +1.2 -1.0 1.1 1.3', '*:10411 www.example.com: +1.3 -1.0 1.1 1.2'],
	},
	'names-without-default.yaml': {
		endpoints: ['*:10410 api.example.com: +1.3 -1.0 1.1 1.2', '*:10410 any.example.com: +1.2 -1.3', '*:10410 example.com: +1.2 -1.3'],
	},
	'names-without-inspector.yaml': {
		endpoints: ['*:10413: +1.2 -ssl2 ssl3 1.3'],
		notes: [
			'names-without-inspector.yaml:7:7: a filter chain of the listener forgotten is left out: it is for server_names, which are not read without a tls_inspector among the listener_filters',
		],
	},
	'numbers.yaml': {
		endpoints: ['*:10409: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
	},
	'old-versions-with-default-suites.yaml': {
		endpoints: ['*:10406: +1.0 1.1 1.2 1.3 -ssl2 ssl3'],
	},
	'old-versions-with-new-suites.yaml': {
		endpoints: ['*:10407: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
	},
	'only-tls12.yaml': {
		endpoints: ['*:10404: +1.2 -ssl2 ssl3 1.0 1.1 1.3'],
	},
	'only-tls13.yaml': {
		endpoints: ['*:10403: +1.3 -ssl2 ssl3 1.0 1.1 1.2'],
	},
	'proxy-protocol-2-and-names.yaml': {
		endpoints: ['*:10420 any.apps.example.com PROXY 2: +1.3 -1.0 1.1 1.2'],
	},
	'proxy-protocol-optional.yaml': {
		endpoints: ['*:10419: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
	},
	'redirect-beside-tls.yaml': {
		endpoints: ['127.0.0.1:10435: +1.2 1.3 -'],
	},
	'several-addresses.yaml': {
		endpoints: ['*:10421: +1.2 1.3 -ssl2 ssl3 1.0 1.1', '127.0.0.1:10422: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
		notes: ['several-addresses.yaml:10:9: an address of the listener dual is left out: it is not an IP address and port'],
	},
	'source-addresses.yaml': {
		endpoints: ['*:10428: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
		notes: ['source-addresses.yaml:3:5: the listener internal_only is left out: which of its filter chains answers depends on the client'],
	},
	'starttls-unknown.yaml': {
		endpoints: ['*:10424: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
		notes: [
			'starttls-unknown.yaml:7:7: the listener clear_first is left out: it begins in plaintext, and none of its known filters starts TLS',
		],
	},
	'tls-and-clear-on-one-port.yaml': {
		endpoints: ['*:10414: +1.2 1.3 -1.0 1.1'],
	},
};

for (const [name, text] of Object.entries(configurations)) {
	test(`${name} is recognised and read`, t => {
		t.true(envoy.recognises(text));
		const {endpoints, notes} = readWith(envoy, {[name]: text, ...configurations});
		t.deepEqual({endpoints, notes}, {notes: [], ...expected[name]!});
	});
}

const listener = (fields: string, chain = '{}') => `static_resources:
  listeners:
  - name: edge
    address: {socket_address: {address: "::", port_value: 443, ipv4_compat: true}}
    ${fields}
    filter_chains:
    - transport_socket:
        typed_config:
          common_tls_context: {tls_params: ${chain}}
`;

const newest = '+1.2 1.3 -ssl2 ssl3 1.0 1.1';
const minimum = '{tls_minimum_protocol_version: TLSv1_2}';

test('a transport socket without its type, on every address', t => {
	t.deepEqual(readWith(envoy, {'envoy.yaml': listener('', minimum)}).endpoints, [`*:443: ${newest}`]);
	t.deepEqual(readWith(envoy, {'envoy.yaml': listener('', minimum)}).places, ['envoy.yaml:9:75: tls_minimum_protocol_version: TLSv1_2']);
});

test('listeners that say what is not read are named', t => {
	for (const [fields, why] of [
		['bind_to_port: false', 'it receives connections from other listeners, and has no socket'],
		['filter_chain_matcher: {}', 'its filter_chain_matcher is not read'],
		[
			'listener_filters: [{name: envoy.filters.listener.proxy_protocol, filter_disabled: {any_match: true}}]',
			'its filter for the PROXY protocol applies only to some connections',
		],
	] as const) {
		const {endpoints, notes} = readWith(envoy, {'envoy.yaml': listener(fields)});
		t.deepEqual([endpoints, notes], [[], [`envoy.yaml:3:5: the listener edge is left out: ${why}`]]);
	}
});

test('suites decide on TLS 1.0 and 1.1', t => {
	for (const [suites, versions] of [
		['[AES128-SHA]', '+1.0 1.1 1.2 1.3 -ssl2 ssl3'],
		['["[ECDHE-ECDSA-AES128-GCM-SHA256|ECDHE-ECDSA-CHACHA20-POLY1305]"]', '+1.2 1.3 -ssl2 ssl3 1.0 1.1'],
		['[ALL]', '+1.2 1.3 -ssl2 ssl3'],
	]) {
		const text = listener('', `{tls_minimum_protocol_version: TLSv1_0, cipher_suites: ${suites}}`);
		t.deepEqual(readWith(envoy, {'envoy.yaml': text}).endpoints, [`*:443: ${versions}`]);
	}
});

test('a filter of PostgreSQL goes over to TLS', t => {
	const text = `static_resources:
  listeners:
  - name: database
    address: {socket_address: {address: 127.0.0.1, port_value: 5432}}
    filter_chains:
    - filters:
      - name: envoy.filters.network.postgres_proxy
        typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.network.postgres_proxy.v3alpha.PostgresProxy, terminate_ssl: true}
      transport_socket:
        name: starttls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.starttls.v3.StartTlsConfig
          tls_socket_config: {common_tls_context: {tls_params: ${minimum}}}
`;
	t.deepEqual(readWith(envoy, {'envoy.yaml': text}).endpoints, [`127.0.0.1:5432 postgres: ${newest}`]);
});

test('a dump of what runs is read', t => {
	const chain = {transport_socket: {typed_config: {common_tls_context: {tls_params: {tls_minimum_protocol_version: 'TLSv1_3'}}}}};
	const one = (port: number) => ({name: 'edge', address: {socket_address: {address: '0.0.0.0', port_value: port}}, filter_chains: [chain]});
	const dump = {
		configs: [
			{
				'@type': 'type.googleapis.com/envoy.admin.v3.ListenersConfigDump',
				static_listeners: [{listener: one(443)}],
				dynamic_listeners: [{name: 'other', active_state: {listener: one(8443)}}],
			},
		],
	};
	const text = JSON.stringify(dump);
	t.true(envoy.recognises(text));
	const versions = '+1.3 -ssl2 ssl3 1.0 1.1 1.2';
	t.deepEqual(readWith(envoy, {'dump.json': text}).endpoints, [`*:443: ${versions}`, `*:8443: ${versions}`]);
});

for (const [title, text, message] of [
	[
		'a version that is none',
		listener('', '{tls_minimum_protocol_version: TLSv1.2}'),
		/envoy\.yaml:9:75: tls_minimum_protocol_version: "TLSv1\.2" is not one of TLS_AUTO/,
	],
	['what is no YAML', 'static_resources: {', /envoy\.yaml:1:20: /],
	[
		'a file of listeners that is not there',
		'dynamic_resources: {lds_config: {path: /etc/other.yaml}}',
		/envoy\.yaml:1:40: there is no file \/etc\/other\.yaml/,
	],
	['an alias that multiplies', multiplied(), /envoy\.yaml:\d+:\d+: more than 100000 values/],
] as const) {
	test(`${title} is an error that names its place`, t => {
		t.throws(() => readWith(envoy, {'envoy.yaml': text}), {name: 'ConfigurationError', message});
	});
}

/** Aliases of aliases. */
function multiplied(): string {
	const lines = Array.from(
		{length: 8},
		(_, index) => `  a${index}: &a${index} [${Array.from({length: 10}, () => (index === 0 ? 'x' : `*a${index - 1}`)).join(', ')}]`,
	);
	return `static_resources:\n${lines.join('\n')}\n`;
}
