import path from 'node:path';
import {parse} from 'yaml';
import envoy from '../../source/server-configs/envoy.js';
import {assertAnswers, configurationsOf, handshake, placed, portsIn} from '../helpers/peers/held-against.js';
import {testBeside} from '../helpers/peers/real-server.js';
import {filesOf} from '../helpers/proxies.js';
import {runInProcess} from '../helpers/run-in-process.js';

type Listener = {readonly name: string};
type Bootstrap = {
	readonly static_resources?: {readonly listeners: readonly Listener[]};
	readonly staticResources?: {readonly listeners: readonly Listener[]};
	readonly resources?: readonly (Listener & {readonly '@type'?: string})[];
};

const configurations = configurationsOf('envoy');

/** The listeners of all files, for one process. On 127.0.0.1 alone. */
function together(texts: Readonly<Record<string, string>>): string {
	const listeners = Object.entries(texts).flatMap(([file, text]) => {
		const {static_resources: snake, staticResources: camel, resources} = parse(text.replaceAll('0.0.0.0', '127.0.0.1')) as Bootstrap;
		const discovered = (resources ?? []).map(({'@type': _type, ...listener}) => listener);
		return [...((snake ?? camel)?.listeners ?? []), ...discovered].map(listener => ({...listener, name: `${file} ${listener.name}`}));
	});
	return JSON.stringify({static_resources: {listeners}});
}

let folder = '';

testBeside(
	{
		name: 'envoy',
		programs: ['envoy'],
		plan: {
			ports: portsIn(configurations).length,
			command(ports, temporary) {
				folder = temporary;
				return {
					program: 'envoy',
					argv: ['-c', 'envoy.json', '--disable-hot-restart', '--concurrency', '1', '--log-level', 'error'],
					files: {'envoy.json': together(placed(configurations, ports))},
				};
			},
		},
	},
	`${Object.keys(configurations).length} configurations are answered as they are read`,
	async (t, ports) => {
		const texts = placed(configurations, ports);
		for (const name of Object.keys(texts)) {
			const {endpoints} = envoy.read(path.resolve('/etc', name), filesOf(texts));
			// The suites that these versions need are no longer among the default ones.
			const unlike = name === 'old-versions-with-default-suites.yaml' ? ['TLSv1.0', 'TLSv1.1'] : [];
			await assertAnswers(t, endpoints, name, unlike);
			t.deepEqual(
				endpoints.flatMap(({likelyCause}) => likelyCause ?? []),
				unlike.length > 0 ? ['the default cipher_suites of current Envoy releases have none for TLS 1.0 and 1.1'] : [],
			);
			// Of what is read no listener is missed.
			const written = portsIn({[name]: configurations[name]!}).map(number => ports[portsIn(configurations).indexOf(number)]!);
			for (const port of written.filter(number => !endpoints.some(endpoint => endpoint.port === number))) {
				const isLeftOut = name === 'source-addresses.yaml';
				const answer = await handshake({port, serverName: null}, 'TLSv1.3');
				t.is(answer.replace(/^refused.*/, 'refused'), isLeftOut ? 'accepted' : 'refused', `${name}, ${port}`);
			}

			// What no chain is for is closed, whatever it says.
			for (const {port, proxyProtocol} of endpoints.filter(
				({port}) => !endpoints.some(other => other.port === port && other.serverName === null),
			)) {
				for (const serverName of [null, 'unknown.test']) {
					t.is(await handshake({port, serverName, proxyProtocol}, 'TLSv1.2'), 'refused with ECONNRESET', `${name} ${serverName}`);
				}
			}
		}

		const {code, stdout} = await runInProcess([
			'check',
			'--config',
			path.join(folder, 'envoy.json'),
			'--timeout',
			'20s',
			'--deadline',
			'120s',
		]);
		t.is(code, 1, stdout);
		t.regex(
			stdout,
			/^fail .*\n +configured-accepts: TLSv1\.0 and TLSv1\.1 are listed, but rejected: the\s+default\s+cipher_suites\s+of\s+current\s+Envoy/m,
		);
		t.regex(stdout, /\n\d+ endpoints: \d+ pass, 1 fail, 0 inconclusive/);
	},
);
