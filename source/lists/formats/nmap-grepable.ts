import net from 'node:net';
import {parseTarget} from '../../engine/target.js';
import type {Entry, EntrySource} from '../entry.js';
import {makeInvalid} from '../targets/make-entries.js';
import {type OpenPort, targetsOfScannedHost} from '../targets/scanned-ports.js';
import {defineFormat, type ReadOptions} from './format.js';
import {createLineSplitter, longestLine} from './text/split-lines.js';

/** masscan puts a time in front. */
const hostPattern = /^(?:Timestamp: \d+\t)?Host: (?<address>\S+) \((?<name>[^)]*)\)\t(?<fields>.*)$/s;

/** What `nmap -oG` and `masscan -oG` write: a host a line, its ports behind `Ports:`. Which ports are taken: see `targetsOfScannedHost`. */
export default defineFormat({
	name: 'nmap-grepable',
	recognises: line => /^(?:Timestamp: \d+\t)?Host: \S+ \(/.test(line),
	open(file, options) {
		const splitter = createLineSplitter();
		let line = 0;
		const read = (text: string): readonly Entry[] => {
			line += 1;
			return readLine(text, {file, line}, options);
		};

		return {
			push: text => splitter.push(text).flatMap(read),
			end: cut => (cut === undefined ? read(splitter.rest) : [makeInvalid(splitter.rest, cut, {file, line: line + 1})]),
		};
	},
});

function readLine(text: string, source: EntrySource, options: ReadOptions): readonly Entry[] {
	if (/^\s*(?:#|$)/.test(text)) {
		return [];
	}

	const {address, name, fields} = hostPattern.exec(text)?.groups ?? {};
	if (address === undefined || net.isIP(address) === 0 || text.length > longestLine) {
		return [makeInvalid(text, 'not a line of nmap -oG or masscan -oG', source)];
	}

	// Names from reverse look-ups can be anything.
	const parsed = name === '' || /[\s:/]/.test(name!) ? undefined : parseTarget(name!);
	const serverName = parsed?.kind === 'target' && net.isIP(parsed.target.host) === 0 ? parsed.target.host : undefined;
	const ports = fields!.split('\t').find(field => field.startsWith('Ports: '));
	return ports === undefined
		? []
		: targetsOfScannedHost({address, name: serverName, isNameGiven: false, openPorts: readPorts(ports.slice(7))}, source, options);
}

/** `443/open/tcp//https///, 22/...`. Versions hold commas too, but never a slash. */
const readPorts = (text: string): readonly OpenPort[] =>
	text.split(', ').flatMap(item => {
		const [port, state, protocol = '', , service = ''] = item.trim().split('/', 6);
		const isTaken =
			/^\d{1,5}$/.test(port!) && Number(port) >= 1 && Number(port) <= 65_535 && state === 'open' && /^(?:tcp|udp|sctp)$/.test(protocol);
		return isTaken ? [{port: Number(port), protocol, service}] : [];
	});
