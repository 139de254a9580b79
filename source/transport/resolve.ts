import type dns from 'node:dns';
import net from 'node:net';
import {interruptOf} from './interrupt.js';
import {type SystemAnswer, systemLookup} from './system-lookup.js';

export type Address = {
	readonly address: string;
	readonly family: 4 | 6;
};

export type Resolved =
	| {readonly kind: 'addresses'; readonly addresses: readonly Address[]}
	/** `reason` is the reported reason of a target without an address. */
	| {readonly kind: 'failed'; readonly reason: 'name-not-found' | 'name-lookup-failed' | 'blocked-by-dns'; readonly code: string};

/** Looks up the addresses of a host name. Never rejects. */
export type Resolver = (host: string, timeoutMs: number, signal?: AbortSignal) => Promise<Resolved>;

export const addressOf = (address: string): Address | undefined => {
	const family = net.isIP(address);
	return family === 0 ? undefined : {address, family: family === 4 ? 4 : 6};
};

/** Ask the system, so that its hosts file and its search order count. All A and AAAA records, in the system's order, each once. */
export const systemResolver: Resolver = (host, timeoutMs, signal) =>
	new Promise(resolve => {
		const literal = addressOf(host);
		if (literal !== undefined) {
			resolve({kind: 'addresses', addresses: [literal]});
			return;
		}

		const lookup = systemLookup(host);
		const finish = (resolved: Resolved): void => {
			clearTimeout(timer);
			interruptOf(signal).leave(place, onAbort);
			lookup.cancel();
			resolve(resolved);
		};

		const onAbort = (): void => finish({kind: 'failed', reason: 'name-lookup-failed', code: 'ECANCELLED'});
		const timer = setTimeout(() => finish({kind: 'failed', reason: 'name-lookup-failed', code: 'ETIMEDOUT'}), timeoutMs);
		const place = interruptOf(signal).join(onAbort);
		void lookup.found.then(looked => finish('code' in looked ? lookupFailure(looked) : addressesOf(looked)));
	});

function addressesOf(found: readonly dns.LookupAddress[]): Resolved {
	const addresses = found.map(({address, family}) => ({address, family: family === 6 ? 6 : 4}) as const);
	return unblocked(addresses.filter((item, index) => addresses.findIndex(({address}) => address === item.address) === index));
}

/** `0.0.0.0` or `::`, in any notation. */
export const isUnspecified = (address: string): boolean => /^(?:::ffff:)?0+(?:\.0+){3}$|^[0:]*::?[0:]*$/i.test(address);

/**
The addresses of a name, without `0.0.0.0` and `::`. Name servers and hosts files return these for blocked names; a connection to them reaches this machine.
*/
export function unblocked(addresses: readonly Address[]): Resolved {
	const usable = addresses.filter(({address}) => !isUnspecified(address));
	const [first] = addresses;
	return usable.length === 0 && first !== undefined
		? {kind: 'failed', reason: 'blocked-by-dns', code: first.address}
		: {kind: 'addresses', addresses: usable};
}

function lookupFailure({code}: Exclude<SystemAnswer, readonly dns.LookupAddress[]>): Resolved {
	// `EAI_AGAIN` means that the resolver could not be reached: it says nothing about the name.
	return {kind: 'failed', reason: code === 'ENOTFOUND' || code === 'ENODATA' ? 'name-not-found' : 'name-lookup-failed', code};
}
