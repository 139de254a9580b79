import {tryDecode} from '../../bytes/decode-error.js';
import {toHex} from '../../bytes/hex.js';
import {Reader} from '../../bytes/reader.js';
import {type EchConfig, readEchConfigs} from './ech-configs.js';

/** What a record of the type HTTPS or SVCB says. RFC 9460 §2.2. */
export type ServiceBinding = {
	/** 0 makes it an alias: the parameters are those of the target. */
	readonly priority: number;
	/** `.` is the name itself. */
	readonly target: string;
	/** The keys that a client has to understand to use the record. */
	readonly mandatory?: readonly string[] | undefined;
	readonly alpn?: readonly string[] | undefined;
	readonly noDefaultAlpn?: true | undefined;
	readonly port?: number | undefined;
	readonly ipv4hint?: readonly string[] | undefined;
	readonly ipv6hint?: readonly string[] | undefined;
	readonly ech?: readonly EchConfig[] | undefined;
	/** Names of keys whose values do not decode. */
	readonly undecodable?: readonly string[] | undefined;
	/** Other keys: their values in hexadecimal. */
	readonly others?: Readonly<Record<string, string>> | undefined;
};

/** RFC 9460 §14.3.2, RFC 9461, RFC 9540. */
const keyNames = ['mandatory', 'alpn', 'no-default-alpn', 'port', 'ipv4hint', 'ech', 'ipv6hint', 'dohpath', 'ohttp'] as const;

const keyName = (key: number): string => keyNames[key] ?? `key${key}`;

/** Reads the value of a key. Values of other keys stay bytes. */
const values: Readonly<Record<string, (reader: Reader) => Partial<ServiceBinding>>> = {
	mandatory: reader => ({mandatory: repeated(reader, inner => keyName(inner.uint16('mandatory key')))}),
	alpn: reader => ({
		alpn: repeated(reader, inner => inner.prefixed(1, 'alpn-id', name => Buffer.from(name.rest('alpn-id')).toString('latin1'))),
	}),
	'no-default-alpn': () => ({noDefaultAlpn: true}),
	port: reader => ({port: reader.uint16('port')}),
	ipv4hint: reader => ({ipv4hint: repeated(reader, inner => [...inner.bytes(4, 'ipv4hint')].join('.'))}),
	ipv6hint: reader => ({ipv6hint: repeated(reader, inner => ipv6Text(inner.bytes(16, 'ipv6hint')))}),
	ech: reader => ({ech: readEchConfigs(reader)}),
};

/**
@param data - The RDATA. Names in it are not compressed.
@throws {DecodeError} If it is not one. The value of a single key that does not decode is named in `undecodable`.
*/
export function readServiceBinding(data: Uint8Array): ServiceBinding {
	const reader = new Reader(data);
	const priority = reader.uint16('SvcPriority');
	const target = readName(reader);
	let found: Partial<ServiceBinding> = {};
	const undecodable: string[] = [];
	const others: [string, string][] = [];
	while (reader.left > 0) {
		const name = keyName(reader.uint16('SvcParamKey'));
		const value = reader.prefixed(2, 'SvcParamValue', inner => inner.rest('SvcParamValue'));
		const read = values[name];
		const fields = read && tryDecode(() => readWhole(value, read));
		if (fields !== undefined) {
			found = {...found, ...fields};
		} else if (read !== undefined) {
			undecodable.push(name);
		} else {
			others.push([name, toHex(value)]);
		}
	}

	return {
		priority,
		target,
		...found,
		...(undecodable.length === 0 ? {} : {undecodable}),
		...(others.length === 0 ? {} : {others: Object.fromEntries(others)}),
	};
}

function readWhole<Value>(bytes: Uint8Array, read: (reader: Reader) => Value): Value {
	const reader = new Reader(bytes);
	const value = read(reader);
	reader.end('SvcParamValue');
	return value;
}

function repeated<Value>(reader: Reader, read: (reader: Reader) => Value): readonly Value[] {
	const items: Value[] = [];
	do {
		items.push(read(reader));
	} while (reader.left > 0);

	return items;
}

/** A name that is not compressed. RFC 9460 §2.2. */
function readName(reader: Reader): string {
	const labels: string[] = [];
	for (;;) {
		const label = reader.prefixed(1, 'TargetName', inner => Buffer.from(inner.rest('TargetName')).toString('latin1'));
		if (label === '') {
			return labels.length === 0 ? '.' : labels.join('.');
		}

		labels.push(label);
	}
}

const ipv6Text = (bytes: Uint8Array): string => {
	const groups = Array.from({length: 8}, (_, index) => ((bytes[index * 2]! << 8) | bytes[index * 2 + 1]!).toString(16));
	// The URL parser writes it as RFC 5952 requires.
	return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
};
