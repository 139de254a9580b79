import test from 'ava';
import type {HelloExtensions} from '../../source/exchange/hello-spec.js';
import {selects} from '../../source/exchange/selects.js';
import {cipherSuites} from '../../source/iana/cipher-suites.js';
import {groups as groupRegistry} from '../../source/iana/groups.js';
import {type VersionName, versions} from '../../source/iana/versions.js';
import type {CipherSuitesReport} from '../../source/probes/cipher-suites/suites-report.js';
import type {GroupsReport} from '../../source/probes/groups/groups-report.js';
import {requestProbe} from '../../source/probes/requests.js';
import {needsTool} from '../helpers/needs-tool.js';
import {askAlone} from '../helpers/peers/ask-alone.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {type RunningServer, startServer} from '../helpers/peers/start-server.js';
import {probePort} from '../helpers/scripted-server.js';

/*
A second prober offers each suite and each group alone, one connection for each, and draws no conclusions. What the probes report must be the same.
*/

type Configuration = {readonly title: string; readonly lines: readonly string[]; readonly version: VersionName};

const certificate = (name: string): string[] => [`ssl_certificate ${fixture(name)}`, `ssl_certificate_key ${fixture(name)}`];
const intermediate =
	'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305';
const every = 'ssl_ciphers ALL:COMPLEMENTOFALL:@SECLEVEL=0';
const [rsa, ecdsa, both] = [certificate('rsa'), certificate('ecdsa-p256'), [...certificate('rsa'), ...certificate('ecdsa-p384')]];

const configurations: readonly Configuration[] = [
	{
		title: 'intermediate, two certificates',
		version: 'TLSv1.2',
		lines: [...both, intermediate, 'ssl_ecdh_curve X25519:prime256v1:secp384r1'],
	},
	{title: 'intermediate in its own order', version: 'TLSv1.2', lines: [...both, intermediate, 'ssl_prefer_server_ciphers on']},
	{title: 'every suite, two certificates', version: 'TLSv1.2', lines: [...both, every, `ssl_dhparam ${fixture('dh-2048')}`]},
	{title: 'every suite, RSA', version: 'TLSv1.2', lines: [...rsa, every, 'ssl_prefer_server_ciphers on']},
	{
		title: 'every suite, P-256 and curves without it',
		version: 'TLSv1.2',
		lines: [...ecdsa, every, 'ssl_ecdh_curve secp384r1:secp521r1:prime256v1'],
	},
	{title: 'static RSA alone', version: 'TLSv1.2', lines: [...rsa, 'ssl_ciphers AES128-SHA:AES256-GCM-SHA384']},
	{
		title: 'DHE alone, of 1024 bits',
		version: 'TLSv1.2',
		lines: [...rsa, 'ssl_ciphers DHE:@SECLEVEL=0', `ssl_dhparam ${fixture('dh-1024')}`],
	},
	{title: 'anonymous alone', version: 'TLSv1.2', lines: [...rsa, 'ssl_ciphers aNULL:@SECLEVEL=0', `ssl_dhparam ${fixture('dh-2048')}`]},
	{title: 'no encryption', version: 'TLSv1.2', lines: [...rsa, 'ssl_ciphers eNULL:@SECLEVEL=0']},
	{title: 'Ed25519', version: 'TLSv1.2', lines: [...certificate('ed25519'), every]},
	{title: 'brainpool curves alone', version: 'TLSv1.2', lines: [...rsa, intermediate, 'ssl_ecdh_curve brainpoolP256r1:brainpoolP384r1']},
	{
		title: 'ChaCha20 for those who prefer it',
		version: 'TLSv1.2',
		lines: [...rsa, intermediate, 'ssl_prefer_server_ciphers on', 'ssl_conf_command Options PrioritizeChaCha'],
	},
	{title: 'TLS 1.0, every suite', version: 'TLSv1.0', lines: [...both, every]},
	{title: 'TLS 1.1, every suite', version: 'TLSv1.1', lines: [...rsa, every, `ssl_dhparam ${fixture('dh-2048')}`]},
	{title: 'TLS 1.3', version: 'TLSv1.3', lines: both},
	{
		title: 'TLS 1.3, every suite',
		version: 'TLSv1.3',
		lines: [
			...rsa,
			'ssl_conf_command Ciphersuites TLS_AES_128_CCM_8_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_256_GCM_SHA384',
			'ssl_prefer_server_ciphers on',
		],
	},
	{title: 'TLS 1.3, one group', version: 'TLSv1.3', lines: [...rsa, 'ssl_ecdh_curve secp521r1']},
	{title: 'TLS 1.3, finite fields', version: 'TLSv1.3', lines: [...rsa, 'ssl_ecdh_curve ffdhe3072:X448:prime256v1']},
];

const plan = {
	ports: configurations.length,
	command: (ports: readonly number[], folder: string) => ({
		program: 'nginx',
		argv: ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'],
		files: {
			'nginx.conf': [
				'daemon off; master_process off; pid nginx.pid; error_log stderr crit;',
				'events { worker_connections 512; }',
				'http { access_log off; ssl_session_cache off;',
				...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path temporary-${name};`),
				...configurations.map(
					({lines, version}, index) =>
						`server { listen 127.0.0.1:${ports[index]} ssl; ssl_protocols ${version.replace('v1.0', 'v1')}; ${lines.map(line => `${line};`).join(' ')} }`,
				),
				'}',
			].join('\n'),
		},
	}),
};

const schemes = [0x06_03, 0x05_03, 0x04_03, 0x08_07, 0x08_08, 0x08_06, 0x08_05, 0x08_04, 0x06_01, 0x05_01, 0x04_01, 0x02_03, 0x02_01];
const curves = groupRegistry.entries.map(({code}): number => code).filter(code => code < 0x01_00);

/** Whether each code is accepted where it is offered alone. */
async function acceptedAlone(
	port: number,
	version: number,
	offers: readonly (readonly [code: number, suites: readonly number[], groups: readonly number[]])[],
) {
	const accepted: number[] = [];
	for (const [code, suites, groups] of offers) {
		const extensions: HelloExtensions = {groups, keyShares: [], signatureSchemes: schemes, isRich: false};
		const outcome = await askAlone(port, {version, shape: 'alone', cipherSuites: suites, extensions});
		if (selects(outcome, version)) {
			accepted.push(code);
		}
	}

	return accepted;
}

const sorted = (codes: readonly number[]): number[] => codes.toSorted((one, other) => one - other);

if (needsTool(`nginx: ${configurations.length} configurations, each suite and group alone`, ['nginx'])) {
	let running: Promise<RunningServer> | undefined;
	test.after.always('nginx is stopped', async () => (await running?.catch(() => undefined))?.stop());
	for (const [index, {title, version: name}] of configurations.entries()) {
		test.serial(`${title}: the probes find what each suite and group alone shows`, async t => {
			t.timeout(300_000);
			running ??= startServer(plan);
			const port = (await running).ports[index]!;
			const version = versions.code(name);
			const {report, attempts} = (
				await probePort(port, {
					serverName: null,
					deadlineMs: 200_000,
					probes: [requestProbe('versions', {versions: [name]}), requestProbe('cipher-suites'), requestProbe('groups')],
				})
			).recordings[0];
			const parts = report as unknown as {readonly cipherSuites: CipherSuitesReport; readonly groups: GroupsReport};
			const [suites, groups] = [parts.cipherSuites[name]!, parts.groups[name]!];
			const era = name === 'TLSv1.3' ? '1.3' : 'before-1.3';
			const all = cipherSuites.entries.filter(({offer}) => offer === era).map(({code}): number => code);
			const codes = suites.accepted.map(({code}) => Number(code));
			t.deepEqual(
				sorted(codes),
				await acceptedAlone(
					port,
					version,
					all.map(code => [code, [code], name === 'TLSv1.3' ? [...curves, 0x01_00, 0x01_01] : curves]),
				),
			);
			t.deepEqual(suites.undecided, []);
			t.not(suites.preference, 'undecided');
			const elliptic =
				name === 'TLSv1.3' ? codes : suites.accepted.filter(({keyExchange}) => keyExchange === 'ECDHE').map(({code}) => Number(code));
			const asked = name === 'TLSv1.3' ? groupRegistry.entries.map(({code}): number => code).filter(code => code < 0xff_00) : curves;
			const alone =
				elliptic.length === 0
					? []
					: await acceptedAlone(
							port,
							version,
							asked.map(code => [code, elliptic, [code]]),
						);
			t.deepEqual(sorted(groups.accepted.map(({code}) => Number(code))), alone);
			t.deepEqual(groups.undecided, []);
			t.not(groups.preference, 'undecided');
			t.log(
				`${suites.accepted.length} suites, ${suites.preference}; ${groups.accepted.length} groups, ${groups.preference}; ${attempts.length} connections`,
			);
		});
	}
}
