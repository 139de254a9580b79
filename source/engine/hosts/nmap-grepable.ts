import net from 'node:net';
import {parseTarget} from '../target.js';
import type {Entry, Source} from './entry.js';
import {defineFormat} from './format.js';
import {makeInvalid} from './targets/make-entries.js';
import {type OpenPort, targetsOfNmapHost} from './targets/nmap-ports.js';
import {createLineSplitter, longestLine} from './text/split-lines.js';

const hostPattern = /^Host: (?<address>\S+) \((?<name>[^)]*)\)\t(?<fields>.*)$/s;

/** What `nmap -oG` writes: a host a line, its ports behind `Ports:`. Which ports are taken: see `targetsOfNmapHost`. */
export default defineFormat({
	name: 'nmap-grepable',
	recognises: line => /^Host: \S+ \(/.test(line),
	open(file) {
		const splitter = createLineSplitter();
		let line = 0;
		const read = (text: string): readonly Entry[] => {
			line += 1;
			return readLine(text, {file, line});
		};

		return {
			push: text => splitter.push(text).flatMap(read),
			end: cut => (cut === undefined ? read(splitter.rest) : [makeInvalid(splitter.rest, cut, {file, line: line + 1})]),
		};
	},
});

function readLine(text: string, source: Source): readonly Entry[] {
	if (/^\s*(?:#|$)/.test(text)) {
		return [];
	}

	const {address, name, fields} = hostPattern.exec(text)?.groups ?? {};
	if (address === undefined || net.isIP(address) === 0 || text.length > longestLine) {
		return [makeInvalid(text, 'not a line of nmap -oG', source)];
	}

	// Names from reverse look-ups can be anything.
	const parsed = name === '' || /[\s:/]/.test(name!) ? undefined : parseTarget(name!);
	const serverName = parsed?.kind === 'target' && net.isIP(parsed.target.host) === 0 ? parsed.target.host : undefined;
	const ports = fields!.split('\t').find(field => field.startsWith('Ports: '));
	return ports === undefined
		? []
		: targetsOfNmapHost({address, name: serverName, isNameGiven: false, openPorts: readPorts(ports.slice(7))}, source);
}

/** `443/open/tcp//https///, 22/...`. Versions hold commas too, but never a slash. */
const readPorts = (text: string): readonly OpenPort[] =>
	text.split(', ').flatMap(item => {
		const [port, state, protocol, , service = ''] = item.trim().split('/');
		const isTaken = /^\d{1,5}$/.test(port!) && Number(port) >= 1 && Number(port) <= 65_535 && state === 'open' && protocol === 'tcp';
		return isTaken ? [{port: Number(port), service}] : [];
	});
