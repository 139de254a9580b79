import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {products, recogniseForeign, recogniseProduct} from '../../source/server-configs/index.js';
import {readWith} from '../helpers/proxies.js';

const folder = path.join('fixtures', 'server-configs', 'kinds');

/** What each file says, of versions of TLS that are on; by the version of the product where that matters. */
const cases: readonly (readonly [file: string, version: string | undefined, says: readonly string[]])[] = [
	[
		'apache-host-by-address.conf',
		undefined,
		['192.0.2.10:443 1.2', '192.0.2.10:443 a.example.com 1.2', '192.0.2.11:443 1.3', '192.0.2.11:443 b.example.com 1.3'],
	],
	['apache-variable-of-words.conf', undefined, ['*:8443 1.2 1.3']],
	['apache-two-ends-one-line.conf', undefined, ['*:8443 1.2']],
	['apache-ifversion-pair.conf', undefined, ['*:8443 1.2 1.3']],
	['apache-ifversion-pair.conf', '2.4.71', ['*:8443 1.2 1.3']],
	['haproxy-v4-and-v6only.cfg', undefined, ['*:8443 1.2 1.3', '::1:8443 1.3']],
	['haproxy-log-forward.cfg', undefined, ['*:8443 1.2 1.3', '127.0.0.1:2514 1.0 1.1 1.2 1.3']],
	['haproxy-value-named-ssl.cfg', undefined, ['*:8443 1.2 1.3']],
	['haproxy-crt-list-default.cfg', '2.6.12', ['*:8443 1.2 1.3', '*:8443 three.example.com 1.3', '*:8443 two.example.com 1.2']],
	['haproxy-crt-list-default.cfg', '3.5-dev5', ['*:8443 1.3', '*:8443 three.example.com 1.3', '*:8443 two.example.com 1.2']],
	['haproxy-ssl-f-use.cfg', undefined, ['*:8443 1.3']],
	['haproxy-ssl-f-use.cfg', '2.6.12', ['*:8443 1.3']],
	['nginx-port-range.conf', undefined, ['*:8440 1.2', '*:8441 1.2', '*:8442 1.2', '127.0.0.1:9440 1.3', '127.0.0.1:9441 1.3']],
	['nginx-ciphers-leave-nothing.conf', undefined, ['*:8443 1.0 1.1 1.2']],
];

const texts = Object.fromEntries(readdirSync(folder).map(name => [name, readFileSync(path.join(folder, name), 'utf8')]));

for (const [file, version, says] of cases) {
	test(`${file} is read as what it is${version === undefined ? '' : `, in version ${version}`}`, t => {
		const product = recogniseProduct(texts[file]!);
		t.is(product?.name, file.split('-')[0]);
		const {endpoints} = readWith(product!, {[file]: texts[file]!, ...texts}, {}, version);
		const found = endpoints.map(endpoint => endpoint.split(' -')[0]!.replace(': +', ' '));
		t.deepEqual(found, says);
		// Each of them is decided for every version.
		t.true(endpoints.every(endpoint => ['1.0', '1.1', '1.2', '1.3'].every(name => endpoint.includes(name))));
	});
}

test('every file of a kind has a case', t => {
	const known = new Set([...cases.map(([file]) => file), 'haproxy-crt-list-default.txt', 'dovecot.conf']);
	t.deepEqual(
		Object.keys(texts).filter(name => !known.has(name)),
		[],
	);
});

test('the suites that a cipher list lacks are kept with the endpoint', t => {
	const file = 'nginx-ciphers-leave-nothing.conf';
	const {suites} = readWith(products.find(({name}) => name === 'nginx')!, {[file]: texts[file]!});
	t.deepEqual(suites, [{versions: ['TLSv1.0', 'TLSv1.1'], statedAt: `${file}:7: ssl_ciphers`}]);
});

const foreign: readonly (readonly [name: string, text: string])[] = [
	['Dovecot', texts['dovecot.conf']!],
	['Dovecot', 'dovecot_config_version = 2.4.0\nprotocols = imap lmtp\nssl_server_cert_file = /x\n'],
	['Dovecot', 'ssl_protocols = !SSLv2 !SSLv3\nssl_cert = </etc/x.pem\n'],
	['Postfix', 'smtpd_tls_security_level = may\nsmtpd_tls_mandatory_protocols = >=TLSv1.2\n'],
	[
		'Postfix',
		'smtp      inet  n       -       y       -       -       smtpd\nsubmission inet n       -       y       -       -       smtpd\n',
	],
	['ProFTPD', '<IfModule mod_tls.c>\n  TLSEngine on\n  TLSProtocol TLSv1.2\n</IfModule>\n'],
	['ProFTPD', 'ServerName "Debian"\nServerType standalone\n<IfModule mod_quotatab.c>\n</IfModule>\n'],
	['vsftpd', 'listen=YES\nssl_enable=YES\nssl_tlsv1=YES\n'],
	['lighttpd', 'server.modules += ( "mod_openssl" )\n$SERVER["socket"] == ":443" {\n  ssl.engine = "enable"\n}\n'],
	['Exim', 'tls_advertise_hosts = *\ntls_certificate = /x\nbegin acl\n'],
	['IIS', '<?xml version="1.0"?>\n<configuration>\n  <system.webServer>\n  </system.webServer>\n</configuration>\n'],
	['Tomcat', '<Server>\n  <Connector port="8443" SSLEnabled="true">\n'],
	['Squid', 'http_port 3128\nhttps_port 3129 tls-cert=/x\n'],
	['OpenLDAP', 'TLSProtocolMin 3.3\nTLSCertificateFile /x\n'],
	['MySQL or MariaDB', '[mysqld]\ntls_version = TLSv1.2\nconnect = 1\n'],
	['PostgreSQL', "ssl = on\nssl_min_protocol_version = 'TLSv1.2'\n"],
	['Mosquitto', 'listener 8883\ntls_version tlsv1.2\n'],
	['Redis', 'tls-port 6379\ntls-protocols "TLSv1.2"\n'],
	['RabbitMQ', 'listeners.ssl.default = 5671\nssl_options.versions.1 = tlsv1.2\n'],
	['Dovecot', '!include_try /usr/share/dovecot/protocols.d/*.protocol\ndict {\n}\n!include conf.d/*.conf\n'],
	['MySQL or MariaDB', '[client-server]\nsocket = /run/mysqld/mysqld.sock\n!includedir /etc/mysql/conf.d/\n'],
	['xrdp', '[Globals]\nsecurity_layer=negotiate\nssl_protocols=TLSv1.2, TLSv1.3\n'],
	['Prosody', 'modules_enabled = {\n\t"tls";\n}\nVirtualHost "localhost"\n'],
	['InspIRCd', '<bind address="" port="6697" type="clients" sslprofile="Clients">\n'],
	['CUPS', 'Listen localhost:631\nWebInterface Yes\nDefaultAuthType Basic\n<Location />\n</Location>\n'],
	['Hitch', 'frontend = "[*]:443"\npem-file = "/x"\n'],
	['Pound', 'ListenHTTPS\n\tPort 443\nEnd\n'],
];

for (const [name, text] of foreign) {
	test(`a configuration of ${name} is distinguished from those that are read: ${text.slice(0, 30).replaceAll('\n', ' ')}`, t => {
		t.is(recogniseForeign(text)?.name, name);
		t.is(recogniseProduct(text), undefined);
	});
}
