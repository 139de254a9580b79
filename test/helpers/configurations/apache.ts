// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how httpd writes its variables.
import type {ConfigurationRow} from './configuration-row.js';

const certificate = 'SSLEngine on\n\tSSLCertificateFile rsa.pem';

/** A virtual host with TLS. */
const host = (address: string, name: string, ...lines: readonly string[]): string =>
	`<VirtualHost ${address}>\n\tServerName ${name}\n\t${certificate}\n${lines.map(line => `\t${line}\n`).join('')}</VirtualHost>\n`;

export const apacheRows: readonly ConfigurationRow[] = [
	{
		title: 'the configuration that Debian installs, with the site for TLS enabled',
		files: {
			'apache2.conf': `Timeout 300
KeepAlive On
IncludeOptional mods-enabled/*.load
IncludeOptional mods-enabled/*.conf
Include ports.conf
<Directory />
	Options FollowSymLinks
	AllowOverride None
	Require all denied
</Directory>
<FilesMatch "^\\.ht">
	Require all denied
</FilesMatch>
IncludeOptional sites-enabled/*.conf
`,
			'ports.conf': `Listen 18001
<IfModule ssl_module>
	Listen 18002
</IfModule>
<IfModule mod_gnutls.c>
	Listen 18002
</IfModule>
`,
			'mods-enabled/ssl.load': 'LoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so\n',
			'mods-enabled/ssl.conf': `<IfModule mod_ssl.c>
	SSLRandomSeed startup builtin
	SSLSessionTickets off
	SSLProtocol all -SSLv3
	<FilesMatch "\\.(?:cgi|php)$">
		SSLOptions +StdEnvVars
	</FilesMatch>
</IfModule>
`,
			'sites-enabled/default-ssl.conf': `<IfModule mod_ssl.c>
	<VirtualHost _default_:18002>
		ServerAdmin webmaster@localhost
		SSLEngine on
		SSLCertificateFile	rsa.pem
		SSLCertificateKeyFile rsa.pem
	</VirtualHost>
</IfModule>
`,
		},
		says: ['*:18002: 1.0 1.1 1.2 1.3'],
	},
	{
		title: 'a generated configuration for clients of today',
		files: {
			'httpd.conf': `Listen 18001
<VirtualHost *:18001>
	${certificate}
	Protocols h2 http/1.1
	Header always set Strict-Transport-Security "max-age=63072000"
</VirtualHost>
SSLProtocol             -all +TLSv1.2 +TLSv1.3
SSLOpenSSLConfCmd       Curves X25519:prime256v1:secp384r1
SSLCipherSuite          ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305
SSLHonorCipherOrder     off
SSLSessionTickets       off
`.replace(/\tHeader.*\n/, ''),
		},
		says: ['*:18001: 1.2 1.3'],
	},
	{
		title: 'a generated configuration for old clients, once with suites for them and once without',
		files: {
			'httpd.conf': `SSLProtocol all -SSLv3
SSLCipherSuite ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA:@SECLEVEL=0
Listen 18001
Listen 18002
${host('*:18001', 'a.test')}${host('*:18002', 'b.test', 'SSLCipherSuite ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0', 'SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256')}`,
		},
		says: [
			'*:18001: 1.0 1.1 1.2 1.3',
			'*:18001 a.test: 1.0 1.1 1.2 1.3',
			'*:18002: !1.0 !1.1 1.2 1.3',
			'*:18002 b.test: !1.0 !1.1 1.2 1.3',
		],
	},
	{
		title: 'all forms of SSLProtocol',
		files: {
			'httpd.conf': [
				['18001', 'all -SSLv3 -TLSv1 -TLSv1.1'],
				['18002', '-all +TLSv1.2'],
				['18003', 'TLSv1.2'],
				['18004', '+TLSv1.2 +TLSv1.3'],
				['18005', 'all -TLSv1.1'],
				['18006', 'TLSv1 TLSv1.2'],
				['18007', 'ALL -tlsv1.3'],
				['18008', '+all -TLSv1.2'],
			]
				.map(([port, protocol]) => `Listen ${port}\n${host(`*:${port}`, `v${port}.test`, `SSLProtocol ${protocol}`)}`)
				.join(''),
		},
		says: [
			'*:18001: 1.2 1.3',
			'*:18001 v18001.test: 1.2 1.3',
			'*:18002: 1.2',
			'*:18002 v18002.test: 1.2',
			'*:18003: 1.2',
			'*:18003 v18003.test: 1.2',
			'*:18004: 1.2 1.3',
			'*:18004 v18004.test: 1.2 1.3',
			'*:18005: 1.2 1.3',
			'*:18005 v18005.test: 1.2 1.3',
			'*:18006: 1.2',
			'*:18006 v18006.test: 1.2',
			'*:18007: 1.0 1.1 1.2',
			'*:18007 v18007.test: 1.0 1.1 1.2',
			'*:18008: 1.3',
			'*:18008 v18008.test: 1.3',
		],
	},
	{
		title: 'hosts by address, as control panels write them, under one Listen',
		files: {
			'httpd.conf': `Listen 18001\n${host('127.0.0.2:18001', 'a.test', 'SSLProtocol -all +TLSv1.2')}${host('127.0.0.3:18001', 'b.test', 'SSLProtocol -all +TLSv1.3')}${host('127.0.0.3:18001', 'c.test', 'SSLProtocol -all +TLSv1.2')}`,
		},
		says: [
			'127.0.0.2:18001: 1.2',
			'127.0.0.2:18001 a.test: 1.2',
			'127.0.0.3:18001: 1.3',
			'127.0.0.3:18001 b.test: 1.3',
			'127.0.0.3:18001 c.test: 1.2',
		],
	},
	{
		title: 'hosts by address, by port and for all: which answers for which',
		files: {
			'httpd.conf': `Listen 18001\nListen 18002\n${host('*:18001', 'any.test', 'SSLProtocol TLSv1.2')}${host('127.0.0.2:18001', 'two.test', 'SSLProtocol TLSv1.3')}${host('127.0.0.3', 'three.test', 'SSLProtocol TLSv1.1')}${host('127.0.0.2', 'four.test', 'SSLProtocol TLSv1')}${host('*', 'all.test', 'SSLProtocol TLSv1.3')}`,
		},
		says: [
			'*:18001: 1.2',
			'*:18001 any.test: 1.2',
			'127.0.0.2:18001: 1.3',
			'127.0.0.2:18001 two.test: 1.3',
			'127.0.0.3:18001: 1.1',
			'127.0.0.3:18001 three.test: 1.1',
			'*:18002: 1.3',
			'*:18002 all.test: 1.3',
			'127.0.0.3:18002: 1.1',
			'127.0.0.3:18002 three.test: 1.1',
			'127.0.0.2:18002: 1.0',
			'127.0.0.2:18002 four.test: 1.0',
		],
	},
	{
		title: 'several names of a port, with versions for each',
		files: {
			'httpd.conf': `Listen 18001
SSLProtocol -all +TLSv1.2
${host('*:18001', 'first.test')}${host('*:18001', 'second.test:443', 'ServerAlias *.second.test www.two.test', 'SSLProtocol -all +TLSv1.3')}${host('*:18001', 'https://third.test', 'SSLProtocol all')}${host('*:18001', 'first.test', 'SSLProtocol all')}`,
		},
		says: [
			'*:18001: 1.2',
			'*:18001 first.test: 1.2',
			'*:18001 second.test: 1.3',
			'*:18001 any.second.test: 1.3',
			'*:18001 www.two.test: 1.3',
			'*:18001 third.test: 1.0 1.1 1.2 1.3',
		],
	},
	{
		title: 'a first host without TLS, and a first host with TLS before one without',
		files: {
			'httpd.conf': `Listen 18001\nListen 18002\n<VirtualHost *:18001>\n\tServerName plain.test\n</VirtualHost>\n${host('*:18001', 'tls.test')}${host('*:18002', 'tls.test', 'SSLProtocol TLSv1.2')}<VirtualHost *:18002>\n\tServerName plain.test\n\tSSLProtocol TLSv1.3\n</VirtualHost>\n`,
		},
		says: ['*:18002: 1.2', '*:18002 tls.test: 1.2'],
	},
	{
		title: 'https said by Listen and by Protocol, without SSLEngine',
		files: {
			'httpd.conf': `Listen 18001 https
Listen 18002
Listen 18003 https
Listen 18004 https
Listen 18005 https
Listen 18006 https
Listen 127.0.0.1:18007 https
Listen 18008
<VirtualHost *:18001>
	ServerName a.test
	SSLCertificateFile rsa.pem
	SSLProtocol TLSv1.3
</VirtualHost>
<VirtualHost *:18002>
	ServerName b.test
	SSLCertificateFile rsa.pem
</VirtualHost>
<VirtualHost *:18003>
	ServerName c.test
	SSLEngine off
	SSLCertificateFile rsa.pem
</VirtualHost>
<VirtualHost *:18004>
	ServerName d.test
</VirtualHost>
<VirtualHost *:18005>
	DocumentRoot /
	SSLCertificateFile rsa.pem
	SSLProtocol TLSv1.2
</VirtualHost>
<VirtualHost *:18006>
	SSLCertificateFile rsa.pem
</VirtualHost>
<VirtualHost *:18007>
	ServerName g.test
	SSLCertificateFile rsa.pem
</VirtualHost>
<VirtualHost *:18008>
	Protocol https
	SSLCertificateFile rsa.pem
	SSLProtocol TLSv1.2
</VirtualHost>
`,
		},
		says: ['*:18001: 1.3', '*:18001 a.test: 1.3', '*:18005: 1.2', '*:18008: 1.2'],
	},
	{
		title: 'TLS of the server itself, without virtual hosts',
		files: {'httpd.conf': `Listen 18001\nSSLEngine on\nSSLCertificateFile rsa.pem\nSSLProtocol TLSv1.2\nDocumentRoot /\n`},
		says: ['*:18001: 1.2'],
	},
	{
		title: 'TLS of the server, which virtual hosts inherit and turn off',
		files: {
			'httpd.conf': `SSLEngine on
SSLCertificateFile rsa.pem
SSLProtocol -all +TLSv1.3
Listen 18001
Listen 18002
<VirtualHost *:18001>
	ServerName a.test
</VirtualHost>
<VirtualHost *:18002>
	ServerName b.test
	SSLEngine off
</VirtualHost>
`,
		},
		says: ['*:18001: 1.3', '*:18001 a.test: 1.3'],
	},
	{
		title: 'variables of one word and of several',
		files: {
			'httpd.conf': `Define tls_versions "-all +TLSv1.2 +TLSv1.3"
Define ONLY TLSv1.3
Define PORT 18002
Define SITE 127.0.0.1:\${PORT}
Listen 18001
Listen \${SITE}
${host('*:18001', 'a.test', 'SSLProtocol ${tls_versions}')}${host('${SITE}', 'b.test', 'SSLProtocol -all +${ONLY}')}`,
		},
		says: ['*:18001: 1.2 1.3', '*:18001 a.test: 1.2 1.3', '127.0.0.1:18002: 1.3', '127.0.0.1:18002 b.test: 1.3'],
	},
	{
		title: 'two ends in one line, words behind tags, and lines that go on',
		files: {
			'httpd.conf': `Listen 18001
<IfModule mod_ssl.c> # TLS
<VirtualHost *:18001 >
	SSLEngine \\
		on
	SSLCertificateFile "rsa.pem"
	SSLProtocol -all \\
		+TLSv1.2
</VirtualHost> </IfModule>
</IfModule>
`,
		},
		says: ['*:18001: 1.2'],
	},
	{
		title: 'conditions on the version',
		files: {
			'httpd.conf': `Listen 18001
Listen 18002
${host('*:18001', 'a.test', '<IfVersion >= 2.4>', 'SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1', '</IfVersion>', '<IfVersion < 2.4>', 'SSLProtocol all -SSLv2 -SSLv3', '</IfVersion>')}${host('*:18002', 'b.test', '<IfVersion > 2.4>', 'SSLProtocol TLSv1.2', '</IfVersion>', '<IfVersion !>= 2.4.7>', 'SSLProtocol TLSv1', '</IfVersion>', '<IfVersion = 2.4.1>', 'SSLProtocol TLSv1.1', '</IfVersion>')}`,
		},
		version: '2.4.62',
		says: ['*:18001: 1.2 1.3', '*:18001 a.test: 1.2 1.3', '*:18002: 1.2', '*:18002 b.test: 1.2'],
	},
	{
		title: 'conditions on what is defined, on modules and on files',
		files: {
			'httpd.conf': `Define MODERN
<IfDefine MODERN>
	SSLProtocol -all +TLSv1.3
</IfDefine>
<IfDefine !MODERN>
	SSLProtocol all
</IfDefine>
UnDefine MODERN
<IfFile rsa.pem>
	Listen 18001
</IfFile>
<IfFile "none.pem">
	Listen 1
</IfFile>
<IfModule !ssl_module>
	Listen 2
</IfModule>
<IfModule mod_ssl.c>
	<IfDefine !MODERN>
		Listen 18002
	</IfDefine>
</IfModule>
${host('*:18001 *:18002', 'a.test')}`,
		},
		says: ['*:18001: 1.3', '*:18001 a.test: 1.3', '*:18002: 1.3', '*:18002 a.test: 1.3'],
	},
	{
		title: 'macros for sites',
		files: {
			'httpd.conf': `<Macro Tls $versions>
	SSLEngine on
	SSLCertificateFile rsa.pem
	SSLProtocol $versions
</Macro>
<Macro Site $name $port>
	<VirtualHost *:$port>
		ServerName www.$name
		ServerAlias $name
		Use Tls "-all +TLSv1.2"
	</VirtualHost>
</Macro>
Listen 18001
Listen 18002
Use Site one.test 18001
USE Site two.test 18001
Use Site three.test 18002
UndefMacro Site
`,
		},
		says: [
			'*:18001: 1.2',
			'*:18001 www.one.test: 1.2',
			'*:18001 one.test: 1.2',
			'*:18001 www.two.test: 1.2',
			'*:18001 two.test: 1.2',
			'*:18002: 1.2',
			'*:18002 www.three.test: 1.2',
			'*:18002 three.test: 1.2',
		],
	},
	{
		title: 'settings that sites include, and a folder of sites',
		files: {
			'httpd.conf': 'Listen 18001\nSSLProtocol all -TLSv1\nIncludeOptional none/*.conf\nInclude sites\n',
			'sites/a.conf': `<VirtualHost *:18001>\n\tServerName a.test\n\t${certificate}\n\tInclude options-ssl-apache.conf\n</VirtualHost>\n`,
			'sites/b/c.conf': host('*:18001', 'b.test'),
			'options-ssl-apache.conf': 'SSLProtocol all -SSLv2 -SSLv3 -TLSv1 -TLSv1.1\nSSLOptions +StrictRequire\n',
		},
		says: ['*:18001: 1.2 1.3', '*:18001 a.test: 1.2 1.3', '*:18001 b.test: 1.1 1.2 1.3'],
	},
	{
		title: 'a reverse proxy, with its own versions on the way to what is behind',
		files: {
			'httpd.conf': `Listen 18001\n${host('*:18001', 'app.test', 'SSLProtocol -all +TLSv1.2', 'SSLProxyEngine on', 'SSLProxyProtocol all -TLSv1.2', '<Location "/">', 'SSLRequireSSL', '</Location>')}`,
		},
		says: ['*:18001: 1.2', '*:18001 app.test: 1.2'],
	},
	{
		title: 'client certificates, for all and for a part',
		files: {
			'httpd.conf': `Listen 18001\nListen 18002\nSSLCACertificateFile rsa.pem\n${host('*:18001', 'a.test', 'SSLVerifyClient require', 'SSLProtocol TLSv1.2')}${host('*:18002', 'b.test', 'SSLProtocol TLSv1.3', '<Location "/admin">', 'SSLVerifyClient require', '</Location>')}`,
		},
		says: ['*:18001: 1.2', '*:18001 a.test: 1.2', '*:18002: 1.3', '*:18002 b.test: 1.3'],
	},
	{
		title: 'IPv6 beside IPv4',
		files: {
			'httpd.conf':
				`Listen 0.0.0.0:18001\nListen [::]:18001\nListen 127.0.0.1:18002\n${host('127.0.0.1:18001', 'four.test', 'SSLProtocol TLSv1.2')}${host('[::1]:18001', 'six.test', 'SSLProtocol TLSv1.3')}${host('127.0.0.1:18002 [::1]:18002', 'both.test', 'SSLProtocol TLSv1.2')}`.replace(
					'Listen 0.0.0.0:18001\nListen [::]:18001',
					'Listen 18001',
				),
		},
		says: [
			'127.0.0.1:18001: 1.2',
			'127.0.0.1:18001 four.test: 1.2',
			'::1:18001: 1.3',
			'::1:18001 six.test: 1.3',
			'127.0.0.1:18002: 1.2',
			'127.0.0.1:18002 both.test: 1.2',
		],
	},
	{
		title: 'quotes, comments, sections in sections, and names in any case',
		files: {
			'httpd.conf': `# Listen 1
LISTEN "18001"
<virtualhost "*:18001">
	servername "a.test"
	sslengine ON
	SSLCERTIFICATEFILE 'rsa.pem'
	SSLProtocol "-all" '+TLSv1.3'
	<Directory "/srv/www with > and spaces">
		<LimitExcept GET>
			Require all denied
		</LimitExcept>
	</Directory>
	SetEnvIf User-Agent "a\\"b" c
</VIRTUALHOST>
`.replace(/\tSetEnvIf.*\n/, ''),
		},
		says: ['*:18001: 1.3', '*:18001 a.test: 1.3'],
	},
	{
		title: 'what is said in the words of OpenSSL, for all and for a host',
		files: {
			'httpd.conf': `SSLProtocol all
SSLOpenSSLConfCmd MinProtocol TLSv1.2
Listen 18001
Listen 18002
${host('*:18001', 'a.test', 'SSLOpenSSLConfCmd Options -SessionTicket')}${host('*:18002', 'b.test', 'SSLOpenSSLConfCmd MaxProtocol TLSv1.2', 'SSLOpenSSLConfCmd MinProtocol TLSv1.1')}`,
		},
		says: ['*:18001: 1.2 1.3', '*:18001 a.test: 1.2 1.3', '*:18002: 1.1 1.2', '*:18002 b.test: 1.1 1.2'],
	},
];
