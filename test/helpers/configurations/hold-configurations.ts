import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import test, {type ExecutionContext} from 'ava';
import {installedVersion} from '../../../source/checks/installed-version.js';
import {converse} from '../../../source/exchange/converse.js';
import {type VersionName, versions} from '../../../source/iana/versions.js';
import {shapesOf} from '../../../source/probes/versions/shapes.js';
import {recogniseProduct} from '../../../source/server-configs/index.js';
import type {ConfiguredEndpoint, Product} from '../../../source/server-configs/product.js';
import {systemFiles} from '../../../source/server-configs/reading/files.js';
import {readProductVersion} from '../../../source/server-configs/reading/product-version.js';
import {dialRoute} from '../../../source/transport/route.js';
import {rowsOf} from '../depth.js';
import {fixture} from '../peers/fixtures.js';
import {testBeside} from '../peers/real-server.js';
import type {ServerPlan} from '../peers/start-server.js';
import {filesOf} from '../proxies.js';
import type {ConfigurationRow, ConfigurationRunner} from './configuration-row.js';

const [rsa, ecdsa] = [readFileSync(fixture('rsa'), 'utf8'), readFileSync(fixture('ecdsa-p256'), 'utf8')];
const certificates = {'rsa.pem': rsa, 'ecdsa.pem': ecdsa, 'certs/rsa.pem': rsa, 'certs/ecdsa.pem': ecdsa};

const asked: readonly VersionName[] = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/**
Declare two tests for each row: that the reader says of it what the row says, and, beside the real product, that the product does what the
reader says. A port that the reader says nothing of must not answer with TLS.
*/
export function holdConfigurations(product: Product, rows: readonly ConfigurationRow[], runner: ConfigurationRunner): void {
	const beside = new Set(rowsOf(rows, 6));
	for (const row of rows) {
		test(`${product.name}, as it is read: ${row.title}`, t => {
			const [main] = Object.keys(row.files);
			t.is(recogniseProduct(row.files[main!]!)?.name, product.name);
			const version = row.version === undefined ? undefined : readProductVersion(row.version);
			const {endpoints} = product.read(path.resolve('/etc', main!), filesOf({...row.files, ...certificates}), {version: () => version});
			t.deepEqual(endpoints.map(inWords), row.says);
		});

		if (!beside.has(row)) {
			continue;
		}

		let folder = '';
		const plan = planOf(row, runner, temporary => {
			folder = temporary;
		});
		testBeside({name: product.name, programs: [runner.program, ...(runner.needs ?? [])], plan}, row.title, (t, ports) =>
			hold(t, product, row, {ports, folder}),
		);
	}
}

const inWords = ({host, port, serverName, accepts, rejects, proxyProtocol, startTls, withoutSuite}: ConfiguredEndpoint): string => {
	const open = asked.filter(name => !accepts.includes(name) && !rejects.includes(name)).map(name => `?${name}`);
	const on = accepts.map(name => `${withoutSuite?.versions.includes(name) ? '!' : ''}${name}`);
	const how = [
		host ?? '*',
		`:${port}`,
		serverName && ` ${serverName}`,
		proxyProtocol && ` PROXY ${proxyProtocol}`,
		startTls && ` ${startTls}`,
	];
	return `${how.filter(Boolean).join('')}: ${[...on, ...open].join(' ').replaceAll('TLSv', '')}`;
};

const portsIn = (text: string): string[] => [...new Set(text.match(/\b180\d\d\b/g) ?? [])].toSorted();

function planOf(
	{files}: ConfigurationRow,
	{program, argv, prepare, besides = {}}: ConfigurationRunner,
	tell: (folder: string) => void,
): ServerPlan {
	const [main, ...others] = Object.keys(files) as [string, ...string[]];
	const written = portsIn(Object.values(files).join('\n'));
	return {
		ports: written.length,
		command(ports, folder) {
			tell(folder);
			const place = (text: string): string => text.replaceAll(/\b180\d\d\b/g, port => String(ports[written.indexOf(port)]));
			if (Object.values(files).some(text => /\b180\d\d-180/.test(text)) && ports.some((port, index) => port !== ports[0]! + index)) {
				throw new Error('a range of ports needs them in a row: other ones are tried');
			}

			return {
				program,
				argv: argv(folder, main),
				files: {
					...certificates,
					...besides,
					[main]: prepare(place(files[main]!), folder),
					...Object.fromEntries(others.map(name => [name, place(files[name]!)])),
				},
			};
		},
	};
}

type Running = {readonly ports: readonly number[]; readonly folder: string};

async function hold(t: ExecutionContext, product: Product, {files}: ConfigurationRow, {ports, folder}: Running): Promise<void> {
	const installed = product.installed === undefined ? undefined : installedVersion(product.installed, process.env)?.version;
	const {endpoints, notes} = product.read(path.join(folder, Object.keys(files)[0]!), systemFiles({}), {version: () => installed});
	const differences = await Promise.all(endpoints.map(endpoint => differenceOf(endpoint, endpoints)));
	t.deepEqual(differences.filter(Boolean), []);
	const left = ports.filter(
		port => !endpoints.some(endpoint => endpoint.port === port) && !notes.some(note => note.includes(`:${port} is left out`)),
	);
	const silent = await Promise.all(left.map(port => acceptedOf({host: '127.0.0.1', port, serverName: null}, ['TLSv1.2', 'TLSv1.3'])));
	t.deepEqual(silent.flat(), []);
	t.true(endpoints.length > 0);
}

/** What the product does otherwise than the reader says. Where a name's own versions have no effect, the listener's count. */
async function differenceOf(endpoint: ConfiguredEndpoint, all: readonly ConfiguredEndpoint[]): Promise<string | undefined> {
	const decided = asked.filter(name => endpoint.accepts.includes(name) || endpoint.rejects.includes(name));
	const found = await acceptedOf(endpoint, decided);
	const said = ({accepts, withoutSuite}: ConfiguredEndpoint): string =>
		decided.filter(name => accepts.includes(name) && !withoutSuite?.versions.includes(name)).join();
	const listening = all.find(({host, port, serverName}) => serverName === null && host === endpoint.host && port === endpoint.port);
	const isSame = found.join() === said(endpoint) || (endpoint.likelyCause !== undefined && listening && found.join() === said(listening));
	return isSame ? undefined : `${inWords(endpoint)} (${endpoint.statedAt}): the product speaks ${found.join() || 'none'}`;
}

/** One hello a version: a ServerHello that selects it is enough. */
async function acceptedOf(
	{
		host,
		port,
		serverName,
		startTls,
		proxyProtocol,
	}: Pick<ConfiguredEndpoint, 'host' | 'port' | 'serverName' | 'startTls' | 'proxyProtocol'>,
	names: readonly VersionName[],
): Promise<VersionName[]> {
	const address = host ?? '127.0.0.1';
	const found: VersionName[] = [];
	for (const name of names) {
		const code = versions.code(name);
		const dial = dialRoute({
			host: address,
			port,
			address,
			localAddress: undefined,
			proxy: undefined,
			serverName: serverName ?? undefined,
			startTls,
			proxyProtocol,
		});
		const {outcome} = await converse(shapesOf(code, serverName ?? undefined)[0], {
			dial,
			timeoutMs: 10_000,
			deadline: {atMs: performance.now() + 20_000},
			now: () => performance.now(),
			random: size => randomBytes(size),
			isRecorded: false,
		});
		if ((outcome.kind === 'server-hello' || outcome.kind === 'hello-retry-request') && outcome.version === code) {
			found.push(name);
		}
	}

	return found;
}
