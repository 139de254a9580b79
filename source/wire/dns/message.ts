import dns, {type Answer, type Packet} from 'dns-packet';
import {tryDecode} from '../../bytes/decode-error.js';
import {toHex} from '../../bytes/hex.js';
import {type Question, recordTypes} from './question.js';
import type {DnsRecord} from './record.js';
import {readServiceBinding} from './service-binding.js';

/** What a name server answers. RFC 1035 §4.1. */
export type DnsResponse = {
	/** Response code: 0 is no error, 2 a failure of the server, 3 a name that does not exist. */
	readonly code: number;
	/** The answer did not fit. */
	readonly isTruncated: boolean;
	/** The server says that it has validated the answer by DNSSEC. RFC 4035 §3.2.3. */
	readonly isAuthentic: boolean;
	/** Records of the wanted type, at the name or at the end of its aliases. */
	readonly records: readonly DnsRecord[];
	/** Records of the wanted type that do not decode. */
	readonly undecodable: number;
};

/** More than any of these records needs. There is a limit because the time to decode names grows with the square of the length. */
export const mostMessageBytes = 16_384;

/** Small enough not to be fragmented: https://www.dnsflagday.net/2020/ */
const udpPayloadSize = 1232;

/** A query that asks for recursion. The bit AD asks whether the answer is validated. RFC 6840 §5.7. */
export function writeQuery({name, type}: Question, id: number): Uint8Array {
	const query: Packet = {
		type: 'query',
		id,
		flags: dns.RECURSION_DESIRED | dns.AUTHENTIC_DATA,
		// The library knows other types by their codes.
		questions: [{name, type: nameOfType(type) as 'CAA'}],
		additionals: [{type: 'OPT', name: '.', udpPayloadSize, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: []}],
	};
	return Uint8Array.from(dns.encode(query));
}

/** The identifier of a message. */
export const idOf = (message: Uint8Array): number | undefined => (message.length < 2 ? undefined : (message[0]! << 8) | message[1]!);

/**
The response to a query.

@returns `ignored` if it answers another query, `malformed` if it does not decode. Does not throw for any input.
*/
export function readResponse(bytes: Uint8Array, question: Question, id: number): DnsResponse | 'ignored' | 'malformed' {
	if (idOf(bytes) !== id) {
		return 'ignored';
	}

	if (bytes.length > mostMessageBytes) {
		return 'malformed';
	}

	const message = Buffer.from(bytes);
	const header = message.length < 12 ? undefined : message.readUInt16BE(2);
	if (header === undefined || (header & isResponse) === 0) {
		return header === undefined ? 'malformed' : 'ignored';
	}

	const isTruncated = (header & truncated) !== 0;
	const [code, isAuthentic] = [header & 0x0f, (header & authentic) !== 0];
	const packet = tryPacket(message);
	if (packet === undefined) {
		// A truncated message may end anywhere.
		return isTruncated ? {code, isTruncated, isAuthentic, records: [], undecodable: 0} : 'malformed';
	}

	const [asked, ...others] = packet.questions ?? [];
	// A server that cannot decode the question may leave it out.
	const isOther = asked === undefined ? code === 0 : !isSame(asked.name, question.name) || String(asked.type) !== nameOfType(question.type);
	return isOther || others.length > 0 ? 'ignored' : {code, isTruncated, isAuthentic, ...recordsIn(packet.answers ?? [], question)};
}

const [isResponse, truncated, authentic] = [0x80_00, 0x02_00, 0x00_20];

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The name of a type in the library. */
const nameOfType = (type: Question['type']): string => (type === 'HTTPS' ? `UNKNOWN_${recordTypes.HTTPS}` : type);

function tryPacket(message: Buffer): Packet | undefined {
	try {
		const packet = dns.decode(message);
		// The library does not check that the last record ends within the message.
		return dns.decode.bytes > message.length ? undefined : packet;
	} catch {
		// It throws errors of several kinds, all of them because of the message.
		return undefined;
	}
}

/** The longest chain of aliases that is followed. */
const mostAliases = 16;

function recordsIn(answers: readonly Answer[], question: Question): Pick<DnsResponse, 'records' | 'undecodable'> {
	const names = new Set([question.name.toLowerCase()]);
	for (let size = 0; size < names.size && size < mostAliases; ) {
		size = names.size;
		for (const answer of answers) {
			if (answer.type === 'CNAME' && names.has(answer.name.toLowerCase())) {
				names.add(answer.data.toLowerCase());
			}
		}
	}

	const wanted = answers.filter(({type, name}) => String(type) === nameOfType(question.type) && names.has(name.toLowerCase()));
	const read = wanted.map(answer => ('data' in answer ? recordOf(question.type, answer.data) : undefined));
	const records = read.filter(record => record !== undefined);
	return {records, undecodable: read.length - records.length};
}

/** @param data - As the library decodes it. */
function recordOf(type: Question['type'], data: unknown): DnsRecord | undefined {
	switch (type) {
		case 'CAA': {
			const {issuerCritical, tag, value} = data as {readonly issuerCritical: boolean; readonly tag: string; readonly value: string};
			return {type, isCritical: issuerCritical, tag: tag.toLowerCase(), value};
		}
		case 'TLSA': {
			const {usage, selector, matchingType, certificate} = data as Readonly<Record<'usage' | 'selector' | 'matchingType', number>> & {
				readonly certificate: Uint8Array;
			};
			return {type, usage, selector, matchingType, data: toHex(certificate)};
		}
		case 'HTTPS': {
			const binding = tryDecode(() => readServiceBinding(data as Uint8Array));
			return binding && {type, ...binding};
		}
		default:
			return type satisfies never;
	}
}
