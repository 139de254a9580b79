import type {WindowsCase} from '../run-case.js';
import {crlf, encodings} from './encodings.js';

const expectations = crlf([
	'defaults: {retries: 0}',
	'endpoints:',
	'  - {target: "{compliant}", name: Außenstelle}',
	'  - include: lists\\hosts.txt',
]);
const included = {'lists/hosts.txt': crlf(['{tls13-only}'])};

const nginx = crlf(['events {}', 'http {', '    include       sites/*.conf;', '}']);

/** Expectations, and configurations of servers as they are on Windows. */
export const checks: readonly WindowsCase[] = [
	{
		title: 'a file of expectations by its usual name',
		argv: ['check'],
		files: {'tlsprobe.yaml': expectations, ...included},
		code: 0,
		stdout: /Außenstelle/,
	},
	...Object.entries(encodings).map(([name, encode]) => ({
		title: `a file of expectations in ${name}`,
		argv: ['check', '{folder}\\erwartet.yaml', '--quiet'],
		files: {'erwartet.yaml': (fill: (text: string) => string) => encode(fill(expectations)), ...included},
		code: 0,
		stdout: /Außenstelle/,
	})),
	{
		title: 'an expectation that is broken',
		argv: ['check', 'a.json', '--format', 'github', '--quiet'],
		files: {'a.json': '{"endpoints": ["{legacy}"]}'},
		code: 1,
		stdout: /^::error /m,
	},
	{
		title: 'an error in the file',
		argv: ['check', '.\\a.yaml'],
		files: {'a.yaml': crlf(['endpoints:', '  - {target: "{legacy}", expects: azure}'])},
		code: 2,
		stderr: /a\.yaml:2/,
	},
	{
		title: 'a first file',
		argv: ['check', '--init', '{compliant}', '-o', '{folder}\\neue datei.yaml', '--quiet'],
		code: 0,
		writes: {'neue datei.yaml': /target: .*127\.0\.0\.1:/},
	},
	{
		title: 'nginx with files of a folder',
		argv: ['check', '--config', '{folder}\\conf\\nginx.conf', '--quiet'],
		files: {
			'conf/nginx.conf': nginx,
			'conf/sites/edge.conf': crlf([
				'server {',
				'    listen 127.0.0.1:{compliant.port} ssl;',
				'    ssl_certificate C:\\keys\\edge.pem;',
				'    ssl_protocols TLSv1.2 TLSv1.3;',
				'}',
			]),
		},
		code: 0,
		stdout: /127\.0\.0\.1:/,
	},
	{
		title: 'nginx with whole paths',
		argv: ['check', '--config', 'nginx.conf', '--quiet'],
		files: {
			'nginx.conf': crlf(['events {}', 'http { include "C:/Prüf ordner/nginx whole/*.conf"; }']),
			'../nginx whole/edge.conf': crlf(['server { listen 127.0.0.1:{legacy.port} ssl; ssl_protocols TLSv1.2; }']),
		},
		code: 1,
		stdout: /TLSv1\.0/,
	},
	{
		title: 'Apache as its distribution for Windows',
		argv: ['check', '--config', '{folder}\\conf\\httpd.conf', '--quiet'],
		files: {
			'conf/httpd.conf': crlf([
				'Define SRVROOT "{folder}"',
				'ServerRoot "${SRVROOT}"',
				'LoadModule ssl_module modules/mod_ssl.so',
				'Include conf/extra/httpd-ssl.conf',
			]),
			'conf/extra/httpd-ssl.conf': crlf([
				'Listen 127.0.0.1:{compliant.port}',
				'<VirtualHost 127.0.0.1:{compliant.port}>',
				'SSLEngine on',
				'SSLProtocol -all +TLSv1.2 +TLSv1.3',
				'SSLCertificateFile "${SRVROOT}/conf/server.crt"',
				'</VirtualHost>',
			]),
		},
		code: 0,
		stdout: /127\.0\.0\.1:/,
	},
	{
		title: 'stunnel as its distribution for Windows',
		argv: ['check', '--config', '{folder}\\stunnel.conf', '--config-type', 'stunnel', '--quiet'],
		files: {
			'stunnel.conf': crlf([
				'; C:\\Program Files\\stunnel\\config',
				'[in]',
				'accept = 127.0.0.1:{compliant.port}',
				'connect = 80',
				'cert = stunnel.pem',
				'sslVersionMin = TLSv1.2',
			]),
		},
		code: 0,
		stdout: /127\.0\.0\.1:/,
	},
	{
		title: 'Traefik with a file of its own for TLS',
		argv: ['check', '--config', '{folder}\\traefik.toml', '--quiet'],
		files: {
			'traefik.toml': crlf([
				'[entryPoints.edge]',
				'address = "127.0.0.1:{compliant.port}"',
				'[entryPoints.edge.http.tls]',
				'[providers.file]',
				"filename = '{folder}\\dynamic.toml'",
			]),
			'dynamic.toml': crlf(['[tls.options.default]', 'minVersion = "VersionTLS12"']),
		},
		code: 0,
		stdout: /127\.0\.0\.1:/,
	},
	{
		title: 'a configuration that is not there',
		argv: ['check', '--config', 'C:\\nginx\\conf\\nginx.conf'],
		code: 2,
		stderr: /^tlsprobe: .*C:\\nginx\\conf\\nginx\.conf/,
	},
];
