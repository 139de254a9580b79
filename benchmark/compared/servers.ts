import path from 'node:path';
import {fixture} from '../../test/helpers/peers/fixtures.js';
import {javaKeys, javaPlan} from '../../test/helpers/peers/plans/java.js';
import {nginxPlan} from '../../test/helpers/peers/plans/nginx.js';
import type {ServerPlan} from '../../test/helpers/peers/start-server.js';

/** A server whose truth is known from its configuration. Its first port is asked. */
export type Server = {
	readonly name: 'modern' | 'weak' | 'old' | 'export';
	readonly about: string;
	/** What has to be installed. */
	readonly program: string;
	readonly plan: ServerPlan;
};

const certificate = (name: string): string => `ssl_certificate ${fixture(name)}; ssl_certificate_key ${fixture(name)};`;

const modern = nginxPlan(1, ([port]) => ({
	http: [
		`server { listen 127.0.0.1:${port} ssl http2; server_name localhost;`,
		`${certificate('localhost')} ${certificate('rsa')}`,
		'ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20; ssl_ecdh_curve X25519:prime256v1;',
		'ssl_session_cache shared:modern:1m; ssl_session_timeout 1h; ssl_early_data on;',
		'add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always; add_header X-Frame-Options DENY always;',
		'add_header Set-Cookie "id=1; Path=/" always;',
		'location / { default_type text/html; return 200 "<p>modern"; } }',
	],
}));

const page = `<p>${'weak '.repeat(500)}`;

const weak = nginxPlan(1, ([port]) => ({
	http: [
		`server { listen 127.0.0.1:${port} ssl; server_name localhost; ${certificate('rsa')}`,
		`ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_ciphers ALL:COMPLEMENTOFALL:@SECLEVEL=0; ssl_prefer_server_ciphers on; ssl_dhparam ${fixture('dh-1024')};`,
		`ssl_verify_client optional_no_ca; ssl_client_certificate ${fixture('rsa')}; ssl_session_tickets off;`,
		'gzip on; gzip_min_length 1; gzip_types text/html; root pages; }',
	],
	files: {'pages/index.html': page},
}));

/** What the comparison starts. */
export const servers: readonly Server[] = [
	{
		name: 'modern',
		about:
			'nginx with OpenSSL 3.0: TLS 1.2 and 1.3, ECDHE with AES-GCM and ChaCha20, certificates with ECDSA and RSA, tickets, a session cache, 0-RTT, HTTP/2, HSTS, a cookie without Secure',
		program: 'nginx',
		plan: modern,
	},
	{
		name: 'weak',
		about:
			'nginx with OpenSSL 3.0: TLS 1.0 to 1.2, every suite (NULL and anonymous ones too) in its own order, DH parameters of 1024 bits, a request for a client certificate, a compressed page',
		program: 'nginx',
		plan: weak,
	},
	{
		name: 'old',
		about:
			'OpenSSL 1.0.1e in Node.js 0.10.1: SSL 2 to TLS 1.2, RC4, IDEA and 3DES, Heartbleed, CCS injection, CVE-2016-2107, no TLS_FALLBACK_SCSV, renegotiation by clients',
		program: 'node-0.10.1',
		plan: {
			ports: 1,
			command: ports => ({
				program: 'node-0.10.1',
				argv: [path.resolve('fixtures/peers/old-openssl.js'), fixture('rsa'), ...ports.map(String)],
			}),
		},
	},
	{
		name: 'export',
		about: 'Java: TLS 1.0 with export suites of RSA and DHE, and DES',
		program: 'java',
		plan: javaPlan([
			{
				settings: `${javaKeys.rsa} protocols=TLSv1 answers=true suites=SSL_RSA_EXPORT_WITH_RC4_40_MD5,SSL_RSA_WITH_DES_CBC_SHA,SSL_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA`,
			},
		]),
	},
];
