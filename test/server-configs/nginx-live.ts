import {fixture} from '../helpers/peers/fixtures.js';
import {runToEnd, testConfiguration, testProxy} from '../helpers/peers/proxy-tests.js';
import {runInProcess} from '../helpers/run-in-process.js';

const protocols = {good: 'TLSv1.2 TLSv1.3', bad: 'TLSv1 TLSv1.2 TLSv1.3', listed: 'TLSv1 TLSv1.2 TLSv1.3'};

testProxy({
	name: 'nginx',
	program: 'nginx',
	file: 'nginx.conf',
	argv: (folder, file) => ['-e', 'stderr', '-p', folder, '-c', file],
	reload: (folder, file) => runToEnd('nginx', ['-e', 'stderr', '-p', folder, '-c', file, '-s', 'reload']),
	statedAt: /nginx\.conf:7: ssl_protocols TLSv1\.2 TLSv1\.3/,
	configuration: (variant, port, folder) => `daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	ssl_protocols ${protocols[variant]};
	ssl_certificate ${fixture('rsa')};
	ssl_certificate_key ${fixture('rsa')};
	${variant === 'bad' ? 'ssl_ciphers DEFAULT:@SECLEVEL=0;' : ''}
	server {
		listen 127.0.0.1:${port} ssl;
		server_name edge.test;
	}
}
`,
});

const modules = ['stream', 'mail'].map(name => `/usr/lib/nginx/modules/ngx_${name}_module.so`);

testConfiguration(
	{name: 'nginx', program: 'nginx', needs: modules, file: 'nginx.conf', argv: (folder, file) => ['-e', 'stderr', '-p', folder, '-c', file]},
	'listeners of http, stream and mail, those that want the PROXY protocol or STARTTLS among them, are as the file says',
	{
		ports: 5,
		files: ([web, streamed, mail, imap, named], folder) => ({
			'nginx.conf': `${modules.map(file => `load_module ${file};`).join('\n')}
daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	ssl_certificate ${fixture('rsa')};
	ssl_certificate_key ${fixture('rsa')};
	server {
		listen 127.0.0.1:${web} ssl proxy_protocol;
		server_name edge.test;
		ssl_protocols TLSv1.2;
	}
	server {
		listen 127.0.0.1:${named} ssl;
		ssl_protocols TLSv1.2 TLSv1.3;
	}
	server {
		listen 127.0.0.1:${named} ssl;
		server_name other.test;
		ssl_protocols TLSv1.3;
	}
}
stream {
	ssl_certificate ${fixture('rsa')};
	ssl_certificate_key ${fixture('rsa')};
	server {
		listen 127.0.0.1:${streamed} ssl proxy_protocol;
		ssl_protocols TLSv1.3;
		return x;
	}
}
mail {
	server_name mail.test;
	auth_http 127.0.0.1:1;
	ssl_protocols TLSv1.2 TLSv1.3;
	ssl_certificate ${fixture('rsa')};
	ssl_certificate_key ${fixture('rsa')};
	server {
		listen 127.0.0.1:${mail} proxy_protocol;
		protocol smtp;
		smtp_auth plain;
		starttls on;
	}
	server {
		listen 127.0.0.1:${imap};
		protocol imap;
		starttls only;
	}
}
`,
		}),
	},
	async (t, run, {ports: [web, streamed, mail, imap, named]}) => {
		const {stdout, stderr} = await run('--json');
		const reports = stdout
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line));
		const stated = reports.map(({port, serverName, verdict, starttls, proxyProtocol}) => [
			port,
			serverName,
			verdict,
			starttls,
			proxyProtocol,
		]);
		// nginx before 1.29.2 goes by the default server for every name: there the last is another than its file says.
		const isByName = stated.find(([port, name]) => port === named && name === 'other.test')?.[2];
		t.deepEqual(stated, [
			[web, null, 'pass', undefined, 1],
			[web, 'edge.test', 'pass', undefined, 1],
			[named, null, 'pass', undefined, undefined],
			[named, 'other.test', isByName, undefined, undefined],
			[streamed, null, 'pass', undefined, 1],
			[mail, null, 'pass', 'smtp', 1],
			[imap, null, 'pass', 'imap', undefined],
		]);
		t.is(stderr, '');
		if (isByName !== 'pass') {
			t.is(isByName, 'fail');
			const {message} = reports[3].judgements.find((judgement: {status: string}) => judgement.status === 'fail');
			t.regex(
				message,
				/^TLSv1\.2 is not listed, but accepted: nginx before 1\.29\.2 uses the versions of the port's default server for every name .*nginx\.conf:18: ssl_protocols TLSv1\.2 TLSv1\.3/,
			);
		}
	},
);

testConfiguration(
	{name: 'nginx', program: 'nginx', file: 'nginx.conf', argv: (folder, file) => ['-e', 'stderr', '-p', folder, '-c', file]},
	'what commands of OpenSSL make of ssl_protocols is what runs',
	{
		ports: 5,
		files: ([low, high, all, without, inherited], folder) => ({
			'nginx.conf': `daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	ssl_ciphers DEFAULT:@SECLEVEL=0;
	ssl_certificate ${fixture('rsa')};
	ssl_certificate_key ${fixture('rsa')};
	ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
	ssl_conf_command MinProtocol TLSv1.3;
	server { listen 127.0.0.1:${low} ssl; ssl_conf_command MinProtocol TLSv1.2; }
	server { listen 127.0.0.1:${high} ssl; ssl_protocols TLSv1.2; ssl_conf_command MinProtocol TLSv1.1; ssl_conf_command MaxProtocol TLSv1.3; }
	server { listen 127.0.0.1:${all} ssl; ssl_protocols TLSv1.2; ssl_conf_command Protocol "ALL,-SSLv3"; }
	server { listen 127.0.0.1:${without} ssl; ssl_conf_command Protocol "-TLSv1,-TLSv1.1"; ssl_conf_command Options -SessionTicket; }
	server { listen 127.0.0.1:${inherited} ssl; }
}
`,
		}),
	},
	async (t, run) => {
		const {code, stdout, stderr} = await run();
		t.is(code, 0, stdout);
		t.is(stderr, '');
		t.regex(stdout, /5 endpoints: 5 pass, 0 fail, 0 inconclusive/);
	},
);

const suitesOf = {RSA: 'ECDHE-RSA-AES256-GCM-SHA384:DHE-RSA-AES256-GCM-SHA384', ECDSA: 'ECDHE-ECDSA-AES256-GCM-SHA384'} as const;

testConfiguration(
	{name: 'nginx', program: 'nginx', file: 'nginx.conf', argv: (folder, file) => ['-e', 'stderr', '-p', folder, '-c', file]},
	'suites that do not fit the certificate are told from a version that is off',
	{
		ports: 4,
		files: ([ecdsa, rsa, only12, old], folder) => ({
			'nginx.conf': `daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	ssl_protocols TLSv1.2 TLSv1.3;
	server { listen 127.0.0.1:${ecdsa} ssl; ssl_certificate ${fixture('ecdsa-p256')}; ssl_certificate_key ${fixture('ecdsa-p256')}; ssl_ciphers ${suitesOf.RSA}; }
	server { listen 127.0.0.1:${rsa} ssl; ssl_certificate ${fixture('rsa')}; ssl_certificate_key ${fixture('rsa')}; ssl_ciphers ${suitesOf.ECDSA}; }
	server { listen 127.0.0.1:${only12} ssl; ssl_protocols TLSv1.2; ssl_certificate ${fixture('rsa')}; ssl_certificate_key ${fixture('rsa')}; ssl_ciphers ${suitesOf.ECDSA}; }
	server { listen 127.0.0.1:${old} ssl; ssl_protocols TLSv1 TLSv1.1 TLSv1.2; ssl_certificate ${fixture('rsa')}; ssl_certificate_key ${fixture('rsa')}; ssl_ciphers ${suitesOf.RSA}:@SECLEVEL=0; }
}
`,
		}),
	},
	async (t, run, {ports}) => {
		const {stdout} = await run('--json');
		const said = stdout
			.trim()
			.split('\n')
			.map(line => JSON.parse(line) as {port: number; judgements: readonly {status: string; message: string}[]})
			.map(({port, judgements}) => [port, judgements.map(({message}) => message).filter(text => text.includes(' listed, '))]);
		const words = 'TLSv1.2 is listed, but rejected with handshake_failure: no cipher suite of the configuration fits the certificate';
		t.deepEqual(
			said.slice(0, 3),
			ports.slice(0, 3).map(port => [port, [words]]),
		);
		t.is(said[3]?.[0], ports[3]);
		t.regex(
			String(said[3]?.[1]),
			/^TLSv1\.0 and TLSv1\.1 are listed, but rejected: the cipher list has no suite for them \(.*nginx\.conf:11: ssl_ciphers\)$/,
		);
		const clients = await runInProcess([
			'clients',
			`127.0.0.1:${ports[0]}`,
			'--client',
			'windows-server-2019',
			'--client',
			'windows-server-2022',
			'--json',
		]);
		const found = (JSON.parse(clients.stdout) as {clients: readonly {connects: string; missing?: readonly string[]; because: string}[]})
			.clients;
		t.like(found[0], {connects: 'no', missing: ['cipher-suite']});
		t.regex(found[0]!.because, /no cipher suite for it that fits its certificate, which has an ECDSA key$/);
		t.is(found[1]!.connects, 'yes');
	},
);
