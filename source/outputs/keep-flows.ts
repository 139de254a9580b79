import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import {hash} from '../bytes/hash.js';
import type {TargetResult} from '../engine/probe-target.js';
import type {Recording} from '../engine/report.js';
import {type Flow, flowOf} from '../exchange/flow.js';
import {pcapHeader, pcapPackets} from '../exchange/pcap.js';
import {writeFlow} from '../exchange/write-flow.js';
import {versions} from '../iana/versions.js';
import {makeFolder} from './make-folder.js';
import {OutputError} from './output-error.js';
import {openWholeFile} from './output-file.js';
import {whyUnwritable} from './why-unwritable.js';

/** Keeps the connections of results. */
export type Keeper = {
	/** @throws {OutputError} If the system says no. */
	readonly add: (result: TargetResult) => Promise<void>;
	/** Completes it. @throws {OutputError} If the system says no. */
	readonly end: () => void;
	/** Removes what was not completed. Does nothing after `end`. */
	readonly abandon: () => void;
};

/**
Keep each connection as a separate file in `directory`, which is made if it does not exist.

Names sort by target, address, time of the probe and then in the order of the connections: `HOST_PORT-ADDRESS-TIME-001-TLSv1.0-short.flow`.
*/
export async function keepFlows(directory: string): Promise<Keeper> {
	await writing(directory, async () => makeFolder(directory));
	const taken = new Set<string>();
	return {
		async add(result) {
			for (const recording of result.recordings) {
				const prefix = unique(prefixOf(recording), taken);
				for (const [index, flow] of flowsOf(recording).entries()) {
					const what = flow.version === undefined ? ['DNS'] : [versions.label(flow.version)];
					const name = [prefix, String(index + 1).padStart(3, '0'), ...what, flow.shape].join('-');
					const file = path.join(directory, `${name}.flow`);
					await writing(file, () => writeFile(file, writeFlow(flow)));
				}
			}
		},
		end() {},
		abandon() {},
	};
}

/** Keep all connections as packets in one capture file. What was in it before stays until all are there. */
export function keepPackets(file: string): Keeper {
	const output = openWholeFile(file);
	output.write(pcapHeader());
	return {
		// Questions to the DNS did not go to the endpoint, nor over TCP.
		add: async result => output.write(pcapPackets(result.recordings.flatMap(flowsOf).filter(({kind}) => kind !== 'question'))),
		end: output.close,
		abandon: output.abandon,
	};
}

const flowsOf = ({report, attempts}: Recording): Flow[] =>
	attempts.map(attempt =>
		flowOf(attempt, {target: report.target, address: report.address ?? '', port: report.port}, performance.timeOrigin),
	);

function prefixOf({report}: Recording): string {
	const time = report.startedAt.replaceAll(/[-:]/g, '');
	return [`${shortened(fileName(report.host))}_${report.port}`, fileName(report.address ?? 'none'), time].join('-');
}

/** A host may have 253 characters, and a file's name 255 bytes with all else that it says. */
const mostOfHost = 100;

/** Two that begin the same stay apart. */
function shortened(host: string): string {
	if (host.length <= mostOfHost) {
		return host;
	}

	const into = {high: 0, low: 0};
	hash(host, into);
	return `${host.slice(0, mostOfHost - 9)}~${into.low.toString(16).padStart(8, '0')}`;
}

/** Letters, digits, dots and hyphens are fine everywhere; a colon is not on Windows. There `con.example` is a device, as is all that begins with `con.`. */
const fileName = (text: string): string => text.replaceAll(/[^\w.-]+/g, '_').replace(/^(?=(?:aux|con|nul|prn|com\d|lpt\d)\.)/i, '_');

/** The same target may be given twice. */
function unique(prefix: string, taken: Set<string>): string {
	let name = prefix;
	for (let number = 2; taken.has(name); number++) {
		name = `${prefix}_${number}`;
	}

	taken.add(name);
	return name;
}

async function writing(file: string, write: () => Promise<unknown>): Promise<void> {
	try {
		await write();
	} catch (error) {
		throw new OutputError(`cannot write ${file}: ${whyUnwritable(error)}`, {cause: error});
	}
}
