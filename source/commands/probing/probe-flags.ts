import type {FlagValues} from '../command.js';
import {catalogFlags} from './catalog-flags.js';
import {everything, isTopicWord} from './topic-word.js';

/** Flags of the main command, which others take as well. */
export const probeFlags = {
	...catalogFlags,
	versions: {type: 'string', isMultiple: true},
	samples: {type: 'string'},
	timeout: {type: 'string'},
	deadline: {type: 'string'},
	retries: {type: 'string'},
	wait: {type: 'string'},
	mx: {type: 'boolean'},
	maxConnections: {type: 'string'},
	addresses: {type: 'string'},
	ipv4: {type: 'boolean'},
	ipv6: {type: 'boolean'},
	resolve: {type: 'string', isMultiple: true},
	servername: {type: 'string', isNegatable: true},
	alsoWithoutServername: {type: 'boolean'},
	confirm: {type: 'boolean'},
	probes: {type: 'string', isMultiple: true},
	full: {type: 'boolean'},
	ca: {type: 'string'},
	online: {type: 'boolean'},
	ctLogs: {type: 'string'},
	policy: {type: 'string', isMultiple: true},
	source: {type: 'string'},
	proxy: {type: 'string'},
	compareDirect: {type: 'boolean'},
	proxyProtocol: {type: 'string'},
	starttls: {type: 'string'},
	alpn: {type: 'string'},
	json: {type: 'boolean'},
	evidence: {type: 'boolean'},
	explain: {type: 'string', alone: everything, takes: isTopicWord},
	record: {type: 'string'},
	pcap: {type: 'string'},
	hosts: {type: 'string', isMultiple: true},
	hostsFormat: {type: 'string'},
	scannedPorts: {type: 'string'},
	shard: {type: 'string'},
	dns: {type: 'string', isMultiple: true},
	concurrency: {type: 'string'},
	rate: {type: 'string'},
	workers: {type: 'string'},
	ordered: {type: 'boolean'},
	only: {type: 'string', isMultiple: true},
	progress: {type: 'boolean'},
	format: {type: 'string'},
	output: {type: 'string', shortFlag: 'o', isMultiple: true},
	resume: {type: 'boolean'},
	maxTime: {type: 'string'},
	bail: {type: 'boolean'},
	queue: {type: 'string'},
	run: {type: 'string'},
	from: {type: 'string', isMultiple: true},
	quiet: {type: 'boolean', shortFlag: 'q'},
} as const;

export type ProbeFlags = FlagValues<typeof probeFlags>;

/** The flags of a run of a list, as far as a command has them. */
export type ListFlags = Partial<ProbeFlags> & Pick<ProbeFlags, 'hosts' | 'catalog' | 'dns' | 'output'>;

/** Those of the main command that another command has too. */
export const takeFlags = <Name extends keyof typeof probeFlags>(...names: readonly Name[]): Pick<typeof probeFlags, Name> =>
	Object.fromEntries(names.map(name => [name, probeFlags[name]])) as Pick<typeof probeFlags, Name>;
