import {readFileSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {probes} from '../../source/probes/index.js';
import type {Probe, ProbeTypes} from '../../source/probes/probe.js';
import askRobot from '../../source/probes/vulnerabilities/asking/ask-robot.js';
import askTicketbleed from '../../source/probes/vulnerabilities/asking/ask-ticketbleed.js';
import askOpenssl from '../../source/probes/vulnerabilities/padding/ask-openssl-padding-oracle.js';
import askPadding from '../../source/probes/vulnerabilities/padding/ask-padding-oracle.js';
import type {AskForVulnerability, Assessment} from '../../source/probes/vulnerabilities/vulnerability.js';
import {faultyServers, serveCbc, soundServer} from '../helpers/cbc-server.js';
import {serveTls} from '../helpers/confirm.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {allowedVersions, botanPlan} from '../helpers/peers/plans/botan.js';
import {gnutlsPlan} from '../helpers/peers/plans/gnutls.js';
import {goPlan} from '../helpers/peers/plans/go.js';
import {javaKeys, javaPlan} from '../helpers/peers/plans/java.js';
import {nginxPlan} from '../helpers/peers/plans/nginx.js';
import {nssPlan, nssPrograms} from '../helpers/peers/plans/nss.js';
import {testBeside} from '../helpers/peers/real-server.js';
import {probePort} from '../helpers/scripted-server.js';

type Suites = Readonly<Record<string, number>>;

/** Let one vulnerability ask a port. The suite that is accepted in each version is given, so that nothing else is asked. */
async function assess(port: number, suites: Suites, ask: AskForVulnerability): Promise<Assessment & {readonly connections: number}> {
	let found: Assessment | undefined;
	const findings = {
		versions: Object.fromEntries(
			['TLSv1.0', 'TLSv1.1', 'TLSv1.2'].map(name => [name, {status: suites[name] === undefined ? 'rejected' : 'accepted'}]),
		),
		'cipher-suites': Object.fromEntries(Object.entries(suites).map(([name, code]) => [name, {accepted: [code], undecided: []}])),
		extensions: {sessionTicket: {status: 'present'}},
	};
	const probe = {
		name: 'padding',
		title: 'Padding',
		isDefault: false,
		isInFull: false,
		needs: [],
		options: {},
		conduct: {
			*run({target, attempts}) {
				found = yield* ask({target, earlier: findings, attempts} as never);
			},
		},
	} satisfies Probe<'padding', ProbeTypes>;
	const options = {host: 'peer.test', timeoutMs: 30_000, knownProbes: [...probes, probe], probes: [{name: 'padding', options: {}}]};
	const {recordings} = await probePort(port, options);
	return {...found!, connections: recordings[0].attempts.length};
}

const soundAsks = [askPadding, askOpenssl];

async function isSoundPeer(
	t: ExecutionContext,
	port: number,
	suites: Suites,
	asks: readonly AskForVulnerability[] = soundAsks,
): Promise<void> {
	for (const ask of asks) {
		const found = await assess(port, suites, ask);
		t.is(found.status, 'absent', found.message);
	}
}

/** Sound with records in CBC mode, and with RSA key exchange and tickets in the newest of these versions. */
async function isSoundInAll(t: ExecutionContext, port: number, suites: Suites, rsaSuites: Suites): Promise<void> {
	await isSoundPeer(t, port, suites);
	await isSoundPeer(t, port, rsaSuites, [askRobot, askTicketbleed]);
}

const [rsaAes, rsaAes256, rsaCamellia, ecdheAes] = [0x00_2f, 0x00_3c, 0x00_41, 0xc0_13];
/** In GCM mode. */
const rsaGcm = 0x00_9c;
const [tls10, tls11, tls12] = [0x03_01, 0x03_02, 0x03_03];

for (const [version, name] of [
	[tls10, 'TLSv1.0'],
	[tls11, 'TLSv1.1'],
	[tls12, 'TLSv1.2'],
] as const) {
	test(`scripted servers, ${name}: sound, and each fault`, async t => {
		for (const suite of version === tls12 ? [rsaAes, rsaAes256, rsaCamellia] : [rsaAes]) {
			const sound = await assess(await serveCbc(t, {version, suite, reacts: soundServer}), {[name]: suite}, askPadding);
			t.deepEqual([sound.status, sound.connections], ['absent', 7], sound.message);
		}

		const suites = {[name]: rsaAes};
		const [oracle, overflow] = await Promise.all([
			serveCbc(t, {version, suite: rsaAes, reacts: faultyServers.ignoresPadding}),
			serveCbc(t, {version, suite: rsaAes, reacts: faultyServers.overflows}),
		]);
		const [poodle, cve] = await Promise.all([assess(oracle, suites, askPadding), assess(overflow, suites, askOpenssl)]);
		t.regex(`${poodle.status} ${poodle.message}`, /^present POODLE for TLS; .*wrong padding: data, closed/);
		t.regex(`${cve.status} ${cve.message}`, /^present alert 22/);
	});
}

test('OpenSSL in Node.js is sound in each version', async t => {
	const pem = readFileSync(fixture('rsa'), 'utf8');
	const port = await serveTls(t, socket => socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\n')), {
		key: pem,
		cert: pem,
		ciphers: 'ALL:@SECLEVEL=0',
		minVersion: 'TLSv1',
	});
	await isSoundInAll(t, port, {'TLSv1.0': ecdheAes, 'TLSv1.1': rsaAes, 'TLSv1.2': 0xc0_28}, {'TLSv1.0': rsaAes});
});

const keyLines = `ssl_certificate ${fixture('rsa')}; ssl_certificate_key ${fixture('rsa')}; ssl_ciphers ALL:@SECLEVEL=0;`;

testBeside(
	{
		name: 'nginx',
		programs: ['nginx'],
		plan: nginxPlan(1, ([port]) => ({http: [keyLines, `server { listen 127.0.0.1:${port} ssl; ssl_protocols TLSv1 TLSv1.2; }`]})),
	},
	'neither a padding oracle nor ROBOT nor Ticketbleed',
	(t, [port]) => isSoundInAll(t, port!, {'TLSv1.0': rsaAes, 'TLSv1.2': 0xc0_27}, {'TLSv1.2': rsaGcm}),
);

testBeside(
	{name: 'GnuTLS', programs: ['gnutls-serv'], plan: gnutlsPlan({priority: 'LEGACY:+VERS-TLS1.0'})},
	'neither a padding oracle nor ROBOT nor Ticketbleed',
	(t, [port]) => isSoundInAll(t, port!, {'TLSv1.0': rsaAes, 'TLSv1.2': ecdheAes}, {'TLSv1.2': rsaAes}),
);

testBeside(
	{name: 'Go', programs: ['go'], plan: goPlan([{settings: {Min: tls10, Suites: [rsaAes, ecdheAes], Answers: true}}])},
	'neither a padding oracle nor ROBOT nor Ticketbleed',
	(t, [port]) => isSoundInAll(t, port!, {'TLSv1.0': rsaAes, 'TLSv1.2': ecdheAes}, {'TLSv1.2': rsaAes}),
);

testBeside(
	{name: 'Java', programs: ['java'], plan: javaPlan([{settings: `${javaKeys.rsa} answers=true`}])},
	'neither a padding oracle nor ROBOT nor Ticketbleed',
	(t, [port]) => isSoundInAll(t, port!, {'TLSv1.2': ecdheAes}, {'TLSv1.2': rsaGcm}),
);

testBeside(
	{name: 'NSS', programs: nssPrograms, plan: nssPlan({argv: ['-V', 'tls1.0:tls1.2', '-u']})},
	'neither a padding oracle nor ROBOT nor Ticketbleed',
	(t, [port]) => isSoundInAll(t, port!, {'TLSv1.2': ecdheAes}, {'TLSv1.2': rsaGcm}),
);

testBeside({name: 'Botan', programs: ['botan'], plan: botanPlan({policy: allowedVersions('12')})}, 'no padding oracle', (t, [port]) =>
	isSoundPeer(t, port!, {'TLSv1.2': ecdheAes}),
);
