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
	t.is(
		recogniseProduct('apiVersion: v1\nkind: ConfigMap\ndata:\n  envoy.yaml: |\n    static_resources:\n      listeners: []\n'),
		undefined,
	);
});
