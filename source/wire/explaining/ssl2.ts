import type {Reader, Span} from '../../bytes/reader.js';
import {Reader as BytesReader} from '../../bytes/reader.js';
import {versions} from '../../iana/versions.js';
import {ssl2CipherKindLabel, ssl2ClientHello, ssl2ServerHello} from '../ssl2.js';
import {addBlock, addDump, type ExplainContext} from './block.js';

const errors: Readonly<Record<number, string>> = {
	1: 'NO-CIPHER-ERROR',
	2: 'NO-CERTIFICATE-ERROR',
	4: 'BAD-CERTIFICATE-ERROR',
	6: 'UNSUPPORTED-CERTIFICATE-TYPE-ERROR',
};

/** Whether bytes may be an SSL 2 message without its record header. */
export function isSsl2Message(bytes: Uint8Array): boolean {
	const [type, , third, fourth, fifth] = bytes;
	switch (type) {
		case 0:
			return bytes.length === 3;
		case 1:
			return bytes.length >= 9 && isVersion(bytes[1]!, bytes[2]!);
		case 4:
			// SESSION-ID-HIT and CERTIFICATE-TYPE are 0 or 1.
			return bytes.length >= 11 && bytes[1]! <= 1 && third! <= 1 && isVersion(fourth!, fifth!);
		default:
			return false;
	}
}

const isVersion = (major: number, minor: number): boolean => (major === 0 && minor === 2) || (major === 3 && minor <= 4);

/** Whether bytes may be an SSL 2 record that holds a CLIENT-HELLO, a SERVER-HELLO or an error. The record may be cut off. */
export function isSsl2Record(bytes: Uint8Array): boolean {
	const header = headerOf(bytes);
	if (header === undefined) {
		return false;
	}

	const {headerLength, bodyLength} = header;
	return bodyLength >= 3 && isSsl2Message(bytes.subarray(headerLength, headerLength + bodyLength));
}

function headerOf(bytes: Uint8Array): {headerLength: number; bodyLength: number} | undefined {
	if (bytes.length < 3) {
		return undefined;
	}

	const headerLength = bytes[0]! & 0x80 ? 2 : 3;
	return {headerLength, bodyLength: (bytes[0]! & (headerLength === 2 ? 0x7f : 0x3f)) * 256 + bytes[1]!};
}

/** All records of a side that uses SSL 2, up to the first invalid one. draft-hickman-netscape-ssl-00 §1.1. */
export function explainSsl2Records(bytes: Uint8Array, context: ExplainContext): void {
	let offset = 0;
	for (let number = 1; offset < bytes.length; number++) {
		if (!isSsl2Record(bytes.subarray(offset))) {
			context.problem ??= `what follows at byte ${offset} is not an SSL 2 hello; it may be encrypted`;
			addDump(context, 'What follows, not decoded', bytes, offset);
			return;
		}

		const {headerLength, bodyLength} = headerOf(bytes.subarray(offset))!;
		const end = Math.min(bytes.length, offset + headerLength + bodyLength);
		const spans: Span[] = [];
		new BytesReader(bytes, spans, offset, end).opaque('record', reader => {
			reader.uint16('RECORD-LENGTH', () => `${bodyLength}, after a header of ${headerLength} bytes`);
			if (headerLength === 3) {
				reader.uint8('PADDING');
			}

			readSsl2Message(reader, context);
		});
		addBlock(context, {title: `Record ${number}: SSL 2, ${bodyLength} bytes`, bytes, start: offset, end, spans});
		offset = end;
	}
}

/** A message without its record header. */
export function readSsl2Message(reader: Reader, context: ExplainContext): void {
	const [type] = reader.peek(1);
	context.isTls = true;
	if (type === 0) {
		reader.group('ERROR', fields => {
			fields.uint8('MSG-ERROR', () => 'error');
			const code = fields.uint16('ERROR-CODE', value => errors[value] ?? String(value));
			context.messages.push(`SSL 2 ERROR: ${errors[code] ?? code}`);
		});
		return;
	}

	if (type === 1) {
		const {version, cipherKinds} = reader.group('CLIENT-HELLO', fields => ssl2ClientHello.decode(fields));
		context.messages.push(`SSL 2 CLIENT-HELLO: ${versions.label(version)}, ${cipherKinds.length} cipher kinds`);
		return;
	}

	const {version, cipherKinds} = reader.group('SERVER-HELLO', fields => ssl2ServerHello.decode(fields));
	const kinds = cipherKinds.length === 0 ? 'no cipher kinds' : cipherKinds.map(kind => ssl2CipherKindLabel(kind)).join(' ');
	context.messages.push(`SSL 2 SERVER-HELLO: ${versions.label(version)}, ${kinds}`);
}
