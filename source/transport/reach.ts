import {BlockList, isIP} from 'node:net';
import {isUnspecified} from './resolve.js';

/** The addresses that may be connected to: CIDR blocks, such as `10.0.0.0/8`, and addresses. Plain data. */
export type Reach = {
	/** Empty for all addresses. */
	readonly allow: readonly string[];
	/** Addresses that are not connected to, also where `allow` has them. */
	readonly deny: readonly string[];
};

/** The code of a connection that was not made, because its address is out of reach. */
export const outOfReach = 'EOUTOFREACH';

type Family = 'ipv4' | 'ipv6';
type Block = {readonly address: string; readonly prefix: number; readonly family: Family};

/** @returns Undefined for what is neither an address nor a block of addresses. */
export function parseReachBlock(text: string): Block | undefined {
	const [address = '', bits, ...rest] = text.split('/');
	const version = isIP(address);
	const most = version === 4 ? 32 : 128;
	const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
	return version === 0 || address.includes('%') || rest.length > 0 || !(prefix <= most)
		? undefined
		: {address, prefix, family: familyOf(version)};
}

/**
Whether an address may be connected to.

@param address - What the socket is given. A name may be any address, and is within no limits.
@param reach - Undefined for no limits.
*/
export function isWithinReach(address: string, reach: Reach | undefined): boolean {
	if (reach === undefined) {
		return true;
	}

	const {allow, deny} = listsOf(reach);
	const isAllowed = (one: string): boolean => isIP(one) !== 0 && !isIn(one, deny) && (reach.allow.length === 0 || isIn(one, allow));
	return reachedBy(address.replace(/%.*$/, '')).every(isAllowed);
}

const familyOf = (version: number): Family => (version === 4 ? 'ipv4' : 'ipv6');

const isIn = (address: string, list: BlockList): boolean => list.check(address, familyOf(isIP(address)));

/** The unspecified address connects to this machine. NAT64 connects to the IPv4 address in the last 32 bits. RFC 6052 §2.1. */
function reachedBy(address: string): readonly string[] {
	if (isUnspecified(address)) {
		return [address, '127.0.0.1', '::1'];
	}

	const embedded = isIP(address) === 6 && isNat64(address) ? lastFourBytes(address) : undefined;
	return embedded === undefined ? [address] : [address, embedded];
}

/** Made when it is first needed: Node.js cannot keep such a list in the snapshot of an executable. */
let nat64: BlockList | undefined;

function isNat64(address: string): boolean {
	if (nat64 === undefined) {
		nat64 = new BlockList();
		nat64.addSubnet('64:ff9b::', 96, 'ipv6');
	}

	return isIn(address, nat64);
}

/** The parser of URLs writes an address in one way: the last 32 bits are the last two groups, where they are not zero. */
function lastFourBytes(address: string): string {
	const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
	const [high, low] = written.startsWith('64:ff9b::') ? groupsOf(written.slice('64:ff9b::'.length)) : [0, 0];
	return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

function groupsOf(text: string): readonly [number, number] {
	const groups = text === '' ? [] : text.split(':').map(group => Number.parseInt(group, 16));
	return [groups.at(-2) ?? 0, groups.at(-1) ?? 0];
}

type Lists = {readonly allow: BlockList; readonly deny: BlockList};

/** By their texts: a thread is sent a copy of the options with each job. */
const known = new Map<string, Lists>();

function listsOf({allow, deny}: Reach): Lists {
	const key = `${allow.join(' ')}|${deny.join(' ')}`;
	let lists = known.get(key);
	if (lists === undefined) {
		lists = {allow: listOf(allow), deny: listOf(deny)};
		known.set(key, lists);
	}

	return lists;
}

function listOf(texts: readonly string[]): BlockList {
	const list = new BlockList();
	for (const text of texts) {
		const block = parseReachBlock(text);
		if (block === undefined) {
			throw new TypeError(`not a block of addresses: ${text}`);
		}

		list.addSubnet(block.address, block.prefix, block.family);
	}

	return list;
}
