import net from 'node:net';
import {parseTarget} from '../../engine/target.js';
import type {Entry, EntrySource} from '../entry.js';
import {makeInvalid} from '../targets/make-entries.js';
import {type OpenPort, targetsOfScannedHost} from '../targets/scanned-ports.js';
import {defineFormat, type ReadOptions} from './format.js';
import {createRecordSplitter, type JsonRecord, longestRecord} from './text/json-records.js';

type Fields = Readonly<Record<string, unknown>>;

/**
What `masscan -oJ` and `-oD` write: an array of objects, or one a line, each with an address and its ports.

Read record by record: masscan's own are not always JSON as a whole, as versions before 1.3 end with a comma and `{finished: 1}`.
*/
export default defineFormat({
	name: 'masscan-json',
	recognises: line => /^(?:\[\s*)?\{|^\[$/.test(line),
	open(file, options) {
		const splitter = createRecordSplitter();
		let isFirst = true;
		let isOver = false;

		const read = (record: JsonRecord): readonly Entry[] => {
			if (isOver || /^\{\s*"?finished\b/.test(record.text ?? '')) {
				return [];
			}

			const source = {file, line: record.line};
			const fields = record.isObject && record.text !== undefined ? parse(record.text) : undefined;
			const entries = fields && readRecord(fields, source, options);
			if (entries === undefined) {
				isOver = isFirst;
				const problem = isFirst ? foreignProblem(fields) : recordProblem(record);
				isFirst = false;
				return [makeInvalid(record.text ?? '', problem, source)];
			}

			isFirst = false;
			return entries;
		};

		return {
			push: text => splitter.push(text).flatMap(read),
			end(cut) {
				const [record] = splitter.end();
				if (record === undefined) {
					return cut === undefined ? [] : [makeInvalid('', cut, {file, line: 1})];
				}

				return cut === undefined ? read(record) : [makeInvalid(record.text ?? '', cut, {file, line: record.line})];
			},
			get isOver() {
				return isOver;
			},
		};
	},
});

function parse(text: string): Fields | undefined {
	try {
		return JSON.parse(text) as Fields;
	} catch {
		return undefined;
	}
}

const recordProblem = ({text}: JsonRecord): string =>
	text === undefined ? `an object of more than ${longestRecord} characters` : 'not an object of masscan -oJ';

/** JSON of something else is no list, as a whole. */
function foreignProblem(fields: Fields | undefined): string {
	if (fields?.versions !== undefined && fields.target !== undefined) {
		return 'these are results of tlsprobe, not a list; tlsprobe diff compares them';
	}

	return fields?._meta !== undefined || fields?.all !== undefined
		? 'an inventory in JSON is not supported; write it as YAML with ansible-inventory'
		: 'not the output of masscan -oJ; write a list of one target per line, or CSV';
}

/** @returns Undefined for what is no record of an address. */
function readRecord(fields: Fields, source: EntrySource, options: ReadOptions): readonly Entry[] | undefined {
	const {ip, host, ports} = fields;
	if (typeof ip !== 'string' || net.isIP(ip) === 0) {
		return undefined;
	}

	const found = Array.isArray(ports) ? ports.map(readPort) : [readPort(fields)];
	if (found.includes('invalid')) {
		return undefined;
	}

	const parsed = typeof host === 'string' && !/[\s:/]/.test(host) ? parseTarget(host) : undefined;
	const name = parsed?.kind === 'target' && net.isIP(parsed.target.host) === 0 ? parsed.target.host : undefined;
	const openPorts = found.filter((item): item is OpenPort => typeof item === 'object');
	return targetsOfScannedHost({address: ip, name, isNameGiven: true, openPorts}, source, options);
}

/** The state is with the port, or with `-oD` within `data`; what a service said has none. */
function readPort(value: unknown): OpenPort | 'closed' | 'invalid' {
	const {port, proto = 'tcp', status, data, service} = (typeof value === 'object' && value !== null ? value : {}) as Fields;
	if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65_535 || typeof proto !== 'string') {
		return 'invalid';
	}

	const state = status ?? (data as Fields | null | undefined)?.status ?? 'open';
	const name = (service as Fields | null | undefined)?.name;
	return state === 'open' ? {port, protocol: proto, service: typeof name === 'string' ? name : ''} : 'closed';
}
