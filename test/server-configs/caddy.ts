import test from 'ava';
import caddy from '../../source/server-configs/caddy.js';
import {configurationsOf} from '../helpers/peers/held-against.js';
import {readWith} from '../helpers/proxies.js';

const configurations = configurationsOf('caddy');
const environment = {SITE_NAME: 'named.variables.test', LOWEST: 'tls1.2'};

/** What each file says. Caddy answers so: see caddy-live.ts. */
const expected: Readonly<Record<string, {readonly endpoints: readonly string[]; readonly notes?: readonly string[]}>> = {
	'address-as-a-site.caddyfile': {
		endpoints: ['127.0.0.1:10419: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
	},
	'automatic-https-off-and-internal.caddyfile': {
		endpoints: [],
		notes: [
			'automatic-https-off-and-internal.caddyfile:7: the site at :10434: is left out: it uses TLS, but it has no certificate for a known name',
			'automatic-https-off-and-internal.caddyfile:11: the site at :10435: is left out: it uses TLS, but it has no certificate for a known name',
		],
	},
	'automatic-https-off.caddyfile': {
		endpoints: ['*:10422 off.test: +1.2 -1.0 1.1 1.3'],
	},
	'automatic-with-ports.caddyfile': {
		endpoints: ['*:10405 example.com: +1.2 1.3 -1.0 1.1', '*:10405 www.example.com: +1.2 1.3 -1.0 1.1'],
	},
	'bind.caddyfile': {
		endpoints: ['127.0.0.1:10417 bound.test: +1.3 -1.0 1.1 1.2'],
	},
	'block-of-an-import.caddyfile': {
		endpoints: ['*:10427 block.test: +1.3 -1.0 1.1 1.2'],
	},
	'certificate-files.caddyfile': {
		endpoints: ['*:10403 shop.example.test: +1.2 1.3 -1.0 1.1'],
	},
	'client-certificates.caddyfile': {
		endpoints: ['*:10424 open.mutual.test: +1.3 -1.0 1.1 1.2', '*:10424 any.mutual.test: +1.3 -1.0 1.1 1.2'],
	},
	'default-bind.caddyfile': {
		endpoints: ['127.0.0.1:10418 one.bound.test: +1.2 1.3 -1.0 1.1', '127.0.0.1:10418 two.bound.test: +1.3 -1.0 1.1 1.2'],
		notes: ['default-bind.caddyfile:11: bind unix/caddy.sock is left out: it is not an address, or a variable in it is not set here'],
	},
	'default-name.caddyfile': {
		endpoints: [
			'*:10411: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
			'*:10411 other.default.test: +1.2 1.3 -1.0 1.1',
			'*:10411 main.default.test: +1.3 -1.0 1.1 1.2',
		],
	},
	'drops-a-name.json': {
		endpoints: ['127.0.0.1:10431 open.drop.test: +1.2 1.3 -1.0 1.1'],
		notes: ['drops-a-name.json:58:24: protocol_min tls1.3: is left out: whether it counts depends on more than the name'],
	},
	'every-name-with-a-certificate.caddyfile': {
		endpoints: ['*:10413: +1.3 -ssl2 ssl3 1.0 1.1 1.2'],
	},
	'every-name-without-a-certificate.caddyfile': {
		endpoints: ['*:10415 beside.none.test: +1.2 1.3 -1.0 1.1'],
		notes: [
			'every-name-without-a-certificate.caddyfile:6: the site at :10414: is left out: it uses TLS, but it has no certificate for a known name',
		],
	},
	'fallback-name.caddyfile': {
		endpoints: ['*:10412: +1.3 -ssl2 ssl3 1.0 1.1 1.2', '*:10412 origin.fallback.test: +1.3 -1.0 1.1 1.2'],
	},
	'https-port.json': {
		endpoints: ['127.0.0.1:10432 d.json.test: +1.2 1.3 -1.0 1.1'],
	},
	'imports-a-file.caddyfile': {
		endpoints: ['*:10425 imported.test: +1.2 -1.0 1.1 1.3'],
	},
	'internal-protocols.caddyfile': {
		endpoints: ['*:10401 localhost: +1.2 1.3 -1.0 1.1'],
	},
	'loaded-certificates.json': {
		endpoints: ['127.0.0.1:10430: +1.3 -ssl2 ssl3 1.0 1.1 1.2'],
	},
	'on-demand.caddyfile': {
		endpoints: ['*:10416: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
	},
	'policies-by-default.json': {
		endpoints: ['127.0.0.1:10429 c.json.test: +1.2 1.3 -1.0 1.1'],
	},
	'policies.json': {
		endpoints: ['127.0.0.1:10428 a.json.test: +1.3 -1.0 1.1 1.2', '127.0.0.1:10428 b.json.test: +1.2 -1.0 1.1 1.3'],
	},
	'proxy-protocol.caddyfile': {
		endpoints: ['*:10420 behind.lb.test: +1.2 1.3 -1.0 1.1'],
	},
	'quotes-and-heredocs.caddyfile': {
		endpoints: ['*:10426 quotes.test: +1.3 -1.0 1.1 1.2', '*:10426 quoted.test: +1.3 -1.0 1.1 1.2'],
	},
	'several-sites-on-a-port.caddyfile': {
		endpoints: [
			'*:10409 usual.sites.test: +1.2 1.3 -1.0 1.1',
			'*:10409 old.sites.test: +1.2 -1.0 1.1 1.3',
			'*:10409 new.sites.test: +1.3 -1.0 1.1 1.2',
		],
	},
	'single-site-without-braces.caddyfile': {
		endpoints: ['*:10402 localhost: +1.3 -1.0 1.1 1.2'],
	},
	'snippets-with-arguments.caddyfile': {
		endpoints: ['*:10406 a.snippets.test: +1.2 -1.0 1.1 1.3', '*:10406 b.snippets.test: +1.3 -1.0 1.1 1.2'],
	},
	'suites-of-tls13-alone.caddyfile': {
		endpoints: ['*:10421 suites.test: +1.2 1.3 -1.0 1.1'],
	},
	'variable-that-is-not-set.caddyfile': {
		endpoints: ['*:10408 known.variables.test: +1.2 1.3 -1.0 1.1'],
	},
	'variables.caddyfile': {
		endpoints: ['*:10407 named.variables.test: +1.2 1.3 -1.0 1.1'],
	},
	'wildcard-beside-a-name.caddyfile': {
		endpoints: [
			'*:10410 inherits.wild.test: +1.3 -1.0 1.1 1.2',
			'*:10410 special.wild.test: +1.2 -1.0 1.1 1.3',
			'*:10410 any.wild.test: +1.3 -1.0 1.1 1.2',
		],
	},
};

for (const [name, text] of Object.entries(configurations).filter(([name]) => !name.endsWith('.caddy'))) {
	test(`${name} is recognised and read`, t => {
		t.true(caddy.recognises(text));
		const {endpoints, notes} = readWith(caddy, {[name]: text, ...configurations}, environment);
		t.deepEqual({endpoints, notes}, {notes: [], ...expected[name]!});
	});
}

const newest = '+1.2 1.3 -1.0 1.1';
const read = (text: string, more: Readonly<Record<string, string>> = {}) => readWith(caddy, {Caddyfile: text, ...more});

test('places of versions are those of their lines, in files that are imported as well', t => {
	const {places} = read('import *.caddy\n\nsite.test {\n\timport strict\n}\n', {
		'a.caddy': '(strict) {\n\ttls {\n\t\tprotocols tls1.3\n\t}\n}\n',
	});
	t.deepEqual(places, ['a.caddy:3: protocols tls1.3']);
});

test('sites on the usual ports, with schemes, paths and several addresses', t => {
	const {endpoints} = read('example.com, https://www.example.com/path,\nhttp://example.org {\n}\n[::1] {\n}\n');
	t.deepEqual(
		endpoints,
		[`*:443 example.com: ${newest}`, `*:443 www.example.com: ${newest}`].toSpliced(0, 0, '::1:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1'),
	);
});

test('variables: what is not set has the value behind the colon, or is not known', t => {
	const text = '{$A:a.test} {\n}\n{$B}.test {\n}\n{env.C} {\n}\n';
	t.deepEqual(read(text).endpoints, [`*:443 a.test: ${newest}`]);
	t.is(read(text).notes.length, 2);
	t.deepEqual(readWith(caddy, {Caddyfile: text}, {A: 'x.test', B: 'b', C: 'c.test'}).endpoints, [
		`*:443 x.test: ${newest}`,
		`*:443 b.test: ${newest}`,
		`*:443 c.test: ${newest}`,
	]);
});

test('what has to begin with the PROXY protocol', t => {
	const text =
		'{\n\tservers {\n\t\tlistener_wrappers {\n\t\t\tproxy_protocol {\n\t\t\t\tfallback_policy require\n\t\t\t}\n\t\t\ttls\n\t\t}\n\t}\n}\na.test {\n}\n';
	t.deepEqual(read(text).endpoints, [`*:443 a.test PROXY 1: ${newest}`]);
});

test('suites of TLS 1.3 alone leave none for TLS 1.2', t => {
	const policy = {cipher_suites: ['TLS_AES_128_GCM_SHA256']};
	const server = {listen: [':443-444'], tls_connection_policies: [policy], routes: [{match: [{host: ['a.test']}]}]};
	const text = JSON.stringify({apps: {http: {servers: {edge: server}}}});
	t.deepEqual(readWith(caddy, {'caddy.json': text}).endpoints, ['*:443 a.test: +1.3 -1.0 1.1 1.2', '*:444 a.test: +1.3 -1.0 1.1 1.2']);
});

test('other texts with braces are not taken for a Caddyfile', t => {
	for (const text of [
		'import x from "y"\nclass Foo {\n}\n',
		'[tls.options]\n  [tls.options.default]\n    minVersion = "VersionTLS12"\n[entryPoints.websecure]\n  address = ":8443"\n',
		'tls:\n  options:\n    default:\n      minVersion: VersionTLS12\n',
		'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nspec:\n  listeners:\n  - name: https\n    port: 443\n    tls: {}\n',
		'{"apps": [], "http": {}}',
	]) {
		t.false(caddy.recognises(text), text);
	}
});

for (const [title, text, message] of [
	[
		'a version that is none',
		'a.test {\n\ttls {\n\t\tprotocols tls1.1\n\t}\n}\n',
		/Caddyfile:3: protocols: "tls1\.1" is not tls1\.2 or tls1\.3/,
	],
	[
		'a range without versions',
		'a.test {\n\ttls {\n\t\tprotocols tls1.3 tls1.2\n\t}\n}\n',
		/Caddyfile:3: protocols: the lowest version tls1\.3 is above/,
	],
	['a block that is not closed', 'a.test {\n\ttls internal\n', /Caddyfile:1: the block is not closed/],
	['a brace too many', 'a.test\n\ttls internal\n}\n', /Caddyfile:3: unexpected \}/],
	['an import of what is not there', 'a.test {\n\timport other\n}\n', /Caddyfile:2: there is no file and no snippet other/],
	['a file that imports itself', 'import Caddyfile\n', /Caddyfile:1: Caddyfile imports itself/],
	['a text without its end', 'a.test {\n\trespond <<END\nx\n}\n', /Caddyfile:2: the end END is missing/],
	['snippets that multiply', multiplied(), /more than 300000 words, with imports/],
	['JSON that is none', '{"apps": {"http": {}', /Caddyfile:1:21: /],
] as const) {
	test(`${title} is an error that names its place`, t => {
		t.throws(() => read(text), {name: 'ConfigurationError', message});
	});
}

function multiplied(): string {
	const snippets = Array.from(
		{length: 24},
		(_, index) => `(s${index}) {\n${index === 0 ? '\tlog\n' : `\timport s${index - 1}\n\timport s${index - 1}\n`}}\n`,
	);
	return `${snippets.join('')}a.test {\n\timport s23\n}\n`;
}
