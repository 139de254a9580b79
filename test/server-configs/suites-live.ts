import path from 'node:path';
import {fixture} from '../helpers/peers/fixtures.js';
import {testBeside} from '../helpers/peers/real-server.js';
import {runInFolder} from '../helpers/run-in-folder.js';

/*
Each product runs one file with cipher suites, groups, signature schemes and an order of preference. It is checked against that file, and against
another file that allows less. Each row is a port of the same process.
*/

type Settings = {
	readonly ciphers?: string;
	readonly ciphersuites?: string;
	readonly groups?: string;
	readonly schemes?: string;
	readonly order?: 'server' | 'client';
};

/** The settings that run, those of the other file, and the rules that are then broken. */
const rows: readonly (readonly [runs: Settings, says: Settings, broken: readonly string[]])[] = [
	[
		{ciphers: 'ECDHE+AESGCM', ciphersuites: 'TLS_AES_256_GCM_SHA384', groups: 'X25519:P-256', order: 'server'},
		{ciphers: 'ECDHE+AESGCM:!AES128', ciphersuites: 'TLS_AES_128_GCM_SHA256', groups: 'X25519', order: 'server'},
		['configured-cipher-suites', 'configured-groups'],
	],
	[
		{ciphers: 'HIGH:!aNULL:!DHE:!SHA:!SHA256:!SHA384', order: 'server'},
		{ciphers: 'HIGH:!aNULL:!DHE:!SHA:!SHA256:!SHA384', order: 'client'},
		['configured-cipher-suites'],
	],
	[
		{ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA', schemes: 'RSA+SHA256:rsa_pss_rsae_sha256', order: 'client'},
		{ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA', schemes: 'rsa_pss_rsae_sha256', order: 'client'},
		['configured-signature-schemes'],
	],
	[
		{ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:!aNULL', order: 'server'},
		{ciphers: 'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:+AES128', order: 'server'},
		['configured-cipher-suites'],
	],
];

type Product = {
	readonly name: string;
	readonly program: string;
	readonly argv: (folder: string, file: string) => readonly string[];
	readonly configuration: (settings: readonly Settings[], ports: readonly number[], folder: string) => string;
	/** The rows that it has settings for. */
	readonly rows?: readonly number[];
};

const lines = (...list: readonly (string | undefined | false)[]): string => `${list.filter(Boolean).join('\n')}\n`;
const modules = ['mpm_event', 'authz_core', 'ssl'];

const products: readonly Product[] = [
	{
		name: 'nginx',
		program: 'nginx',
		argv: (folder, file) => ['-e', 'stderr', '-p', folder, '-c', file],
		configuration: (settings, ports, folder) =>
			lines(
				`daemon off; pid ${folder}/nginx.pid; error_log stderr; events {}`,
				'http { access_log off; ssl_protocols TLSv1.2 TLSv1.3;',
				...settings.map(({ciphers, ciphersuites, groups, schemes, order}, index) =>
					lines(
						`server { listen 127.0.0.1:${ports[index]} ssl; ssl_certificate ${fixture('rsa')}; ssl_certificate_key ${fixture('rsa')};`,
						ciphers && `ssl_ciphers ${ciphers};`,
						ciphersuites && `ssl_conf_command Ciphersuites ${ciphersuites};`,
						groups && `ssl_ecdh_curve ${groups};`,
						schemes && `ssl_conf_command SignatureAlgorithms ${schemes};`,
						order && `ssl_prefer_server_ciphers ${order === 'server' ? 'on' : 'off'};`,
						'}',
					),
				),
				'}',
			),
	},
	{
		name: 'haproxy',
		program: 'haproxy',
		argv: (_folder, file) => ['-db', '-f', file],
		configuration: (settings, ports) =>
			lines(
				'global\n log stderr format raw local0\n nbthread 1\n ssl-default-bind-options ssl-min-ver TLSv1.2',
				'defaults\n mode http\n timeout client 30s\nfrontend edge\n http-request deny',
				...settings.map(({ciphers, ciphersuites, groups, schemes, order}, index) =>
					[
						` bind 127.0.0.1:${ports[index]} ssl crt ${fixture('rsa')}`,
						ciphers && `ciphers ${ciphers}`,
						ciphersuites && `ciphersuites ${ciphersuites}`,
						groups && `curves ${groups}`,
						schemes && `sigalgs ${schemes}`,
						order === 'client' && 'prefer-client-ciphers',
					]
						.filter(Boolean)
						.join(' '),
				),
			),
		// Signature schemes are for HAProxy 2.8 and later.
		rows: [0, 1, 3],
	},
	{
		name: 'apache',
		program: 'apache2',
		argv: (folder, file) => ['-d', folder, '-f', file, '-DFOREGROUND'],
		configuration: (settings, ports, folder) =>
			lines(
				...modules.map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
				`PidFile ${folder}/pid\nDefaultRuntimeDir ${folder}\nErrorLog /dev/stderr\nServerName peer.test\nStartServers 1`,
				'User #65534\nGroup #65534\nSSLProtocol -all +TLSv1.2 +TLSv1.3',
				...settings.map(({ciphers, ciphersuites, groups, schemes, order}, index) =>
					lines(
						`Listen 127.0.0.1:${ports[index]}\n<VirtualHost *:${ports[index]}>\nSSLEngine on\nSSLCertificateFile ${fixture('rsa')}`,
						ciphers && `SSLCipherSuite ${ciphers}`,
						ciphersuites && `SSLCipherSuite TLSv1.3 ${ciphersuites}`,
						groups && `SSLOpenSSLConfCmd Curves ${groups}`,
						schemes && `SSLOpenSSLConfCmd SignatureAlgorithms ${schemes}`,
						order && `SSLHonorCipherOrder ${order === 'server' ? 'on' : 'off'}`,
						'</VirtualHost>',
					),
				),
			),
	},
	{
		name: 'stunnel',
		program: 'stunnel',
		argv: (_folder, file) => [file],
		configuration: (settings, ports, folder) =>
			lines(
				`foreground = yes\npid = ${folder}/stunnel.pid\ndebug = notice\nsyslog = no\nsslVersionMin = TLSv1.2\ncert = ${fixture('rsa')}`,
				...settings.map(({ciphers, ciphersuites, groups, schemes, order}, index) =>
					lines(
						`[service${index}]\naccept = 127.0.0.1:${ports[index]}\nconnect = 127.0.0.1:1`,
						ciphers && `ciphers = ${ciphers}`,
						ciphersuites && `ciphersuites = ${ciphersuites}`,
						groups && `curves = ${groups}`,
						schemes && `config = SignatureAlgorithms:${schemes}`,
						order && `options = ${order === 'server' ? '' : '-'}CIPHER_SERVER_PREFERENCE`,
					),
				),
			),
	},
];

const patience = ['--timeout', '10s', '--deadline', '90s'];

for (const {name, program, argv, configuration, rows: own = rows.map((_, index) => index)} of products) {
	const chosen = own.map(index => rows[index]!);
	testBeside(
		{
			name,
			programs: [program],
			plan: {
				ports: chosen.length,
				command: (ports, folder) => ({
					program,
					argv: argv(folder, 'running.conf'),
					files: {
						'running.conf': configuration(
							chosen.map(([runs]) => runs),
							ports,
							folder,
						),
						'stated.conf': configuration(
							chosen.map(([, says]) => says),
							ports,
							folder,
						),
					},
				}),
			},
		},
		'suites, groups, schemes and preference are those of its file, and differences from another file are reported',
		async (t, ports, {folder}) => {
			const check = (file: string, ...more: string[]) =>
				runInFolder(['check', '--config', path.join(folder, file), '--config-type', name, ...patience, ...more], {cwd: folder});
			const same = await check('running.conf');
			t.is(same.code, 0, same.stdout + same.stderr);
			const other = await check('stated.conf', '--json');
			t.is(other.code, 1, other.stderr);
			const found = other.stdout
				.split('\n')
				.filter(Boolean)
				.map(line => JSON.parse(line) as {port: number; judgements: readonly {ruleId: string; status: string; message: string}[]});
			const broken = ports.map(port =>
				found.find(report => report.port === port)!.judgements.flatMap(({ruleId, status}) => (status === 'pass' ? [] : [ruleId])),
			);
			t.deepEqual(
				broken,
				chosen.map(([, , rules]) => rules),
			);
			const {judgements} = found.find(report => report.port === ports[0])!;
			const message = judgements.find(({ruleId}) => ruleId === 'configured-cipher-suites')!.message;
			t.regex(message, /TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 is not configured, but accepted in TLSv1\.2/);
			t.regex(message, /TLS_AES_256_GCM_SHA384 is not configured, but accepted in TLSv1\.3/);
			const order = found
				.find(report => report.port === ports.at(-1))!
				.judgements.map(judgement => judgement.message)
				.join(' ');
			t.regex(order, /TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 is preferred to TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 in TLSv1\.2/);
			t.regex(message, /: another server answers here, or the running server uses another configuration$/);
		},
	);
}
