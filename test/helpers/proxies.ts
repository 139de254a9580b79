import path from 'node:path';
import type {ConfiguredEndpoint, Product} from '../../source/server-configs/product.js';
import {type ConfigurationFiles, systemFiles} from '../../source/server-configs/reading/files.js';
import {readProductVersion} from '../../source/server-configs/reading/product-version.js';

/** Files that are nowhere but in the test, by their paths from its root. */
export function filesOf(texts: Readonly<Record<string, string>>, environment: ConfigurationFiles['environment'] = {}): ConfigurationFiles {
	const root = path.resolve('/etc');
	const known = new Map(Object.entries(texts).map(([name, text]) => [path.join(root, name), text]));
	return {
		environment,
		read: file => known.get(path.resolve(root, file)),
		list(folder) {
			const prefix = `${path.resolve(root, folder)}${path.sep}`;
			const names = [...known.keys()].filter(name => name.startsWith(prefix)).map(name => name.slice(prefix.length).split(path.sep)[0]!);
			return names.length === 0 ? undefined : [...new Set(names)].toSorted();
		},
	};
}

const short = (names: readonly string[]): string => names.map(name => name.replace('TLSv', '').replace('SSLv', 'ssl')).join(' ');

const lineOf = ({host, foundAt, port, serverName, accepts, rejects, proxyProtocol, startTls}: ConfiguredEndpoint): string =>
	`${host ?? '*'}${foundAt === undefined ? '' : ` at ${foundAt}`}:${port}${serverName === null ? '' : ` ${serverName}`}${proxyProtocol ? ` PROXY ${proxyProtocol}` : ''}${startTls ? ` ${startTls}` : ''}: +${short(accepts)} -${short(rejects)}`;

/** What a product makes of a file below `fixtures/server-configs`, as `readWith` has it; the paths in notes are from there. */
export function readFixture(product: Product, name: string, environment: ConfigurationFiles['environment'] = {}) {
	const {endpoints, notes} = product.read(path.join('fixtures/server-configs', name), systemFiles(environment));
	const root = `${path.join('fixtures/server-configs')}${path.sep}`;
	const shorten = (text: string): string =>
		text
			.replaceAll(`${path.resolve(root)}${path.sep}`, '')
			.replaceAll(root, '')
			.replaceAll('\\', '/');
	return {endpoints: endpoints.map(lineOf), notes: notes.map(shorten), places: endpoints.map(({statedAt}) => shorten(statedAt))};
}

/** What a product makes of files, a line per endpoint: `*:443 name: +1.2 1.3 -ssl2 ssl3 1.0 1.1`. The first file is the main one. */
export function readWith(
	product: Product,
	texts: Readonly<Record<string, string>>,
	environment?: ConfigurationFiles['environment'],
	version?: string,
) {
	const {endpoints, notes, listeners} = product.read(path.resolve('/etc', Object.keys(texts)[0]!), filesOf(texts, environment), {
		version: () => (version === undefined ? undefined : readProductVersion(version)),
	});
	return {
		listeners,
		endpoints: endpoints.map(lineOf),
		notes: notes.map(note => note.replaceAll(`${path.resolve('/etc')}${path.sep}`, '')),
		causes: endpoints.map(({likelyCause}) => likelyCause?.replaceAll(`${path.resolve('/etc')}${path.sep}`, '')),
		suites: endpoints.map(({withoutSuite}) =>
			withoutSuite === undefined
				? undefined
				: {...withoutSuite, statedAt: withoutSuite.statedAt.replaceAll(`${path.resolve('/etc')}${path.sep}`, '')},
		),
		places: endpoints.map(({statedAt}) => statedAt.replaceAll(`${path.resolve('/etc')}${path.sep}`, '')),
	};
}
