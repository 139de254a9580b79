import net from 'node:net';
import {bracketed} from '../../bytes/bracketed.js';
import {parseTarget, type Target} from '../../engine/target.js';
import {oddAddressProblem, plainFormOf} from '../../transport/plain-address.js';
import type {StartTlsName} from '../../transport/starttls/index.js';
import {type AddressRange, blockOf, canonical, isPlainIPv6, spanOf} from './addresses.js';

/** What one line or cell asks for. */
export type Expression =
	| {readonly kind: 'targets'; readonly targets: readonly Target[]; readonly startTls?: StartTlsName}
	| {readonly kind: 'range'; readonly addresses: AddressRange; readonly ports: readonly number[]}
	| {readonly kind: 'invalid'; readonly problem: string};

const defaultPort = 443;

/** `ADDRESS/BITS`, in brackets or not, and ports. Also what was meant for one. */
const blockPattern = /^(?<address>[^/]*)\/(?<bits>\d+)\]?(?::(?<ports>.*))?$/;
const ipv4RangePattern = /^(?<first>\d+\.\d+\.\d+\.)(?<from>\d+)-(?<last>[\d.]+)(?::(?<ports>.*))?$/;
const ipv6RangePattern = /^\[?(?<first>[\da-f:.]+)\]?-\[?(?<last>[\da-f:.]+?)(?:\](?::(?<ports>.*))?)?$/i;

/**
Read a target, one with several ports (`host:443,8443`), a block (`192.0.2.0/24:443`) or a range of addresses (`192.0.2.1-50`).

@param port - One or several, from a separate column. The text has none then.
*/
export function readExpression(text: string, port = ''): Expression {
	if (port !== '') {
		return text.includes('/') && !blockPattern.test(text)
			? invalid('a URL already has a port; write only the host, or leave the port out')
			: readExpression(net.isIPv6(text) ? `[${text}]:${port}` : `${text}:${port}`);
	}

	const isUrl = text.includes('://');
	if (!isUrl && text.includes('/')) {
		const block = blockPattern.exec(text)?.groups;
		return block === undefined ? readOne(text) : readBlock(block);
	}

	return (isUrl ? undefined : readRange(text)) ?? readPortList(text) ?? readOne(text);
}

function readBlock({address, bits, ports}: Partial<Record<string, string>>): Expression {
	const bare = address!.replace(/^\[|\]$/g, '');
	const plain = plainFormOf(bare);
	if (plain !== undefined && plain !== bare) {
		return invalid(oddAddressProblem(`${plain}/${bits}`));
	}

	if (isLinkLocal(bare)) {
		return invalid(linkLocalProblem);
	}

	if (plain === undefined && !isPlainIPv6(bare)) {
		return invalid('a block starts with an address, such as 192.0.2.0/24 or [2001:db8::]/120; ports follow it, as in 192.0.2.0/24:443');
	}

	const addresses = blockOf(bare, Number(bits));
	return addresses === undefined
		? invalid(`a block of ${net.isIPv4(bare) ? 'IPv4 ends in /0 to /32' : 'IPv6 ends in /0 to /128'}`)
		: rangeOf(addresses, ports);
}

function readRange(text: string): Expression | undefined {
	// Behind the one colon, it is the port that is wrong.
	if (!text.includes('-') || /^[^:-]*:[^:]*$/.test(text)) {
		return undefined;
	}

	const ipv4 = ipv4RangePattern.exec(text)?.groups;
	const ipv6 = ipv6RangePattern.exec(text)?.groups;
	if (ipv4 === undefined && (ipv6 === undefined || !ipv6.first!.includes(':'))) {
		return /^[\d.-]+(?::|$)/.test(text) ? invalid('not a range; write 192.0.2.1-50, 192.0.2.1-192.0.2.50, or a block') : undefined;
	}

	const [firstGiven, lastGiven] =
		ipv4 === undefined
			? [ipv6!.first!, ipv6!.last!]
			: [ipv4.first! + ipv4.from!, ipv4.last!.includes('.') ? ipv4.last! : ipv4.first! + ipv4.last!];
	const [first, last] = [plainFormOf(firstGiven), plainFormOf(lastGiven)];
	if (first !== undefined && last !== undefined && (first !== firstGiven || last !== lastGiven)) {
		return invalid(oddAddressProblem(`${first}-${last}`));
	}

	if (isLinkLocal(firstGiven)) {
		return invalid(linkLocalProblem);
	}

	const addresses = spanOf(firstGiven, lastGiven);
	return addresses === undefined ? invalid('not a range from one address up to another') : rangeOf(addresses, (ipv4 ?? ipv6)!.ports);
}

function rangeOf(addresses: AddressRange, text: string | undefined): Expression {
	const ports = text === undefined ? [defaultPort] : readPorts(text);
	return typeof ports === 'string' ? invalid(ports) : {kind: 'range', addresses, ports};
}

function readPortList(text: string): Expression | undefined {
	if (!text.includes(',')) {
		return undefined;
	}

	const colon = text.lastIndexOf(':');
	const list = text.slice(colon + 1);
	if (colon === -1 || !list.includes(',') || text.includes('://')) {
		return text.includes('://') ? undefined : invalid(commaProblem(text));
	}

	const ports = readPorts(list);
	if (typeof ports === 'string') {
		return invalid(ports);
	}

	const first = readOne(`${text.slice(0, colon)}:${ports[0]}`);
	return first.kind === 'targets' ? {kind: 'targets', targets: ports.map(port => withPort(first.targets[0]!, port))} : first;
}

function commaProblem(text: string): string {
	if (/^\d+,[^,]+$/.test(text)) {
		return 'a number and a host; begin the list with a line that names its columns, such as port,host or rank,host';
	}

	return /^[^,:]+,\d{1,5}$/.test(text)
		? 'a port follows a colon; write host:port, or begin the list with a line host,port'
		: 'a comma is allowed only between ports; write one target per line';
}

/** @returns Each once, in their order; or what is wrong. */
function readPorts(text: string): readonly number[] | string {
	const ports = new Set<number>();
	for (const item of text.split(',')) {
		const port = /^\d{1,5}$/.test(item) ? Number(item) : 0;
		if (port < 1 || port > 65_535) {
			return item === '' ? 'a comma without a port beside it' : `not a port from 1 to 65535: ${JSON.stringify(item)}`;
		}

		ports.add(port);
	}

	return [...ports];
}

function readOne(text: string): Expression {
	const parsed = parseTarget(text);
	if (parsed.kind === 'invalid') {
		return parsed;
	}

	const {target, startTls} = parsed;
	const targets = [targetAt(canonical(target.host), target.port)];
	return startTls === undefined ? {kind: 'targets', targets} : {kind: 'targets', targets, startTls};
}

/** @param host - A name in lower case, or an address written the one way. */
export const targetAt = (host: string, port: number): Target => ({
	target: `${bracketed(host)}:${port}`,
	host,
	port,
});

const withPort = (target: Target, port: number): Target => ({...target, target: target.target.replace(/\d+$/, String(port)), port});

/** A block or range of them would need one interface for all, which there is no way to write. */
const isLinkLocal = (address: string): boolean => /^fe[89ab][\da-f]:/i.test(address);

const linkLocalProblem = 'link-local addresses need their network interface; write each one, as in fe80::1%eth0';

const invalid = (problem: string): Expression => ({kind: 'invalid', problem});
