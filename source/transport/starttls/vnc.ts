import {type Dialogue, exchangeText, type FindEnd, notAnAnswer, untilLength, wordsOf} from '../dialogue.js';
import type {StartTls} from '../starttls.js';

/** https://github.com/rfbproto/rfbproto/blob/master/rfbproto.rst#security-types */
const securityTypes: ReadonlyMap<number, string> = new Map([
	[1, 'None'],
	[2, 'VNC Authentication'],
	[5, 'RA2'],
	[6, 'RA2ne'],
	[16, 'Tight'],
	[18, 'TLS'],
	[19, 'VeNCrypt'],
	[30, 'Apple DH'],
]);
const [tls, veNCrypt] = [18, 19];

/** Subtypes of VeNCrypt 0.2: first those with a certificate, then those with anonymous Diffie-Hellman. `Plain` (256) has no TLS. */
const subtypes: ReadonlyMap<number, string> = new Map([
	[260, 'X509None'],
	[261, 'X509Vnc'],
	[262, 'X509Plain'],
	[264, 'X509SASL'],
	[257, 'TLSNone'],
	[258, 'TLSVnc'],
	[259, 'TLSPlain'],
	[263, 'TLSSASL'],
]);

export default {
	name: 'vnc',
	ports: [5900],
	source: 'RFC 6143 §7.1, https://github.com/rfbproto/rfbproto/blob/master/rfbproto.rst#vencrypt',
	*converse(): Dialogue {
		const greeting = yield* exchangeText(undefined, untilGreeting);
		const [, major, minor] = /^RFB (\d{3})\.(\d{3})\n$/.exec(greeting) ?? [];
		if (major === undefined) {
			return {isRefusedEarly: true, ...notAnAnswer(Buffer.from(greeting, 'latin1'), 'VNC', 'not a greeting of')};
		}

		if (Number(major) === 3 && Number(minor) < 7) {
			return yield* hearSecurity(greeting);
		}

		const types = yield {send: `RFB 003.00${major === '003' && minor === '007' ? 7 : 8}\n`, until: untilTypes};
		if (types[0] === 0) {
			return {isRefusedEarly: true, kind: 'busy', words: wordsOf(types.subarray(5))};
		}

		const offered = [...types.subarray(1)];
		if (offered.includes(veNCrypt)) {
			return yield* chooseSubtype();
		}

		if (offered.includes(tls)) {
			yield {send: Uint8Array.of(tls)};
			return undefined;
		}

		return {kind: 'not-offered', words: `its security is ${named(offered, securityTypes)}, without TLS (VeNCrypt is 19)`};
	},
} as const satisfies StartTls;

/**
Before 3.7 the server chooses the security type, and none has TLS. A server that refuses after failed logins also uses 3.3, and says so with
type 0. RFC 6143 §7.1.2, appendix A.
*/
function* hearSecurity(greeting: string): Dialogue {
	const answer = yield {send: greeting, until: untilSecurity};
	const type = answer[3]!;
	return type === 0
		? {isRefusedEarly: true, kind: 'busy', words: wordsOf(answer.subarray(8))}
		: {kind: 'not-offered', words: `${wordsOf(greeting)} has no TLS; its security is ${named([type], securityTypes)}`};
}

function* chooseSubtype(): Dialogue {
	const [major = 0, minor = 0] = yield {send: Uint8Array.of(veNCrypt), until: untilLength(2)};
	if (major === 0 && minor < 2) {
		return {kind: 'not-offered', words: `VeNCrypt ${major}.${minor}, and 0.2 is needed`};
	}

	const [refused] = yield {send: Uint8Array.of(0, 2), until: untilLength(1)};
	if (refused !== 0) {
		return {words: 'it refuses version 0.2 of VeNCrypt'};
	}

	const list = yield {until: untilSubtypes};
	const offered = Array.from({length: list[0]!}, (_, index) => Buffer.from(list).readUInt32BE(1 + 4 * index));
	const chosen = [...subtypes.keys()].find(subtype => offered.includes(subtype));
	if (chosen === undefined) {
		return {kind: 'not-offered', words: `VeNCrypt without TLS: ${named(offered, new Map([[256, 'Plain']]))}`};
	}

	const [isAccepted] = yield {send: Uint8Array.of(0, 0, chosen >> 8, chosen & 0xff), until: untilLength(1)};
	return isAccepted === 1 ? undefined : {words: `it lists ${subtypes.get(chosen)} in VeNCrypt, and refuses it`};
}

const named = (types: readonly number[], names: ReadonlyMap<number, string>): string =>
	types.length === 0 ? 'an empty list' : types.map(type => `${names.get(type) ?? 'a type unknown here'} (${type})`).join(', ');

/** Twelve bytes; other answers are used as received. */
const untilGreeting: FindEnd = bytes => (bytes.length > 0 && bytes[0] !== 0x52 ? bytes.length : untilLength(12)(bytes));

/** A count and that many types; or zero types, and the length and text of a reason. RFC 6143 §7.1.2. */
function untilTypes(bytes: Uint8Array): number | undefined {
	const [count] = bytes;
	if (count === undefined || (count === 0 && bytes.length < 5)) {
		return undefined;
	}

	return untilLength(count === 0 ? 5 + Buffer.from(bytes.subarray(1, 5)).readUInt32BE() : 1 + count)(bytes);
}

/** A type of four bytes; after type 0, the length and text of a reason. */
function untilSecurity(bytes: Uint8Array): number | undefined {
	if (bytes.length < 4 || bytes[3] !== 0) {
		return untilLength(4)(bytes);
	}

	return untilLength(bytes.length < 8 ? 8 : 8 + Buffer.from(bytes.subarray(4, 8)).readUInt32BE())(bytes);
}

const untilSubtypes: FindEnd = bytes => (bytes.length === 0 ? undefined : untilLength(1 + 4 * bytes[0]!)(bytes));
