import {isIP} from 'node:net';
import {parseCount, parseDuration} from '../bytes/parse-number.js';
import {parseTarget} from '../engine/target.js';
import {parseAlpn} from '../exchange/parse-alpn.js';
import {parseVersion, type VersionName, versionNames} from '../iana/versions.js';
import {mostSamples, type Samples, samplesOfEach} from '../probes/versions/sample.js';
import {oddAddressProblem, plainFormOf} from '../transport/plain-address.js';
import {type Address, addressOf, isUnspecified} from '../transport/resolve.js';
import {UsageError} from './command.js';

/**
A duration: `5s`, `500ms`, `2m`, `1h`; a bare number is seconds.

@returns In milliseconds.
@throws {UsageError} For anything else, or nothing at all.
*/
export function readDuration(flag: string, text: string): number {
	const milliseconds = parseDuration(text);
	if (milliseconds === undefined) {
		throw new UsageError(`${flag} takes a duration such as 5s, 500ms or 2m, not ${JSON.stringify(text)}`);
	}

	return milliseconds;
}

/** @throws {UsageError} If it is not from 1 to 100. */
export const readSampleCount = (text: string): Samples => samplesOfEach(readCount('--samples', text, 1, mostSamples));

/** @throws {UsageError} If it is not a whole number from `least` to `most`. */
export function readCount(flag: string, text: string, least: number, most: number): number {
	const value = parseCount(text, least, most);
	if (value === undefined) {
		throw new UsageError(`${flag} takes a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`);
	}

	return value;
}

/**
Application protocols: a list such as `h2,http/1.1`, the preferred one first.

@throws {UsageError} For what is no protocol id.
*/
export function readAlpn(text: string): readonly string[] {
	const parsed = parseAlpn(text);
	if (parsed.kind === 'invalid') {
		throw new UsageError(`--alpn ${parsed.problem}`);
	}

	return parsed.protocols;
}

/**
Versions: a list such as `1.0,1.2`, a range such as `1.0..1.2`, or `all`.

@returns Oldest first, each once.
@param flag - Which takes them, for those who mistype.
@throws {UsageError} For a word that is no version.
*/
export function readVersions(texts: readonly string[], flag = '--versions'): VersionName[] {
	const chosen = new Set(
		texts
			.flatMap(text => text.split(','))
			.map(text => text.trim())
			.flatMap(text => readRange(text, flag)),
	);
	return versionNames.filter(name => chosen.has(name));
}

function readRange(text: string, flag: string): readonly VersionName[] {
	if (text.toLowerCase() === 'all') {
		return versionNames;
	}

	const range = /^(?<from>.*?)\.{2,3}(?<to>.*)$/.exec(text)?.groups ?? {from: text, to: text};
	const ends = [range.from!, range.to!].map(end => versionNames.indexOf(readVersion(end, text, flag)));
	return versionNames.slice(Math.min(...ends), Math.max(...ends) + 1);
}

function readVersion(text: string, item: string, flag: string): VersionName {
	const name = parseVersion(text);
	if (name === undefined) {
		throw new UsageError(`${flag} takes ssl2, ssl3, 1.0, 1.1, 1.2, 1.3, a range such as 1.0..1.2, or all, not ${JSON.stringify(item)}`);
	}

	return name;
}

/** What `--resolve` says of a host and port; `*` stands for every host. */
export type Override = {readonly host: string; readonly port: number; readonly addresses: readonly Address[]};

/** @throws {UsageError} If it is not `HOST:PORT:ADDRESS[,ADDRESS]...`, as curl has it. */
export function readOverride(text: string): Override {
	const {host, port, addresses} = overridePattern.exec(text)?.groups ?? {};
	const items = addresses?.split(',').map(item => unbracketed(item.trim())) ?? [];
	const odd = items.find(item => isIP(item) === 0 && plainFormOf(item) !== undefined);
	const lonely = items.map(item => (item.includes(':') ? parseTarget(`[${item}]`) : undefined)).find(item => item?.kind === 'invalid');
	if (lonely?.kind === 'invalid' && items.every(item => isIP(item) !== 0)) {
		throw new UsageError(`--resolve ${JSON.stringify(text)}: ${lonely.problem}`);
	}

	if (odd !== undefined) {
		throw new UsageError(`--resolve ${JSON.stringify(text)}: ${JSON.stringify(odd)} is ${oddAddressProblem(plainFormOf(odd)!)}`);
	}

	const list = addresses === undefined ? undefined : items.map(addressOf);
	// Any name will do to read the port of `*`.
	const parsed = parseTarget(`${host === '*' ? 'any' : host}:${port}`);
	if (list === undefined || list.includes(undefined) || parsed.kind === 'invalid') {
		throw new UsageError(`--resolve takes HOST:PORT:ADDRESS, such as portal.azure.com:443:127.0.0.1, not ${JSON.stringify(text)}`);
	}

	const unspecified = list.find(item => isUnspecified(item!.address));
	if (unspecified !== undefined) {
		throw new UsageError(`--resolve: ${unspecified.address} is not the address of a server; for this machine write 127.0.0.1 or [::1]`);
	}

	return {host: host === '*' ? host : parsed.target.host, port: parsed.target.port, addresses: list as Address[]};
}

const overridePattern = /^\+?(?<host>\[[^\]]*\]|[^:[\]]+):(?<port>\d{1,5}):(?<addresses>.+)$/;

const unbracketed = (text: string): string => text.replace(/^\[(.*)\]$/, '$1');
