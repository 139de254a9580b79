import {type Dialogue, notAnAnswer, type RefusalKind} from '../dialogue.js';
import type {StartTls} from '../starttls.js';

/** TLS, CredSSP and CredSSP with early authorization, all of which begin with TLS. [MS-RDPBCGR] §2.2.1.1.1. */
const protocols = 0x01 | 0x02 | 0x08;

/** TPKT, an X.224 connection request, RDP_NEG_REQ. */
const request = Uint8Array.of(3, 0, 0, 19, 14, 0xe0, 0, 0, 0, 0, 0, 1, 0, 8, 0, protocols, 0, 0, 0);

/** [MS-RDPBCGR] §2.2.1.2.2. */
const failures: Readonly<Record<number, string>> = {
	1: 'SSL_REQUIRED_BY_SERVER',
	2: 'SSL_NOT_ALLOWED_BY_SERVER',
	3: 'SSL_CERT_NOT_ON_SERVER',
	4: 'INCONSISTENT_FLAGS',
	5: 'HYBRID_REQUIRED_BY_SERVER',
	6: 'SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER',
};

const kinds: Readonly<Record<number, RefusalKind>> = {2: 'not-offered', 3: 'tls-unavailable'};

export default {
	name: 'rdp',
	ports: [3389],
	source: '[MS-RDPBCGR] §2.2.1.2',
	*converse(): Dialogue {
		const answer = yield {send: request, until: untilPacket};
		if (answer[0] !== 3 || answer[5] !== 0xd0) {
			return notAnAnswer(answer, 'RDP');
		}

		const [kind, value] = [answer[11], answer[15] ?? 0];
		if (kind === 3) {
			return {kind: kinds[value], words: `${failures[value] ?? 'an unknown failure'} (RDP ${value})`};
		}

		return kind === 2 && (value & protocols) !== 0
			? undefined
			: {kind: 'not-offered', words: 'it supports only the old RDP security, without TLS'};
	},
} as const satisfies StartTls;

function untilPacket(bytes: Uint8Array): number | undefined {
	if (bytes.length > 0 && bytes[0] !== 3) {
		return bytes.length;
	}

	const length = bytes.length < 4 ? undefined : bytes[2]! * 256 + bytes[3]!;
	return length === undefined || bytes.length < length ? undefined : length;
}
