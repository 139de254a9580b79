import {separatorOf, splitCells} from './split-cells.js';

/**
What columns are called, by what they are here; case, white space, hyphens, underscores, dots and brackets do not count. Of several, the
first goes before the next: a full name before a short one.
*/
const aliases = {
	host: [
		...[
			'host',
			'target',
			'fqdn',
			'dnshostname',
			'dnsname',
			'publicdnsname',
			'publicipv4dns',
			'hostname',
			'hostnames',
			'domainname',
			'domain',
		],
		...['dns', 'url', 'endpoint', 'server', 'computername', 'computer', 'machinename', 'devicename', 'nodename', 'vmname'],
	],
	servername: ['servername', 'sni'],
	address: [
		...['address', 'ip', 'ipaddress', 'ipaddresses', 'ipaddr', 'ipv4', 'ipv4address', 'hostip', 'serverip', 'assetipaddress'],
		...['publicip', 'publicipaddress', 'publicipv4address', 'privateip', 'privateipaddress', 'privateipv4address', 'ipv6', 'ipv6address'],
	],
	port: ['port', 'ports', 'portnumber', 'tcpport', 'serviceport', 'destinationport', 'dstport', 'tlsport', 'sslport', 'httpsport'],
	protocol: ['protocol', 'proto', 'transport', 'transportprotocol'],
	starttls: ['starttls'],
	proxy: ['proxy'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ColumnRole = keyof typeof aliases;

/** Headers of a single column that are no host: anything else may be the first line of a plain list. */
const certain: ReadonlySet<string> = new Set([
	...['hostname', 'fqdn', 'dnsname', 'dnshostname', 'domainname', 'servername', 'computername', 'ipaddress', 'ipv4address', 'machinename'],
]);

export type Columns = {
	readonly separator: string;
	readonly names: readonly string[];
	/** Where a row's host is looked for, one after the other. None where the address is the host. */
	readonly hosts: readonly number[];
	readonly places: Readonly<Partial<Record<ColumnRole, number>>>;
	/** The columns that are carried through, and their places. */
	readonly others: ReadonlyArray<readonly [string, number]>;
	/** The names of those that are too many to be carried through. */
	readonly surplus: readonly string[];
};

/** So many columns are carried through: each row gets all of them, however short it is. */
export const mostCarried = 256;

/** Whether a line is the header of a list, without doubt. */
export function isHeader(line: string): boolean {
	const separator = separatorOf(line);
	const columns = columnsOf(line, separator ?? ',');
	return separator === undefined ? (line.startsWith('"') && hasHost(columns)) || certain.has(columns[0] ?? '') : hasHost(columns);
}

/** @returns What is wrong with it, if anything. */
export function readColumns(header: string, announced: string | undefined): Columns | string {
	const separator = announced ?? separatorOf(header) ?? ',';
	const columns = columnsOf(header, separator);
	if (!hasHost(columns)) {
		return 'the header has no column of hosts; call it host, fqdn or ip';
	}

	const hostNames = aliases.host.filter(alias => columns.includes(alias));
	// "Server Name" is what is asked for where there is a host besides, and else the host.
	const isHost = hostNames.length === 0 && columns.includes('servername');
	const chosen = Object.fromEntries(
		Object.entries(aliases).map(([role, names]) => [role, (names as readonly string[]).find(name => columns.includes(name))]),
	) as Partial<Record<ColumnRole, string>>;
	const roles = isHost ? {...chosen, host: 'servername', servername: columns.includes('sni') ? 'sni' : undefined} : chosen;
	const twice = Object.values(roles).find(name => name !== undefined && columns.indexOf(name) !== columns.lastIndexOf(name));
	if (twice !== undefined) {
		return `the header has two columns ${twice}`;
	}

	const names = splitCells(header, separator)!.map((name, index) => (name === '' ? `column ${index + 1}` : name));
	const places = Object.fromEntries(
		Object.entries(roles).flatMap(([role, name]) => (name === undefined ? [] : [[role, columns.indexOf(name)] as const])),
	) as Partial<Record<ColumnRole, number>>;
	const {protocol, ...used} = places;
	const others = [...names.entries()]
		// A table that is drawn has bars at both ends, and nothing outside.
		.filter(([place]) => !Object.values(used).includes(place) && !(separator === '|' && columns[place] === ''))
		.map(([place, name]) => [name, place] as const);
	return {
		separator,
		names,
		hosts: (isHost ? ['servername'] : hostNames).map(name => columns.indexOf(name)),
		places,
		others: others.slice(0, mostCarried),
		surplus: others.slice(mostCarried).map(([name]) => name),
	};
}

const hasHost = (columns: readonly string[]): boolean =>
	[...aliases.host, 'servername', ...aliases.address].some(name => columns.includes(name));

const columnsOf = (header: string, separator: string): string[] =>
	(splitCells(header, separator) ?? []).map(cell => cell.toLowerCase().replaceAll(/[\s_.()-]/g, ''));
