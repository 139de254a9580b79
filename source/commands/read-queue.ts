import {isLabel} from '../queue/keys.js';
import {parseRedisPlace, type RedisPlace} from '../queue/redis-place.js';
import {type Context, UsageError} from './command.js';
import {readDuration} from './read-values.js';

/** After so long without a sign a worker or producer counts as gone. */
const usualLease = '30s';

/** @throws {UsageError} For what is no URL of a Redis server; never with a password in it. */
export function readPlace(text: string | undefined, {environment}: Pick<Context, 'environment'>): RedisPlace {
	if (text === undefined) {
		throw new UsageError('name the queue with --queue URL, such as redis://queue.example.com:6379');
	}

	const parsed = parseRedisPlace(text, environment);
	if (parsed.kind === 'invalid') {
		throw new UsageError(`--queue: ${parsed.problem}`);
	}

	return parsed.place;
}

/** @throws {UsageError} For what is no time. */
export const readLeaseMs = ({environment}: Pick<Context, 'environment'>): number =>
	readDuration('TLSPROBE_QUEUE_LEASE', environment.TLSPROBE_QUEUE_LEASE || usualLease);

/** @throws {UsageError} For what is no label. */
export function readLabel(flag: string, text: string): string {
	if (!isLabel(text)) {
		throw new UsageError(`${flag} takes labels of a-z, 0-9, - and _, such as eu, not ${JSON.stringify(text)}`);
	}

	return text;
}
