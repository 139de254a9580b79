import {performance} from 'node:perf_hooks';
import type {ExecutionContext} from 'ava';
import type {ClientProfile} from '../../source/clients/client-profile.js';
import {helloOf} from '../../source/clients/hello-of.js';
import {clientProfiles} from '../../source/clients/index.js';
import {makeDeadline} from '../../source/engine/deadline.js';
import {converseWith} from '../../source/engine/scan.js';
import {clientsReport} from '../../source/formats/clients.js';
import {askAsClients} from '../../source/probes/clients/ask-as-clients.js';
import type {ClientFinding} from '../../source/probes/clients/client-finding.js';
import type {KnownVersions} from '../../source/probes/clients/derive-from-versions.js';
import {diagnose} from '../../source/probes/clients/diagnose.js';
import {findingOfAnswer} from '../../source/probes/clients/finding-of-answer.js';
import type {Conversation} from '../../source/probes/probe.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {haproxyPlan} from '../helpers/peers/plans/haproxy.js';
import {nginxPlan} from '../helpers/peers/plans/nginx.js';
import {testBeside} from '../helpers/peers/real-server.js';

/*
Clients whose result was derived are asked after all, with their own hellos: the result has to be the same.
*/

const serverName = 'www.example.com';

/** The result of a client's own hello. */
function* askItself(client: ClientProfile, known: KnownVersions): Conversation<ClientFinding> {
	const hello = {...helloOf(client, serverName), readsFlight: true as const};
	const [answer] = yield [{kind: 'hello', hello}];
	const {outcome, attempt} = answer!;
	return outcome.kind === 'server-hello' || outcome.kind === 'hello-retry-request'
		? findingOfAnswer(outcome, attempt, client, hello)
		: yield* diagnose({client, hello, answer: answer!, known, serverName});
}

/** @param least - How many results are derived at least. */
async function assertSame(t: ExecutionContext, title: string, port: number, least: number): Promise<void> {
	const address = '127.0.0.1';
	const endpoint = {host: address, address, port, serverName};
	const say = <Value>(conversation: Conversation<Value>): Promise<Value> =>
		converseWith(conversation, endpoint, {
			timeoutMs: 20_000,
			deadline: makeDeadline(performance.now() + 100_000),
			retries: 1,
			limit: task => task(),
			isRecorded: false,
		});
	const finding = await say(askAsClients(clientProfiles, serverName));
	const asked = {
		...finding,
		clients: await Promise.all(
			finding.clients.map((found, index) =>
				found.derivedFrom === undefined ? found : say(askItself(clientProfiles[index]!, finding.versions!)),
			),
		),
	};
	const inWords = (each: typeof finding) =>
		clientsReport(
			{target: {target: title, host: address, port}, serverName, address, clients: clientProfiles, finding: each},
			'0.0.0',
		).clients.map(({client, connects, missing, because}) => [client, connects, missing, because.replace(/ \(derived\)$/, '')]);
	t.deepEqual(inWords(finding), inWords(asked), title);
	const derived = finding.clients.filter(({derivedFrom}) => derivedFrom !== undefined);
	t.true(derived.length >= least, `${title}: ${derived.length} derived`);
}

const usual = 'ECDHE+AESGCM:ECDHE+CHACHA20';

/** For nginx, with how many results are derived at least. */
const nginxStates: readonly (readonly [title: string, lines: string, least: number])[] = [
	['TLS 1.2 and 1.3', `ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ${usual};`, 20],
	['TLS 1.3', 'ssl_protocols TLSv1.3;', 50],
	['every version', 'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers ALL:@SECLEVEL=0;', 0],
	['a level of security that allows no old version', 'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;', 0],
];

const certificate = `ssl_certificate ${fixture('rsa')}; ssl_certificate_key ${fixture('rsa')};`;

testBeside(
	{
		name: 'nginx',
		programs: ['nginx'],
		plan: nginxPlan(nginxStates.length, ports => ({
			http: nginxStates.map(([, lines], index) => `server { listen 127.0.0.1:${ports[index]} ssl; ${certificate} ${lines} }`),
		})),
	},
	'results that are derived are those of the hellos',
	async (t, ports) => {
		for (const [index, [title, , least]] of nginxStates.entries()) {
			await assertSame(t, title, ports[index]!, least);
		}
	},
);

const haproxyBinds: readonly (readonly [bind: string, least: number])[] = [
	[`ssl crt ${fixture('rsa')} ssl-min-ver TLSv1.2 ciphers ${usual}`, 20],
	[`ssl crt ${fixture('ecdsa-p256')} ssl-min-ver TLSv1.1 ciphers ALL:@SECLEVEL=0`, 20],
];

testBeside(
	{name: 'HAProxy', programs: ['haproxy'], plan: haproxyPlan(haproxyBinds.map(([bind]) => ({bind})))},
	'results that are derived are those of the hellos',
	async (t, ports) => {
		for (const [index, [bind, least]] of haproxyBinds.entries()) {
			await assertSame(t, bind, ports[index]!, least);
		}
	},
);

testBeside(
	{
		name: 'OpenSSL',
		programs: ['openssl'],
		plan: {
			ports: 1,
			command: ([port]) => ({
				program: 'openssl',
				argv: [
					's_server',
					'-accept',
					`127.0.0.1:${port}`,
					'-cert',
					fixture('rsa'),
					'-key',
					fixture('rsa'),
					'-quiet',
					'-no_tls1',
					'-no_tls1_1',
				],
			}),
		},
	},
	'results that are derived are those of the hellos',
	(t, [port]) => assertSame(t, 's_server', port!, 20),
);
