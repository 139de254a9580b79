import {toHex} from '../../bytes/hex.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import {encode} from '../../wire/codec.js';
import {signatureAlgorithmsCert} from '../../wire/extensions/index.js';
import type {SuitesFinding} from '../cipher-suites/finding.js';
import type {Conversation} from '../probe.js';
import {askOne, makeServerState, type ServerState} from '../taking/ask-one.js';
import {type Ledger, makeLedger} from '../taking/ledger.js';
import {type Offer, takeAll} from '../taking/take-all.js';
import {together} from '../taking/together.js';
import {acceptedHello} from '../versions/accepted-hello.js';
import type {VersionFinding} from '../versions/finding.js';
import {shapesOf} from '../versions/shapes.js';
import {checkEnd, checkRefusals} from './check-refusals.js';
import {blocks, everyScheme, isLikelyBefore13, listsAhead, type SchemeBlock} from './scheme-lists.js';
import type {SchemesFinding} from './schemes-finding.js';

const tls12 = 0x03_03;

/** Connections, while TLS 1.3 is asked about. */
const mostAtOnce = ({isCareful}: ServerState): number => (isCareful ? 2 : 6);

/** What a chain may be signed with: a server is not to refuse a scheme because of the certificates behind its own. RFC 9846 §4.3.3. */
export const anyChain = {
	type: signatureAlgorithmsCert.type,
	body: toHex(encode(signatureAlgorithmsCert.clientHello, everyScheme)),
};

/**
Which schemes a server signs its key exchange with in TLS 1.2, for each kind of key that it has: ServerKeyExchange names one, which is taken
away then.

@param suites - What is known of its suites, where they were asked for: a kind of key that goes with none of them is not asked about.
*/
export function* schemesBefore13(
	finding: VersionFinding,
	serverName: string | undefined,
	suites: SuitesFinding | undefined,
): Conversation<SchemesFinding> {
	const accepted = acceptedHello(tls12, finding, serverName);
	const state = makeServerState(accepted.extensions?.signatureSchemes.length ?? 1);
	const asked = blocks.flatMap(block => {
		const usable =
			suites === undefined ? block.suites : block.suites.filter(code => [...suites.accepted, ...suites.undecided].includes(code));
		return usable.length === 0 ? [] : [{...block, suites: usable}];
	});
	const selected = finding.outcome.kind === 'server-hello' ? finding.outcome.cipherSuite : undefined;
	const ledgers = yield* together(
		asked.map(block => askBlock(state, accepted, serverName, block, selected)),
		() => mostAtOnce(state),
	);
	const all = ledgers.flatMap(ledger => ledger.accepted);
	const undecided = ledgers.flatMap(ledger => ledger.undecided()).filter(code => !all.includes(code));
	return {accepted: [...new Set(all)], undecided: [...new Set(undecided)], connections: state.connections};
}

function* askBlock(
	state: ServerState,
	accepted: HelloSpec,
	serverName: string | undefined,
	{suites, schemes}: SchemeBlock,
	selected: number | undefined,
): Conversation<Ledger> {
	const widest = shapesOf(tls12, serverName).find(({shape}) => shape === 'suites-1')!.extensions!;
	const extensions = {...widest, supportedVersions: accepted.extensions?.supportedVersions, others: [anyChain]};
	const helloOf = (cipherSuites: readonly number[], signatureSchemes: readonly number[]): HelloSpec => ({
		version: tls12,
		shape: 'signature-schemes',
		cipherSuites,
		extensions: {...extensions, signatureSchemes},
		readsFlight: true,
	});
	const offer: Offer = codes => ({
		hello: helloOf(suites, codes),
		offered: codes,
		pick: outcome => ('flight' in outcome ? outcome.flight?.signatureScheme : undefined),
	});
	const ledger = makeLedger();
	const taken = yield* takeAll(state, offer, schemes, listsAhead, isLikelyBefore13);
	ledger.note(taken, Math.max(state.longestAccepted, schemes.length));
	if (taken.accepted.length > 0) {
		yield* checkEnd(state, offer, ledger);
		return ledger;
	}

	// No scheme with any suite of the block: it has no such key. The same hello is accepted once a suite is offered that is known to be.
	const isRefused = taken.ending === 'refused' && selected !== undefined;
	const control = isRefused
		? yield* askOne(state, {
				hello: helloOf([...suites.slice(0, 59).filter(code => code !== selected), selected], everyScheme),
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

	return ledger;
}
