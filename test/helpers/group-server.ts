import {suiteFacts} from '../../source/probes/cipher-suites/suite-facts.js';
import {ecdheMessage, message, retryMessage, serverHelloMessage, tls13} from './honest-server.js';
import {type Asked, alert, type Move, type ReadHello, records, type Script, say} from './script.js';

export type GroupServer = {
	/** In its order of preference. */
	readonly groups: readonly number[];
	readonly version: number;
	readonly order?: 'server' | 'client';
	/** Suites it has; ECDHE with RSA by default. */
	readonly suites?: readonly number[];
	/** A curve that clients must list, though another one is chosen. */
	readonly insistsOn?: number;
	/** The prime for a hello with DHE; undefined refuses it. */
	readonly prime?: (hello: ReadHello) => Uint8Array | undefined;
	readonly refuse?: (asked: Asked) => readonly Move[];
	/** Behaviour that comes before all else. */
	readonly first?: (asked: Asked) => readonly Move[] | undefined;
};

let keys = 0;

/** A DHE ServerKeyExchange, with a key that is another one each time. */
function dheMessage(prime: Uint8Array): Uint8Array {
	const vector = (bytes: Uint8Array): Buffer => Buffer.concat([Uint8Array.of(bytes.length >> 8, bytes.length & 0xff), bytes]);
	const key = new Uint8Array(prime.length);
	new DataView(key.buffer).setUint32(0, ++keys);
	return message(12, Buffer.concat([vector(prime), vector(Uint8Array.of(2)), vector(key), Uint8Array.of(4, 1, 0, 1, 0)]));
}

/** A server with exactly these groups. */
export function groupServer({
	groups,
	version,
	order = 'server',
	suites = [0xc0_2f, 0x13_01],
	insistsOn,
	prime,
	refuse = () => alert(40),
	first,
}: GroupServer): Script {
	return asked => {
		const {hello} = asked;
		const early = first?.(asked);
		if (early !== undefined) {
			return early;
		}

		const suite = suites.find(code => hello.suites.includes(code));
		if (hello.version !== version || suite === undefined) {
			return hello.version === version ? refuse(asked) : alert(70);
		}

		const flight = (exchange: Uint8Array): readonly Move[] => [
			say(records(Buffer.concat([serverHelloMessage(hello, {suite}), exchange, message(14, new Uint8Array())]))),
		];
		if (suiteFacts(suite).keyExchange === 'DHE') {
			const chosen = prime?.(hello);
			return chosen === undefined ? refuse(asked) : flight(dheMessage(chosen));
		}

		const listed = hello.groups ?? groups;
		const shared = order === 'server' ? groups.filter(code => listed.includes(code)) : listed.filter(code => groups.includes(code));
		const isMissed = insistsOn !== undefined && !listed.includes(insistsOn);
		const [group] = shared;
		if (group === undefined || isMissed) {
			return refuse(asked);
		}

		if (version === tls13) {
			const isShared = hello.shares.includes(group);
			return [say(records(isShared ? serverHelloMessage({...hello, shares: [group]}, {suite}) : retryMessage(hello, group, suite)))];
		}

		return flight(ecdheMessage(group));
	};
}
