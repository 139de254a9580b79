import net from 'node:net';
import {makeInvalid} from '../targets/make-entries.js';
import {targetsOfScannedHost} from '../targets/scanned-ports.js';
import {defineFormat} from './format.js';
import {readByLine} from './text/read-by-line.js';

const linePattern = /^(?<state>\w+) (?<protocol>tcp|udp|sctp|icmp|arp|oproto) (?<port>\d{1,5}) (?<address>[\da-fA-F:.]+) \d+(?: |$)/;

/** What `masscan -oL` writes: `open tcp 443 192.0.2.1 1700000000`, and what a service said behind `banner`. */
export default defineFormat({
	name: 'masscan-list',
	recognises: line => linePattern.test(line),
	open: (file, options) =>
		readByLine(file, (text, source) => {
			const content = text.trim();
			if (content === '' || content.startsWith('#')) {
				return [];
			}

			const {state, protocol, port, address} = linePattern.exec(content)?.groups ?? {};
			if (address === undefined || net.isIP(address) === 0 || Number(port) < 1 || Number(port) > 65_535) {
				return [makeInvalid(text, 'not a line of masscan -oL', source)];
			}

			const openPorts = state === 'open' || state === 'banner' ? [{port: Number(port), protocol: protocol!, service: ''}] : [];
			return targetsOfScannedHost({address, name: undefined, isNameGiven: false, openPorts}, source, options);
		}),
});
