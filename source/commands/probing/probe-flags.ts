import type {FlagValues} from '../command.js';
import {catalogFlags} from './catalog-flags.js';
import {everything, isTopicWord} from './topic-word.js';

/** Flags of the main command, which others take as well. */
export const probeFlags = {
	...catalogFlags,
	versions: {type: 'string', value: 'versions', isList: true, isMultiple: true},
	samples: {type: 'string', value: 'text'},
	timeout: {type: 'string', value: 'text'},
	deadline: {type: 'string', value: 'text'},
	retries: {type: 'string', value: 'text'},
	wait: {type: 'string', value: 'text'},
	mx: {type: 'boolean'},
	maxConnections: {type: 'string', value: 'text'},
	addresses: {type: 'string', value: 'addresses'},
	ipv4: {type: 'boolean'},
	ipv6: {type: 'boolean'},
	resolve: {type: 'string', value: 'text', isMultiple: true},
	servername: {type: 'string', value: 'text', isNegatable: true},
	alsoWithoutServername: {type: 'boolean'},
	confirm: {type: 'boolean'},
	probes: {type: 'string', value: 'probes', isList: true, isMultiple: true},
	full: {type: 'boolean'},
	ca: {type: 'string', value: 'file'},
	online: {type: 'boolean'},
	ctLogs: {type: 'string', value: 'file'},
	policy: {type: 'string', value: 'policies', isList: true, isMultiple: true},
	source: {type: 'string', value: 'text'},
	proxy: {type: 'string', value: 'proxies'},
	compareDirect: {type: 'boolean'},
	proxyProtocol: {type: 'string', value: 'proxy-protocols'},
	starttls: {type: 'string', value: 'starttls'},
	alpn: {type: 'string', value: 'protocols', isList: true},
	json: {type: 'boolean'},
	evidence: {type: 'boolean'},
	explain: {type: 'string', value: 'topics', isList: true, alone: everything, takes: isTopicWord},
	record: {type: 'string', value: 'folder'},
	pcap: {type: 'string', value: 'file'},
	hosts: {type: 'string', value: 'file', isMultiple: true},
	hostsFormat: {type: 'string', value: 'hosts-formats'},
	scannedPorts: {type: 'string', value: 'scanned-ports'},
	shard: {type: 'string', value: 'text'},
	dns: {type: 'string', value: 'text', isMultiple: true},
	concurrency: {type: 'string', value: 'text'},
	rate: {type: 'string', value: 'text'},
	workers: {type: 'string', value: 'text'},
	ordered: {type: 'boolean'},
	only: {type: 'string', value: 'verdicts', isList: true, isMultiple: true},
	progress: {type: 'boolean'},
	format: {type: 'string', value: 'formats'},
	output: {type: 'string', value: 'file', shortFlag: 'o', isMultiple: true},
	resume: {type: 'boolean'},
	maxTime: {type: 'string', value: 'text'},
	bail: {type: 'boolean'},
	queue: {type: 'string', value: 'text'},
	run: {type: 'string', value: 'text'},
	from: {type: 'string', value: 'text', isList: true, isMultiple: true},
	quiet: {type: 'boolean', shortFlag: 'q'},
} as const;

export type ProbeFlags = FlagValues<typeof probeFlags>;

/** The flags of a run of a list, as far as a command has them. */
export type ListFlags = Partial<ProbeFlags> & Pick<ProbeFlags, 'hosts' | 'catalog' | 'dns' | 'output'>;

/** Those of the main command that another command has too. */
export const takeFlags = <Name extends keyof typeof probeFlags>(...names: readonly Name[]): Pick<typeof probeFlags, Name> =>
	Object.fromEntries(names.map(name => [name, probeFlags[name]])) as Pick<typeof probeFlags, Name>;
