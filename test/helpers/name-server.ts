import type {ExecutionContext} from 'ava';
import {address, type DnsRow, dnsReply, mailServer, startDnsServer} from './dns-server.js';

/** Records of a name, as text. */
type Records = {
	readonly A?: readonly string[] | 'garbage';
	readonly AAAA?: readonly string[] | 'garbage';
	/** `10 mail.example`; `0 .` for none. */
	readonly MX?: readonly string[];
};

export type Zone = Readonly<Record<string, Records | 'silent' | 'garbage'>>;

const rowsOf: Readonly<Record<number, readonly [type: keyof Records, rowOf: (text: string) => DnsRow]>> = {
	1: ['A', address],
	28: ['AAAA', address],
	15: ['MX', mailServer],
};

export type NameServer = {
	/** For `--dns`. */
	readonly address: string;
	/** `A one.example`, in the order of the questions. */
	readonly asked: readonly string[];
};

/** A name server on loopback that knows these names and no others. */
export async function startNameServer(t: Pick<ExecutionContext, 'teardown'>, zone: Zone): Promise<NameServer> {
	const asked: string[] = [];
	const server = await startDnsServer(t, query => {
		const name = query.name.toLowerCase();
		const known = Object.hasOwn(zone, name) ? zone[name] : undefined;
		const [type, rowOf] = rowsOf[query.type]!;
		asked.push(`${type} ${name}`);
		const records = typeof known === 'object' ? known[type] : known;
		switch (records) {
			case 'silent':
				return [];
			case 'garbage':
				// Cut in the middle of the question.
				return [query.bytes.subarray(0, 15)];
			default:
				return [dnsReply(query, {rows: records?.map(rowOf) ?? [], code: known === undefined ? 3 : 0})];
		}
	});
	return {address: server.address, asked};
}
