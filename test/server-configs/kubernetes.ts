import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {recogniseProduct} from '../../source/server-configs/index.js';
import kubernetes from '../../source/server-configs/kubernetes.js';
import {readFixture, readWith} from '../helpers/proxies.js';

type Row = {readonly endpoints: readonly string[]; readonly notes?: readonly string[]};

/** What the files of `fixtures/server-configs/kubernetes` say, by their names. */
const cases: Readonly<Record<string, Row>> = {
	'anchors.yaml': {
		endpoints: [
			'* at null:443: +1.2 -ssl2 ssl3 1.0 1.1 1.3',
			'* at a.example.test:443 a.example.test: +1.2 -ssl2 ssl3 1.0 1.1 1.3',
			'* at a.example.test:443 a.example.test: +1.2 -ssl2 ssl3 1.0 1.1 1.3',
		],
	},
	'configmap-alone.yaml': {
		endpoints: ['* at null:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
	},
	'default-protocols.yaml': {
		endpoints: ['* at null:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1', '* at web.example.test:443 web.example.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
	},
	'gateway-envoy-default.yaml': {
		endpoints: [
			'* at 127.0.0.1:443 shop.example.test: +1.2 1.3 -1.0 1.1',
			'* at 127.0.0.1:8443: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
			'* at 127.0.0.1:8443 shop.example.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
			'* at 127.0.0.1:8443 other.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
		],
		notes: ['gateway-envoy-default.yaml:34: the listener through of edge is left out: it passes TLS through'],
	},
	'gateway-envoy.yaml': {
		endpoints: [
			'* at any.example.test:443 any.example.test: +1.3 -1.0 1.1 1.2',
			'* at null:8443: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
			'* at shop.example.test:8443 shop.example.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
			'* at www.example.test:8443 www.example.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		],
		notes: ['gateway-envoy.yaml:29: the listener through of edge is left out: it passes TLS through'],
	},
	'gateway-istio-class.yaml': {
		endpoints: ['* at any.example.test:443 any.example.test: +1.2 1.3 -1.0 1.1', '* at null:8443: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
		notes: ['gateway-istio-class.yaml:29: the listener through of edge is left out: it passes TLS through'],
	},
	'gateway-section.yaml': {
		endpoints: ['* at any.example.test:443 any.example.test: +1.3 -1.0 1.1 1.2', '* at null:8443: +1.0 1.1 1.2 -ssl2 ssl3 1.3'],
		notes: ['gateway-section.yaml:29: the listener through of edge is left out: it passes TLS through'],
	},
	'gateway-unknown.yaml': {
		endpoints: ['* at any.example.test:443 any.example.test: + -', '* at null:8443: + -'],
		notes: ['gateway-unknown.yaml:29: the listener through of edge is left out: it passes TLS through'],
	},
	'ingress-alone.yaml': {
		endpoints: ['* at null:443: +1.2 -ssl2 ssl3', '* at web.example.test:443 web.example.test: +1.2 -ssl2 ssl3'],
		notes: [
			'ingress-alone.yaml:1: no ConfigMap of ingress-nginx is in the manifests: it may set ssl-protocols, so only TLS 1.2 and SSL are checked',
		],
	},
	'ingress-and-configmap.yaml': {
		endpoints: ['* at null:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1', '* at web.example.test:443 web.example.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
	},
	'istio.yaml': {
		endpoints: [
			'* at books.example.test:443 books.example.test: +1.3 -1.0 1.1 1.2',
			'* at any.books.example.test:443 any.books.example.test: +1.3 -1.0 1.1 1.2',
			'* at null:8443: +1.0 1.1 1.2 -ssl2 ssl3 1.3',
			'* at auto.example.test:10443 auto.example.test: +1.2 1.3 -1.0 1.1',
		],
		notes: ['istio.yaml:22: a server of bookinfo is left out: it passes TLS through'],
	},
	'list-with-status.yaml': {
		endpoints: [
			'* at 127.0.0.1:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
			'* at 127.0.0.1:443 web.example.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
			'* at 127.0.0.1:443 www.example.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
		],
	},
	'list.json': {
		endpoints: [
			'* at lb.example.test:443: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
			'* at lb.example.test:443 json.example.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		],
	},
	'old-protocols.yaml': {
		endpoints: ['* at null:443: +1.0 1.1 1.2 1.3 -ssl2 ssl3', '* at old.example.test:443 old.example.test: +1.0 1.1 1.2 1.3 -ssl2 ssl3'],
	},
	'only-1.3.yaml': {
		endpoints: [
			'* at null:443: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
			'* at web.example.test:443 web.example.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
			'* at api.example.test:443 api.example.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		],
	},
	'other-classes.yaml': {
		endpoints: ['* at null:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1', '* at edge.example.test:443 edge.example.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
		notes: [
			'other-classes.yaml:50: the Ingress plus is left out: it is of the controller nginx.org/ingress-controller, and only ingress-nginx is read',
			'other-classes.yaml:72: the Ingress alb is left out: it is of the class alb, and only ingress-nginx is read',
		],
	},
	'other-objects.yaml': {
		endpoints: [],
		notes: ['other-objects.yaml: it has none of the kinds that are read: Ingress, ConfigMap of ingress-nginx, Gateway, IngressRoute'],
	},
	'passthrough.yaml': {
		endpoints: ['* at null:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1', '* at web.example.test:443 web.example.test: +1.2 1.3 -ssl2 ssl3 1.0 1.1'],
		notes: ['passthrough.yaml:14: the Ingress through is left out: it passes TLS through'],
	},
	'reject-handshake.yaml': {
		endpoints: ['* at web.example.test:443 web.example.test: +1.2 1.3 -1.0 1.1'],
	},
	'snippet.yaml': {
		endpoints: ['* at null:443: + -', '* at web.example.test:443 web.example.test: + -'],
		notes: ['snippet.yaml:7: nginx snippets are not read, and this one sets versions'],
	},
	'traefik.yaml': {
		endpoints: [
			'* at null:443: +1.2 -ssl2 ssl3 1.0 1.1 1.3',
			'* at shop.example.test:443 shop.example.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
			'* at blog.example.test:443 blog.example.test: +1.2 -ssl2 ssl3 1.0 1.1 1.3',
		],
		notes: ['traefik.yaml:38: TLS is passed through, so db.example.test is left out'],
	},
	'two-configmaps.yaml': {
		endpoints: ['* at null:443: +1.2 -ssl2 ssl3 1.0', '* at web.example.test:443 web.example.test: +1.2 -ssl2 ssl3 1.0'],
		notes: ['two-configmaps.yaml:9: a second ConfigMap of ingress-nginx: only what all allow is checked'],
	},
	'without-hosts.yaml': {
		endpoints: [
			'* at null:443: +1.2 -ssl2 ssl3 1.0 1.1 1.3',
			'* at shop.example.test:443 shop.example.test: +1.2 -ssl2 ssl3 1.0 1.1 1.3',
			'* at any.shop.example.test:443 any.shop.example.test: +1.2 -ssl2 ssl3 1.0 1.1 1.3',
		],
	},
	'without-tls.yaml': {
		endpoints: [],
		notes: ['without-tls.yaml:9: the Ingress web is left out: it has no tls'],
	},
};

for (const [name, {endpoints, notes = []}] of Object.entries(cases)) {
	test(name, t => {
		const found = readFixture(kubernetes, `kubernetes/${name}`);
		t.deepEqual(found.endpoints, endpoints);
		t.deepEqual(
			found.notes.map(note => note.replaceAll('kubernetes/', '')),
			notes,
		);
		t.is(recogniseProduct(readFileSync(`fixtures/server-configs/kubernetes/${name}`, 'utf8'))?.name, 'kubernetes');
	});
}

test('every file is in the table', t => {
	t.deepEqual(Object.keys(cases).toSorted(), readdirSync('fixtures/server-configs/kubernetes').toSorted());
	t.true(Object.keys(cases).length >= 20);
});

for (const [title, text, message] of [
	['YAML that is none', 'apiVersion: v1\nkind: List\n---\nkind: {\n', /m\.yaml:5: /],
	['an alias in the second document', 'apiVersion: v1\nkind: A\n---\nkind: *b\n', /m\.yaml:4: there is no anchor &b/],
	[
		'a version that nginx does not know',
		'apiVersion: v1\nkind: ConfigMap\ndata:\n  ssl-protocols: TLSv1.2 TLSv9\n',
		/m\.yaml:4: invalid value "TLSv9" in ssl-protocols/,
	],
	[
		'aliases of aliases',
		`${[...'abcdefgh'].map((name, index) => `${name}: &${name} [${Array.from({length: 9}, () => (index === 0 ? '1' : `*${'abcdefgh'[index - 1]}`)).join()}]\n`).join('')}apiVersion: v1\nkind: A\n`,
		/m\.yaml:\d+: more than 100000 values/,
	],
] as const) {
	test(`kubernetes: ${title} is an error that names its place`, t => {
		t.throws(() => readWith(kubernetes, {'m.yaml': text}), {name: 'ConfigurationError', message});
	});
}
