import type {ConfigurationRow} from './configuration-row.js';

/** A service that is a server. */
const service = (name: string, ...lines: readonly string[]): string =>
	`[${name}]\nconnect = 127.0.0.1:9\n${lines.map(line => `${line}\n`).join('')}`;

const row = (title: string, text: string, ...says: readonly string[]): ConfigurationRow => ({title, files: {'stunnel.conf': text}, says});

export const stunnelRows: readonly ConfigurationRow[] = [
	row(
		'the sample that stunnel installs, with one service',
		`; Sample stunnel configuration file
;setuid = nobody
pid = /var/run/stunnel.pid
;debug = info
;output = /var/log/stunnel.log
;engine = auto
cert = rsa.pem
;key = /etc/stunnel/mail.pem
; **************************************************************************
[imaps]
accept  = 127.0.0.1:18001
connect = 9
`,
		'127.0.0.1:18001: 1.2 1.3 ?1.0 ?1.1',
	),
	row(
		'a lowest version for all services',
		`cert = rsa.pem\nsslVersionMin = TLSv1.2\n${service('a', 'accept = 18001')}${service('b', 'accept = 127.0.0.1:18002')}`,
		'*:18001: 1.2 1.3',
		'127.0.0.1:18002: 1.2 1.3',
	),
	row(
		'a lowest and a highest version, for all and for a service',
		`cert = rsa.pem\nsslVersionMin = TLSv1\nsslVersionMax = TLSv1.2\n${service('a', 'accept = 18001')}${service('b', 'accept = 18002', 'sslVersionMin = TLSv1.2')}${service('c', 'accept = 18003', 'sslVersionMax = TLSv1.3')}${service('d', 'accept = 18004', 'sslVersionMax = TLSv1.1')}`,
		'*:18001: 1.0 1.1 1.2',
		'*:18002: 1.2',
		'*:18003: 1.0 1.1 1.2 1.3',
		'*:18004: 1.0 1.1',
	),
	row(
		'one version for all, and others for services',
		`cert = rsa.pem\nsslVersion = TLSv1.2\n${service('a', 'accept = 18001')}${service('b', 'accept = 18002', 'sslVersion = TLSv1.3')}${service('c', 'accept = 18003', 'sslVersionMin = TLSv1.1')}${service('d', 'accept = 18004', 'sslVersion = all', 'sslVersionMin = TLSv1.1')}`,
		'*:18001: 1.2',
		'*:18002: 1.3',
		'*:18003: 1.1 1.2',
		'*:18004: 1.1 1.2 1.3',
	),
	row(
		'options that switch versions off, for all and for a service',
		`cert = rsa.pem\noptions = NO_SSLv2\noptions = NO_SSLv3\noptions = NO_TLSv1\noptions = NO_TLSv1_1\n${service('a', 'accept = 18001')}${service('b', 'accept = 18002', 'options = NO_TLSv1_3')}${service('c', 'accept = 18003', 'sslVersionMin = TLSv1', 'options = -NO_TLSv1_1')}`,
		'*:18001: 1.2 1.3',
		'*:18002: 1.2',
		'*:18003: 1.1 1.2 1.3',
	),
	row(
		'options in old spellings, and others beside them',
		`cert = rsa.pem\nsslVersionMin = TLSv1\n${service('a', 'accept = 18001', 'options = NO_TLSv1_1', 'options = CIPHER_SERVER_PREFERENCE')}${service('b', 'accept = 18002', 'options = NO_TLSv1', 'options = SINGLE_DH_USE', 'options = NO_TICKET')}`,
		'*:18001: 1.0 1.2 1.3',
		'*:18002: 1.1 1.2 1.3',
	),
	row(
		'clients beside servers, also where all are clients but one',
		`client = yes\ncert = rsa.pem\nsslVersion = TLSv1.2\n[out]\naccept = 127.0.0.1:18001\nconnect = 127.0.0.1:9\n${service('in', 'client = no', 'accept = 127.0.0.1:18002')}`,
		'127.0.0.1:18002: 1.2',
	),
	row(
		'mail: TLS from the first byte, and by STARTTLS',
		`cert = rsa.pem\nsslVersionMin = TLSv1.2\n${service('pop3s', 'accept = 18001')}${service('imap', 'accept = 18002')}[ssmtp]\naccept = 18003\nconnect = 9\n`,
		'*:18001: 1.2 1.3',
		'*:18002: 1.2 1.3',
		'*:18003: 1.2 1.3',
	),
	row(
		'PostgreSQL, which answers by itself',
		`cert = rsa.pem\nsslVersionMin = TLSv1.2\n[plain]\naccept = 18001\nconnect = 127.0.0.1:9\n${service('database', 'accept = 18002', 'connect = 127.0.0.1:18001', 'protocol = pgsql', 'sslVersionMax = TLSv1.2')}`,
		'*:18001: 1.2 1.3',
		'*:18002 postgres: 1.2',
	),
	row(
		'the PROXY protocol towards what is behind',
		`cert = rsa.pem\n${service('a', 'accept = 18001', 'protocol = proxy', 'sslVersion = TLSv1.3')}`,
		'*:18001: 1.3',
	),
	row(
		'names of a service, which the listening one settles the versions for',
		`cert = rsa.pem\nsslVersionMin = TLSv1.2\n${service('edge', 'accept = 18001')}${service('one', 'sni = edge:one.test', 'sslVersion = TLSv1.3')}${service('two', 'sni = edge:*.two.test')}`,
		'*:18001: 1.2 1.3',
		'*:18001 one.test: 1.3',
	),
	row(
		'client certificates that are required',
		`cert = rsa.pem\nCAfile = rsa.pem\n${service('a', 'accept = 18001', 'verifyChain = yes', 'sslVersion = TLSv1.2')}${service('b', 'accept = 18002', 'verify = 2', 'sslVersion = TLSv1.3')}`,
		'*:18001: 1.2',
		'*:18002: 1.3',
	),
	row(
		'IPv6, with and without IPv4',
		`cert = rsa.pem\nsslVersionMin = TLSv1.2\n${service('both', 'accept = :::18001')}${service('six', 'accept = ::1:18002', 'sslVersion = TLSv1.3')}${service('four', 'accept = 127.0.0.1:18002', 'sslVersion = TLSv1.2')}`,
		'*:18001: 1.2 1.3',
		'::1:18002: 1.3',
		'127.0.0.1:18002: 1.2',
	),
	{
		title: 'services in a folder, in the order of their files',
		files: {
			'stunnel.conf': 'cert = rsa.pem\nsslVersionMin = TLSv1.2\ninclude = conf.d\n',
			'conf.d/10-a.conf': service('a', 'accept = 18001'),
			'conf.d/20-b.conf': service('b', 'accept = 18002', 'sslVersion = TLSv1.2'),
		},
		says: ['*:18001: 1.2 1.3', '*:18002: 1.2'],
	},
	row(
		'commands of OpenSSL in config',
		`cert = rsa.pem\nsslVersionMin = TLSv1\n${service('a', 'accept = 18001', 'config = MinProtocol:TLSv1.2')}${service('b', 'accept = 18002', 'config = Protocol:-TLSv1.3,-TLSv1.2')}${service('c', 'accept = 18003', 'config = Groups:X25519')}`,
		'*:18001: 1.2 1.3',
		'*:18002: 1.0 1.1',
		'*:18003: 1.0 1.1 1.2 1.3',
	),
	row(
		'old versions with a cipher list that has nothing for them',
		`cert = rsa.pem\nsslVersionMin = TLSv1\n${service('a', 'accept = 18001', 'ciphers = ECDHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0')}${service('b', 'accept = 18002', 'ciphers = AES128-SHA:@SECLEVEL=0')}`,
		'*:18001: !1.0 !1.1 1.2 1.3',
		'*:18002: 1.0 1.1 1.2 1.3',
	),
	row(
		'comments, blanks and names in any case',
		`CERT = rsa.pem\n   # a comment\n\n  SSLVERSIONMIN=TLSv1.3   \n[ name with blanks ]\n\tAccept=18001\nCONNECT =127.0.0.1:9\n`,
		'*:18001: 1.3',
	),
	row(
		'a Redis or VNC server behind TLS, by the name localhost',
		`cert = rsa.pem\n${service('redis', 'accept = localhost:18001', 'sslVersion = TLSv1.2', 'TIMEOUTclose = 0')}`,
		'localhost:18001: 1.2',
	),
	row(
		'two services at one address each on a port, one after another',
		`cert = rsa.pem\nsslVersion = TLSv1.3\n${service('a', 'accept = 127.0.0.1:18001')}sslVersionMin = TLSv1.2\nsslVersionMax = TLSv1.2\n${service('b', 'accept = 127.0.0.2:18002')}${service('c', 'accept = 127.0.0.1:18002')}`,
		'127.0.0.1:18001: 1.2',
		'127.0.0.2:18002: 1.3',
		'127.0.0.1:18002: 1.3',
	),
	row(
		'the last of several lines of one option',
		`cert = rsa.pem\nsslVersionMin = TLSv1.3\nsslVersionMin = TLSv1.2\n${service('a', 'accept = 18001', 'sslVersionMax = TLSv1.1', 'sslVersionMax = TLSv1.3')}${service('b', 'accept = 18002', 'sslVersion = TLSv1.1', 'sslVersionMin = TLSv1', 'sslVersionMax = TLSv1.2')}`,
		'*:18001: 1.2 1.3',
		'*:18002: 1.0 1.1 1.2',
	),
	row(
		'keys that are shared before, beside certificates',
		`sslVersion = TLSv1.2\n${service('psk', 'accept = 18001', 'ciphers = DEFAULT:@SECLEVEL=0', 'cert = ecdsa.pem')}`,
		'*:18001: 1.2',
	),
];
