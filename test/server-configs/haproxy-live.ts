import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {conditionSetting, conditions} from '../helpers/haproxy-conditions.js';
import {needsTool} from '../helpers/needs-tool.js';
import {findProgram} from '../helpers/peers/find-program.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {signalByFile, testConfiguration, testProxy} from '../helpers/peers/proxy-tests.js';
import {runInFolder} from '../helpers/run-in-folder.js';

testProxy({
	name: 'haproxy',
	program: 'haproxy',
	file: 'haproxy.cfg',
	argv: (_folder, file) => ['-W', '-db', '-f', file],
	reload: signalByFile('haproxy.pid', 'SIGUSR2'),
	statedAt: /haproxy\.cfg:11: bind 127\.0\.0\.1:\d+ ssl/,
	configuration: (variant, port, folder) => `global
	pidfile ${folder}/haproxy.pid
	log stderr format raw local0
	nbthread 1
	ssl-default-bind-options ssl-min-ver ${variant === 'good' ? 'TLSv1.2' : 'TLSv1.0'}
defaults
	mode http
	timeout client 30s
frontend edge
	http-request deny
	bind 127.0.0.1:${port} ssl crt ${fixture('rsa')} ${variant === 'bad' ? 'ciphers DEFAULT:@SECLEVEL=0' : ''}
`,
});

testConfiguration(
	{name: 'haproxy', program: 'haproxy', file: 'haproxy.cfg', argv: (_folder, file) => ['-db', '-f', file]},
	'listeners that want the PROXY protocol, names of a crt-list and conditions are as the file says',
	{
		ports: 5,
		files: ([accepting, expecting, listed, differing, conditional]) => ({
			'list.txt': `# names of two certificates
${fixture('ecdsa-p256')} [ssl-max-ver TLSv1.2]
${fixture('ecdsa-p256')} [ssl-min-ver TLSv1.3 alpn h2] *.wild.test !no.wild.test c.test
${fixture('ecdsa-p256')} d.test
${fixture('ecdsa-p256')} [alpn h2] e.test
`,
			'strict.txt': `${fixture('ecdsa-p256')} [ssl-min-ver TLSv1.2] one.test
${fixture('ecdsa-p256')} two.test
${fixture('ecdsa-p256')} [alpn h2] three.test
`,
			'haproxy.cfg': `global
	log stderr format raw local0
	nbthread 1
	setenv STAGE test
	ssl-default-bind-options ssl-min-ver TLSv1.2
defaults
	mode http
	timeout client 30s
frontend accepting
	http-request deny
	bind 127.0.0.1:${accepting} ssl crt ${fixture('rsa')} accept-proxy ssl-max-ver TLSv1.2
frontend expecting
	tcp-request connection expect-proxy layer4
	http-request deny
	bind 127.0.0.1:${expecting} ssl crt ${fixture('rsa')}
frontend listed
	http-request deny
	bind 127.0.0.1:${listed} ssl crt-list list.txt
	bind 127.0.0.1:${differing} ssl crt-list strict.txt strict-sni ssl-min-ver TLSv1.3
frontend conditional
	http-request deny
.if streq("$STAGE",production)
	bind 127.0.0.1:1 ssl crt ${fixture('rsa')}
.elif feature(OPENSSL) && !defined(HAPROXY_NEVER_SET_ANYWHERE)
	bind 127.0.0.1:${conditional} ssl crt ${fixture('rsa')} ssl-min-ver TLSv1.3
.else
	bind 127.0.0.1:${conditional} ssl crt ${fixture('rsa')} ssl-min-ver TLSv1.2
.endif
`,
		}),
	},
	async (t, run, {ports: [accepting, expecting, listed, differing, conditional], folder}) => {
		const {code, stdout, stderr} = await run('--json');
		const reports = stdout
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line));
		t.deepEqual(
			reports.map(({port, serverName, proxyProtocol, verdict}) => [port, serverName, proxyProtocol, verdict]),
			[
				[accepting, null, 1, 'pass'],
				[expecting, null, 1, 'pass'],
				[listed, null, undefined, 'pass'],
				[listed, 'peer.test', undefined, 'pass'],
				[listed, 'any.peer.test', undefined, 'pass'],
				[listed, 'any.wild.test', undefined, 'pass'],
				[listed, 'c.test', undefined, 'pass'],
				[listed, 'e.test', undefined, 'pass'],
				[differing, 'one.test', undefined, 'pass'],
				[differing, 'two.test', undefined, 'pass'],
				[differing, 'three.test', undefined, 'pass'],
				[conditional, null, undefined, 'pass'],
			],
		);
		t.is(code, 0);
		writeFileSync(
			path.join(folder, 'tlsprobe.yaml'),
			`endpoints: [{target: '127.0.0.1:${accepting}', proxyProtocol: 2}, {target: '127.0.0.1:${expecting}', proxyProtocol: 1}, '127.0.0.1:${accepting}']`,
		);
		const byFile = await runInFolder(['check', '--timeout', '2s'], {cwd: folder});
		t.is(byFile.code, 3);
		t.deepEqual(
			byFile.stdout.split('\n').flatMap(line => /^\w+/.exec(line) ?? []),
			['pass', 'pass', 'inconclusive', '3'],
		);
		const accepted = (name: string, port: number | undefined): string[] =>
			Object.entries(
				reports.find(report => report.serverName === name && report.port === port).versions as Record<string, {status: string}>,
			)
				.filter(([, {status}]) => status === 'accepted')
				.map(([version]) => version);
		t.deepEqual(accepted('peer.test', listed), ['TLSv1.2']);
		t.deepEqual(accepted('any.wild.test', listed), ['TLSv1.3']);
		t.regex(
			stderr,
			/haproxy\.cfg:27: bind .* ssl-min-ver TLSv1\.2 or haproxy\.cfg:25: bind .* ssl-min-ver TLSv1\.3: its versions depend on feature\(OPENSSL\) and defined\(HAPROXY_NEVER_SET_ANYWHERE\)/,
		);
	},
);

const haproxy = findProgram('haproxy')!;

for (const [condition, holds] of needsTool('haproxy: its own judgement of conditions', ['haproxy']) ? conditions : []) {
	test(`haproxy: .if ${condition} ${holds ? 'holds' : 'does not hold'} by its own judgement`, t => {
		const folder = mkdtempSync(path.join(tmpdir(), 'tlsprobe-condition-'));
		t.teardown(() => rmSync(folder, {recursive: true}));
		const file = path.join(folder, 'haproxy.cfg');
		writeFileSync(file, `${conditionSetting}.if ${condition} # comment\n.alert "it holds"\n.endif\n`);
		const {status, stdout, stderr, error} = spawnSync(haproxy, ['-c', '-f', file], {encoding: 'utf8'});
		t.is(error, undefined);
		t.is(/it holds/.test(stdout + stderr), holds, `${status} ${stdout}${stderr}`);
		t.notRegex(stdout + stderr, /unparsable conditional expression|error detected/i);
	});
}
