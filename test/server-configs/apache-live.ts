import {fixture} from '../helpers/peers/fixtures.js';
import {runToEnd, testConfiguration, testProxy} from '../helpers/peers/proxy-tests.js';

const modules = ['mpm_event', 'authz_core', 'ssl'];
const protocol = {good: 'all -SSLv3 -TLSv1 -TLSv1.1', bad: 'all -SSLv3', listed: 'all -SSLv3'};

testProxy({
	name: 'apache',
	program: 'apache2',
	file: 'apache.conf',
	argv: (folder, file) => ['-d', folder, '-f', file, '-DFOREGROUND'],
	reload: (folder, file) => runToEnd('apache2', ['-d', folder, '-f', file, '-k', 'graceful']),
	statedAt: /apache\.conf:12: SSLProtocol all -SSLv3 -TLSv1 -TLSv1\.1/,
	configuration: (variant, port, folder) =>
		[
			...modules.map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
			`PidFile ${folder}/pid`,
			`DefaultRuntimeDir ${folder}`,
			'ErrorLog /dev/stderr',
			'ServerName peer.test',
			'StartServers 1',
			'User #65534',
			'Group #65534',
			'<IfModule mod_ssl.c>',
			`SSLProtocol ${protocol[variant]}`,
			...(variant === 'bad' ? ['SSLCipherSuite DEFAULT:@SECLEVEL=0'] : []),
			'</IfModule>',
			`Listen 127.0.0.1:${port}`,
			`<VirtualHost *:${port}>`,
			'ServerName edge.test',
			'SSLEngine on',
			`SSLCertificateFile ${fixture('rsa')}`,
			'</VirtualHost>',
			'',
		].join('\n'),
});

testConfiguration(
	{
		name: 'apache',
		program: 'apache2',
		needs: ['/usr/lib/apache2/modules/mod_remoteip.so'],
		file: 'apache.conf',
		argv: (folder, file) => ['-d', folder, '-f', file, '-DFOREGROUND', '-DEDGE'],
	},
	'virtual hosts that want the PROXY protocol, and what depends on -D or the version, are as the file says',
	{
		ports: 3,
		files: ([proxied, plain, conditional], folder) => ({
			'apache.conf': [
				...[...modules, 'remoteip'].map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
				`PidFile ${folder}/pid`,
				`DefaultRuntimeDir ${folder}`,
				'ErrorLog /dev/stderr',
				'ServerName peer.test',
				'StartServers 1',
				'User #65534',
				'Group #65534',
				'SSLProtocol TLSv1.2',
				`SSLCertificateFile ${fixture('rsa')}`,
				`Listen 127.0.0.1:${proxied}`,
				`Listen 127.0.0.1:${plain}`,
				`Listen 127.0.0.1:${conditional}`,
				`<VirtualHost *:${proxied}>`,
				'ServerName one.test',
				'SSLEngine on',
				'</VirtualHost>',
				`<VirtualHost *:${proxied}>`,
				'ServerName two.test',
				'SSLEngine on',
				'RemoteIPProxyProtocol On',
				'</VirtualHost>',
				`<VirtualHost *:${plain}>`,
				'SSLEngine on',
				'</VirtualHost>',
				`<VirtualHost *:${conditional}>`,
				'SSLEngine on',
				'<IfDefine EDGE>',
				'<IfVersion >= 2.4>',
				'SSLProtocol TLSv1.2 +TLSv1.3',
				'</IfVersion>',
				'</IfDefine>',
				'</VirtualHost>',
				'',
			].join('\n'),
		}),
	},
	async (t, run, {ports: [proxied, plain, conditional]}) => {
		const {code, stdout, stderr} = await run('--json');
		t.deepEqual(
			stdout
				.trimEnd()
				.split('\n')
				.map(line => JSON.parse(line))
				.map(({port, serverName, proxyProtocol, verdict}) => [port, serverName, proxyProtocol, verdict]),
			[
				[proxied, null, 1, 'pass'],
				[proxied, 'one.test', 1, 'pass'],
				[proxied, 'two.test', 1, 'pass'],
				[plain, null, undefined, 'pass'],
				[conditional, null, undefined, 'pass'],
			],
		);
		t.is(code, 0);
		t.regex(stderr, /its versions depend on -D EDGE, which the files do not say/);
	},
);

testConfiguration(
	{name: 'apache', program: 'apache2', file: 'apache.conf', argv: (folder, file) => ['-d', folder, '-f', file, '-DFOREGROUND']},
	'what commands of OpenSSL make of SSLProtocol is what runs',
	{
		ports: 5,
		files: ([low, high, all, without, inherited], folder) => ({
			'apache.conf': [
				...modules.map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
				`PidFile ${folder}/pid`,
				`DefaultRuntimeDir ${folder}`,
				'ErrorLog /dev/stderr',
				'ServerName peer.test',
				'StartServers 1',
				'User #65534',
				'Group #65534',
				'SSLProtocol all',
				'SSLCipherSuite DEFAULT:@SECLEVEL=0',
				`SSLCertificateFile ${fixture('rsa')}`,
				'SSLOpenSSLConfCmd MinProtocol TLSv1.1',
				...[
					[low, 'SSLOpenSSLConfCmd MinProtocol TLSv1.2'],
					[high, 'SSLProtocol TLSv1.2\nSSLOpenSSLConfCmd MaxProtocol TLSv1.3'],
					[all, 'SSLProtocol TLSv1.2\nSSLOpenSSLConfCmd Protocol ALL'],
					[without, 'SSLOpenSSLConfCmd Protocol "-TLSv1.2"\nSSLOpenSSLConfCmd Options -SessionTicket'],
					[inherited, ''],
				].flatMap(([port, lines]) => [`Listen 127.0.0.1:${port}`, `<VirtualHost *:${port}>`, 'SSLEngine on', `${lines}`, '</VirtualHost>']),
				'',
			].join('\n'),
		}),
	},
	async (t, run) => {
		const {code, stdout, stderr} = await run();
		t.is(code, 0, stdout);
		t.is(stderr, '');
		t.regex(stdout, /5 endpoints: 5 pass, 0 fail, 0 inconclusive/);
	},
);
