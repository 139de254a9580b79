import {isDeepStrictEqual} from 'node:util';
import {listed} from '../../bytes/listed.js';
import type {Configuration, ConfiguredEndpoint} from '../product.js';
import {ConfigurationError} from './configuration-error.js';
import {withDemands} from './configured-demands.js';

/** Says whether something holds that the files do not tell, such as `feature(QUIC)`: of the same words always the same. */
export type Decide = (words: string) => boolean;

/** With one more question there are twice as many ways to read a configuration. */
const mostReadings = 64;

/**
Read a configuration in every way that the conditions allow which its files do not decide, and keep what is the same in all of them.

@param read - Reads it one way. A ConfigurationError is a way in which the product would not start: it does not count, unless all are.
@throws {ConfigurationError} Where no way is left, or there are too many.
*/
export function readAlternatives(read: (decide: Decide) => Configuration): Configuration {
	const readings: Configuration[] = [];
	const questions = new Set<string>();
	let failure: ConfigurationError | undefined;
	const pending: ReadonlyMap<string, boolean>[] = [new Map()];
	for (let assumed = pending.pop(); assumed !== undefined; assumed = pending.pop()) {
		const given = assumed;
		let open: string | undefined;
		const decide: Decide = words => {
			open ??= given.has(words) ? undefined : words;
			return given.get(words) ?? false;
		};
		let reading: Configuration | undefined;
		try {
			reading = read(decide);
		} catch (error) {
			if (!(error instanceof ConfigurationError)) {
				throw error;
			}

			failure ??= error;
		}

		if (open !== undefined) {
			questions.add(open);
			pending.push(new Map([...given, [open, false]]), new Map([...given, [open, true]]));
			if (readings.length + pending.length > mostReadings) {
				throw new ConfigurationError(`too many conditions depend on something outside the files: ${[...questions].slice(0, 8).join(', ')}`);
			}
		} else if (reading !== undefined) {
			readings.push(reading);
		}
	}

	const [first] = readings;
	if (first === undefined) {
		throw failure!;
	}

	return readings.length === 1 ? first : common(readings, listed([...questions]));
}

function common(readings: readonly Configuration[], questions: string): Configuration {
	const [first, ...others] = readings.map(({endpoints}) => new Map(endpoints.map(endpoint => [keyOf(endpoint), endpoint])));
	const notes = new Set(readings.flatMap(reading => reading.notes));
	const all = new Map([...first!, ...others.flatMap(other => [...other])]);
	const endpoints = [...all].flatMap(([key, endpoint]): ConfiguredEndpoint[] => {
		const found = [first!, ...others].map(reading => reading.get(key));
		if (found.includes(undefined)) {
			notes.add(`${endpoint.statedAt}: is left out: whether it exists depends on ${questions}, which the files do not say`);
			return [];
		}

		const statedAt = [...new Set(found.map(other => other!.statedAt))].join(' or ');
		const inAll = (which: 'accepts' | 'rejects') => endpoint[which].filter(name => found.every(other => other![which].includes(name)));
		const [accepts, rejects] = [inAll('accepts'), inAll('rejects')];
		const {demands: stated = [], ...rest} = endpoint;
		const demands = stated.filter(demand => found.every(other => other!.demands?.some(one => isDeepStrictEqual(one, demand))));
		if (found.some(other => (other!.demands?.length ?? 0) !== demands.length)) {
			notes.add(
				`${statedAt}: its cipher suites, groups or signature schemes depend on ${questions}: only what is the same either way is checked`,
			);
		}

		if (found.some(other => other!.accepts.length !== accepts.length || other!.rejects.length !== rejects.length)) {
			notes.add(
				`${statedAt}: its versions depend on ${questions}, which the files do not say: only what is the same either way is checked`,
			);
		}

		return [{...rest, accepts, rejects, statedAt, ...withDemands(demands)}];
	});
	return {endpoints, notes: [...notes]};
}

const keyOf = ({host, port, serverName, proxyProtocol, startTls}: ConfiguredEndpoint): string =>
	JSON.stringify([host, port, serverName, proxyProtocol, startTls]);
