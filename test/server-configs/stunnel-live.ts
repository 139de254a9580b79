import {fixture} from '../helpers/peers/fixtures.js';
import {signalByFile, testConfiguration, testProxy} from '../helpers/peers/proxy-tests.js';

testProxy({
	name: 'stunnel',
	program: 'stunnel',
	file: 'stunnel.conf',
	argv: (_folder, file) => [file],
	reload: signalByFile('stunnel.pid', 'SIGHUP'),
	statedAt: /stunnel\.conf:5: sslversionmin = TLSv1\.2/,
	configuration: (variant, port, folder) => `foreground = yes
pid = ${folder}/stunnel.pid
debug = notice
syslog = no
sslVersionMin = ${variant === 'good' ? 'TLSv1.2' : 'TLSv1'}
${variant === 'bad' ? 'securityLevel = 0\nciphers = DEFAULT:@SECLEVEL=0' : ''}
[edge]
accept = 127.0.0.1:${port}
connect = 127.0.0.1:1
cert = ${fixture('rsa')}
`,
});

testConfiguration(
	{name: 'stunnel', program: 'stunnel', file: 'stunnel.conf', argv: (_folder, file) => [file]},
	'services of other protocols are as the file says: PROXY is said to the server behind, PostgreSQL and SMTP to the client',
	{
		ports: 3,
		files: ([proxied, database, named], folder) => ({
			'stunnel.conf': `foreground = yes
pid = ${folder}/stunnel.pid
debug = notice
syslog = no
cert = ${fixture('rsa')}
sslVersionMin = TLSv1.2
[edge]
accept = 127.0.0.1:${proxied}
connect = 127.0.0.1:1
protocol = proxy
[database]
accept = 127.0.0.1:${database}
connect = 127.0.0.1:${proxied}
protocol = pgsql
[names]
accept = 127.0.0.1:${named}
connect = 127.0.0.1:1
[other]
sni = names:other.test
connect = 127.0.0.1:1
sslVersion = TLSv1.3
`,
		}),
	},
	async (t, run, {ports: [proxied, database, named]}) => {
		const {code, stdout} = await run('--json');
		const reports = stdout
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line));
		t.deepEqual(
			reports.map(({port, serverName, starttls, verdict}) => [port, serverName, starttls, verdict]),
			[
				[proxied, null, undefined, 'pass'],
				[database, null, 'postgres', 'pass'],
				[named, null, undefined, 'pass'],
				[named, 'other.test', undefined, 'fail'],
			],
		);
		t.is(code, 1);
		t.regex(
			reports[3].judgements.find((judgement: {status: string}) => judgement.status === 'fail').message,
			/^TLSv1\.2 is not listed, but accepted: the listening service decides the versions \(.*stunnel\.conf:6: sslversionmin = TLSv1\.2\)$/,
		);
	},
);

testConfiguration(
	{name: 'stunnel', program: 'stunnel', file: 'stunnel.conf', argv: (_folder, file) => [file]},
	'what commands of OpenSSL make of its versions is what runs',
	{
		ports: 4,
		files: ([low, high, without, inherited], folder) => ({
			'stunnel.conf': `foreground = yes
pid = ${folder}/stunnel.pid
debug = notice
syslog = no
cert = ${fixture('rsa')}
securityLevel = 0
ciphers = DEFAULT:@SECLEVEL=0
connect = 127.0.0.1:1
sslVersionMin = TLSv1
config = MaxProtocol:TLSv1.2
[low]
accept = 127.0.0.1:${low}
config = MinProtocol:TLSv1.2
[high]
accept = 127.0.0.1:${high}
sslVersion = TLSv1.2
config = MinProtocol:TLSv1.1
[without]
accept = 127.0.0.1:${without}
config = Protocol:-TLSv1,-TLSv1.1
config = Curves:P-256
[inherited]
accept = 127.0.0.1:${inherited}
`,
		}),
	},
	async (t, run) => {
		const {code, stdout, stderr} = await run();
		t.is(code, 0, stdout);
		t.is(stderr, '');
		t.regex(stdout, /4 endpoints: 4 pass, 0 fail, 0 inconclusive/);
	},
);
