import {readdirSync} from 'node:fs';
import test from 'ava';
import {products, recogniseProduct} from '../../source/proxies/index.js';

test('every product is a file of its name', t => {
	const files = readdirSync('source/proxies').filter(name => name.endsWith('.ts') && name !== 'index.ts' && name !== 'product.ts');
	t.deepEqual(products.map(({name}) => `${name}.ts`).toSorted(), files.toSorted());
});

const texts: Readonly<Record<string, readonly string[]>> = {
	nginx: [
		'user www-data;\nworker_processes auto;\nevents {\n}\nhttp {\n\tinclude mime.types;\n}\n',
		'server {\n\tlisten 443 ssl;\n\tssl_protocols TLSv1.2;\n}\n',
	],
	haproxy: ['global\n\tlog /dev/log local0\n\ndefaults\n\tmode http\n\nfrontend edge\n\tbind :443 ssl\n'],
	apache: ['ServerRoot "/etc/httpd"\nListen 80\n', '# TLS\n<VirtualHost *:443>\n\tSSLEngine on\n</VirtualHost>\n'],
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

test('what is nobodys is not guessed', t => {
	t.is(recogniseProduct('hello\n'), undefined);
	t.is(recogniseProduct('{"endpoints": []}'), undefined);
});
