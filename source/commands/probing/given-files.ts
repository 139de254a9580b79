import type {GivenFile} from '../../outputs/distinct-files.js';

/** The files that the flags name to be read. */
export const inputFiles = ({hosts, catalog}: {readonly hosts: readonly string[]; readonly catalog: readonly string[]}): GivenFile[] => [
	...hosts.map(path => ({name: '--hosts', path})),
	...catalog.map(path => ({name: '--catalog', path})),
];

/** The files that the flags name to be written. */
export const outputFiles = ({output, pcap}: {readonly output: readonly string[]; readonly pcap?: string | undefined}): GivenFile[] => [
	...output.map(path => ({name: '--output', path})),
	...(pcap === undefined ? [] : [{name: '--pcap', path: pcap}]),
];
