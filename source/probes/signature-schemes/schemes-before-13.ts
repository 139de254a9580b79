import {toHex} from '../../bytes/hex.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import {encode} from '../../wire/codec.js';
import {signatureAlgorithmsCert} from '../../wire/extensions/index.js';
import type {SuitesFinding} from '../cipher-suites/finding.js';
import type {Conversation} from '../probe.js';
import {askOne, makeServerState, type ServerState} from '../taking/ask-one.js';
import {type Ledger, makeLedger} from '../taking/ledger.js';
import {inOrderOf, type Offer, type Taken, takeAll} from '../taking/take-all.js';
import {together} from '../taking/together.js';
import {acceptedHello} from '../versions/accepted-hello.js';
import type {VersionFinding} from '../versions/finding.js';
import {shapesOf} from '../versions/shapes.js';
import {checkEnd, checkRefusals} from './check-refusals.js';
import {blocks, everyScheme, isLikelyBefore13, listsAhead, type SchemeBlock} from './scheme-lists.js';
import type {SchemesFinding} from './schemes-finding.js';

const tls12 = 0x03_03;

/** Connections, while others are asked about. */
const mostAtOnce = (askings: readonly Asking[]): number => (askings.some(({state}) => state.isCareful) ? 2 : 6);

/** What a chain may be signed with: a server is not to refuse a scheme because of the certificates behind its own. RFC 9846 §4.3.3. */
export const anyChain = {
	type: signatureAlgorithmsCert.type,
	body: toHex(encode(signatureAlgorithmsCert.clientHello, everyScheme)),
};

/** Nearly every server has a key of one of these kinds, or of both. */
const usualKeys = ['ECDSA', 'RSA'];

/** What one kind of key is asked about with. */
type Asking = {
	readonly finding: VersionFinding;
	readonly serverName: string | undefined;
	/** For this kind alone: a server that refuses suites by an alert may close for want of a scheme, as rustls does. */
	readonly state: ServerState;
};

/** A kind of key that was asked about with these suites. */
type TakenBlock = {
	readonly asking: Asking;
	readonly block: SchemeBlock;
	readonly offer: Offer;
	readonly taken: Taken;
	readonly ledger: Ledger;
};

/** The usual kinds of keys, asked about before the suites are known. */
export type EarlySchemes = {
	readonly finding: VersionFinding;
	readonly serverName: string | undefined;
	readonly blocks: readonly TakenBlock[];
};

function makeAsking(finding: VersionFinding, serverName: string | undefined): Asking {
	return {finding, serverName, state: makeServerState(acceptedHello(tls12, finding, serverName).extensions?.signatureSchemes.length ?? 1)};
}

/** Ask about the usual kinds of keys while the suites are still being found. A kind that the server does not have costs one connection. */
export function* askEarlyBefore13(finding: VersionFinding, serverName: string | undefined): Conversation<EarlySchemes> {
	const usual = blocks.filter(({key}) => usualKeys.includes(key));
	const askings = usual.map(() => makeAsking(finding, serverName));
	const taken = yield* together(
		usual.map((block, index) => takeEarly(askings[index]!, block)),
		() => mostAtOnce(askings),
	);
	return {finding, serverName, blocks: taken};
}

function* takeEarly(asking: Asking, block: SchemeBlock): Conversation<TakenBlock> {
	const taken = yield* takeBlock(asking, block);
	if (hasSchemes(taken)) {
		yield* concludeBlock(taken);
	}

	return taken;
}

/**
Which schemes a server signs its key exchange with in TLS 1.2, for each kind of key that it has: ServerKeyExchange names one, which is taken
away then.

@param suites - What is known of its suites, where they were asked for: a kind of key that goes with none of them is not asked about.
*/
export function* schemesBefore13(
	{finding, serverName, blocks: early}: EarlySchemes,
	suites: SuitesFinding | undefined,
): Conversation<SchemesFinding> {
	const askings = blocks.map(() => makeAsking(finding, serverName));
	const ledgers = yield* together(
		blocks.map((block, index) =>
			askBlock(
				askings[index]!,
				block,
				early.find(({block: {key}}) => key === block.key),
				suites,
			),
		),
		() => mostAtOnce(askings),
	);
	const all = ledgers.flatMap(ledger => ledger.accepted);
	const undecided = ledgers.flatMap(ledger => ledger.undecided()).filter(code => !all.includes(code));
	const connections = [...early.map(({asking}) => asking), ...askings].reduce((sum, {state}) => sum + state.connections, 0);
	return {accepted: [...new Set(all)], undecided: [...new Set(undecided)], connections};
}

function* askBlock(
	asking: Asking,
	block: SchemeBlock,
	early: TakenBlock | undefined,
	suites: SuitesFinding | undefined,
): Conversation<Ledger> {
	if (early !== undefined && hasSchemes(early) && early.ledger.undecided().length === 0) {
		return early.ledger;
	}

	const usable =
		suites === undefined ? block.suites : block.suites.filter(code => [...suites.accepted, ...suites.undecided].includes(code));
	if (usable.length === 0) {
		return makeLedger();
	}

	if (early !== undefined && usable.length === block.suites.length) {
		if (!hasSchemes(early)) {
			yield* concludeBlock(early);
		}

		return early.ledger;
	}

	const taken = yield* takeBlock(asking, {...block, suites: usable});
	yield* concludeBlock(taken);
	return taken.ledger;
}

const hasSchemes = ({taken}: TakenBlock): boolean => taken.accepted.length > 0;

function* takeBlock(asking: Asking, block: SchemeBlock): Conversation<TakenBlock> {
	const {state} = asking;
	const offer: Offer = codes => ({
		hello: helloOf(asking, block.suites, codes),
		offered: codes,
		pick: outcome => ('flight' in outcome ? outcome.flight?.signatureScheme : undefined),
	});
	const ledger = makeLedger();
	const taken = yield* takeAll(state, offer, block.schemes, {...listsAhead, guess: inOrderOf(block.schemes, isLikelyBefore13)});
	ledger.note(taken, Math.max(state.longestAccepted, block.schemes.length));
	return {asking, block, offer, taken, ledger};
}

function helloOf({finding, serverName}: Asking, cipherSuites: readonly number[], signatureSchemes: readonly number[]): HelloSpec {
	const widest = shapesOf(tls12, serverName).find(({shape}) => shape === 'suites-1')!.extensions!;
	const {supportedVersions} = acceptedHello(tls12, finding, serverName).extensions ?? {};
	return {
		version: tls12,
		shape: 'signature-schemes',
		cipherSuites,
		extensions: {...widest, supportedVersions, others: [anyChain], signatureSchemes},
		readsFlight: true,
	};
}

/** Whether what was refused is refused. */
function* concludeBlock({asking, block: {suites, schemes}, offer, taken, ledger}: TakenBlock): Conversation<void> {
	const {state, finding} = asking;
	if (taken.accepted.length > 0) {
		yield* checkEnd(state, offer, ledger);
		return;
	}

	// No scheme with any suite of the block: it has no such key. The same hello is accepted once a suite is offered that is known to be.
	const selected = finding.outcome.kind === 'server-hello' ? finding.outcome.cipherSuite : undefined;
	const isRefused = taken.ending === 'refused' && selected !== undefined;
	const control = isRefused
		? yield* askOne(state, {
				hello: helloOf(asking, [...suites.slice(0, 59).filter(code => code !== selected), selected], everyScheme),
				offered: [selected],
				pick: ({cipherSuite}) => cipherSuite,
			})
		: undefined;
	if (control?.kind === 'selected') {
		yield* checkRefusals(state, offer, ledger);
	} else {
		for (const code of schemes) {
			ledger.set(code, 'unclear');
		}
	}
}
