import {existsSync, readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {recogniseProduct} from '../../source/server-configs/index.js';
import traefik from '../../source/server-configs/traefik.js';
import {readFixture, readWith} from '../helpers/proxies.js';

type Row = {readonly endpoints: readonly string[]; readonly notes?: readonly string[]};

/** What the files of `fixtures/server-configs/traefik` say, by their names. */
const cases: Readonly<Record<string, Row>> = {
	'all-through.yml': {
		endpoints: [],
		notes: ['all-through.yml:7: TLS is passed through, so clients without a known name are left out'],
	},
	'anchors.yml': {
		endpoints: ['*:443: +1.3 -ssl2 ssl3 1.0 1.1 1.2', '*:443 again.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2'],
	},
	'by-name.yml': {
		endpoints: [
			'127.0.0.1:8443: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
			'127.0.0.1:8443 modern.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
			'127.0.0.1:8443 old.test: +1.0 1.1 1.2 -ssl2 ssl3 1.3',
			'127.0.0.1:8443 gcm.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
			'127.0.0.1:8443 default.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
		],
	},
	'case.yml': {
		endpoints: ['*:443: +1.3 -ssl2 ssl3 1.0 1.1 1.2', '*:443 any.wild.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2'],
	},
	'conflict.yml': {
		endpoints: [
			'*:443: +1.2 -ssl2 ssl3 1.0 1.1 1.3',
			'*:443 both.test: +1.2 -ssl2 ssl3 1.0 1.1 1.3',
			'*:8443: +1.2 -ssl2 ssl3 1.0 1.1 1.3',
			'*:8443 both.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		],
		notes: ['conflict.yml:14: routers with other TLS options also name both.test (modern, default), so Traefik uses the default options'],
	},
	'dotted-keys.toml': {
		endpoints: [
			'*:443: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
			'*:443 a.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
			'*:443 b.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		],
	},
	'dynamic-alone.yml': {
		endpoints: ['*:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1', '*:443 traefik.example.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
		notes: ["dynamic-alone.yml: it has no entry points, so port 443 is used; Traefik's static file names them"],
	},
	'entry-point-options.yml': {
		endpoints: [
			'*:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
			'*:443 shop.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
			'*:443 own.test: +1.1 1.2 1.3 -ssl2 ssl3 1.0',
			'*:8443: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
			'*:8443 inside.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
		],
		notes: ['entry-point-options-dynamic.yml:5: the router inside is left out of gone: there is no such entry point'],
	},
	'environment.yml': {
		endpoints: ['*:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1', '*:443 env.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
		notes: ["environment.yml: it has no entry points, so port 443 is used; Traefik's static file names them"],
	},
	'missing-file.yml': {
		endpoints: ['*:443: + -'],
		notes: ['missing-file.yml:2: filename /somewhere/else.yml is left out: it does not exist'],
	},
	'nothing-fits.yml': {
		endpoints: ['*:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1', '*:443 a.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2'],
		notes: [
			'nothing-fits.yml:6: minVersion VersionTLS13, nothing-fits.yml:6: maxVersion VersionTLS12: the TLS options upside-down allow no version, so b.test is left out',
		],
	},
	'only-docker.yml': {
		endpoints: ['*:80: +1.2 1.3 -ssl2 ssl3 1.0 1.1', '*:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
		notes: ['only-docker.yml:4: the entry point traefik is left out: no router on it is for TLS'],
	},
	'path-alone.yml': {
		endpoints: ['*:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
	},
	'same-options.yml': {
		endpoints: ['*:443: +1.2 -ssl2 ssl3 1.0 1.1 1.3', '*:443 a.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2'],
		notes: [
			'same-options.yml:4: the entry point plain is left out: no router on it is for TLS',
			'same-options.yml:13: there are no TLS options of that name, so Traefik closes connections, so c.test is left out',
		],
	},
	'several-hosts.toml': {
		endpoints: [
			'*:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
			'*:443 one.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
			'*:443 two.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		],
		notes: [
			'several-hosts.toml:3: the entry point web is left out: no router on it is for TLS',
			'several-hosts-dynamic.toml:4: the expression {sub:[a-z]+}.three.test is left out: it does not give one name',
		],
	},
	'strict.yml': {
		endpoints: ['*:443 a.test: +1.2 1.3 -1.0 1.1'],
	},
	'tcp.yml': {
		endpoints: [
			'*:5432: +1.2 -ssl2 ssl3 1.0 1.1 1.3',
			'*:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
			'*:443 web.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
			'*:443 mail.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
			'*:443 imap.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		],
		notes: [
			'tcp.yml:4: the entry point raw is left out: no router on it is for TLS',
			'tcp.yml:13: TLS is passed through, so through.test is left out',
			'tcp.yml:14: it depends on more than the name, so inside.test is left out',
		],
	},
	'template.yml': {
		endpoints: [],
		notes: ['template.yml:3: the file is left out: templates are not evaluated, except {{ env "NAME" }}'],
	},
	'tls-alone.yml': {
		endpoints: ['*:443: +1.2 -ssl2 ssl3 1.0 1.1 1.3'],
		notes: ["tls-alone.yml: it has no entry points, so port 443 is used; Traefik's static file names them"],
	},
	'together.toml': {
		endpoints: [],
		notes: [
			'together.toml:4: minVersion VersionTLS12: with sniStrict the entry point websecure answers only known names, and no name is known',
		],
	},
	'unknown-options.yml': {
		endpoints: ['*:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1', '*:443 other.test: + -', '*:443 good.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2'],
		notes: [
			'unknown-options.yml:4: there are no TLS options of that name, so Traefik closes connections, so typo.test is left out',
			'unknown-options.yml:11: Traefik does not load the TLS options openssl: it knows no cipher suite "ECDHE-RSA-AES128-GCM-SHA256", so suites.test is left out',
		],
	},
	'version-1.toml': {
		endpoints: ['*:443: +1.2 -ssl2 ssl3 1.0 1.1'],
		notes: [
			'version-1.toml:9: tls of an entry point is Traefik 1; only its lowest version is checked',
			'version-1.toml:5: the entry point http is left out: no router on it is for TLS',
		],
	},
	'wrong-version-word.yml': {
		endpoints: ['*:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
		notes: ['wrong-version-word.yml:4: minVersion "TLSv1.3" is ignored, as in Traefik: valid values are VersionTLS10 to VersionTLS13'],
	},
	'docker/traefik.yml': {
		endpoints: [
			'*:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
			'*:443 app.example.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
			'*:443 www.example.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
		],
		notes: ['docker/traefik.yml:5: the entry point web is left out: no router on it is for TLS'],
	},
};

for (const [name, {endpoints, notes = []}] of Object.entries(cases)) {
	test(name, t => {
		const found = readFixture(traefik, `traefik/${name}`, {DOMAIN: 'env.test'});
		t.deepEqual(found.endpoints, endpoints);
		t.deepEqual(
			found.notes.map(note => note.replaceAll('traefik/', '')),
			notes,
		);
		t.is(recogniseProduct(readFileSync(`fixtures/server-configs/traefik/${name}`, 'utf8'))?.name, 'traefik');
	});
}

test('every file is in the table, or is read with one that is', t => {
	const files = readdirSync('fixtures/server-configs/traefik').filter(name => /\.(?:yml|toml)$/.test(name));
	t.deepEqual(
		files.filter(name => !(name in cases) && !existsSync(`fixtures/server-configs/traefik/${name.replace('-dynamic.', '.')}`)),
		[],
	);
	t.true(Object.keys(cases).length >= 20);
});

test('where it says so, and what older releases may do instead', t => {
	const {places} = readFixture(traefik, 'traefik/docker/traefik.yml');
	t.is(places[0], 'traefik/docker/dynamic/tls.yml:4: minVersion VersionTLS12');
	const {causes} = readWith(traefik, {
		'traefik.yml':
			'entryPoints: {a: {address: ":1"}}\nhttp: {routers: {a: {rule: Host(`a.test`), tls: {options: x}}}}\ntls: {options: {x: {}}}\n',
	});
	t.deepEqual(causes, [
		'early releases of Traefik 2 accept TLS 1.0 and 1.1 by default',
		'Traefik before 2.11 accepts TLS 1.0 and 1.1 where minVersion is not set',
	]);
});

for (const [title, name, text, message] of [
	['YAML that is none', 'traefik.yml', 'entryPoints:\n  a: {address: ":443"\n', /traefik\.yml:3: /],
	['a tab', 'traefik.yml', 'entryPoints:\n\ta: 1\n', /traefik\.yml:2: tabs are not allowed/],
	['an alias of nothing', 'traefik.yml', 'entryPoints:\n  a: *b\n', /traefik\.yml:2: there is no anchor &b/],
	['TOML that is none', 'traefik.toml', '[entryPoints.a]\naddress = :443\n', /traefik\.toml:2: /],
	['TOML with a key twice', 'traefik.toml', '[entryPoints.a]\naddress = "1"\naddress = "2"\n', /traefik\.toml:3: /],
] as const) {
	test(`traefik: ${title} is an error that names its place`, t => {
		t.throws(() => readWith(traefik, {[name]: text}), {name: 'ConfigurationError', message});
	});
}
