import {keyExchangeOf} from '../../source/exchange/key-exchange.js';
import {encode} from '../../source/wire/codec.js';
import {type Extension, makeExtension} from '../../source/wire/extension.js';
import {keyShare, supportedVersions} from '../../source/wire/extensions/index.js';
import {handshake} from '../../source/wire/handshake.js';
import {helloRetryRequestRandom, serverHello} from '../../source/wire/server-hello.js';
import {type Asked, alert, type Move, type ReadHello, records, type Script, say} from './script.js';

export const ssl3 = 0x03_00;
export const tls10 = 0x03_01;
export const tls11 = 0x03_02;
export const tls12 = 0x03_03;
export const tls13 = 0x03_04;

export type ServerHelloParts = {
	readonly legacyVersion?: number;
	readonly random?: Uint8Array;
	readonly sessionId?: Uint8Array;
	readonly suite?: number;
	readonly compression?: number;
	readonly extensions?: readonly Extension[] | undefined;
};

const plainRandom = Uint8Array.from({length: 32}, (_, index) => index + 1);

export const message = (type: number, body: Uint8Array): Uint8Array => encode(handshake, {type, body});

/** A ServerHello message that selects what the hello asks for, unless told otherwise. */
export function serverHelloMessage({version, suites, sessionId, shares}: ReadHello, parts: ServerHelloParts = {}): Uint8Array {
	const is13 = version === tls13;
	const extensions = is13
		? [
				makeExtension(supportedVersions.type, supportedVersions.serverHello, tls13),
				makeExtension(keyShare.type, keyShare.serverHello, {group: shares[0] ?? 0x00_1d, keyExchange: new Uint8Array(32)}),
			]
		: undefined;
	return message(
		2,
		encode(serverHello, {
			legacyVersion: parts.legacyVersion ?? Math.min(version, tls12),
			random: parts.random ?? plainRandom,
			sessionId: parts.sessionId ?? (is13 ? sessionId : new Uint8Array(32).fill(7)),
			cipherSuite: parts.suite ?? suites[0]!,
			compressionMethod: parts.compression ?? 0,
			extensions: 'extensions' in parts ? parts.extensions : extensions,
		}),
	);
}

export const retryMessage = (hello: ReadHello, group: number, suite = hello.suites[0]!): Uint8Array =>
	serverHelloMessage(hello, {
		random: helloRetryRequestRandom,
		suite,
		extensions: [
			makeExtension(supportedVersions.type, supportedVersions.helloRetryRequest, tls13),
			makeExtension(keyShare.type, keyShare.helloRetryRequest, group),
		],
	});

/** A certificate message of `size` bytes that no client would like, and needs not. */
export const certificateMessage = (size = 900): Uint8Array => message(11, new Uint8Array(size));

export const ecdheMessage = (group: number): Uint8Array => message(12, Uint8Array.of(3, group >> 8, group & 0xff, 1, 4));

export type HonestOptions = {
	readonly versions?: readonly number[];
	/** The suites it has; all by default. */
	readonly suites?: readonly number[];
	/** For ECDHE, and all of TLS 1.3; all by default. */
	readonly groups?: readonly number[];
	/** Of its one certificate; all by default. TLS 1.2 and 1.3. */
	readonly schemes?: readonly number[];
	/** What it answers to other versions, and where nothing is shared. */
	readonly refuse?: (asked: Asked) => readonly Move[];
	readonly refuseVersion?: (asked: Asked) => readonly Move[];
};

export const all = [tls10, tls11, tls12, tls13];
export const modern = [tls12, tls13];

/** A server that does as the RFCs say. */
export function honest({
	versions = modern,
	suites,
	groups,
	schemes,
	refuse = () => alert(40),
	refuseVersion = () => alert(70),
}: HonestOptions = {}): Script {
	return asked => {
		const {hello} = asked;
		if (!versions.includes(hello.version)) {
			return refuseVersion(asked);
		}

		const suite = hello.suites.find(code => suites === undefined || suites.includes(code));
		const needsScheme = schemes !== undefined && hello.version >= tls12;
		if (suite === undefined || (needsScheme && !hello.schemes?.some(code => schemes.includes(code)))) {
			return refuse(asked);
		}

		const isOurs = (code: number): boolean => groups === undefined || groups.includes(code);
		const group = hello.version === tls13 || hello.groups !== undefined ? hello.groups?.find(isOurs) : groups?.[0];
		if (group === undefined && (hello.version === tls13 || (keyExchangeOf(suite) === 'ecdhe' && hello.groups !== undefined))) {
			return refuse(asked);
		}

		if (hello.version === tls13) {
			const isShared = hello.shares.includes(group!);
			return [say(records(isShared ? serverHelloMessage(hello, {suite}) : retryMessage(hello, group!, suite)))];
		}

		return [
			say(
				records(
					Buffer.concat([
						serverHelloMessage(hello, {suite}),
						certificateMessage(),
						ecdheMessage(group ?? 23),
						message(14, new Uint8Array()),
					]),
				),
			),
		];
	};
}

/** A server that picks the newest version that both speak. */
export function negotiating(options: HonestOptions): Script {
	const own = options.versions ?? [tls12, tls13];
	return asked => {
		const {hello} = asked;
		const offered = hello.supportedVersions ?? [ssl3, tls10, tls11, tls12].filter(code => code <= hello.version);
		const version = Math.max(...own.filter(code => offered.includes(code)));
		const suites = hello.suites.filter(code => (code >> 8 === 0x13) === (version === tls13));
		return honest(options)({...asked, hello: {...hello, suites, version: Number.isFinite(version) ? version : hello.version}});
	};
}

/** Accept whatever is asked for. */
export const accept: Script = ({hello}) => [say(records(serverHelloMessage(hello)), new Uint8Array())];
