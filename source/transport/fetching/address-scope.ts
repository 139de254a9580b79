import {BlockList, isIPv6} from 'node:net';

/** The kind of network that an address belongs to. `other`: multicast, unspecified, documentation, and others that are not a single host. */
export type AddressScope = 'public' | 'loopback' | 'link-local' | 'private' | 'other';

const ranges: readonly (readonly [Exclude<AddressScope, 'public'>, readonly string[]])[] = [
	['loopback', ['127.0.0.0/8', '::1/128']],
	['link-local', ['169.254.0.0/16', 'fe80::/10']],
	// RFC 1918, RFC 6598, RFC 4193.
	['private', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7', 'fec0::/10']],
	[
		'other',
		[
			...['0.0.0.0/8', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
			...['224.0.0.0/3', '::/128', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16', '64:ff9b::/96', '64:ff9b:1::/48', 'ff00::/8'],
		],
	],
];

type Listed = {readonly scope: AddressScope; readonly list: BlockList};

/** Made when it is first needed: Node.js cannot keep such a list in the snapshot of an executable. */
let lists: readonly Listed[] | undefined;

const makeLists = (): readonly Listed[] =>
	ranges.map(([scope, blocks]) => {
		const list = new BlockList();
		for (const block of blocks) {
			const [network, bits] = block.split('/') as [string, string];
			list.addSubnet(network, Number(bits), isIPv6(network) ? 'ipv6' : 'ipv4');
		}

		return {scope, list};
	});

/** @param address - An address that `net.isIP` accepts. An IPv4-mapped IPv6 address has the scope of the IPv4 address. */
export function addressScope(address: string): AddressScope {
	const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
	const family = isIPv6(plain) ? 'ipv6' : 'ipv4';
	lists ??= makeLists();
	return lists.find(({list}) => list.check(plain, family))?.scope ?? 'public';
}
