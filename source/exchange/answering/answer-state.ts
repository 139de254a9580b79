import type {Alert} from '../../wire/alert.js';
import type {BuiltHello} from '../build-hello.js';
import type {HelloSpec} from '../hello-spec.js';
import type {Anomaly, Outcome} from '../outcome.js';

/** What may be read before an answer, and after it for the group of a key exchange. */
export const mostBytes = 65_536;

/** How far an answer has been read. Data for functions instead of closures: lists read thousands of answers a second. */
export type AnswerState = {
	readonly spec: HelloSpec;
	readonly built: BuiltHello;
	/** What has no whole record yet, or is clear text. */
	unread: Uint8Array;
	/** What has no whole handshake message yet. */
	messages: Uint8Array;
	alerts: Uint8Array;
	receivedBytes: number;
	provisional: Outcome | undefined;
	lastWarning: Alert | undefined;
	warnings: number;
	readonly anomalies: Anomaly[];
	isBanner: boolean;
};

export const nothing = new Uint8Array();

export const malformed = ({receivedBytes}: AnswerState, field: string, problem: string): Outcome => ({
	kind: 'malformed',
	field,
	offset: receivedBytes,
	problem,
});

export function join(first: Uint8Array, second: Uint8Array): Uint8Array {
	if (first.length === 0) {
		return second;
	}

	const joined = new Uint8Array(first.length + second.length);
	joined.set(first);
	joined.set(second, first.length);
	return joined;
}
