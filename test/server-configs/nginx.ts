import test from 'ava';
import nginx from '../../source/server-configs/nginx.js';
import {readWith} from '../helpers/proxies.js';

const modern = '+1.2 1.3 -ssl2 ssl3 1.0 1.1';

test('what http says holds in its servers, what a server says goes before it, and includes are read in their place', t => {
	const {endpoints, notes, places} = readWith(nginx, {
		'nginx.conf':
			'events {}\nhttp {\n\tssl_protocols TLSv1.2 TLSv1.3; # all\n\tinclude sites/*.conf;\n}\nstream { server { listen 993 ssl; ssl_protocols TLSv1.3; } }\n',
		'sites/a.conf': 'server { listen 443 ssl; listen [::]:443 ssl http2; server_name a.test *.a.test .b.test _ "" 127.0.0.1; }',
		'sites/b.conf': 'server {\n\tlisten 127.0.0.1:8443 ssl;\n\tssl_protocols TLSv1 TLSv1.1 TLSv1.2;\n\tserver_name ~^c\\.;\n}\n',
		'sites/.hidden.conf': 'broken',
		'sites/c.conf.off': 'broken',
	});
	t.deepEqual(endpoints, [
		`*:443: ${modern}`,
		`*:443 a.test: ${modern}`,
		`*:443 any.a.test: ${modern}`,
		`*:443 b.test: ${modern}`,
		`::1:443: ${modern}`,
		`::1:443 a.test: ${modern}`,
		`::1:443 any.a.test: ${modern}`,
		`::1:443 b.test: ${modern}`,
		'127.0.0.1:8443: +1.0 1.1 1.2 -ssl2 ssl3 1.3',
		'*:993: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
	]);
	t.deepEqual(notes, ['sites/b.conf:4: server_name ~^c\\. is left out: it does not give one name']);
	t.deepEqual(
		[places[0], places[8]],
		['nginx.conf:3: ssl_protocols TLSv1.2 TLSv1.3', 'sites/b.conf:3: ssl_protocols TLSv1 TLSv1.1 TLSv1.2'],
	);
});

test('a name is held to what its server says, also where nginx before 1.29.2 would go by the default server', t => {
	const {endpoints, notes, causes} = readWith(nginx, {
		'nginx.conf': `http {
server { listen 443; server_name first.test; ssl_protocols TLSv1; }
server { listen 443 ssl default_server; ssl_protocols TLSv1.2 TLSv1.3; server_name second.test; }
}`,
	});
	t.deepEqual(endpoints, [`*:443: ${modern}`, '*:443 first.test: +1.0 -ssl2 ssl3 1.1 1.2 1.3', `*:443 second.test: ${modern}`]);
	t.deepEqual(notes, []);
	t.deepEqual(causes, [
		undefined,
		"nginx before 1.29.2 uses the versions of the port's default server for every name (nginx.conf:3: ssl_protocols TLSv1.2 TLSv1.3)",
		undefined,
	]);
});

test('what is no TLS over TCP, or cannot be asked, is left out', t => {
	const {endpoints, notes} = readWith(nginx, {
		'nginx.conf': `http { ssl_protocols TLSv1.3;
server { listen 80; server_name plain.test; }
server { listen 443 quic reuseport; listen unix:/run/nginx.sock ssl; }
server { listen 444 ssl proxy_protocol; }
server { listen 445 ssl; ssl_reject_handshake on; }
server { listen 445 ssl; server_name known.test; }
}`,
	});
	t.deepEqual(endpoints, ['*:444 PROXY 1: +1.3 -ssl2 ssl3 1.0 1.1 1.2', '*:445 known.test: +1.3 -1.0 1.1 1.2']);
	t.deepEqual(notes, ['nginx.conf:3: listen unix:/run/nginx.sock is left out: it is not an address and port']);
});

test('mail goes over to TLS by its protocol, or by its port', t => {
	const {endpoints} = readWith(nginx, {
		'nginx.conf': `mail { ssl_protocols TLSv1.3; starttls on;
server { listen 587 proxy_protocol; protocol smtp; }
server { listen 143; starttls only; }
server { listen 993 ssl; protocol imap; }
server { listen 110; starttls off; }
}`,
	});
	t.deepEqual(endpoints, [
		'*:587 PROXY 1 smtp: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		'*:143 imap: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		'*:993: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
	]);
});

test('a range of ports is a socket for each', t => {
	const {endpoints, notes, listeners} = readWith(nginx, {
		'nginx.conf': `http { ssl_protocols TLSv1.3;
server { listen 8440-8441 ssl; }
server { listen 127.0.0.1:9440-9441 ssl; ssl_protocols TLSv1.2; }
server { listen [::1]:9442-9443 ssl; server_name a.test; }
server { listen 1-60000 ssl; }
server { listen 80-81; }
}`,
	});
	t.deepEqual(
		endpoints.map(endpoint => endpoint.split(' -')[0]),
		[
			'*:8440: +1.3',
			'*:8441: +1.3',
			'127.0.0.1:9440: +1.2',
			'127.0.0.1:9441: +1.2',
			'::1:9442: +1.3',
			'::1:9442 a.test: +1.3',
			'::1:9443: +1.3',
			'::1:9443 a.test: +1.3',
		],
	);
	t.deepEqual([notes, listeners], [['nginx.conf:5: listen 1-60000 is left out: it is not an address and port'], 8]);
});

test('without ssl_protocols, the version of nginx that is named says what it is', t => {
	const read = (version: string) => readWith(nginx, {'nginx.conf': 'http { server { listen 443 ssl; } }'}, {}, version);
	t.deepEqual(read('1.22.1').endpoints, ['*:443: +1.0 1.1 1.2 -ssl2 ssl3 1.3']);
	t.deepEqual(read('1.26').endpoints, ['*:443: +1.0 1.1 1.2 1.3 -ssl2 ssl3']);
	t.deepEqual(read('1.29.5').endpoints, [`*:443: ${modern}`]);
	t.deepEqual(read('1.27').endpoints, ['*:443: +1.2 -ssl2 ssl3']);
	t.deepEqual(read('1.26').notes, []);
});

test('of servers with one name the first counts', t => {
	const {endpoints} = readWith(nginx, {
		'nginx.conf': `http {
server { listen 443 ssl; server_name a.test; ssl_protocols TLSv1.2; }
server { listen 443 ssl; server_name a.test; ssl_protocols TLSv1.3; }
}`,
	});
	t.deepEqual(endpoints, ['*:443: +1.2 -ssl2 ssl3 1.0 1.1 1.3', '*:443 a.test: +1.2 -ssl2 ssl3 1.0 1.1 1.3']);
});

test('without ssl_protocols, what depends on the version of nginx is left open', t => {
	const {endpoints, notes} = readWith(nginx, {'nginx.conf': 'http { server { listen 443 ssl; } }'});
	t.deepEqual(endpoints, ['*:443: +1.2 -ssl2 ssl3']);
	t.regex(notes[0]!, /^nginx\.conf:1: ssl_protocols is not set/);
});

test('quotes, escapes, variables, comments and Lua do not confuse it', t => {
	const {endpoints} = readWith(nginx, {
		'nginx.conf': `# http {
http {
	log_format main '$remote_addr; "{" \\'x\\'';
	map $a $b { "~{2}" x; default "a#b"; }
	init_by_lua_block { local t = {a = {1}}; if t then print("x") end }
	server { listen 443 ssl; ssl_protocols 'TLSv1.3'; root \${dir}/x; }
}`,
	});
	t.deepEqual(endpoints, ['*:443: +1.3 -ssl2 ssl3 1.0 1.1 1.2']);
});

for (const [title, text, message] of [
	['a brace that is missing', 'http { server {', /unexpected end of file, expecting \}/],
	['a semicolon that is missing', 'http { user x }', /nginx\.conf:1: unexpected \}/],
	['an included file that is not there', 'include nothing.conf;', /nginx\.conf:1: there is no file .*nothing\.conf/],
	['a file that includes itself', 'include nginx.conf;', /nginx\.conf:1: .*nginx\.conf includes itself/],
	[
		'a version that nginx does not know',
		'server { listen 1 ssl; ssl_protocols TLSv1.2 TLSv9; }',
		/nginx\.conf:1: invalid value "TLSv9" in ssl_protocols/,
	],
] as const) {
	test(`nginx: ${title} is an error that names its place`, t => {
		t.throws(() => readWith(nginx, {'nginx.conf': text}), {name: 'ConfigurationError', message});
	});
}
