import {groupBy} from '../../bytes/group-by.js';
import type {ConfiguredEndpoint} from '../product.js';
import {forNamesAlone} from './stated-versions.js';
import type {TraefikTls} from './traefik-options.js';

/** Where Traefik listens over TCP. */
export type EntryPoint = Pick<ConfiguredEndpoint, 'host' | 'port' | 'foundAt'> & {
	readonly name: string;
	readonly place: string;
	/** Whether routers of HTTP without TLS settings have these here. */
	readonly hasTls: boolean;
	/** The options that they have then. */
	readonly options?: string | undefined;
};

export type Router = {
	readonly kind: 'http' | 'tcp';
	readonly place: string;
	readonly names: readonly string[];
	readonly expressions: readonly string[];
	readonly isConditional: boolean;
	/** Of TLS settings; undefined where there are none. */
	readonly tls: {readonly options: string | undefined; readonly isPassthrough: boolean} | undefined;
	/** The highest goes first; of TCP alone. */
	readonly priority: number;
};

/** Options by the name that a router says; undefined where there are none, and Traefik closes connections. */
export type FindOptions = (name: string) => TraefikTls | undefined;

/**
The endpoints of an entry point, by the rules of Traefik.

A name of a router of HTTP has the options of that router; where two routers with others say the same name, and for every name that no router says, and
for clients that send none, the options are those called `default`. A router of TCP goes behind those of HTTP, and `HostSNI(*)` behind all names.
*/
export function endpointsOfEntryPoint(
	entryPoint: EntryPoint,
	routers: readonly Router[],
	find: FindOptions,
	notes: string[],
): ConfiguredEndpoint[] {
	const {host, port, foundAt} = entryPoint;
	const http = routers.flatMap(router => {
		const tls = router.tls ?? (entryPoint.hasTls ? {options: entryPoint.options, isPassthrough: false} : undefined);
		return router.kind === 'http' && tls !== undefined ? [{...router, tls}] : [];
	});
	const tcp = routers.filter(({kind}) => kind === 'tcp');
	const overTls = tcp.filter(({tls}) => tls !== undefined);
	if (http.length === 0 && overTls.length === 0 && tcp.length > 0) {
		notes.push(`${tcp[0]!.place}: the entry point ${entryPoint.name} is left out: it forwards connections unchanged`);
		return [];
	}

	for (const {expressions, place} of [...http, ...overTls]) {
		for (const expression of expressions) {
			notes.push(`${place}: the expression ${expression} is left out: it does not give one name`);
		}
	}

	const httpByName = groupBy(
		http.flatMap(router => [...new Set(router.names)].map(name => ({name, router}))),
		({name}) => name,
	);
	const tcpByName = groupBy(
		overTls.flatMap(router => [...new Set(router.names)].map(name => ({name, router}))),
		({name}) => name,
	);
	const byDefault = find('default');
	const found: ConfiguredEndpoint[] = [];
	const add = (serverName: string | null, options: TraefikTls | undefined, router: Router | undefined): void => {
		if (options === undefined || options.problem !== undefined) {
			const what =
				router === undefined ? `the entry point ${entryPoint.name}, except its names,` : (serverName ?? 'a client without a server name');
			const why =
				options?.problem ?? `${router?.place ?? entryPoint.place}: there are no TLS options of that name, so Traefik closes connections`;
			notes.push(`${why}, so ${what} is left out`);
			return;
		}

		const {accepts, rejects, statedAt, likelyCause} = options;
		const stated = byDefault?.isStrict ? forNamesAlone({accepts, rejects}) : {accepts, rejects};
		found.push({host, port, serverName, ...stated, statedAt, likelyCause, foundAt});
	};

	const anyTcp = tcpByName.get('*')?.map(({router}) => router) ?? [];
	const hasCatchAll = http.some(({names}) => names.length === 0);
	const [first] = anyTcp;
	if (first === undefined || hasCatchAll) {
		if (byDefault === undefined || !byDefault.isStrict) {
			add(null, byDefault, undefined);
		}
	} else if (whyOpen(anyTcp) !== undefined) {
		notes.push(`${first.place}: ${whyOpen(anyTcp)}, so clients without a known name are left out`);
	} else {
		const options = find(first.tls!.options ?? 'default');
		if (!options?.isStrict) {
			add(null, options, first);
		}
	}

	for (const name of new Set([...httpByName.keys(), ...tcpByName.keys()])) {
		const serverName = name.startsWith('*.') ? `any${name.slice(1)}` : name.replace(/\.$/, '');
		if (!/^[\w-]+(?:\.[\w-]+)*$/.test(serverName) || /^[\d.]+$/.test(serverName)) {
			continue;
		}

		const ofHttp = httpByName.get(name)?.map(({router}) => router);
		if (ofHttp !== undefined) {
			const named = new Set(ofHttp.map(({tls}) => tls.options ?? 'default'));
			if (named.size > 1) {
				notes.push(
					`${ofHttp[0]!.place}: routers with other TLS options also name ${name} (${[...named].slice(0, 8).join(', ')}), so Traefik uses the default options`,
				);
			}

			add(serverName, find(named.size > 1 ? 'default' : [...named][0]!), ofHttp[0]);
			continue;
		}

		const ofTcp = tcpByName
			.get(name)!
			.map(({router}) => router)
			.toSorted((one, other) => other.priority - one.priority);
		const [router] = ofTcp as [Router];
		const why = whyOpen(ofTcp);
		if (why !== undefined) {
			notes.push(`${router.place}: ${why}, so ${name} is left out`);
			continue;
		}

		add(serverName, find(router.tls!.options ?? 'default'), router);
	}

	if (found.length === 0 && byDefault?.isStrict) {
		notes.push(`${byDefault.statedAt}: with sniStrict the entry point ${entryPoint.name} answers only known names, and no name is known`);
	}

	return found;
}

/** Why routers of TCP, the first of which goes before the others, do not settle the versions. */
const whyOpen = ([first, ...others]: readonly Router[]): string | undefined =>
	first?.tls?.isPassthrough
		? 'TLS is passed through'
		: [first, ...others].some(router => router?.isConditional)
			? 'it depends on more than the name'
			: undefined;
