import {suiteFacts} from '../../source/probes/cipher-suites/suite-facts.js';
import {ecdheMessage, message, retryMessage, serverHelloMessage, tls13} from './honest-server.js';
import {type Asked, alert, type Move, records, type Script, say} from './script.js';

export type SuiteServer = {
	/** In its order of preference. */
	readonly suites: readonly number[];
	readonly version?: number;
	readonly order?: 'server' | 'client' | 'server-except-chacha20';
	/** For ECDHE; all by default. */
	readonly groups?: readonly number[];
	readonly refuse?: (asked: Asked) => readonly Move[];
	/** Behaviour that comes before all else. */
	readonly first?: (asked: Asked) => readonly Move[] | undefined;
};

const isChaCha20 = (code: number): boolean => suiteFacts(code).name.includes('CHACHA20');

/** A server with exactly these suites. */
export function suiteServer({suites, version = 0x03_03, order = 'server', groups, refuse = () => alert(40), first}: SuiteServer): Script {
	return asked => {
		const {hello} = asked;
		const early = first?.(asked);
		if (early !== undefined) {
			return early;
		}

		if (hello.version !== version) {
			return alert(70);
		}

		const isUsable = (code: number): boolean => suites.includes(code) && hasGroup(code);
		const hasGroup = (code: number): boolean =>
			suiteFacts(code).keyExchange !== 'ECDHE' ||
			groups === undefined ||
			hello.groups === undefined ||
			groups.some(group => hello.groups!.includes(group));
		const shared = hello.suites.filter(isUsable);
		const ours = suites.filter(code => shared.includes(code));
		const isException = order === 'server-except-chacha20' && isChaCha20(hello.suites[0]!);
		const suite = order === 'client' ? shared[0] : isException ? (ours.find(isChaCha20) ?? ours[0]) : ours[0];
		if (suite === undefined) {
			return refuse(asked);
		}

		if (version === tls13) {
			return [say(records(hello.shares.length > 0 ? serverHelloMessage(hello, {suite}) : retryMessage(hello, 0x00_1d, suite)))];
		}

		return [say(records(Buffer.concat([serverHelloMessage(hello, {suite}), ecdheMessage(23), message(14, new Uint8Array())])))];
	};
}
