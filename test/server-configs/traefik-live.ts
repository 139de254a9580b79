import {homedir} from 'node:os';
import path from 'node:path';
import {systemFiles} from '../../source/server-configs/reading/files.js';
import traefik from '../../source/server-configs/traefik.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {assertAnswers} from '../helpers/peers/held-against.js';
import {testBeside} from '../helpers/peers/real-server.js';

/** What Traefik hands to Go's TLS, as in its `pkg/tls`: nothing where the options say nothing. */
type GoSettings = {readonly Min?: number; readonly Max?: number; readonly Suites?: readonly number[]};

const [tls10, tls11, tls12, tls13] = [0x03_01, 0x03_02, 0x03_03, 0x03_04] as const;
const only12 = {Min: tls12, Max: tls12};
const modern = {Min: tls13};
/** Where no options are called `default`. */
const builtIn = {Min: tls12};

/** For each port of a file in `fixtures/server-configs/traefik`, what holds for other names and for none, and for the names. */
const rows: readonly (readonly [file: string, port: number, others: GoSettings, names: Readonly<Record<string, GoSettings>>])[] = [
	['anchors.yml', 443, modern, {'again.test': {Min: tls13, Max: tls13}}],
	[
		'by-name.yml',
		8443,
		builtIn,
		{
			'modern.test': modern,
			'old.test': {Min: tls10, Max: tls12, Suites: [0xc0_2f, 0xc0_13]},
			'gcm.test': {Min: tls10, Suites: [0xc0_2f]},
		},
	],
	['case.yml', 443, modern, {}],
	['conflict.yml', 443, only12, {}],
	['conflict.yml', 8443, only12, {'both.test': modern}],
	['dotted-keys.toml', 443, {Min: tls13, Max: tls13}, {}],
	['dynamic-alone.yml', 443, builtIn, {}],
	['entry-point-options.yml', 443, builtIn, {'shop.test': modern, 'own.test': {Min: tls11}}],
	['entry-point-options.yml', 8443, builtIn, {}],
	['environment.yml', 443, builtIn, {}],
	['nothing-fits.yml', 443, builtIn, {'a.test': {Suites: [0x13_01]}}],
	['only-docker.yml', 443, builtIn, {}],
	['path-alone.yml', 443, builtIn, {}],
	['same-options.yml', 443, only12, {'a.test': modern}],
	['several-hosts.toml', 443, builtIn, {'one.test': modern, 'two.test': modern}],
	['strict.yml', 443, builtIn, {}],
	['tcp.yml', 443, builtIn, {'mail.test': modern, 'imap.test': modern}],
	['tcp.yml', 5432, only12, {}],
	['tls-alone.yml', 443, {Max: tls12}, {}],
	['unknown-options.yml', 443, builtIn, {'good.test': modern}],
	['version-1.toml', 443, builtIn, {}],
	['wrong-version-word.yml', 443, {}, {}],
	['docker/traefik.yml', 443, {Min: tls12, Suites: [0xc0_30, 0xc0_2f, 0xcc_a8]}, {}],
];

testBeside(
	{
		name: 'traefik',
		programs: ['go'],
		plan: {
			ports: rows.length,
			command: ports => ({
				program: 'go',
				argv: [
					'run',
					path.resolve('fixtures/peers/servers.go'),
					JSON.stringify(
						rows.map(([, , others, names], index) => ({Port: ports[index], Certificate: fixture('rsa'), ...others, Names: names})),
					),
				],
				environment: {
					GOCACHE: process.env.GOCACHE ?? path.join(homedir(), '.cache', 'go-build'),
					GOTOOLCHAIN: 'local',
					GOPROXY: 'off',
					GOTELEMETRY: 'off',
					GO111MODULE: 'off',
					// As in a module of Go 1.22 or later, which Traefik is since 2.11.
					GODEBUG: 'tls10server=0',
				},
			}),
		},
	},
	`what Go makes of the options is what is read, on ${rows.length} entry points`,
	async (t, ports) => {
		for (const [index, [name, port]] of rows.entries()) {
			const file = path.join('fixtures/server-configs/traefik', name);
			const read = traefik.read(file, systemFiles({DOMAIN: 'env.test'})).endpoints.filter(endpoint => endpoint.port === port);
			// Of TLS options that are not in the files, nothing is said.
			const endpoints = read.filter(({accepts}) => accepts.length > 0);
			t.true(endpoints.length > 0, name);
			await assertAnswers(
				t,
				endpoints.map(endpoint => ({...endpoint, port: ports[index]!})),
				name,
			);
		}
	},
);
