import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import pLimit from 'p-limit';
import {roundsOf} from './helpers/depth.js';
import {mutated, randomFrom} from './helpers/readers/mutate.js';
import {fixtures, fixturesIn} from './helpers/readers/text-of.js';
import {runInProcess} from './helpers/run-in-process.js';

/** To go on where a failure was seen, or for longer: `FUZZ_SEED=7 FUZZ_RUNS=100`. */
const seed = Number(process.env.FUZZ_SEED ?? 1);
const runs = Number(process.env.FUZZ_RUNS ?? roundsOf(6, 2));

const oneLine = (text: string): string => JSON.stringify(JSON.parse(text));

/** Port 1 of this machine, where no one listens. */
const nowhere = '127.0.0.1:1';

// Changes may make another host of any host. So files hold names alone, and the name server is no one; or the only way is by a proxy that is no one.
const byNames = ['--dns', nowhere];
const byProxy = ['--proxy', `http://${nowhere}`];
const quick = ['--timeout', '1s', '--deadline', '2s', '--max-time', '5s'];

const results = fixturesIn('resume', '.jsonl').join('');

const checkFile = JSON.stringify({
	defaults: {timeout: '1s', deadline: '2s', retries: 0},
	policies: {house: {title: 'Ours', extends: ['rfc8996'], minimum: 'TLSv1.2'}},
	endpoints: ['a.invalid', {target: 'b.invalid:1', name: 'b', servername: false, expect: ['house', {rejects: ['TLSv1.0']}]}],
});

const configurations = {
	nginx: 'http {\n\tserver {\n\t\tlisten 443 ssl;\n\t\tserver_name a.test;\n\t\tssl_protocols TLSv1.2 TLSv1.3;\n\t}\n}\n',
	apache: 'Listen 443\n<VirtualHost *:443>\n\tServerName a.test\n\tSSLEngine on\n\tSSLProtocol all -TLSv1\n</VirtualHost>\n',
	haproxy: 'global\n\tssl-default-bind-options ssl-min-ver TLSv1.2\nfrontend a\n\tbind :443 ssl crt a.pem\n',
	caddy:
		'{\n\tdefault_sni a.test\n}\na.test:8443 {\n\tbind 127.0.0.1\n\ttls internal {\n\t\tprotocols tls1.2 tls1.3\n\t}\n\trespond "ok"\n}\n',
	envoy:
		'static_resources:\n  listeners:\n  - address: {socket_address: {address: 0.0.0.0, port_value: 443}}\n    filter_chains:\n    - transport_socket: {typed_config: {common_tls_context: {tls_params: {tls_minimum_protocol_version: TLSv1_2}}}}\n',
	stunnel: 'sslVersionMin = TLSv1.2\n[a]\naccept = 443\nconnect = 80\n',
} as const;

const catalog = JSON.stringify({
	name: 'mine',
	title: 'Mine',
	entries: [{service: 'a', hosts: {public: ['a.invalid']}, minimum: 'TLSv1.2'}],
});

const windowsReport = JSON.stringify({
	os: 'windows-server-2012-r2',
	clients: [{client: 'schannel', bits: 64, offers: ['TLSv1.0'], confidence: 'high', remedy: [{kind: 'ps1', command: 'a'}]}],
});

/** Each command that reads files, and good ones for it. */
const commands: readonly {
	readonly title: string;
	/** @param file - Of a mutated text. */
	readonly argv: (file: string) => readonly string[];
	readonly samples: readonly string[];
}[] = [
	{
		title: '--hosts',
		argv: file => ['--hosts', file, ...quick, ...byProxy],
		samples: [
			...fixtures('hosts/lines.txt', 'hosts/tabs.tsv', 'hosts/inventory.ini', 'hosts/inventory.yaml', 'hosts/scan.xml', 'hosts/scan.gnmap'),
			...fixtures('hosts/masscan.json', 'hosts/masscan-1.3.2.txt', 'hosts/rank-domain.csv', 'hosts/table.txt'),
		],
	},
	{
		title: '--hosts and --resume',
		argv: file => ['--hosts', '-', '--output', file, '--resume', ...quick],
		samples: [results],
	},
	{title: 'check', argv: file => ['check', file, ...byNames], samples: [checkFile]},
	...Object.entries(configurations).map(([product, text]) => ({
		title: `check --config, of ${product}`,
		argv: (file: string) => ['check', '--config', file, '--config-type', product, '--config-host', 'a.invalid', ...byNames],
		samples: [text],
	})),
	{
		title: 'diff',
		argv: file => ['diff', file, path.join('fixtures', 'resume', 'base.jsonl')],
		samples: [...fixturesIn('reports', '.json').map(oneLine), results],
	},
	{title: 'clients --from', argv: file => ['clients', nowhere, '--from', file], samples: [windowsReport]},
	{
		title: 'clients --client-hello',
		argv: file => ['clients', nowhere, '--client-hello', file],
		samples: fixtures('flows/openssl-tls12-only/003-TLSv1.0-short.flow'),
	},
	{
		title: 'explain',
		argv: file => ['explain', file],
		samples: [...fixturesIn('flows/openssl-tls12-only', '.flow'), ...fixturesIn('answers', '.hex')],
	},
	{
		title: 'windows',
		argv: file => ['windows', file, '--os', 'windows-server-2012'],
		samples: [...fixturesIn('registry', '.reg'), ...fixturesIn('registry', '.txt')],
	},
	{title: '--catalog', argv: file => ['--catalog', file, ...quick, ...byNames], samples: [catalog]},
];

/** Met, broken, refused, undecided, not written. Never a fault of ours. */
const expected: readonly (number | null)[] = [0, 1, 2, 3, 74];

const limit = pLimit(2);

for (const {title, argv, samples} of commands) {
	test(`${title}: whatever becomes of a good file, the command ends, and not with a fault of its code (FUZZ_SEED=${seed})`, async t => {
		t.timeout(600_000);
		const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-mutated-'));
		t.teardown(() => rm(folder, {recursive: true, force: true}));
		const random = randomFrom(seed);
		const texts = Array.from({length: runs}, () => mutated(samples[random(samples.length)]!, random));
		await Promise.all(
			texts.map((text, index) =>
				limit(async () => {
					const file = path.join(folder, `file-${index}.json`);
					await writeFile(file, text, 'latin1');
					const {code, stderr} = await runInProcess(argv(file), {input: `${nowhere}\n`}).catch((error: Error) => ({
						code: 70,
						stderr: error.stack,
					}));
					t.true(expected.includes(code), `${code}: ${JSON.stringify(text.slice(0, 3000))}\n${stderr}`);
				}),
			),
		);
	});
}
