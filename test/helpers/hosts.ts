import {readFileSync} from 'node:fs';
import type {Entry} from '../../source/lists/entry.js';
import {defaultReadOptions, type ReadOptions} from '../../source/lists/formats/format.js';
import {type HostsInput, readHosts} from '../../source/lists/read-hosts.js';
import {addressAt} from '../../source/lists/targets/addresses.js';

/** A file of `fixtures/hosts`. */
export const hostsFixture = (name: string): Uint8Array => readFileSync(`fixtures/hosts/${name}`);

/** Bytes, in chunks of a size, or cut at a place. */
export async function* inChunks(bytes: Uint8Array, size = bytes.length, first = size): AsyncGenerator<Uint8Array> {
	yield bytes.subarray(0, first);
	for (let start = first; start < bytes.length; start += size) {
		yield bytes.subarray(start, start + size);
	}
}

/** Read to the end, each entry as a line of text. */
export async function readAll(
	bytes: AsyncIterable<Uint8Array> | Uint8Array | string,
	format: HostsInput['format'] = 'auto',
	options: ReadOptions = defaultReadOptions,
): Promise<string[]> {
	const given = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
	const described: string[] = [];
	for await (const entries of readHosts({file: 'list', bytes: given instanceof Uint8Array ? inChunks(given) : given, format, options})) {
		described.push(...entries.map(describe));
	}

	return described;
}

/** `LINE TARGET`, `LINE FIRST +COUNT :PORTS` or `LINE ! TEXT: PROBLEM`, and what else is said of it as JSON. */
export function describe(entry: Entry): string {
	const {line} = entry.source;
	if (entry.kind === 'invalid') {
		return `${line} ! ${entry.text}: ${entry.problem}`;
	}

	const what =
		entry.kind === 'target' ? entry.target.target : `${addressAt(entry.addresses, 0)} +${entry.addresses.size} :${entry.ports.join(',')}`;
	const details = {...entry.overrides, ...(entry.extra === undefined ? {} : {extra: entry.extra})};
	return `${line} ${what}${Object.keys(details).length === 0 ? '' : ` ${JSON.stringify(details)}`}`;
}
