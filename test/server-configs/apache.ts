import test from 'ava';
import apache from '../../source/server-configs/apache.js';
import {readWith} from '../helpers/proxies.js';

const loaded = 'LoadModule ssl_module modules/mod_ssl.so\n';

const cases: readonly (readonly [protocol: string, accepted: string])[] = [
	['all -SSLv3', '1.0 1.1 1.2 1.3'],
	['all', '1.0 1.1 1.2 1.3'],
	['all -SSLv3 -TLSv1 -TLSv1.1', '1.2 1.3'],
	['-all +TLSv1.2 +tlsv1.3', '1.2 1.3'],
	['TLSv1.2', '1.2'],
	['TLSv1.2 TLSv1.3', '1.3'],
	['all -TLSv1.1 -TLSv1.2', '1.3'],
	['all -TLSv1.3 -TLSv1.1', '1.2'],
];

for (const [protocol, accepted] of cases) {
	test(`SSLProtocol ${protocol}: ${accepted}`, t => {
		const {endpoints} = readWith(apache, {'apache2.conf': `Listen 443\nSSLEngine on\nSSLProtocol ${protocol}\n`});
		t.regex(endpoints.join(), new RegExp(`^\\*:443: \\+${accepted.replaceAll('.', '\\.')} -`));
	});
}

test('virtual hosts inherit from the server, have versions of their own, and the first answers unknown names', t => {
	const {endpoints, places} = readWith(
		apache,
		{
			'apache2.conf': `${loaded}Define PORT 8443
SSLProtocol all -TLSv1 -TLSv1.1
IncludeOptional sites-enabled/*.conf
IncludeOptional nothing/*.conf
Listen 80
<IfModule mod_ssl.c>
	Listen \${PORT}
	Listen 127.0.0.1:9443
</IfModule>
<IfModule !mod_ssl.c>
	Listen 1
</IfModule>
<IfModule mod_gnutls.c>
	Listen 2
</IfModule>
<IfDefine NOT_THERE>
	Listen 3
</IfDefine>
`,
			'sites-enabled/1.conf': `<VirtualHost *:80>
	ServerName plain.test
</VirtualHost>
<VirtualHost _default_:\${PORT}>
	ServerName a.test:8443
	ServerAlias www.a.test \\
		*.a.test
	SSLEngine on
	<Directory "/srv/x y">
		SSLOptions +StdEnvVars
	</Directory>
</VirtualHost>
<VirtualHost *:\${PORT}>
	ServerName \${NAME}
	sslengine On
	SSLProtocol TLSv1.3
</VirtualHost>
<VirtualHost 127.0.0.1:9443>
	SSLEngine on
</VirtualHost>
`,
		},
		{NAME: 'b.test'},
	);
	const modern = '+1.2 1.3 -ssl2 ssl3 1.0 1.1';
	t.deepEqual(endpoints, [
		`*:8443: ${modern}`,
		`*:8443 a.test: ${modern}`,
		`*:8443 www.a.test: ${modern}`,
		`*:8443 any.a.test: ${modern}`,
		'*:8443 b.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		`127.0.0.1:9443: ${modern}`,
	]);
	t.deepEqual([places[0], places[4]], ['apache2.conf:3: SSLProtocol all -TLSv1 -TLSv1.1', 'sites-enabled/1.conf:16: SSLProtocol TLSv1.3']);
});

test('without SSLProtocol, what its OpenSSL makes of old versions is left open', t => {
	t.deepEqual(readWith(apache, {'a.conf': '<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>\n'}).endpoints, [
		'*:443: +1.2 1.3 -ssl2 ssl3',
	]);
});

for (const [title, text, message] of [
	['a section that is not closed', '<VirtualHost *:1>', /a\.conf: <\/virtualhost> is missing/],
	['a section that is not open', '</VirtualHost>', /a\.conf:1: unexpected <\/VirtualHost>/],
	['an included file that is not there', 'Include x.conf', /a\.conf:1: there is no file x\.conf|there is no file .*x\.conf/],
	['a protocol that is none', 'Listen 1\nSSLEngine on\nSSLProtocol all -TLSv9', /a\.conf:3: SSLProtocol: illegal protocol "TLSv9"/],
] as const) {
	test(`apache: ${title} is an error that names its place`, t => {
		t.throws(() => readWith(apache, {'a.conf': text}), {name: 'ConfigurationError', message});
	});
}

test('a header comes first where any virtual host of the port says so, and nothing is guessed where some are excepted from it', t => {
	const {endpoints, notes} = readWith(apache, {
		'apache2.conf': `${loaded}Listen 443
Listen 444
Listen 445
<VirtualHost *:443>
	ServerName a.test
	SSLEngine on
</VirtualHost>
<VirtualHost *:443>
	ServerName b.test
	SSLEngine on
	RemoteIPProxyProtocol On
</VirtualHost>
<VirtualHost *:444>
	SSLEngine on
	RemoteIPProxyProtocol On
	RemoteIPProxyProtocolExceptions 127.0.0.1
</VirtualHost>
<VirtualHost *:445>
	SSLEngine on
	RemoteIPProxyProtocol Off
</VirtualHost>
`,
	});
	t.deepEqual(
		endpoints.map(endpoint => endpoint.split(': ')[0]),
		['*:443 PROXY 1', '*:443 a.test PROXY 1', '*:443 b.test PROXY 1', '*:445'],
	);
	t.deepEqual(notes, ['port 444 is left out: it expects the PROXY protocol from some clients, by RemoteIPProxyProtocolExceptions']);
});

test('what -D and the version decide is read both ways; a name that is defined or undefined in the file is decided', t => {
	const {endpoints, notes} = readWith(apache, {
		'apache2.conf': `${loaded}Define HERE
UnDefine GONE
Listen 443
SSLEngine on
<IfDefine OLD>
	SSLProtocol TLSv1.1 +TLSv1.2
</IfDefine>
<IfDefine !OLD>
	SSLProtocol TLSv1.2
</IfDefine>
<IfDefine !HERE>
	Listen 1
</IfDefine>
<IfDefine GONE>
	Listen 2
</IfDefine>
<IfVersion >= 2.4.58>
	Listen 3
</IfVersion>
`,
	});
	t.deepEqual(endpoints, ['*:443: +1.2 -ssl2 ssl3 1.0 1.3']);
	t.is(notes.length, 2);
	t.regex(notes[0]!, /its versions depend on -D OLD and <IfVersion >= 2\.4\.58>, which the files do not say/);
	t.regex(notes[1]!, /is left out: whether it exists depends on -D OLD and <IfVersion >= 2\.4\.58>/);
});

test('a macro is read with its arguments, and one that is not defined is named', t => {
	const {endpoints, notes} = readWith(apache, {
		'a.conf': `<Macro Site $name $named>
<VirtualHost *:443>
ServerName $named.$name
SSLEngine on
SSLProtocol TLSv1.3
</VirtualHost>
</Macro>
Use SITE a.test www
UndefMacro site
Use Site b.test www
Listen 443
`,
	});
	t.deepEqual(endpoints, ['*:443: +1.3 -ssl2 ssl3 1.0 1.1 1.2', '*:443 www.a.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2']);
	t.deepEqual(notes, ['a.conf:10: Use Site is left out: no macro of this name is defined before it']);
	for (const [text, message] of [
		['<Macro A $a>\nUse A $a\n</Macro>\nUse A b\n', /A uses itself/],
		['<Macro A $a>\n</Macro>\nUse A\n', /a\.conf:3: the macro A takes 1 arguments, not 0/],
		['<Macro A $a>\n', /a\.conf:1: <\/macro> is missing/],
	] as const) {
		t.throws(() => readWith(apache, {'a.conf': text}), {name: 'ConfigurationError', message});
	}
});

test('hosts by address answer at their address, all others where no host has it', t => {
	const host = (address: string, name: string, version: string): string =>
		`<VirtualHost ${address}>\nServerName ${name}\nSSLEngine on\nSSLProtocol ${version}\n</VirtualHost>\n`;
	const {endpoints} = readWith(apache, {
		'a.conf': `${loaded}Listen 443\nListen 444\n${host('192.0.2.10:443', 'a.test', 'TLSv1.2')}${host('192.0.2.11:443', 'b.test', 'TLSv1.3')}${host('192.0.2.12', 'c.test', 'TLSv1.1')}${host('*:444', 'd.test', 'TLSv1.2')}${host('*', 'e.test', 'TLSv1.3')}${host('192.0.2.11:443', 'b.test', 'TLSv1.2')}`,
	});
	t.deepEqual(
		endpoints.map(endpoint => endpoint.split(' -')[0]),
		[
			'*:443: +1.3',
			'*:443 e.test: +1.3',
			'192.0.2.10:443: +1.2',
			'192.0.2.10:443 a.test: +1.2',
			'192.0.2.11:443: +1.3',
			'192.0.2.11:443 b.test: +1.3',
			'192.0.2.12:443: +1.1',
			'192.0.2.12:443 c.test: +1.1',
			'*:444: +1.2',
			'*:444 d.test: +1.2',
			'192.0.2.12:444: +1.1',
			'192.0.2.12:444 c.test: +1.1',
		],
	);
});

test('the first host of a port says whether it speaks TLS; with a certificate, https says so too', t => {
	const {endpoints, listeners} = readWith(apache, {
		'a.conf': `${loaded}Listen 443\nListen 444\nListen 8443 https
<VirtualHost *:443>\nServerName plain.test\n</VirtualHost>
<VirtualHost *:443>\nServerName tls.test\nSSLEngine on\n</VirtualHost>
<VirtualHost *:444>\nSSLCertificateFile x.pem\n</VirtualHost>
<VirtualHost *:8443>\nDocumentRoot /\nSSLCertificateFile x.pem\nSSLProtocol TLSv1.3\n</VirtualHost>
`,
	});
	t.deepEqual([endpoints, listeners], [['*:8443: +1.3 -ssl2 ssl3 1.0 1.1 1.2'], 3]);
});

test('a line is taken apart behind its variables, and behind the > of a tag nothing is read', t => {
	const environment = {VERSIONS: 'all -SSLv3 -TLSv1'};
	const {endpoints, places} = readWith(
		apache,
		{
			'a.conf': `${loaded}Define versions "-all +TLSv1.2 +TLSv1.3"\nListen 443\nListen 444
<VirtualHost *:443> # all of them
SSLEngine on
SSLProtocol \${versions}
</VirtualHost> </IfModule>
<IfModule mod_ssl.c> SSLProtocol TLSv1.1
<VirtualHost "*:444">
SSLEngine on
SSLProtocol \${VERSIONS}
</VirtualHost>
</IfModule>
`,
		},
		environment,
	);
	t.deepEqual(endpoints, ['*:443: +1.2 1.3 -ssl2 ssl3 1.0 1.1', '*:444: +1.1 1.2 1.3 -ssl2 ssl3 1.0']);
	t.deepEqual(places, ['a.conf:7: SSLProtocol -all +TLSv1.2 +TLSv1.3', `a.conf:12: SSLProtocol \${VERSIONS}`]);
	t.throws(() => readWith(apache, {'a.conf': `Listen 1\nSSLEngine on\nSSLProtocol \${VERSIONS}\n`}, {VERSIONS: 'all -secret'}), {
		message: /illegal protocol "\$\{VERSIONS\}"$/,
	});
});

test('apache: conditions on the version hold by the version that is named, and agree with each other where none is', t => {
	const text = `${loaded}SSLEngine on
<IfVersion >= 2.4>\nListen 1\n</IfVersion>
<IfVersion < 2.4>\nListen 2\n</IfVersion>
<IfVersion >= 2.4.50>\nListen 3\n</IfVersion>
<IfVersion !>= 2.4.50>\nListen 4\n</IfVersion>
<IfVersion > 2.4.49>\nListen 3\n</IfVersion>
<IfVersion <= 2.4.49>\nListen 4\n</IfVersion>
<IfVersion 2.4.58>\nListen 5\n</IfVersion>
`;
	const ports = (version?: string): string =>
		readWith(apache, {'a.conf': text}, {}, version)
			.endpoints.map(endpoint => endpoint.split(': ')[0]!.slice(2))
			.join(' ');
	t.is(ports('2.4.58'), '1 3 5');
	t.is(ports('2.4.71'), '1 3');
	t.is(ports('2.4.6'), '1 4');
	t.is(ports('2.2.3'), '2 4');
	t.is(ports(), '1');
	t.is(ports('2.4'), '1');
});

test('TLS by another module than mod_ssl is named', t => {
	const {endpoints, notes} = readWith(apache, {
		'a.conf': `${loaded}Listen 443\n<VirtualHost *:443>\nNSSEngine on\nNSSProtocol TLSv1.2\n</VirtualHost>\n<VirtualHost *:444>\nGnuTLSEnable On\n</VirtualHost>\n`,
	});
	t.deepEqual(
		[endpoints, notes],
		[
			[],
			[
				'a.conf:4: NSSEngine on: the settings of mod_nss are not read; probe its port instead',
				'a.conf:8: GnuTLSEnable on: the settings of mod_gnutls are not read; probe its port instead',
			],
		],
	);
});

test('a part of a configuration is read as one, and that is said', t => {
	const {endpoints, notes} = readWith(apache, {
		'site.conf': '<IfModule mod_ssl.c>\n<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>\n</IfModule>\n',
	});
	t.is(endpoints.length, 1);
	t.deepEqual(notes, ['site.conf:1: no module is loaded before, so this is read as a part of a configuration that loads mod_ssl.c']);
});

test('apache: what a variable of the environment holds is in no message', t => {
	const environment = {SECRET: 'hunter2'};
	const text = `LoadModule ssl_module modules/mod_ssl.so
Define COPY \${SECRET}
Define MODULE mod_\${SECRET}.c
Listen \${SECRET}/x
Listen \${COPY}/y
Use \${SECRET}
<IfDefine \${COPY}>
Listen 1
</IfDefine>
Listen 443
SSLEngine on
SSLOpenSSLConfCmd MinProtocol \${SECRET}
SSLProtocol all
`;
	const {notes, places} = readWith(apache, {'apache2.conf': text}, environment);
	t.notRegex([...notes, ...places].join('\n'), /hunter/);
	t.true(notes.includes(`apache2.conf:4: Listen \${SECRET}/x is left out: it is not an address and port`));
	t.true(notes.includes(`apache2.conf:5: Listen \${SECRET}/y is left out: it is not an address and port`));
	const failing: readonly (readonly [line: string, message: RegExp])[] = [
		[`Include \${SECRET}/x.conf`, /apache2\.conf:2: there is no file \$\{SECRET\}\/x\.conf$/],
		[`Listen 443\nSSLEngine on\nSSLProtocol \${SECRET}`, /apache2\.conf:4: SSLProtocol: illegal protocol "\$\{SECRET\}"$/],
	];
	for (const [line, message] of failing) {
		t.throws(() => readWith(apache, {'apache2.conf': `${loaded}${line}\n`}, environment), {message});
	}
});
