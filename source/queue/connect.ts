import {createRequire} from 'node:module';
import {isIP} from 'node:net';
import type {Redis} from 'ioredis';
import {InputError} from '../bytes/input-error.js';
import type {RedisPlace} from './redis-place.js';

type Bullmq = typeof import('bullmq');
type Ioredis = typeof import('ioredis');

/** A connection to Redis, and the queues of BullMQ on it. */
export type QueueConnection = {
	readonly bullmq: Bullmq;
	readonly redis: Redis;
	readonly label: string;
	/** Rejects if the server refuses this client, so that waiting is of no use. */
	readonly refused: Promise<never>;
	/** What a command threw, in words if the server has refused it: a permission, or its memory is full. */
	readonly explain: (error: unknown) => unknown;
	readonly close: () => void;
};

export type ConnectOptions = {
	/** Told once if there is no connection, and once when there is one again. */
	readonly say: (text: string) => void;
	/** How long to wait for the first connection; undefined for as long as it takes. */
	readonly firstWithinMs?: number | undefined;
	/** After so long without a sign a process counts as gone. It notices earlier that its own connection is cut. */
	readonly leaseMs: number;
	readonly signal: AbortSignal;
};

/** Longer than BullMQ lets a command wait for a job. */
const shortestSilentMs = 3000;
const longestPauseMs = 2000;

/**
Connect to Redis, and wait until it is there.

@throws {InputError} If BullMQ is not installed, if the server refuses the login or is too old, or if it does not answer in time.
*/
export async function connect(place: RedisPlace, {say, firstWithinMs, leaseMs, signal}: ConnectOptions): Promise<QueueConnection> {
	// A client without an answer for this time connects again: a machine that was unplugged sends no FIN.
	const silentMs = Math.max(shortestSilentMs, (leaseMs * 2) / 3);
	const {bullmq, ioredis} = load();
	const redis = new ioredis.Redis({
		...place.at,
		...(place.user === undefined ? {} : {username: place.user}),
		...(place.password === undefined ? {} : {password: place.password}),
		...(place.usesTls ? {tls: 'host' in place.at && isIP(place.at.host) === 0 ? {servername: place.at.host} : {}} : {}),
		db: place.database,
		connectionName: 'tlsprobe',
		maxRetriesPerRequest: null,
		retryStrategy: times => Math.min(50 * 2 ** Math.min(times, 10), longestPauseMs),
		socketTimeout: silentMs,
	});
	let refuse = (_error: Error): void => {};
	const refused = new Promise<never>((_resolve, reject) => {
		refuse = reject;
	});
	refused.catch(() => {});
	let isAway = false;
	let isClosed = false;
	let why = 'the connection was closed';
	redis.on('error', (error: NodeJS.ErrnoException) => {
		why = error.code ?? (error.message.startsWith('Socket timeout') ? `no answer for ${silentMs / 1000} s` : error.message);
		if (isFinal(error)) {
			refuse(new InputError(`${place.label}: ${inWords(error)}`));
			redis.disconnect();
		}
	});
	redis.on('close', () => {
		if (!isAway && !isClosed) {
			isAway = true;
			say(`${place.label} does not answer (${why}); waiting for it\n`);
		}
	});
	redis.on('ready', () => {
		if (isAway) {
			say(`${place.label} answers again\n`);
		}

		isAway = false;
		why = 'the connection was closed';
	});
	const explain = (error: unknown): unknown =>
		error instanceof Error && error.name === 'ReplyError' ? new InputError(`${place.label}: ${inWords(error)}`) : error;
	const close = (): void => {
		isClosed = true;
		redis.disconnect();
	};

	try {
		await Promise.race([refused, waitForFirst(redis, place.label, firstWithinMs, signal)]);
		await checkServer(redis, place.label, say);
	} catch (error) {
		close();
		throw explain(error);
	}

	return {bullmq, redis, label: place.label, refused, explain, close};
}

/** Loaded only for those who use a queue. Both are CommonJS, which `import` reads twice: first for the names that it exports. */
function load() {
	try {
		const ioredis = createRequire(import.meta.url)('ioredis') as Ioredis;
		const bullmq = createRequire(import.meta.url)('bullmq') as Bullmq;
		return {bullmq, ioredis};
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') {
			throw error;
		}

		throw new InputError('a queue needs the packages bullmq and ioredis; install them beside tlsprobe: npm install -g bullmq ioredis');
	}
}

const isFinal = ({message, code = ''}: NodeJS.ErrnoException): boolean =>
	/^(?:WRONGPASS|NOAUTH|NOPERM)/.test(message) || /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED)/.test(code);

function inWords({name, message, code}: NodeJS.ErrnoException): string {
	switch (/^[A-Z]+/.exec(message)?.[0]) {
		case 'WRONGPASS':
			return 'the user or the password is wrong';
		case 'NOAUTH':
			return 'a password is needed';
		case 'NOPERM':
			return `the user lacks a permission (${message})`;
		default:
			return name === 'ReplyError' ? message : noTls(code);
	}
}

function noTls(code = ''): string {
	if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
		return 'its certificate is for another name';
	}

	const isUntrusted = /^(?:UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED)/.test(code);
	return `no TLS connection (${code})${isUntrusted ? '; NODE_EXTRA_CA_CERTS=FILE names your own authority' : ''}`;
}

function waitForFirst(redis: Redis, label: string, withinMs: number | undefined, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer =
			withinMs === undefined
				? undefined
				: setTimeout(() => reject(new InputError(`${label} does not answer within ${withinMs / 1000} s`)), withinMs);
		const onAbort = (): void => {
			clearTimeout(timer);
			reject(Object.assign(new Error('interrupted'), {name: 'InterruptedError'}));
		};

		signal.addEventListener('abort', onAbort, {once: true});
		if (signal.aborted) {
			onAbort();
		}

		redis.once('ready', () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', onAbort);
			resolve();
		});
	});
}

/** BullMQ needs Redis 6.2 or Valkey, and a server that drops no keys. */
async function checkServer(redis: Redis, label: string, say: (text: string) => void): Promise<void> {
	const info = await redis.info();
	const fieldOf = (name: string): string | undefined => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
	const [major = 0, minor = 0] = (fieldOf('redis_version') ?? '').split('.').map(Number);
	if (major < 6 || (major === 6 && minor < 2)) {
		throw new InputError(`${label} is Redis ${fieldOf('redis_version')}; a queue needs Redis 6.2 or later, or Valkey`);
	}

	const policy = fieldOf('maxmemory_policy');
	if (policy !== undefined && policy !== 'noeviction') {
		say(`${label} may drop jobs when its memory is full (maxmemory-policy ${policy}); set it to noeviction\n`);
	}
}
