import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {products, recogniseProduct} from '../../source/server-configs/index.js';

test('every product is a file of its name', t => {
	const files = readdirSync('source/server-configs').filter(name => name.endsWith('.ts') && name !== 'index.ts' && name !== 'product.ts');
	t.deepEqual(products.map(({name}) => `${name}.ts`).toSorted(), files.toSorted());
});

const texts: Readonly<Record<string, readonly string[]>> = {
	nginx: [
		'user www-data;\nworker_processes auto;\nevents {\n}\nhttp {\n\tinclude mime.types;\n}\n',
		'server {\n\tlisten 443 ssl;\n\tssl_protocols TLSv1.2;\n}\n',
	],
	haproxy: ['global\n\tlog /dev/log local0\n\ndefaults\n\tmode http\n\nfrontend edge\n\tbind :443 ssl\n'],
	apache: ['ServerRoot "/etc/httpd"\nListen 80\n', '# TLS\n<VirtualHost *:443>\n\tSSLEngine on\n</VirtualHost>\n'],
	caddy: [
		'example.com {\n\treverse_proxy localhost:3000\n}\n',
		'localhost\n\nfile_server\n',
		'{\n\temail me@example.com\n}\n\n(secure) {\n\theader X "a;\n\tb"\n}\n\n{$HOST}, www.{$HOST} {\n\timport secure\n}\n',
		'{"admin": {}, "apps": {"http": {"servers": {}}}}',
	],
	envoy: [
		'# edge\nadmin:\n  address: {}\nstatic_resources:\n  listeners:\n  - name: listener_0\n',
		'{"staticResources": {"listeners": []}}',
		'resources:\n- "@type": type.googleapis.com/envoy.config.listener.v3.Listener\n  name: a\n',
		'{"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.ListenersConfigDump"}]}',
	],
	traefik: [
		'global:\n  checkNewVersion: false\nentryPoints:\n  web:\n    address: ":80"\n',
		'# TLS\n\ntls:\n  # at Traefik\n\n  options:\n    default: {minVersion: VersionTLS12}\n',
		'[entryPoints]\n  [entryPoints.web]\n  address = ":80"\n',
		'[http.routers.a]\nrule = "Host(`a.test`)"\n',
	],
	kubernetes: [
		'# an Ingress\napiVersion: networking.k8s.io/v1\nkind: Ingress\n',
		'- apiVersion: v1\n  kind: ConfigMap\n',
		'{"apiVersion": "v1", "kind": "List", "items": []}',
		'apiVersion: v1\nkind: ConfigMap\ndata:\n  haproxy.cfg: |\n    global\n    frontend a\n      bind :443 ssl\n  nginx.conf: |\n    http {\n    }\n  traefik.yml: |\n    entryPoints:\n      web: {}\n',
		'apiVersion: v1\nkind: ConfigMap\ndata:\n  envoy.yaml: |\n    static_resources:\n      listeners: []\n',
	],
	stunnel: ['; sample\npid = /run/stunnel.pid\n[https]\naccept  = 443\nconnect = 80\n'],
};

for (const [name, samples] of Object.entries(texts)) {
	test(`a configuration of ${name} is recognised`, t => {
		t.deepEqual(
			samples.map(text => recogniseProduct(text)?.name),
			samples.map(() => name),
		);
	});
}

test('what no product has is not guessed', t => {
	t.is(recogniseProduct('hello\n'), undefined);
	t.is(recogniseProduct('{"endpoints": []}'), undefined);
});

for (const name of ['caddy', 'envoy', 'kubernetes', 'traefik']) {
	test(`main files of ${name} among the fixtures are taken for no other product's`, t => {
		const folder = path.join('fixtures', 'server-configs', name);
		const others = readdirSync(folder)
			.filter(file => statSync(path.join(folder, file)).isFile())
			.map(file => [file, recogniseProduct(readFileSync(path.join(folder, file), 'utf8'))?.name] as const);
		t.deepEqual(
			others.filter(([, found]) => found !== undefined && found !== name),
			[],
		);
		t.true(others.filter(([, found]) => found === name).length > others.length / 2, JSON.stringify(others));
	});
}
