import {fixture} from '../helpers/peers/fixtures.js';
import {testProxy} from '../helpers/peers/proxy-tests.js';

const modules = ['mpm_event', 'authz_core', 'ssl'];
const protocol = {good: 'all -SSLv3 -TLSv1 -TLSv1.1', bad: 'all -SSLv3', listed: 'all -SSLv3'};

testProxy({
	name: 'apache',
	program: 'apache2',
	file: 'apache.conf',
	argv: (folder, file) => ['-d', folder, '-f', file, '-DFOREGROUND'],
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
