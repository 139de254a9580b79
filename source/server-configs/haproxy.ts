import path from 'node:path';
import {groupBy} from '../bytes/group-by.js';
import {type Configuration, type ConfiguredEndpoint, defineProduct} from './product.js';
import {type Decide, readAlternatives} from './reading/alternatives.js';
import {collectEndpoints, mostEndpoints} from './reading/collect-endpoints.js';
import {ConfigurationError} from './reading/configuration-error.js';
import type {Statement} from './reading/configured-demands.js';
import type {ConfigurationFiles} from './reading/files.js';
import {hasOption, readBindOptions} from './reading/haproxy-bind-options.js';
import {type Bind, findBinds} from './reading/haproxy-binds.js';
import {type BindSurroundings, firstWithList, saidOf} from './reading/haproxy-certificates.js';
import {type HaproxyLine, readHaproxyLines} from './reading/haproxy-syntax.js';
import {unknownMark} from './reading/haproxy-variables.js';
import {addDefaults, noDefaults} from './reading/haproxy-versions.js';
import {type ListenAddress, readListenAddress} from './reading/listen-address.js';
import {eachPort} from './reading/port-range.js';
import {askVersion, type ConfigurationOptions} from './reading/product-version.js';

/** HAProxy: what listens with `ssl` in `frontend`, `listen`, `log-forward` and `peers`, with `ssl-default-bind-options` of `global`. */
export default defineProduct({
	name: 'haproxy',
	readsFolders: true,
	recognises: text =>
		/^[ \t\uFEFF]*(?:frontend|backend|listen|defaults)\b(?![ \t]*=)[^{;\r\n]*$/m.test(text) &&
		/^[ \t\uFEFF]*(?:bind|server|mode|global)\b(?![ \t]*=)[^{;\r\n]*$/m.test(text),
	installed: {programs: ['haproxy'], argv: ['-v'], pattern: /version (\d\S*)/},
	read: (file, files, options = {}) => readAlternatives(decide => readOneWay(file, files, {...options, decide})),
});

/** The versions of before 2.2 have another default. */
const oldest = [2, 2];

function readOneWay(
	file: string,
	files: ConfigurationFiles,
	{decide, version}: ConfigurationOptions & {readonly decide: Decide},
): Configuration {
	const notes: string[] = [];
	const asked = askVersion({version}, decide, oldest);
	const lines = readHaproxyLines(file, files, {decide, version: asked});
	const globals = lines.filter(({section}) => section === 'global');
	const defaults = globals
		.filter(({words}) => words[0] === 'ssl-default-bind-options')
		.reduce((methods, {words}) => addDefaults(methods, readBindOptions(words.slice(1))), noDefaults);
	const clientOrder = globals.findLast(({words}) => words[0] === 'ssl-default-bind-options' && words.includes('prefer-client-ciphers'));
	const global = (name: string): Statement | undefined => {
		const line = globals.findLast(({words}) => words[0] === `ssl-default-bind-${name}`);
		return line?.words[1] === undefined ? undefined : {text: line.words[1], statedAt: `${line.place}: ssl-default-bind-${name}`};
	};
	const folder = files.list(file) === undefined ? path.dirname(file) : file;
	const base = path.resolve(folder, globals.findLast(({words}) => words[0] === 'crt-base')?.words[1] ?? '');
	if (lines.some(({words}) => words[0] === 'ssl-f-use')) {
		asked.suppose([3, 2]);
	}

	const binds = findBinds(lines, notes);
	const surroundings = {
		defaults,
		stated: {
			ciphers: global('ciphers'),
			ciphersuites: global('ciphersuites'),
			groups: global('curves'),
			schemes: global('sigalgs'),
			order: clientOrder && {side: 'client' as const, statedAt: `${clientOrder.place}: prefer-client-ciphers`},
		},
		bySection: groupBy(lines, ({sectionNumber}) => sectionNumber),
		firstWith: firstWithList(binds),
		lists: new Map(),
		files,
		folder,
		base,
		notes,
		version: asked,
	};
	return {endpoints: collectEndpoints(binds, bind => endpointsOf(bind, surroundings), notes), notes, listeners: binds.length};
}

function endpointsOf(bind: Bind, surroundings: BindSurroundings): ConfiguredEndpoint[] {
	const {notes} = surroundings;
	const {
		addresses,
		shown,
		options,
		keyword,
		line: {place},
	} = bind;
	if (!hasOption(options, 'ssl')) {
		return [];
	}

	const leftOut = `${place}: ${keyword} ${shown} is left out`;
	const proxyProtocol = proxyProtocolOf(bind, surroundings);
	if (proxyProtocol === 'sometimes') {
		notes.push(`${leftOut}: it expects the PROXY protocol from some clients, which are not known`);
		return [];
	}

	if (hasOption(options, 'accept-netscaler-cip')) {
		notes.push(`${leftOut}: it expects a NetScaler header first`);
		return [];
	}

	const stated = saidOf(bind, surroundings);
	const all: string[] = [];
	for (const address of addresses.split(',')) {
		all.push(...eachPort(address));
		if (all.length > mostEndpoints) {
			throw new ConfigurationError(`${place}: more than ${mostEndpoints} ports`);
		}
	}

	return collectEndpoints(
		all,
		address => {
			const listen = listenOf(address, hasOption(options, 'v6only'));
			if (listen === undefined) {
				const why = address.includes(unknownMark) ? 'a variable in it is not set here' : 'it is not an address and port that can be probed';
				notes.push(`${place}: ${keyword} ${shown === addresses ? address : shown} is left out: ${why}`);
			}

			return listen === undefined ? [] : stated.map(one => ({...listen, ...one, ...(proxyProtocol === undefined ? {} : {proxyProtocol})}));
		},
		notes,
	);
}

/** Every address of IPv6 is looked for at `::1` where it is said that IPv4 is not meant. */
function listenOf(address: string, isV6Only: boolean): ListenAddress | undefined {
	const [, family, rest] = /^(?:(?:stream\+)?(?:ip|(?:ipv|(?:mp)?tcp)([46]?))@)?(.*)$/.exec(address)!;
	const listen = readListenAddress(rest!);
	const isV6 = family === '6' || (isV6Only && /^(?:\[::\]|::):/.test(rest!));
	return listen?.host === null && isV6 ? {...listen, host: '::1'} : listen;
}

/** Whether a header comes first. HAProxy takes both versions of it. */
function proxyProtocolOf({options, line}: Bind, {bySection}: BindSurroundings): 1 | 'sometimes' | undefined {
	if (hasOption(options, 'accept-proxy')) {
		return 1;
	}

	const rules = proxyRules(bySection.get(line.sectionNumber)!);
	return rules.some(rule => rule.words.length === 4) ? 1 : rules.length > 0 ? 'sometimes' : undefined;
}

const rulesOf = new WeakMap<readonly HaproxyLine[], readonly HaproxyLine[]>();

/** Those of a section that say which clients send a header. Found once for all of its binds. */
function proxyRules(section: readonly HaproxyLine[]): readonly HaproxyLine[] {
	const rules =
		rulesOf.get(section) ?? section.filter(({words}) => /^tcp-request connection expect-proxy layer4\b/.test(words.slice(0, 4).join(' ')));
	rulesOf.set(section, rules);
	return rules;
}
