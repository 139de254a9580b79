import {parseVersion, type VersionName, versionNames} from '../registry/versions.js';
import {type Address, addressOf} from '../transport/resolve.js';
import {UsageError} from './command.js';

const unitsMs: Readonly<Record<string, number>> = {ms: 1, s: 1000, m: 60_000, h: 3_600_000};

/**
A duration: `5s`, `500ms`, `2m`, `1h`; a bare number is seconds.

@returns In milliseconds.
@throws {UsageError} For anything else, or nothing at all.
*/
export function readDuration(flag: string, text: string): number {
	const match = /^(?<amount>\d+(?:\.\d+)?)(?<unit>ms|s|m|h)?$/.exec(text);
	const milliseconds = match === null ? 0 : Number(match.groups!.amount) * unitsMs[match.groups!.unit ?? 's']!;
	// Timers of Node.js end at once where they are longer.
	if (!(milliseconds >= 1 && milliseconds < 2 ** 31)) {
		throw new UsageError(`${flag} takes a duration such as 5s, 500ms or 2m, not ${JSON.stringify(text)}`);
	}

	return milliseconds;
}

/** @throws {UsageError} If it is not a whole number from `least` to `most`. */
export function readCount(flag: string, text: string, least: number, most: number): number {
	const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
	if (!(value >= least && value <= most)) {
		throw new UsageError(`${flag} takes a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`);
	}

	return value;
}

/**
Versions: a list such as `1.0,1.2`, a range such as `1.0..1.2`, or `all`.

@returns Oldest first, each once.
@throws {UsageError} For a word that is no version.
*/
export function readVersions(texts: readonly string[]): VersionName[] {
	const chosen = new Set<VersionName>();
	for (const item of texts.flatMap(text => text.split(',')).map(text => text.trim())) {
		if (item.toLowerCase() === 'all') {
			return [...versionNames];
		}

		const [from, to] = item.includes('..') ? item.split(/\.{2,3}/, 2).map(readVersion) : [readVersion(item), readVersion(item)];
		const [low, high] = [versionNames.indexOf(from!), versionNames.indexOf(to!)].toSorted((one, other) => one - other);
		for (const name of versionNames.slice(low, high! + 1)) {
			chosen.add(name);
		}
	}

	return versionNames.filter(name => chosen.has(name));
}

function readVersion(text: string): VersionName {
	const name = parseVersion(text);
	if (name === undefined) {
		throw new UsageError(`--versions takes ssl2, ssl3, 1.0, 1.1, 1.2, 1.3, a range such as 1.0..1.2, or all, not ${JSON.stringify(text)}`);
	}

	return name;
}

/** What `--resolve` says of a host and port; `*` stands for every host. */
export type Override = {readonly host: string; readonly port: number; readonly addresses: readonly Address[]};

/** @throws {UsageError} If it is not `HOST:PORT:ADDRESS[,ADDRESS]...`, as curl has it. */
export function readOverride(text: string): Override {
	const {host, port, addresses} = overridePattern.exec(text)?.groups ?? {};
	const list = addresses?.split(',').map(item => addressOf(unbracketed(item.trim())));
	if (list === undefined || list.includes(undefined) || !(Number(port) >= 1 && Number(port) <= 65_535)) {
		throw new UsageError(`--resolve takes HOST:PORT:ADDRESS, such as portal.azure.com:443:127.0.0.1, not ${JSON.stringify(text)}`);
	}

	return {host: unbracketed(host!.toLowerCase()).replace(/\.$/, ''), port: Number(port), addresses: list as Address[]};
}

const overridePattern = /^\+?(?<host>\[[^\]]*\]|[^:[\]]+):(?<port>\d{1,5}):(?<addresses>.+)$/;

const unbracketed = (text: string): string => text.replace(/^\[(.*)\]$/, '$1');
