import net from 'node:net';
import sax from 'sax';
import {parseTarget} from '../../engine/target.js';
import type {Entry} from '../entry.js';
import {makeInvalid} from '../targets/make-entries.js';
import {type OpenPort, targetsOfScannedHost} from '../targets/scanned-ports.js';
import {defineFormat} from './format.js';

/** What a document may hold at once. nmap's own nest five deep. The output of a script is one attribute, and can be long. */
const deepest = 32;
const mostAttributes = 256;
const longestAttribute = 1_048_576;

type Tag = {readonly name: string; readonly attributes: Readonly<Record<string, string>>};

type Draft = {
	line: number;
	address: string | undefined;
	/** One that the user gave goes before one that was looked up. */
	name: string | undefined;
	isNameGiven: boolean;
	openPorts: OpenPort[];
	port: {port: number; protocol: string; isOpen: boolean; service: string} | undefined;
};

/**
What `nmap -oX` and `masscan -oX` write. Which ports are taken: see `targetsOfScannedHost`.

A document type with declarations is refused: nmap's has none, and entities can grow without bound.
*/
export default defineFormat({
	name: 'nmap-xml',
	recognises: line => line.startsWith('<'),
	open(file, options) {
		sax.MAX_BUFFER_LENGTH = longestAttribute;
		const parser = sax.parser(true, {strictEntities: true});
		let entries: Entry[] = [];
		let host: Draft | undefined;
		let attributes = 0;
		let isOver = false;
		let isAfterReturn = false;

		const finishHost = (): void => {
			if (host?.address !== undefined) {
				const {line, address, name, isNameGiven, openPorts} = host;
				entries.push(...targetsOfScannedHost({address, name, isNameGiven, openPorts}, {file, line}, options));
			}

			host = undefined;
		};

		const fail = (problem: string): void => {
			if (!isOver) {
				finishHost();
				isOver = true;
				entries.push(makeInvalid('', problem, {file, line: parser.line + 1}));
			}
		};

		parser.onerror = error => fail(`not well-formed XML: ${error.message.split('\n', 1)[0]}`);
		parser.ondoctype = text => {
			if (!/^\s*nmaprun\s*$/.test(text)) {
				fail("only nmap's document type is supported");
			}
		};
		parser.onopentagstart = () => {
			attributes = 0;
			if (parser.tags.length >= deepest) {
				fail(`elements more than ${deepest} deep`);
			}
		};
		parser.onattribute = () => {
			attributes += 1;
			if (attributes > mostAttributes) {
				fail(`an element of more than ${mostAttributes} attributes`);
			}
		};
		parser.onopentag = tag => {
			if (isOver) {
				return;
			}

			if (parser.tags.length === 1 && tag.name !== 'nmaprun') {
				fail('not the output of nmap -oX or masscan -oX: the document is not an nmaprun');
			} else if (tag.name === 'host') {
				finishHost();
				host = {line: parser.line + 1, address: undefined, name: undefined, isNameGiven: false, openPorts: [], port: undefined};
			} else if (host !== undefined) {
				noteTag(host, tag);
			}
		};
		parser.onclosetag = name => {
			if (isOver) {
				return;
			}

			if (name === 'port' && host !== undefined) {
				finishPort(host);
			} else if (name === 'host') {
				finishHost();
			}
		};

		/** XML 1.0 §2.11; sax leaves line ends as they are, and counts line feeds. */
		const normalLines = (text: string): string => {
			const rest = isAfterReturn && text.startsWith('\n') ? text.slice(1) : text;
			isAfterReturn = text.endsWith('\r');
			return rest.replaceAll(/\r\n?/g, '\n');
		};

		const taken = (): readonly Entry[] => {
			const result = entries;
			entries = [];
			return result;
		};

		return {
			push(text) {
				// In small pieces, as how much is held is only looked at between them.
				const normal = normalLines(text);
				for (let start = 0; start < normal.length && !isOver; start += 4096) {
					parser.write(normal.slice(start, start + 4096));
				}

				return taken();
			},
			end(cut) {
				if (cut !== undefined) {
					fail(cut);
				}

				if (!isOver) {
					parser.close();
				}

				return taken();
			},
			get isOver() {
				return isOver;
			},
		};
	},
});

function noteTag(host: Draft, {name, attributes}: Tag): void {
	switch (name) {
		case 'address':
			host.address ??= net.isIP(attributes.addr ?? '') === 0 ? undefined : attributes.addr;
			break;
		case 'hostname':
			noteName(host, attributes);
			break;
		case 'port':
			host.port =
				/^\d{1,5}$/.test(attributes.portid ?? '') && /^(?:tcp|udp|sctp)$/.test(attributes.protocol ?? '')
					? {port: Number(attributes.portid), protocol: attributes.protocol!, isOpen: false, service: ''}
					: undefined;
			break;
		case 'state':
			if (host.port !== undefined) {
				host.port.isOpen = attributes.state === 'open';
			}

			break;
		case 'service':
			if (host.port !== undefined) {
				host.port.service = `${attributes.tunnel === 'ssl' ? 'ssl/' : ''}${attributes.name ?? ''}`;
			}

			break;
		default:
	}
}

function noteName(host: Draft, {name = '', type}: Readonly<Record<string, string>>): void {
	const parsed = /[\s:/]/.test(name) ? undefined : parseTarget(name);
	const isGiven = type === 'user';
	if (parsed?.kind === 'target' && net.isIP(parsed.target.host) === 0 && (host.name === undefined || (isGiven && !host.isNameGiven))) {
		host.name = parsed.target.host;
		host.isNameGiven = isGiven;
	}
}

function finishPort(host: Draft): void {
	const {port} = host;
	host.port = undefined;
	// Each once: a document is not to be trusted to end.
	if (port?.isOpen && port.port >= 1 && port.port <= 65_535 && host.openPorts.length <= 65_535) {
		host.openPorts.push({port: port.port, protocol: port.protocol, service: port.service});
	}
}
