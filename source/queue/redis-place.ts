import {bracketed} from '../bytes/bracketed.js';

/** Where Redis is, and how to log in there. */
export type RedisPlace = {
	/** A host without brackets, or the path of a Unix socket. */
	readonly at: {readonly host: string; readonly port: number} | {readonly path: string};
	readonly usesTls: boolean;
	readonly database: number;
	readonly user: string | undefined;
	readonly password: string | undefined;
	/** Its name in all output: never with a user or a password. */
	readonly label: string;
};

export type ParsedPlace = {readonly kind: 'place'; readonly place: RedisPlace} | {readonly kind: 'invalid'; readonly problem: string};

/** The variables that hold what does not belong on a command line. */
export const userVariable = 'TLSPROBE_REDIS_USER';
export const passwordVariable = 'TLSPROBE_REDIS_PASSWORD';

const defaultPort = 6379;

/**
Read `redis://`, `rediss://` (with TLS) or `unix://` with the path of a socket.

@param environment - The user and password are taken from it where the URL has none.
@returns If it is invalid, the reason, without secrets.
*/
export function parseRedisPlace(text: string, environment: Readonly<Record<string, string | undefined>>): ParsedPlace {
	const scheme = /^(redis|rediss|unix):\/\//i.exec(text)?.[1]?.toLowerCase();
	if (scheme === undefined) {
		return invalid('not the URL of a Redis server: it begins with redis://, rediss:// or unix://');
	}

	let url: URL;
	try {
		// URLs of other schemes are parsed less strictly.
		url = new URL(text.replace(/^[^:]*/, scheme === 'unix' ? 'file' : 'ws'));
	} catch {
		return invalid('not a URL such as redis://queue.example.com:6379; write %40, %3A or %2F for @, : or / in a password');
	}

	const [user, password] = [decoded(url.username), decoded(url.password)];
	if (user === undefined || password === undefined) {
		return invalid('write % in a user or password as %25');
	}

	if (url.search !== '' || url.hash !== '') {
		return invalid('the URL has no query; write %3F or %23 for ? or # in a password');
	}

	const login = {
		user: user || environment[userVariable] || undefined,
		password: password || environment[passwordVariable] || undefined,
	};
	if (scheme === 'unix') {
		const path = decoded(url.pathname);
		return path === undefined || path === '/'
			? invalid('unix:// is followed by the path of a socket, such as unix:///run/redis/redis.sock')
			: {kind: 'place', place: {at: {path}, usesTls: false, database: 0, ...login, label: `unix://${path}`}};
	}

	const database = /^\/?(\d{0,4})$/.exec(url.pathname)?.[1];
	if (database === undefined || url.hostname === '') {
		return invalid(url.hostname === '' ? 'it names no host' : 'its path is the number of a database, such as /0');
	}

	const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
	// The parser drops what is the default port of the other scheme.
	const authority = text.slice(scheme.length + '://'.length).replace(/[/?#].*$/s, '');
	const port = Number(/:(\d+)$/.exec(authority)?.[1] ?? defaultPort);
	const place = database === '' ? '' : `/${Number(database)}`;
	return {
		kind: 'place',
		place: {
			at: {host, port},
			usesTls: scheme === 'rediss',
			database: Number(database),
			...login,
			label: `${scheme}://${bracketed(host)}:${port}${place}`,
		},
	};
}

const invalid = (problem: string): ParsedPlace => ({kind: 'invalid', problem});

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}
