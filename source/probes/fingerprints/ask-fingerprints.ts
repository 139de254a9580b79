import type {HelloSpec} from '../../exchange/hello-spec.js';
import {type VersionName, versions as versionRegistry} from '../../iana/versions.js';
import type {Conduct, Conversation, RecordsAnswer, RecordsAsk} from '../probe.js';
import type {FingerprintsFinding} from './finding.js';
import {ja3sOf, jarmOf, readJarmAnswer} from './jarm-answer.js';
import {jarmHellos} from './jarm-hellos.js';
import type {FingerprintsTypes} from './types.js';

/** The hellos of JARM for TLS 1.2, 1.1 and 1.3 that offer every suite in the order of the list. */
const helloOfJa3s = [0, 5, 6];

const conduct: Conduct<FingerprintsTypes> = {
	*run({target, earlier}) {
		if (!Object.values(earlier.versions).some(finding => finding?.status === 'accepted')) {
			return {jarm: null, ja3s: {}, reason: 'no version is known to be accepted', connections: 0};
		}

		const hellos = jarmHellos(target.serverName ?? target.host);
		const first = yield* askAll(hellos);
		// A limit on connections must not be taken for a refusal.
		const lost = hellos.filter((_, index) => isLost(first[index]!));
		const again = lost.length === 0 ? [] : yield* askAll(lost);
		const answers = first.map((answer, index) => (isLost(answer) ? again[lost.indexOf(hellos[index]!)]! : answer));
		return findingOf(answers, hellos.length + lost.length);
	},
};

export default conduct;

function* askAll(hellos: readonly HelloSpec[]): Conversation<readonly RecordsAnswer[], RecordsAsk> {
	return yield hellos.map(hello => ({
		kind: 'records',
		records: {
			version: hello.version,
			shape: hello.shape,
			serverName: undefined,
			turn: {send: [{kind: 'hello', hello}], until: {kind: 'record'}},
		},
	}));
}

/** Nothing came, or there was no connection. */
const isLost = (answer: RecordsAnswer): boolean => answer.kind !== 'turn' || answer.turn.received.length === 0;

/** A close without a word refuses. No answer in time says nothing. */
const isKnown = (answer: RecordsAnswer): boolean =>
	answer.kind === 'turn' && (answer.turn.received.length > 0 || answer.turn.end === 'closed' || answer.turn.end === 'reset');

function findingOf(answers: readonly RecordsAnswer[], connections: number): FingerprintsFinding {
	const bytes = answers.map(answer => (answer.kind === 'turn' ? answer.turn.received : new Uint8Array()));
	const ja3s: Partial<Record<VersionName, string>> = {};
	for (const index of helloOfJa3s) {
		const found = ja3sOf(bytes[index]!);
		const name = versionRegistry.entries.find(({code}) => code === found?.version)?.name;
		if (found !== undefined && name !== undefined) {
			ja3s[name] ??= found.ja3s;
		}
	}

	const unknown = answers.filter(answer => !isKnown(answer)).length;
	const jarm = unknown === 0 ? jarmOf(bytes.map(readJarmAnswer)) : undefined;
	if (jarm !== undefined) {
		return {jarm, ja3s, connections};
	}

	const reason = unknown === 0 ? 'an answer has no place in the fingerprint' : `no answer to ${unknown} of ${answers.length} hellos`;
	return {jarm: null, ja3s, reason, connections};
}
