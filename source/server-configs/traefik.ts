import {versionNames} from '../iana/versions.js';
import {type Configuration, type ConfiguredEndpoint, defineProduct} from './product.js';
import {collectEndpoints} from './reading/collect-endpoints.js';
import {ConfigurationError} from './reading/configuration-error.js';
import type {Document} from './reading/documents.js';
import {makeBudget} from './reading/files.js';
import {readListenAddress} from './reading/listen-address.js';
import {fieldAt, fieldsOf, isTrue, textOf, textsOf, type Value} from './reading/located-fields.js';
import {type EntryPoint, endpointsOfEntryPoint, type FindOptions, type Router} from './reading/traefik-entry-point.js';
import {everywhere, readTraefikFiles} from './reading/traefik-files.js';
import {builtInOptions, readTlsOptions, type TraefikTls} from './reading/traefik-options.js';
import {readRule} from './reading/traefik-rule.js';

/**
Traefik 2 and 3: the entry points of a static file, and the routers and TLS options of the dynamic files that its file provider names, YAML or TOML.

It answers TLS on every entry point over TCP, with or without routers. Of those without any that are for TLS, these are listed only where no entry point
has some, and none that redirects to another. What Docker or another provider adds is not in the files.

https://doc.traefik.io/traefik/reference/routing-configuration/http/tls/tls-options/
*/
export default defineProduct({
	name: 'traefik',
	recognises: text =>
		/^(?:["']?entryPoints["']?[ \t]*:|[ \t]*\[+entryPoints\b)/im.test(text) ||
		/^[ \t]*\[+["']?(?:tls\.(?:options|stores|certificates)|(?:http|tcp|udp)\.(?:routers|services|middlewares))\b/im.test(text) ||
		/^(?:http|tcp|tls|udp):[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n){0,20}[ \t]+(?:routers|services|middlewares|options|stores|certificates|serversTransports):/im.test(
			text,
		),
	read(file, files) {
		const notes: string[] = [];
		const {documents, isWhole} = readTraefikFiles(file, {files, budget: makeBudget(), notes});
		const [main] = documents;
		if (main === undefined) {
			return {endpoints: [], notes};
		}

		const stated = everywhere(documents, 'entryPoints').flatMap(({document, value}) => entryPointsOf(value, document, notes));
		const assumed = stated.length === 0 ? assumedEntryPoint(file, notes) : [];
		const all = [...stated, ...assumed];
		const options = optionsOf(documents, notes);
		const find: FindOptions = name => {
			const [plain, provider = 'file'] = name.split('@', 2);
			// Those called default are of no provider.
			const found = provider === 'file' && name !== 'default@file' ? options.get(plain!) : undefined;
			// A file that is missing, or another provider, may have them.
			const unsaid = {accepts: [], rejects: [], statedAt: `${file}: the TLS options ${name} are not in it`, isStrict: false};
			return found ?? (isWhole && provider === 'file' ? (name === 'default' ? builtInOptions(file) : undefined) : unsaid);
		};
		const routers = routersOf(documents, all, assumed.length > 0, notes);
		const used = all.filter(entryPoint => isUsed(entryPoint, routers.get(entryPoint.name) ?? []));
		const shown = used.length > 0 ? used : all.filter(({redirects, isDefault}) => isDefault && !redirects);
		for (const {name, place} of all.filter(entryPoint => !shown.includes(entryPoint))) {
			notes.push(`${place}: the entry point ${name} is left out: no router on it is for TLS`);
		}

		const endpoints = collectEndpoints(
			shown,
			entryPoint => entryPoint.ofVersion1 ?? endpointsOfEntryPoint(entryPoint, routers.get(entryPoint.name) ?? [], find, notes),
			notes,
		);
		return {endpoints, notes} satisfies Configuration;
	},
});

type Listed = EntryPoint & {
	readonly redirects: boolean;
	/** Whether routers that name no entry point are on it. */
	readonly isDefault: boolean;
	/** Of Traefik 1, whose entry points have the versions themselves. */
	readonly ofVersion1?: readonly ConfiguredEndpoint[] | undefined;
};

function entryPointsOf(value: Value, {place}: Document, notes: string[]): Listed[] {
	const listed = fieldsOf(value).flatMap(({name, value: settings}) => {
		const stated = fieldAt(settings, 'address');
		const [address = '', protocol = 'tcp'] = (textOf(stated) ?? '').split('/', 2);
		if (protocol.toLowerCase() === 'udp') {
			return [];
		}

		const at = place(stated ?? settings);
		const found = readListenAddress(address);
		if (found === undefined) {
			notes.push(
				`${at}: the entry point ${name} is left out: ${address === '' ? 'it has no address' : `${address} is not an address and port`}`,
			);
			return [];
		}

		const tls = fieldAt(settings, 'http', 'tls');
		return [
			{
				...found,
				name,
				place: at,
				hasTls: isSwitchedOn(tls),
				options: optionsNamed(tls),
				redirects: fieldAt(settings, 'http', 'redirections') !== undefined || fieldAt(settings, 'redirect') !== undefined,
				isChosen: isTrue(fieldAt(settings, 'asDefault')),
				ofVersion1: ofVersion1(fieldAt(settings, 'tls'), {...found, place: at}, place, notes),
			},
		];
	});
	// The name of the entry point of its own dashboard.
	const isAnyChosen = listed.some(({isChosen}) => isChosen);
	return listed.map(({isChosen, ...entryPoint}) => ({...entryPoint, isDefault: isAnyChosen ? isChosen : entryPoint.name !== 'traefik'}));
}

/** Settings that may be empty: `tls: {}`, `tls: true`, `[http.routers.a.tls]`. */
const isSwitchedOn = (value: Value): boolean => value?.kind === 'mapping' || isTrue(value);

/** Traefik 1 says versions at the entry point, for all names. Which version is the highest depends on the Go that built it. */
function ofVersion1(
	tls: Value,
	{host, port, place: at}: Pick<EntryPoint, 'host' | 'port' | 'place'>,
	place: Document['place'],
	notes: string[],
): readonly ConfiguredEndpoint[] | undefined {
	if (!isSwitchedOn(tls)) {
		return undefined;
	}

	const stated = fieldAt(tls, 'minVersion');
	const word = textOf(stated) ?? '';
	const lowest = ['VersionTLS10', 'VersionTLS11', 'VersionTLS12'].indexOf(word);
	const old = versionNames.filter(name => name !== 'TLSv1.3');
	const from = lowest === -1 ? old.indexOf('TLSv1.2') : old.indexOf('TLSv1.0') + lowest;
	notes.push(`${at}: tls of an entry point is Traefik 1; only its lowest version is checked`);
	return [
		{
			...{host, port, serverName: null},
			accepts: old.slice(from),
			rejects: lowest === -1 ? ['SSLv2', 'SSLv3'] : old.slice(0, from),
			statedAt: lowest === -1 ? `${at}: minVersion not set` : `${place(stated!)}: minVersion ${word}`,
		},
	];
}

/** Of dynamic files alone it is not said where Traefik listens. */
function assumedEntryPoint(file: string, notes: string[]): Listed[] {
	notes.push(`${file}: it has no entry points, so port 443 is used; Traefik's static file names them`);
	return [{name: 'port 443', place: file, host: null, port: 443, hasTls: false, redirects: false, isDefault: true}];
}

function optionsOf(documents: readonly Document[], notes: string[]): Map<string, TraefikTls> {
	const options = new Map<string, TraefikTls>();
	for (const {document, value} of everywhere(documents, 'tls', 'options')) {
		for (const {name, value: settings} of fieldsOf(value)) {
			if (options.has(name)) {
				notes.push(`${document.place(settings)}: the TLS options ${name} are in two files; the first ones count`);
			} else {
				options.set(name, readTlsOptions(name, settings, document.place(settings), document, notes));
			}
		}
	}

	return options;
}

/** The routers on each entry point. */
function routersOf(
	documents: readonly Document[],
	entryPoints: readonly Listed[],
	isAssumed: boolean,
	notes: string[],
): Map<string, Router[]> {
	const byEntryPoint = new Map<string, Router[]>(entryPoints.map(({name}) => [name, []]));
	const byDefault = entryPoints.filter(({isDefault}) => isDefault).map(({name}) => name);
	let count = 0;
	for (const kind of ['http', 'tcp'] as const) {
		for (const {document, value} of everywhere(documents, kind, 'routers')) {
			for (const {name, value: settings} of fieldsOf(value)) {
				const router = routerOf(kind, settings, document);
				const named = textsOf(fieldAt(settings, 'entryPoints'));
				const places = isAssumed ? (router.tls === undefined ? [] : byDefault) : named.length === 0 ? byDefault : named;
				for (const place of new Set(places)) {
					count += 1;
					if (count > mostPlaces) {
						throw new ConfigurationError(`${router.place}: more than ${mostPlaces} routers, each on each of its entry points`);
					}

					const there = byEntryPoint.get(place);
					if (there === undefined) {
						notes.push(`${router.place}: the router ${name} is left out of ${place}: there is no such entry point`);
					}

					there?.push(router);
				}
			}
		}
	}

	return byEntryPoint;
}

function routerOf(kind: Router['kind'], settings: Value, {place}: Document): Router {
	const rule = fieldAt(settings, 'rule');
	const text = (textOf(rule) ?? '').slice(0, longestRule);
	const tls = fieldAt(settings, 'tls');
	return {
		kind,
		place: place(rule ?? settings!),
		...readRule(text),
		tls: isSwitchedOn(tls) ? {options: optionsNamed(tls), isPassthrough: kind === 'tcp' && isTrue(fieldAt(tls, 'passthrough'))} : undefined,
		priority: Number(textOf(fieldAt(settings, 'priority')) ?? 0) || text.length,
	};
}

/** Routers that name no entry point are on all of them. */
const mostPlaces = 262_144;

/** `modern@file` is the same as `modern`. */
const optionsNamed = (tls: Value): string | undefined => textOf(fieldAt(tls, 'options'))?.replace(/(?<!^default)@file$/, '') || undefined;

const longestRule = 65_536;

const isUsed = ({hasTls, ofVersion1: versions}: Listed, routers: readonly Router[]): boolean =>
	hasTls || versions !== undefined || routers.some(({tls}) => tls !== undefined);
