import {copyFileSync, readFileSync} from 'node:fs';
import path from 'node:path';
import type {Report, VersionReport} from '../../source/engine/report.js';
import askStartTlsInjection from '../../source/probes/vulnerabilities/asking/ask-start-tls-injection.js';
import type {StartTlsName} from '../../source/transport/starttls/index.js';
import {aboutPort, askPort} from '../helpers/ask-port.js';
import {findProgram} from '../helpers/peers/find-program.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {asUser, type RealServer, testBeside} from '../helpers/peers/real-server.js';
import {probePort} from '../helpers/scripted-server.js';

const certificate = fixture('localhost');
const isRoot = process.getuid?.() === 0;

const asked = async (startTls: StartTlsName, port: number, timeoutMs = 10_000): Promise<Report> => {
	const {recordings} = await probePort(port, {startTls, host: 'localhost', timeoutMs, deadlineMs: 60_000, confirms: true});
	return recordings[0].report;
};

/** Whether a command in clear behind STARTTLS is answered after the handshake, and how many connections show it. */
const injected = async (startTls: StartTlsName, port: number): Promise<string> => {
	const {status, connections, message} = await askPort(askStartTlsInjection, port, aboutPort(port, ['TLSv1.3'], 'absent', startTls));
	return status === 'absent' ? `${status} of ${connections}` : message;
};

/** What every server here comes to with today's settings: the current versions are on, and a second stack completes their handshakes. */
const goesOver = async (startTls: StartTlsName, port: number): Promise<string[]> => {
	const {versions, starttls} = await asked(startTls, port);
	const current = [versions['TLSv1.2']!, versions['TLSv1.3']!];
	const anomalies = Object.values(versions).flatMap(version => version.anomalies ?? []);
	const inBrief = ({status, reason, confirmed}: VersionReport): string =>
		status !== 'accepted'
			? `${status} ${reason}`
			: confirmed!.handshake === 'completed'
				? status
				: `${status}, ${confirmed!.handshake} ${JSON.stringify(confirmed!.failure)}`;
	return [starttls!, ...current.map(inBrief), ...anomalies];
};

const words = ({reason, words: said, code}: VersionReport): string => `${reason}: ${said ?? code}`;
const refused = async (startTls: StartTlsName, port: number, timeoutMs?: number): Promise<string[]> => [
	...new Set(Object.values((await asked(startTls, port, timeoutMs)).versions).map(words)),
];

const postfix: RealServer = {
	name: 'postfix',
	programs: ['postfix'],
	plan: {
		ports: 2,
		command: ([port, bare], folder) => ({
			program: '/bin/sh',
			// Its programs give up root, and have to find their way all the same.
			argv: [
				'-c',
				'chmod 755 "$1"; mkdir -p "$1/spool" "$1/data"; chown postfix "$1/data"; exec "$2" -c "$1/etc" start-fg',
				'sh',
				folder,
				findProgram('postfix')!,
			],
			files: {
				'etc/main.cf': `compatibility_level = 3.6
queue_directory = ${folder}/spool
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = localhost
mydestination =
local_recipient_maps =
alias_maps =
inet_interfaces = 127.0.0.1
maillog_file = /dev/stdout
smtpd_tls_security_level = may
smtpd_tls_cert_file = ${certificate}
smtpd_tls_key_file = ${certificate}
`,
				'etc/master.cf': `127.0.0.1:${port} inet n - n - - smtpd
127.0.0.1:${bare} inet n - n - - smtpd
  -o smtpd_tls_security_level=none
postlog unix-dgram n - n - 1 postlogd
rewrite unix - - n - - trivial-rewrite
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
`,
			},
		}),
	},
};

if (isRoot) {
	testBeside(postfix, 'goes over to TLS, or says why not', async (t, [port, bare]) => {
		t.deepEqual(await goesOver('smtp', port!), ['smtp', 'accepted', 'accepted']);
		t.is(await injected('smtp', port!), 'absent of 1');
		t.deepEqual(await refused('smtp', bare!), ['starttls-refused: it does not list STARTTLS: 502 5.5.1 Error: command not implemented']);
	});
}

const dovecot: RealServer = {
	name: 'dovecot',
	programs: ['dovecot'],
	plan: {
		ports: 5,
		command: ([imap, pop3, sieve, lmtp, bare], folder) => ({
			program: '/bin/sh',
			argv: ['-c', 'chmod 755 "$1"; exec "$2" -F -c "$1/dovecot.conf"', 'sh', folder, findProgram('dovecot')!],
			files: {
				'dovecot.conf': `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = /dev/stderr
protocols = imap pop3 sieve lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <${certificate}
ssl_key = <${certificate}
mail_location = maildir:${folder}/mail
service imap-login {
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = 0
  }
}
service pop3-login {
  inet_listener pop3 {
    port = ${pop3}
  }
  inet_listener pop3s {
    port = 0
  }
}
service managesieve-login {
  inet_listener sieve {
    port = ${sieve}
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtp}
  }
}
service submission-login {
  inet_listener submission {
    port = ${bare}
  }
}
passdb {
  driver = static
}
userdb {
  driver = static
  args = uid=1000 gid=1000 home=${folder}
}
`.replace(/service submission-login[\s\S]*?\n}\n/, ''),
			},
		}),
	},
};

if (isRoot) {
	testBeside(
		{...dovecot, plan: {...dovecot.plan, ports: 4}},
		'goes over to TLS in each of its protocols',
		async (t, [imap, pop3, sieve, lmtp]) => {
			t.deepEqual(
				[await goesOver('imap', imap!), await goesOver('pop3', pop3!), await goesOver('sieve', sieve!), await goesOver('lmtp', lmtp!)],
				['imap', 'pop3', 'sieve', 'lmtp'].map(name => [name, 'accepted', 'accepted']),
			);
			t.deepEqual(
				[await injected('imap', imap!), await injected('pop3', pop3!), await injected('sieve', sieve!), await injected('lmtp', lmtp!)],
				// It reads the command as TLS.
				Array.from({length: 4}, () => 'absent of 4'),
			);
		},
	);
}

const vsftpd = (name: string, lines: string): RealServer => ({
	name,
	programs: ['vsftpd'],
	plan: {
		ports: 1,
		command: ([port], folder) => ({
			program: findProgram('vsftpd')!,
			argv: [`${folder}/vsftpd.conf`],
			files: {
				'vsftpd.conf': `listen=YES
listen_address=127.0.0.1
listen_port=${port}
background=NO
anonymous_enable=YES
secure_chroot_dir=${folder}/empty
${lines}`,
				'empty/.keep': '',
			},
		}),
	},
});

if (isRoot) {
	const encrypted = `ssl_enable=YES\nssl_ciphers=HIGH\nrsa_cert_file=${certificate}\nrsa_private_key_file=${certificate}\n`;
	testBeside(vsftpd('vsftpd', encrypted), 'goes over to TLS', async (t, [port]) => {
		t.deepEqual(await goesOver('ftp', port!), ['ftp', 'accepted', 'accepted']);
	});
	testBeside(vsftpd('vsftpd with a limit', `${encrypted}max_per_ip=2\n`), 'is asked in turn, as others are', async (t, [port]) => {
		t.deepEqual(await goesOver('ftp', port!), ['ftp', 'accepted', 'accepted']);
	});
	testBeside(vsftpd('vsftpd without TLS', ''), 'says why not', async (t, [port]) => {
		t.deepEqual(await refused('ftp', port!), ['starttls-refused: 530 Please login with USER and PASS.']);
	});
}

const slapd = (name: string, lines: string): RealServer => ({
	name,
	programs: ['slapd'],
	plan: {
		ports: 1,
		command: ([port], folder) => ({
			program: findProgram('slapd')!,
			argv: ['-h', `ldap://127.0.0.1:${port}`, '-f', `${folder}/slapd.conf`, '-d', '0'],
			files: {
				'slapd.conf': `include /etc/ldap/schema/core.schema\npidfile ${folder}/pid\nargsfile ${folder}/args\n${lines}database ldif\nsuffix "dc=example"\ndirectory ${folder}\n`,
			},
		}),
	},
});

testBeside(
	slapd('slapd', `TLSCertificateFile ${certificate}\nTLSCertificateKeyFile ${certificate}\n`),
	'goes over to TLS',
	async (t, [port]) => {
		t.deepEqual(await goesOver('ldap', port!), ['ldap', 'accepted', 'accepted']);
	},
);
testBeside(slapd('slapd without TLS', ''), 'says why not', async (t, [port]) => {
	t.deepEqual(await refused('ldap', port!), ['starttls-refused: protocolError (LDAP 2): unsupported extended operation']);
});

const postgresFolder = ['17', '16', '15', '14', '13']
	.map(version => `/usr/lib/postgresql/${version}/bin`)
	.find(folder => findProgram(`${folder}/initdb`));

const postgres: RealServer = {
	name: 'PostgreSQL',
	programs: [`${postgresFolder ?? ''}/initdb`.replace(/^\//, postgresFolder === undefined ? '' : '/')],
	plan: {
		ports: 2,
		command: ([port, bare], folder) => {
			// The user it runs as may have no way to where this project lies.
			copyFileSync(certificate, path.join(folder, 'key.pem'));
			const script = `chmod 600 "$1/key.pem" && "$2/initdb" -D "$1/data" -A trust -N >/dev/null && cp -r "$1/data" "$1/bare" && chmod 700 "$1/bare" &&
{ "$2/postgres" -D "$1/bare" -c listen_addresses=127.0.0.1 -c port="$4" -c unix_socket_directories= & } &&
exec "$2/postgres" -D "$1/data" -c listen_addresses=127.0.0.1 -c port="$3" -c unix_socket_directories= -c ssl=on -c ssl_cert_file="$1/key.pem" -c ssl_key_file="$1/key.pem"`;
			const argv = ['-c', script, 'sh', folder, postgresFolder!, String(port), String(bare)];
			return asUser('postgres', folder, '/bin/sh', argv);
		},
	},
};

testBeside(postgres, 'goes over to TLS, or says why not', async (t, [port, bare]) => {
	t.deepEqual(await goesOver('postgres', port!), ['postgres', 'accepted', 'accepted']);
	t.deepEqual(await refused('postgres', bare!), ['starttls-refused: N: no TLS here']);
});

const mariadb = (name: string, argv: readonly string[]): RealServer => ({
	name,
	programs: ['mariadbd'],
	plan: {
		ports: 1,
		command: ([port], folder) => ({
			program: findProgram('mariadbd')!,
			argv: [
				'--no-defaults',
				...(isRoot ? ['--user=root'] : []),
				`--datadir=${folder}`,
				'--skip-grant-tables',
				'--skip-networking=0',
				'--bind-address=127.0.0.1',
				`--port=${port}`,
				`--socket=${folder}/socket`,
				'--innodb-log-file-size=4M',
				...argv,
			],
		}),
	},
});

testBeside(mariadb('MariaDB', [`--ssl-cert=${certificate}`, `--ssl-key=${certificate}`]), 'goes over to TLS', async (t, [port]) => {
	t.deepEqual(await goesOver('mysql', port!), ['mysql', 'accepted', 'accepted']);
});
testBeside(mariadb('MariaDB without TLS', ['--skip-ssl']), 'says why not', async (t, [port]) => {
	const [said, ...others] = await refused('mysql', port!);
	t.regex(said!, /^starttls-refused: .*MariaDB.* does not offer TLS \(CLIENT_SSL\)$/);
	t.deepEqual(others, []);
});

const prosody: RealServer = {
	name: 'prosody',
	programs: ['prosody'],
	plan: {
		ports: 2,
		command: ([client, server], folder) => ({
			program: findProgram('prosody')!,
			argv: ['--config', `${folder}/prosody.cfg.lua`, '-F'],
			files: {
				'prosody.cfg.lua': `run_as_root = true
pidfile = "${folder}/pid"
data_path = "${folder}"
modules_enabled = { "tls", "saslauth", "dialback" }
modules_disabled = { "s2s_auth_certs" }
interfaces = { "127.0.0.1" }
c2s_ports = { ${client} }
s2s_ports = { ${server} }
c2s_require_encryption = true
log = { info = "*console" }
ssl = { key = "${certificate}", certificate = "${certificate}" }
VirtualHost "localhost"
`,
			},
		}),
	},
};

testBeside(prosody, 'goes over to TLS with clients and with servers', async (t, [client, server]) => {
	t.deepEqual(await goesOver('xmpp', client!), ['xmpp', 'accepted', 'accepted']);
	t.deepEqual(await goesOver('xmpp-server', server!), ['xmpp-server', 'accepted', 'accepted']);
});

const inspircd = (name: string, modules: string): RealServer => ({
	name,
	programs: ['inspircd'],
	plan: {
		ports: 1,
		command: ([port], folder) => ({
			program: findProgram('inspircd')!,
			argv: [`--config=${folder}/inspircd.conf`, '--nofork', '--nolog', ...(isRoot ? ['--runasroot'] : [])],
			files: {
				'inspircd.conf': `<config format="xml">
<server name="irc.example.com" description="x" network="x">
<admin name="x" nick="x" email="x@example.com">
<path configdir="${folder}" datadir="${folder}" logdir="${folder}" runtimedir="${folder}">
<pid file="${folder}/pid">
<bind address="127.0.0.1" port="${port}" type="clients">
<connect name="all" allow="*" timeout="30" localmax="100" globalmax="100">
<performance netbuffersize="10240" somaxconn="128">
${modules}
`,
			},
		}),
	},
});

testBeside(
	inspircd(
		'InspIRCd',
		`<module name="ssl_gnutls">
<sslprofile name="Clients" provider="gnutls" certfile="${certificate}" keyfile="${certificate}">
<module name="starttls">
<starttls enabled="yes" sslprofile="Clients">`,
	),
	'goes over to TLS',
	async (t, [port]) => {
		t.deepEqual(await goesOver('irc', port!), ['irc', 'accepted', 'accepted']);
	},
);
testBeside(inspircd('InspIRCd without TLS', ''), 'ignores what it does not know', async (t, [port]) => {
	// Its notices come first, unless the machine is slow, and no answer after them.
	t.regex((await refused('irc', port!, 1000)).join(), /^unreachable: (?:UNFINISHED|ETIMEDOUT)$/);
});

const xrdp = (name: string, layer: string): RealServer => ({
	name,
	programs: ['xrdp'],
	plan: {
		ports: 1,
		command: ([port], folder) => ({
			program: findProgram('xrdp')!,
			argv: ['--nodaemon', '--config', `${folder}/xrdp.ini`],
			files: {
				'xrdp.ini': `[Globals]
ini_version=1
fork=true
port=tcp://127.0.0.1:${port}
security_layer=${layer}
crypt_level=high
certificate=${certificate}
key_file=${certificate}
ssl_protocols=TLSv1.2, TLSv1.3
tls_ciphers=HIGH

[Logging]
LogFile=${folder}/xrdp.log
LogLevel=INFO
EnableConsole=true
ConsoleLevel=INFO
EnableSyslog=false
`,
			},
		}),
	},
});

if (isRoot) {
	testBeside(xrdp('xrdp', 'negotiate'), 'goes over to TLS', async (t, [port]) => {
		t.deepEqual(await goesOver('rdp', port!), ['rdp', 'accepted', 'accepted']);
	});
	testBeside(xrdp('xrdp with the old security', 'rdp'), 'says why not', async (t, [port]) => {
		t.deepEqual(await refused('rdp', port!), ['starttls-refused: it supports only the old RDP security, without TLS']);
	});
}

const nats: RealServer = {
	name: 'nats-server',
	programs: ['nats-server'],
	plan: {
		ports: 2,
		command: ([port, bare], folder) => ({
			program: '/bin/sh',
			argv: ['-c', '"$1" -a 127.0.0.1 -p "$3" & exec "$1" -c "$2/nats.conf"', 'sh', findProgram('nats-server')!, folder, String(bare)],
			files: {'nats.conf': `listen: "127.0.0.1:${port}"\ntls { cert_file: "${certificate}", key_file: "${certificate}" }\n`},
		}),
	},
};

testBeside(nats, 'goes over to TLS, or says why not', async (t, [port, bare]) => {
	t.deepEqual(await goesOver('nats', port!), ['nats', 'accepted', 'accepted']);
	t.regex((await refused('nats', bare!)).join(), /^starttls-refused: nats-server \S+ does not offer TLS \(tls_required, tls_available\)$/);
});

const cups: RealServer = {
	name: 'CUPS',
	programs: ['cupsd'],
	plan: {
		ports: 1,
		command: ([port], folder) => {
			const [chain, key] = ['crt', 'key'].map(end => `etc/ssl/localhost.${end}`);
			const pem = readFileSync(certificate, 'utf8');
			const part = (label: string): string => new RegExp(`-----BEGIN ${label}-----[^-]*-----END ${label}-----\\n`).exec(pem)![0];
			return {
				program: '/bin/sh',
				argv: [
					'-c',
					'chmod 755 "$2" && mkdir -p "$2/spool" "$2/cache" "$2/state" && exec "$1" -f -c "$2/etc/cupsd.conf" -s "$2/etc/cups-files.conf"',
					'sh',
					findProgram('cupsd')!,
					folder,
				],
				files: {
					'etc/cups-files.conf': `ServerRoot ${folder}/etc
RequestRoot ${folder}/spool
TempDir ${folder}/spool
CacheDir ${folder}/cache
StateDir ${folder}/state
ServerKeychain ${folder}/etc/ssl
ErrorLog ${folder}/error
AccessLog ${folder}/access
PageLog ${folder}/page
`,
					'etc/cupsd.conf': `Listen 127.0.0.1:${port}\nBrowsing Off\nServerName localhost\n`,
					[chain!]: part('CERTIFICATE'),
					[key!]: part('(?:EC )?PRIVATE KEY'),
				},
			};
		},
	},
};

if (isRoot) {
	testBeside(cups, 'goes over to TLS by the upgrade of HTTP', async (t, [port]) => {
		t.deepEqual(await goesOver('http', port!), ['http', 'accepted', 'accepted']);
	});
}

const upsd: RealServer = {
	name: 'NUT',
	programs: ['/lib/nut/upsd', 'certutil', 'pk12util', 'openssl'],
	plan: {
		ports: 1,
		command: ([port], folder) => ({
			program: '/bin/sh',
			argv: [
				'-c',
				`cd "$1" && mkdir db && certutil -N -d sql:db --empty-password &&
openssl pkcs12 -export -in "$2" -inkey "$2" -name localhost -passout pass: -out both.p12 && pk12util -i both.p12 -d sql:db -W "" -K "" &&
chmod 640 upsd.conf upsd.users ups.conf && export NUT_CONFPATH="$1" NUT_STATEPATH="$1" && exec /lib/nut/upsd -FF -u root`,
				'sh',
				folder,
				certificate,
			],
			files: {
				'upsd.conf': `LISTEN 127.0.0.1 ${port}\nCERTPATH ${folder}/db\nCERTIDENT "localhost" "x"\nSTATEPATH ${folder}\n`,
				'upsd.users': '\n',
				'ups.conf': '[none]\n driver = dummy-ups\n port = none\n',
			},
		}),
	},
};

if (isRoot) {
	testBeside(upsd, 'goes over to TLS', async (t, [port]) => {
		t.deepEqual(await goesOver('nut', port!), ['nut', 'accepted', 'accepted']);
	});
}

const tigerVnc = (types: string): RealServer => ({
	name: `TigerVNC with ${types}`,
	programs: ['Xtigervnc'],
	plan: {
		ports: 1,
		command: ([port], folder) => ({
			program: findProgram('Xtigervnc')!,
			argv: [
				// A display by its port: no two of them are the same.
				...[`:${port}`, '-rfbport', String(port), '-interface', '127.0.0.1', '-geometry', '64x64', '-nolisten', 'unix'],
				...['-SecurityTypes', types, '-X509Cert', certificate, '-X509Key', certificate, '-BlacklistThreshold', '1000'],
				...['-auth', `${folder}/none`],
			],
		}),
	},
});

testBeside(tigerVnc('X509None,TLSNone,VncAuth'), 'goes over to TLS', async (t, [port]) => {
	t.deepEqual(await goesOver('vnc', port!), ['vnc', 'accepted', 'accepted']);
});
testBeside(tigerVnc('VncAuth'), 'says why not', async (t, [port]) => {
	t.deepEqual(await refused('vnc', port!), ['starttls-refused: its security is VNC Authentication (2), without TLS (VeNCrypt is 19)']);
});
