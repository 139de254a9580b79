import {type Dialogue, latin1, notAnAnswer, type RefusalKind, wordsOf} from '../dialogue.js';
import type {StartTls} from '../starttls.js';

/** RFC 4511 appendix A.1, the codes that answer this request. */
const resultCodes: Readonly<Record<number, string>> = {
	1: 'operationsError',
	2: 'protocolError',
	12: 'unavailableCriticalExtension',
	13: 'confidentialityRequired',
	51: 'busy',
	52: 'unavailable',
	53: 'unwillingToPerform',
	80: 'other',
};

/** The meaning of a code for a request for TLS. A server without a certificate, such as a domain controller, answers 52. */
const kinds: Readonly<Record<number, RefusalKind>> = {
	2: 'not-offered',
	12: 'not-offered',
	51: 'busy',
	52: 'tls-unavailable',
	53: 'not-offered',
};

const oid = '1.3.6.1.4.1.1466.20037';

/** A notice that a server sends before it ends the connection. RFC 4511 §4.4.1. */
const noticeOid = '1.3.6.1.4.1.1466.20036';

/** ExtendedRequest with message id 1. RFC 4511 §4.12, §4.14.1. */
const request = Buffer.from([0x30, 9 + oid.length - 2, 0x02, 1, 1, 0x77, oid.length + 2, 0x80, oid.length, ...Buffer.from(oid)]);

export default {
	name: 'ldap',
	ports: [389, 3268],
	source: 'RFC 4511 §4.14',
	*converse(): Dialogue {
		const said = yield {send: request, until: untilMessage};
		const message = fieldAt(said, 0);
		const id = message && fieldAt(said, message.start);
		const response = id && fieldAt(said, id.end);
		// ExtendedResponse: [APPLICATION 24].
		if (message?.tag !== 0x30 || response?.tag !== 0x78) {
			return notAnAnswer(said, 'LDAP');
		}

		const result = fieldAt(said, response.start);
		const matched = result && fieldAt(said, result.end);
		const diagnostic = matched && fieldAt(said, matched.end);
		const code = result === undefined ? -1 : (said[result.start] ?? -1);
		if (code === 0) {
			return undefined;
		}

		const isNotice = latin1(said.subarray(response.start, response.end)).includes(noticeOid);
		// Active Directory ends its text with a zero byte.
		const words = diagnostic === undefined ? '' : latin1(said.subarray(diagnostic.start, diagnostic.end)).replace(/\0+$/, '');
		const name = `${isNotice ? 'notice of disconnection, ' : ''}${resultCodes[code] ?? 'resultCode'} (LDAP ${code})`;
		return {
			...(isNotice ? {isRefusedEarly: true} : {}),
			kind: isNotice ? 'busy' : kinds[code],
			words: wordsOf(`${name}${words === '' ? '' : `: ${words}`}`),
		};
	},
} as const satisfies StartTls;

type Field = {readonly tag: number; readonly start: number; readonly end: number};

/** Tag and length in the definite form. ITU-T X.690 §8.1. Undefined if the bytes end earlier. */
function fieldAt(bytes: Uint8Array, offset: number): Field | undefined {
	const [tag, first] = [bytes[offset], bytes[offset + 1]];
	if (tag === undefined || first === undefined) {
		return undefined;
	}

	const size = first < 0x80 ? 0 : first & 0x7f;
	const start = offset + 2 + size;
	if (size > 4 || bytes.length < start) {
		return undefined;
	}

	const length = size === 0 ? first : bytes.subarray(offset + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
	return {tag, start, end: start + length};
}

/** One whole message, or the first bytes of another protocol. */
function untilMessage(bytes: Uint8Array): number | undefined {
	if (bytes.length > 0 && bytes[0] !== 0x30) {
		return bytes.length;
	}

	const message = fieldAt(bytes, 0);
	return message === undefined || bytes.length < message.end ? undefined : message.end;
}
