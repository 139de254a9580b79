import {printable} from '../bytes/hex.js';
import {Reader, type Span} from '../bytes/reader.js';
import {alerts} from '../iana/alerts.js';
import {addBlock, addDump, type Block, type ExplainContext, makeContext} from './explaining/block.js';
import {isBareHello, isHandshakeType, readClientHello, readMessages, readServerHello} from './explaining/messages.js';
import {explainRecords, readAlert, readChangeCipherSpec} from './explaining/records.js';
import {explainSsl2Records, isSsl2Message, isSsl2Record, readSsl2Message} from './explaining/ssl2.js';
import {longestFragment, looksLikeRecord} from './record.js';

export type {Block} from './explaining/block.js';

/** The decoded bytes of one side. Every byte is in a block, in order. */
export type Explanation = {
	readonly blocks: readonly Block[];
	/** One line per message: `ServerHello: TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`. It contains names from certificates: escape it before printing. */
	readonly messages: readonly string[];
	/** The first problem; undefined if everything was decoded. */
	readonly problem: string | undefined;
	/** Whether any of it was decoded as SSL or TLS. */
	readonly isTls: boolean;
};

/**
Name every range of the bytes that one side of a connection has sent.

The input is usually records. Handshake messages, hellos and alerts without a record header, SSL 2 with or without one, and text before the first
record (STARTTLS or a proxy) are recognised by their first bytes. Messages that span records are shown whole after them. Bytes that cannot be decoded
are shown as far as they can, then the problem, then a plain dump.

@param bytes - Any bytes: this never throws.
*/
export function explain(bytes: Uint8Array): Explanation {
	const context = makeContext();
	explainBytes(bytes, context);
	const {blocks, messages, problem, isTls} = context;
	return {blocks, messages, problem, isTls};
}

function explainBytes(bytes: Uint8Array, context: ExplainContext): void {
	if (bytes.length === 0) {
		return;
	}

	if (bytes.length === 1 && bytes[0] === 1) {
		explainBare('ChangeCipherSpec, without a record header', bytes, reader => readChangeCipherSpec(reader, context), context);
	} else if (isRecordStart(bytes)) {
		explainRecords(bytes, 0, context);
	} else if (isSsl2Record(bytes)) {
		explainSsl2Records(bytes, context);
	} else if (isAlert(bytes)) {
		explainBare('Alert, without a record header', bytes, reader => readAlert(reader, context), context);
	} else if (isBareHello(bytes, 'client')) {
		explainBare(
			'ClientHello, without headers',
			bytes,
			reader => noteMessage('ClientHello', readClientHello(reader, context), context),
			context,
		);
	} else if (isBareHello(bytes, 'server')) {
		explainBare(
			'ServerHello, without headers',
			bytes,
			reader => noteMessage('ServerHello', readServerHello(reader, context), context),
			context,
		);
	} else if (isHandshake(bytes)) {
		explainBare('Handshake, without a record header', bytes, reader => readMessages(reader, context), context);
	} else if (isSsl2Message(bytes)) {
		explainBare('SSL 2, without a record header', bytes, reader => readSsl2Message(reader, context), context);
	} else {
		explainOther(bytes, context);
	}
}

/** A whole record header, or as much of one as there is. */
const isRecordStart = (bytes: Uint8Array): boolean =>
	looksLikeRecord(bytes) && (bytes.length < 3 || bytes[2]! <= 4) && (bytes.length < 5 || bytes[3]! * 256 + bytes[4]! <= longestFragment);

const isAlert = (bytes: Uint8Array): boolean =>
	bytes.length === 2 && (bytes[0] === 1 || bytes[0] === 2) && alerts.get(bytes[1]!) !== undefined;

/** A whole message, or a truncated hello. */
function isHandshake(bytes: Uint8Array): boolean {
	if (bytes.length < 4 || !isHandshakeType(bytes[0])) {
		return false;
	}

	const length = bytes[1]! * 65_536 + bytes[2]! * 256 + bytes[3]!;
	const isHello = bytes[0] === 1 || bytes[0] === 2;
	return length === bytes.length - 4 || (length < bytes.length - 4 && isHandshakeType(bytes[4 + length])) || (isHello && bytes[4] === 3);
}

function explainBare(title: string, bytes: Uint8Array, read: (reader: Reader) => void, context: ExplainContext): void {
	const spans: Span[] = [];
	context.isTls = true;
	new Reader(bytes, spans).opaque(title, read);
	addBlock(context, {title, bytes, start: 0, end: bytes.length, spans});
}

const noteMessage = (name: string, words: string, context: ExplainContext): void => void context.messages.push(`${name}: ${words}`);

/** Text followed by a record looks like STARTTLS; anything else is not explained. */
function explainOther(bytes: Uint8Array, context: ExplainContext): void {
	const start = bytes.findIndex((_, index) => index > 0 && bytes[index - 1] === 0x0a && isRecordAt(bytes, index));
	if (start > 0 && !/\\x/.test(printable(bytes.subarray(0, start)).replaceAll('\\x09', ''))) {
		addDump(context, 'Text before the first record', bytes, 0, start);
		explainRecords(bytes, start, context);
		return;
	}

	context.problem = 'not TLS: it does not begin with a record, message or alert';
	addDump(context, 'Not TLS', bytes, 0);
}

const isRecordAt = (bytes: Uint8Array, index: number): boolean =>
	bytes.length - index >= 5 && isRecordStart(bytes.subarray(index, index + 5));
