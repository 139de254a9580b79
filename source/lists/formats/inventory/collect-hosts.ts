import net from 'node:net';
import {type Entry, type EntrySource, noOverrides} from '../../entry.js';
import {makeEntries, makeInvalid} from '../../targets/make-entries.js';
import type {ReadOptions} from '../format.js';
import {expandHosts, mostHosts} from './expand-hosts.js';

export const templateProblem = 'ansible_host is a template; write the address itself';

/** A pattern may be longer than its names. In characters. */
const longestName = 512;

/** A slice would keep the piece of the file alive that it was cut from. */
const copyOf = (text: string): string => Buffer.from(text).toString();

/** What an inventory says of a host that matters here. */
export type HostVariables = {readonly ansible_host?: string | undefined; readonly ansible_port?: string | undefined};

export type Inventory = {
	/** Take a mention of hosts by a pattern. @returns What is wrong with it, if anything. */
	add(pattern: string, variables: HostVariables, source: EntrySource): readonly Entry[];
	/** Every host once, in the order in which they are first named. */
	entries(): readonly Entry[];
};

/**
The hosts of an Ansible inventory.

They are held to the end of the file, and no more than `mostHosts` of them: a host may be named in several groups, and be given its address
in any of them.
*/
export function collectHosts({leaveOut}: Pick<ReadOptions, 'leaveOut'>): Inventory {
	const hosts = new Map<string, {readonly source: EntrySource; address: string | undefined}>();

	return {
		add(pattern, {ansible_host: address, ansible_port: port}, source) {
			const {host, port: writtenPort = port} = withoutPort(pattern);
			if (writtenPort !== undefined) {
				leaveOut("ports of Ansible's own connections (443 is probed)", writtenPort);
			}

			if (host.length > longestName || (address?.length ?? 0) > longestName) {
				return [makeInvalid(pattern, 'not a host name', source)];
			}

			const names = net.isIPv6(host) ? [host] : expandHosts(host, mostHosts - hosts.size);
			if (typeof names === 'string') {
				return [makeInvalid(pattern, names, source)];
			}

			for (const name of names) {
				const known = hosts.get(name);
				hosts.set(copyOf(name), {source: known?.source ?? source, address: address === undefined ? known?.address : copyOf(address)});
			}

			return [];
		},
		entries: () => [...hosts].flatMap(([name, {source, address}]) => entriesOf(name, address, source)),
	};
}

/** The port of a pattern is Ansible's own, as `ansible_port` is. IPv6 addresses with a port are in brackets. */
function withoutPort(pattern: string): {readonly host: string; readonly port?: string} {
	const bracketed = /^\[(?<host>[\da-f:.]+)\](?::(?<port>\d+))?$/i.exec(pattern)?.groups;
	if (bracketed !== undefined && net.isIPv6(bracketed.host!)) {
		return {host: bracketed.host!, ...(bracketed.port === undefined ? {} : {port: bracketed.port})};
	}

	const colon = pattern.lastIndexOf(':');
	const port = pattern.slice(colon + 1);
	return colon === -1 || net.isIPv6(pattern) || !/^\d+$/.test(port) ? {host: pattern} : {host: pattern.slice(0, colon), port};
}

/**
A full name is asked for at the address that `ansible_host` says. A short one is a label that only the inventory knows: then the
address is the host, and the label is carried through.
*/
function entriesOf(name: string, address: string | undefined, source: EntrySource): readonly Entry[] {
	if (address === undefined || address === name) {
		return makeEntries(net.isIPv6(name) ? `[${name}]` : name, source, {overrides: noOverrides});
	}

	if (/\{\{|\{%/.test(address)) {
		return [makeInvalid(name, templateProblem, source)];
	}

	const isLabel = !name.includes('.') || net.isIP(name) !== 0;
	const bare = address.replace(/^\[(.*)\]$/, '$1');
	return net.isIP(bare) !== 0 && !isLabel
		? makeEntries(name, source, {overrides: {serverName: name.toLowerCase(), address: bare}})
		: makeEntries(net.isIPv6(bare) ? `[${bare}]` : bare, source, {overrides: noOverrides, extra: {inventory_name: name}});
}
