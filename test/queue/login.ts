import {readFileSync} from 'node:fs';
import test from 'ava';
import {inspectedName} from '../helpers/authority.js';
import {addresses, lines, makeFolder, readResults} from '../helpers/lists.js';
import {needsTool} from '../helpers/needs-tool.js';
import {startPopulation} from '../helpers/population.js';
import {startCli} from '../helpers/queue-processes.js';
import {startRedis} from '../helpers/redis.js';
import {runCli} from '../helpers/run-cli.js';

/** What the page says that a worker and a run need, and no more. */
const [, rules = ''] = /^ACL SETUSER worker on >SECRET (.+)$/m.exec(readFileSync('docs/scale.md', 'utf8')) ?? [];
const secret = 'p@ss:w/rd%';

if (needsTool('a queue over TLS, with users', ['redis-server'])) {
	test('over TLS with an authority of its own, a user of few rights and a password from the environment, a list is probed', async t => {
		const {key, own, authority} = inspectedName('localhost', 'CN=Queue authority');
		const redis = await startRedis(t, {
			tls: {key, cert: own},
			password: 'other',
			user: ['worker', 'on', `>${secret}`, ...rules.split(' ')],
		});
		const at = makeFolder(t);
		const url = `rediss://localhost:${redis.tlsPort}`;
		const environment = {NODE_EXTRA_CA_CERTS: at('ca.pem', authority), TLSPROBE_REDIS_USER: 'worker', TLSPROBE_REDIS_PASSWORD: secret};
		const {port} = await startPopulation(t, () => 'modern');
		const list = at('list.txt', lines(addresses(5).map(address => `${address}:${port}`)));
		const worker = startCli(t, ['worker', '--queue', url], environment);
		await worker.said(/ is up: /);
		const argv = ['--hosts', list, '--json', '--versions', '1.2', '--timeout', '30s', '--deadline', '1m', '--queue'];
		const run = await runCli([...argv, url], {environment});
		t.is(run.code, 0, run.stderr);
		t.is(readResults(run.stdout).length, 5);
		// The same login in the URL.
		const shown = await runCli(['queue', '--queue', `rediss://worker:${encodeURIComponent(secret)}@localhost:${redis.tlsPort}`], {
			environment: {NODE_EXTRA_CA_CERTS: environment.NODE_EXTRA_CA_CERTS},
		});
		t.is(shown.code, 0, shown.stderr);
		t.regex(shown.stdout, /^rediss:\/\/localhost:\d+: 0 runs, 1 worker\n/);
		worker.child.kill('SIGTERM');
		t.is(await worker.ended, 0, worker.stderr());
		for (const text of [worker.stderr(), run.stdout, run.stderr, shown.stdout, shown.stderr]) {
			t.false(text.includes(secret) || text.includes(encodeURIComponent(secret)), text);
		}
	});

	test('an authority that is not known, a name that is not in the certificate, and a right that is missing end a command in one line', async t => {
		const {key, own, authority} = inspectedName('localhost', 'CN=Queue authority');
		const redis = await startRedis(t, {tls: {key, cert: own}, user: ['weak', 'on', `>${secret}`, '~other:*', '+@all']});
		const known = {NODE_EXTRA_CA_CERTS: makeFolder(t)('ca.pem', authority)};
		const cases = [
			['rediss://localhost', {}, /: no TLS connection \(UNABLE_TO_\w+\); NODE_EXTRA_CA_CERTS=FILE names your own authority\n$/],
			['rediss://127.0.0.1', known, /: its certificate is for another name\n$/],
			[`rediss://weak:${encodeURIComponent(secret)}@localhost`, known, /: the user lacks a permission \(NOPERM .*\)\n$/],
			['redis://localhost', {}, /does not answer within 5 s\n$/],
		] as const;
		await Promise.all(
			cases.map(async ([url, environment, words]) => {
				const {code, stderr} = await runCli(['queue', '--queue', `${url}:${redis.tlsPort}`], {environment});
				t.is(code, 2, stderr);
				t.regex(stderr, words);
				t.false(stderr.includes(secret) || stderr.includes(encodeURIComponent(secret)), stderr);
			}),
		);
	});
}
