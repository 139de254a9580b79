import type {Conversation} from '../probe.js';
import {askOne, makeServerState} from '../taking/ask-one.js';
import {acceptedHello} from '../versions/accepted-hello.js';
import type {VersionFinding} from '../versions/finding.js';
import type {SuitesFinding} from './finding.js';
import {suiteLists} from './suite-lists.js';

const ssl2 = 0x00_02;

/**
The cipher kinds of SSL 2: the server answers with all those that it shares with the client, who chooses.
draft-hickman-netscape-ssl-00 §2.6. A server may have none and still accept the version (CVE-2015-3197).
*/
export function* kindsOfSsl2(finding: VersionFinding): Conversation<SuitesFinding> {
	const offered = suiteLists(ssl2).usual;
	const state = makeServerState(offered.length);
	let kinds: readonly number[] | undefined;
	const reply = yield* askOne(state, {
		hello: {...acceptedHello(ssl2, finding, undefined), cipherSuites: offered},
		offered,
		pick(outcome) {
			kinds = 'cipherKinds' in outcome ? outcome.cipherKinds : undefined;
			return kinds?.[0];
		},
	});
	// An empty list is an answer too.
	const isAnswered = kinds !== undefined || (reply.kind === 'refused' && reply.description === undefined);
	const accepted = offered.filter(code => kinds?.includes(code));
	return {
		accepted,
		undecided: isAnswered ? [] : offered,
		preference: accepted.length < 2 ? 'not-applicable' : 'client',
		connections: state.connections,
	};
}
