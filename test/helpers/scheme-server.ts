import {suiteFacts} from '../../source/probes/cipher-suites/suite-facts.js';
import {blocks} from '../../source/probes/signature-schemes/scheme-lists.js';
import {message, serverHelloMessage, tls12} from './honest-server.js';
import {type Asked, alert, type Move, records, type Script, say} from './script.js';

export type SchemeServer = {
	/** Those that it signs with, in its order, by the keys that it has. */
	readonly keys: Readonly<Partial<Record<'RSA' | 'ECDSA' | 'DSS', readonly number[]>>>;
	readonly refuse?: (asked: Asked) => readonly Move[];
	/** Behaviour that comes before all else. */
	readonly first?: (asked: Asked) => readonly Move[] | undefined;
	/** What it signs with where it has none of those that are offered; undefined refuses. */
	readonly fallback?: number;
};

/** A server of TLS 1.2 that chooses a suite by its keys, and a scheme by what is offered. */
export function schemeServer({keys, refuse = () => alert(40), first, fallback}: SchemeServer): Script {
	return asked => {
		const {hello} = asked;
		const early = first?.(asked);
		if (early !== undefined) {
			return early;
		}

		if (hello.version !== tls12) {
			return alert(70);
		}

		for (const suite of hello.suites) {
			const key = blocks.find(({suites}) => suites.includes(suite))?.key;
			const scheme = key && (keys[key]?.find(code => hello.schemes?.includes(code)) ?? (keys[key] && fallback));
			if (scheme !== undefined) {
				return [
					say(records(Buffer.concat([serverHelloMessage(hello, {suite}), keyExchange(suite, scheme), message(14, new Uint8Array())]))),
				];
			}

			if (suite === staticRsa && keys.RSA !== undefined) {
				return [say(records(Buffer.concat([serverHelloMessage(hello, {suite}), message(14, new Uint8Array())])))];
			}
		}

		return refuse(asked);
	};
}

/** TLS_RSA_WITH_AES_128_GCM_SHA256: nothing is signed. */
export const staticRsa = 0x00_9c;

function keyExchange(suite: number, scheme: number): Uint8Array {
	const signed = [scheme >> 8, scheme & 0xff, 0, 2, 1, 2];
	return suiteFacts(suite).keyExchange === 'ECDHE'
		? message(12, Uint8Array.of(3, 0, 23, 1, 4, ...signed))
		: message(12, Uint8Array.of(0, 1, 23, 0, 1, 2, 0, 1, 4, ...signed));
}
