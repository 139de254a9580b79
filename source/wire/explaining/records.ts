import {DecodeError} from '../../bytes/decode-error.js';
import {Reader, type Span} from '../../bytes/reader.js';
import {alerts} from '../../iana/alerts.js';
import {versions} from '../../iana/versions.js';
import {alert} from '../alert.js';
import {contentType, contentTypeLabel, longestFragment, looksLikeRecord} from '../record.js';
import {addBlock, addDump, type ExplainContext} from './block.js';
import {isHandshakeType, readMessages} from './messages.js';

const headerLength = 5;

/** The position of one record. The last may be truncated. */
type Frame = {
	readonly number: number;
	readonly type: number;
	readonly start: number;
	readonly fragment: Uint8Array;
	/** The length in the header. */
	readonly length: number;
};

/** Fragments of a message that spans records. */
type Pieces = {readonly type: number; readonly first: number; readonly fragments: Uint8Array[]; readonly place: Place};

/** Where a range of bytes ends in a message: in its header, or this many bytes before its end. */
type Place = {header: number[]; left: number};

/**
Records one after the other. A message that spans several records is shown whole after its last piece. RFC 9846 §5.1.

@param start - Where the first record begins.
*/
export function explainRecords(bytes: Uint8Array, start: number, context: ExplainContext): void {
	const {frames, end, problem} = frame(bytes, start);
	const pieces = new Map<number, Pieces>();
	const lastOf = new Map(frames.map(({type, number}) => [type, number]));
	for (const item of frames) {
		explainRecord(bytes, item, lastOf.get(item.type)! > item.number, pieces, context);
	}

	for (const {first, type, fragments} of pieces.values()) {
		explainReassembled(type, first, lastOf.get(type)!, fragments, context);
	}

	if (problem !== undefined) {
		context.problem ??= problem;
		explainHeader(bytes, end, problem, context);
	}
}

function frame(bytes: Uint8Array, start: number): {frames: readonly Frame[]; end: number; problem: string | undefined} {
	const frames: Frame[] = [];
	let offset = start;
	while (offset < bytes.length) {
		// The type is checked before the length, as in `splitRecords`.
		if (!looksLikeRecord(bytes, offset)) {
			return {frames, end: offset, problem: `not a TLS record at byte ${offset}`};
		}

		if (bytes.length - offset < headerLength) {
			return {frames, end: offset, problem: `the header of a record is cut off at byte ${bytes.length}`};
		}

		const length = bytes[offset + 3]! * 256 + bytes[offset + 4]!;
		if (length > longestFragment) {
			return {frames, end: offset, problem: `a record of ${length} bytes at byte ${offset}, ${longestFragment} is the most`};
		}

		const fragment = bytes.subarray(offset + headerLength, offset + headerLength + length);
		frames.push({number: frames.length + 1, type: bytes[offset]!, start: offset, fragment, length});
		offset += headerLength + fragment.length;
	}

	return {frames, end: offset, problem: undefined};
}

/** The rest, if no whole record header follows. */
function explainHeader(bytes: Uint8Array, start: number, problem: string, context: ExplainContext): void {
	if (!looksLikeRecord(bytes, start)) {
		addDump(context, `What follows is ${problem}`, bytes, start);
		return;
	}

	const spans: Span[] = [];
	new Reader(bytes, spans, start).opaque('record', reader => {
		readHeader(reader);
		throw new DecodeError('length', reader.offset, problem);
	});
	addBlock(context, {title: `What follows: ${problem}`, bytes, start, end: bytes.length, spans});
}

function readHeader(reader: Reader): void {
	reader.uint8('type', contentTypeLabel);
	reader.uint16('legacy_record_version', versions.label);
	reader.uint16('length');
}

function explainRecord(bytes: Uint8Array, item: Frame, isMoreToCome: boolean, pieces: Map<number, Pieces>, context: ExplainContext): void {
	const {number, type, start, fragment, length} = item;
	const isEncrypted = context.isEncrypted && !startsLikeHello(item);
	const open = isEncrypted ? undefined : openPieces(item, isMoreToCome, pieces);
	const spans: Span[] = [];
	new Reader(bytes, spans, start, start + headerLength + fragment.length).opaque('record', reader => {
		readHeader(reader);
		reader.opaque('fragment', inner => readFragment(inner, type, isEncrypted, open !== undefined, context));
	});
	context.isTls = true;
	const cut = fragment.length < length ? `, ${fragment.length} are present` : '';
	if (cut !== '') {
		context.problem ??= `record ${number} is cut off: it announces ${length} bytes${cut}`;
	}

	const title = `Record ${number}: ${contentTypeLabel(type)}, ${length} ${length === 1 ? 'byte' : 'bytes'}${cut}`;
	addBlock(context, {title, bytes, start, end: start + headerLength + fragment.length, spans, isPiece: open !== undefined});
	if (open !== undefined && isBoundary(open.place)) {
		pieces.delete(type);
		explainReassembled(type, open.first, number, open.fragments, context);
	}
}

/** A ChangeCipherSpec of TLS 1.3 has no meaning; a second plaintext hello may follow it. RFC 9846 appendix E.4. */
function startsLikeHello({type, fragment}: Frame): boolean {
	const place: Place = {header: [], left: 0};
	advance(place, type, fragment);
	return type === contentType.handshake && (fragment[0] === 1 || fragment[0] === 2) && isBoundary(place);
}

/** The pieces of the message that this record's fragment belongs to, including it; undefined if it holds only whole messages. */
function openPieces({number, type, fragment}: Frame, isMoreToCome: boolean, pieces: Map<number, Pieces>): Pieces | undefined {
	if (type !== contentType.handshake && type !== contentType.alert) {
		return undefined;
	}

	const open = pieces.get(type);
	if (open !== undefined) {
		open.fragments.push(fragment);
		advance(open.place, type, fragment);
		return open;
	}

	const place: Place = {header: [], left: 0};
	advance(place, type, fragment);
	const isWhole = isBoundary(place) || (type === contentType.handshake && fragment.length > 0 && !isHandshakeType(fragment[0]));
	if (isWhole || !isMoreToCome) {
		return undefined;
	}

	const begun: Pieces = {type, first: number, fragments: [fragment], place};
	pieces.set(type, begun);
	return begun;
}

const isBoundary = ({header, left}: Place): boolean => header.length === 0 && left === 0;

function advance(place: Place, type: number, fragment: Uint8Array): void {
	if (type === contentType.alert) {
		place.left = (place.left + fragment.length) % 2;
		return;
	}

	for (let offset = 0; offset < fragment.length; ) {
		if (place.left > 0) {
			const taken = Math.min(place.left, fragment.length - offset);
			place.left -= taken;
			offset += taken;
			continue;
		}

		place.header.push(fragment[offset]!);
		offset += 1;
		if (place.header.length === 4) {
			const [, high, middle, low] = place.header as [number, number, number, number];
			place.left = high * 65_536 + middle * 256 + low;
			place.header = [];
		}
	}
}

function explainReassembled(type: number, first: number, last: number, fragments: readonly Uint8Array[], context: ExplainContext): void {
	const bytes = join(fragments);
	const spans: Span[] = [];
	new Reader(bytes, spans).opaque(contentTypeLabel(type), reader => readFragment(reader, type, false, false, context));
	const title = `Together, records ${first} to ${last}: ${contentTypeLabel(type)}, ${bytes.length} bytes`;
	addBlock(context, {title, bytes, start: 0, end: bytes.length, spans});
}

function readFragment(reader: Reader, type: number, isEncrypted: boolean, isPiece: boolean, context: ExplainContext): void {
	if (isPiece) {
		reader.rest('fragment', () => 'a piece of a message that is shown whole below');
		return;
	}

	if (isEncrypted || type === 23) {
		const {length} = reader.rest('encrypted_record', () => 'encrypted');
		context.messages.push(`${contentTypeLabel(type)}: ${length} bytes, encrypted`);
		return;
	}

	switch (type) {
		case 20:
			readChangeCipherSpec(reader, context);
			break;
		case contentType.alert:
			reader.list('Alert', item => readAlert(item, context));
			break;
		case contentType.handshake:
			readMessages(reader, context);
			break;
		default:
			// RFC 6520 §4.
			reader.group('HeartbeatMessage', fields => {
				fields.uint8('type', value => (value === 1 ? 'heartbeat_request' : value === 2 ? 'heartbeat_response' : String(value)));
				fields.uint16('payload_length');
				fields.rest('payload and padding');
			});
			context.messages.push('HeartbeatMessage');
	}
}

/** RFC 5246 §7.1. */
export function readChangeCipherSpec(reader: Reader, context: ExplainContext): void {
	reader.group('ChangeCipherSpec', fields => fields.uint8('type', value => (value === 1 ? 'change_cipher_spec' : String(value))));
	context.isEncrypted = true;
	context.messages.push('ChangeCipherSpec');
}

/** RFC 9846 §6. */
export function readAlert(reader: Reader, context: ExplainContext): void {
	const {level, description} = reader.group('Alert', fields => alert.decode(fields));
	const levelWord = level === 1 ? 'warning' : level === 2 ? 'fatal' : `level ${level}`;
	context.messages.push(`Alert: ${levelWord} ${alerts.label(description)} (${description})`);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
	return Uint8Array.from(Buffer.concat(parts));
}
