import {completionInBrief} from '../../../exchange/completion-in-brief.js';
import type {HelloSpec} from '../../../exchange/hello-spec.js';
import {opensslSuiteName} from '../../../exchange/sealing/cbc-suite.js';
import type {Attempt} from '../../attempt.js';
import type {SuiteFacts} from '../../cipher-suites/suite-facts.js';
import type {Ask, Conversation, HandshakeAsk} from '../../probe.js';
import {showsLimit} from '../../taking/shows-limit.js';
import {sideBySide} from '../../taking/side-by-side.js';
import {type AcceptedSuites, acceptedSuites, openInWords, rangeInWords, suitesInWords, versionsBefore13} from '../accepted-suites.js';
import {type AcceptedVersion, acceptedBefore13} from '../before-13.js';
import {type BlockKind, blockKinds, blockWords} from '../rsa/premaster-blocks.js';
import {type BlockAnswer, sendBlock} from '../rsa/send-block.js';
import type {About, Assessment} from '../vulnerability.js';

/** How many further rounds of new connections have to show the same difference. */
const furtherRounds = 4;

/** RSA_PSK decrypts a block as well, and suites for export with another key: neither is tested. */
const isTestable = ({suite: {name}}: AcceptedSuites['accepted'][number]): boolean => /^(?:TLS_RSA|SSL_RSA_FIPS)_WITH_/.test(name);

/**
Send five blocks in ClientKeyExchange, one of which is well formed, and compare the answers. Neither the keys of the session nor a valid Finished is
needed. The newest version is asked, since all versions decrypt with the same code.
*/
export default function* askRobot(about: About): Conversation<Assessment, Ask> {
	const found = acceptedSuites(
		about,
		versionsBefore13,
		({keyExchange, authentication}) => keyExchange === 'RSA' && authentication === 'RSA',
	);
	const testable = found.accepted.filter(isTestable);
	const version = acceptedBefore13(about).find(({name}) => testable.some(({versions}) => versions.includes(name)));
	if (version === undefined) {
		return withoutSuites(found);
	}

	const suites = suitesOf(testable, version);
	const test: Test = {
		version,
		suites,
		hello: {...version.hello, shape: 'robot', cipherSuites: suites.map(({code}) => Number(code))},
		isOneByOne: showsLimit(about.attempts) || about.attempts.some(isSilent),
	};
	const inconclusive = (why: string): Assessment => ({status: 'inconclusive', message: `${version.name}: ${why}`});
	const first = yield* sendAll(test, 0);
	if (typeof first === 'string') {
		return inconclusive(first);
	}

	const [{words, isEarly, isRefusal}] = [first['well-formed']];
	if (blockKinds.some(kind => first[kind].words !== words)) {
		return yield* confirm(test, first);
	}

	// A sound server waits for ChangeCipherSpec after a block that is well formed.
	if (isEarly || !isRefusal) {
		return inconclusive(`five blocks of an RSA key exchange get the same answer, which shows nothing: ${words}`);
	}

	const problem = yield* completeOne(about, test);
	return problem === undefined
		? {status: 'absent', message: `five blocks of an RSA key exchange get the same answer: ${words} (${version.name})`}
		: inconclusive(problem);
}

type Test = {
	readonly version: AcceptedVersion;
	readonly suites: readonly SuiteFacts[];
	readonly hello: HelloSpec;
	/** Whether the server did not answer on several connections at once. Some servers complete one handshake at a time. */
	isOneByOne: boolean;
};

/** Whether a connection was made, and its hello was not answered in time. */
function isSilent(attempt: Attempt): boolean {
	if (attempt.kind === 'handshake') {
		const {handshake} = attempt.transcript.outcome;
		return handshake.kind === 'failed' && handshake.how.kind === 'silent';
	}

	return (
		attempt.kind === 'records' && attempt.transcript.outcome.kind === 'turns' && attempt.transcript.outcome.turns[0]?.end === 'timeout'
	);
}

type Answers = Readonly<Record<BlockKind, KnownAnswer>>;
type KnownAnswer = Extract<BlockAnswer, {readonly kind: 'answer'}>;

function withoutSuites(found: AcceptedSuites): Assessment {
	if (found.isOutOfReach) {
		return {status: 'not-applicable', message: `${rangeInWords(versionsBefore13)} rejected`};
	}

	if (found.accepted.length > 0) {
		return {status: 'inconclusive', message: `accepts ${suitesInWords(found)}, whose key exchange is not tested`};
	}

	return found.open.length > 0
		? {status: 'inconclusive', message: openInWords(found.open)}
		: {status: 'not-applicable', message: 'suites with RSA key exchange are refused'};
}

/** The suites to offer: those that are AEAD, if there are any. Some servers give other answers in CBC mode. */
function suitesOf(accepted: AcceptedSuites['accepted'], {name}: AcceptedVersion): readonly SuiteFacts[] {
	const suites = accepted.filter(({versions}) => versions.includes(name)).map(({suite}) => suite);
	const aead = suites.filter(suite => suite.aead);
	return aead.length > 0 ? aead : suites;
}

/**
Send each block on a separate connection. Blocks without an answer are sent again, one after the other.

@param round - In each round, another block is sent first. A server may answer by the order of connections.
@returns The answers, or the reason in words if one is missing.
*/
function* sendAll(test: Test, round: number): Conversation<Answers | string, Ask> {
	const {version, hello} = test;
	const answers = new Map<BlockKind, KnownAnswer>();
	let missing = blockKinds.map((_, index) => blockKinds[(index + round * 2) % blockKinds.length]!);
	let why = '';
	for (const isLast of test.isOneByOne ? [true] : [false, true]) {
		const found = yield* sideBySide<BlockAnswer>(
			missing.map(kind => sendBlock(version, hello, kind, isLast)),
			() => (isLast ? 1 : missing.length),
		);
		for (const [index, answer] of found.entries()) {
			if (answer.kind === 'answer') {
				answers.set(missing[index]!, answer);
			} else {
				({why} = answer);
			}
		}

		missing = missing.filter(kind => !answers.has(kind));
		test.isOneByOne ||= missing.length > 0;
	}

	return missing.length > 0 ? why : (Object.fromEntries(answers) as Answers);
}

/** By chance, a block does not get the same answer each time, and another block another one. */
function* confirm(test: Test, first: Answers): Conversation<Assessment, Ask> {
	const {name} = test.version;
	for (let round = 1; round <= furtherRounds; round++) {
		const again = yield* sendAll(test, round);
		if (typeof again === 'string') {
			return {status: 'inconclusive', message: `${name}: ${again}`};
		}

		const varying = blockKinds.find(kind => again[kind].words !== first[kind].words);
		if (varying !== undefined) {
			const answers = `"${first[varying].words}" and "${again[varying].words}"`;
			return {status: 'inconclusive', message: `${name}: the same block of an RSA key exchange is answered differently: ${answers}`};
		}
	}

	const wordsOf = (kind: BlockKind): string => first[kind].words;
	const malformed = blockKinds.filter(kind => kind !== 'well-formed');
	const other = malformed.find(kind => wordsOf(kind) !== wordsOf('well-formed'))!;
	const difference = `${blockWords['well-formed']}: ${wordsOf('well-formed')}; ${blockWords[other]}: ${wordsOf(other)}`;
	// An oracle that recognizes only whole premaster secrets needs more time to be used.
	const isWeak = new Set(malformed.map(wordsOf)).size === 1;
	return {
		status: 'present',
		message: `answers to a block ${difference}; ${furtherRounds + 1} times each (${name})`,
		...(isWeak ? {severity: 'medium' as const} : {}),
	};
}

/**
Complete a handshake with RSA key exchange: a server that refuses all of them, such as one that wants a certificate of the client, gives every block the
same answer.

@returns What is missing, in words; undefined if the handshake was completed.
*/
function* completeOne({target, earlier}: About, {version, suites}: Test): Conversation<string | undefined, HandshakeAsk> {
	const suite = suites.find(item => opensslSuiteName(item.name) !== undefined)?.name;
	if (suite === undefined) {
		return `accepts ${suites[0]!.name}, which Node.js does not support, so no handshake is completed with RSA key exchange`;
	}

	const serverName = earlier.versions[version.name]?.isAcceptedWithoutServerName ? undefined : target.serverName;
	const handshake = {version: version.code, serverName, request: undefined, cipherSuite: suite};
	const [completion] = yield [{kind: 'handshake', handshake}];
	const done = completion!.handshake;
	return done.kind === 'completed' && done.cipherSuite === suite
		? undefined
		: `a handshake with ${suite} is not completed: ${completionInBrief(completion!)}`;
}
