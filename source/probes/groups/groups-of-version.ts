import type {HelloSpec} from '../../exchange/hello-spec.js';
import {shareLengths} from '../../exchange/share-for.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import {suiteFacts} from '../cipher-suites/suite-facts.js';
import type {Conversation} from '../probe.js';
import {makeServerState, type ServerState} from '../taking/ask-one.js';
import {checkControl} from '../taking/check-control.js';
import {type Ledger, makeLedger} from '../taking/ledger.js';
import {type Offer, takeAll} from '../taking/take-all.js';
import {acceptedHello} from '../versions/accepted-hello.js';
import type {VersionFinding} from '../versions/finding.js';
import {shapesOf} from '../versions/shapes.js';
import {curvesBefore13, groupsOf13} from './group-lists.js';
import {findOrder, type Order} from './order.js';

/** What was learnt of the groups of one version. */
export type GroupsFinding = {
	/** In the server's order of preference where it has one. */
	readonly accepted: readonly number[];
	/** Neither accepted nor refused. */
	readonly undecided: readonly number[];
	readonly preference: Order;
	readonly connections: number;
};

const tls13 = 0x03_04;

/**
Which groups a server accepts in one version: each is taken away once it was chosen.

In TLS 1.3 a hello without any key share is answered with a HelloRetryRequest, which names a group. RFC 9846 §4.2.4. Where that is
refused, shares are sent. Before, ServerKeyExchange names the curve.

@param suites - Those that the server accepts in this version.
*/
export function* groupsOfVersion(
	version: number,
	finding: VersionFinding,
	serverName: string | undefined,
	suites: readonly number[],
): Conversation<GroupsFinding> {
	const hello = acceptedHello(version, finding, serverName);
	const state = makeServerState(hello.extensions?.groups.length ?? 1);
	if (version === tls13) {
		const [offer, ledger] = yield* takeOf13(state, hello, suites);
		const known = 'group' in finding.outcome ? finding.outcome.group : undefined;
		yield* checkControl(state, offer, ledger, known);
		return yield* concluded(state, offer, ledger);
	}

	const ofBlock = (authentication: string): number[] =>
		suites.filter(code => suiteFacts(code).keyExchange === 'ECDHE' && suiteFacts(code).authentication === authentication);
	const blocks = ['RSA', 'ECDSA', 'anon'].map(name => ({name, suites: ofBlock(name)}));
	const block = blocks.find(({suites: codes}) => codes.length > 0);
	if (block === undefined || hello.extensions === undefined) {
		return {accepted: [], undecided: [], preference: 'not-applicable', connections: 0};
	}

	const offer = offerBefore13(hello, serverName, block.suites);
	const ledger = makeLedger();
	ledger.note(yield* takeAll(state, offer, curvesBefore13), state.longestAccepted);
	yield* checkControl(state, offer, ledger, undefined);
	if (block.name === 'ECDSA') {
		yield* checkCurveOfCertificate(state, offer, ledger);
	}

	return yield* concluded(state, offer, ledger);
}

function* takeOf13(state: ServerState, hello: HelloSpec, suites: readonly number[]): Conversation<readonly [Offer, Ledger]> {
	const offerOf13 =
		(shape: string, sharesOf: (codes: readonly number[]) => readonly number[]): Offer =>
		codes => ({
			hello: {
				...hello,
				shape,
				cipherSuites: suites.length > 0 ? suites : hello.cipherSuites,
				extensions: {...hello.extensions!, groups: codes, keyShares: sharesOf(codes)},
			},
			offered: codes,
			pick: ({group}) => group,
		});
	const withoutShares = offerOf13('groups', () => []);
	const taken = yield* takeAll(state, withoutShares, groupsOf13);
	const ledger = makeLedger();
	if (taken.accepted.length > 0) {
		ledger.note(taken, state.longestAccepted);
		return [withoutShares, ledger];
	}

	const withShares = offerOf13('groups-with-shares', codes => codes.filter(code => shareLengths[code] !== undefined));
	ledger.note(yield* takeAll(state, withShares, groupsOf13), state.longestAccepted);
	return [withShares, ledger];
}

/** Read on to ServerHelloDone, since the curve comes behind the certificates. */
function offerBefore13(hello: HelloSpec, serverName: string | undefined, suites: readonly number[]): Offer {
	const {version} = hello;
	const widest = shapesOf(version, serverName).find(({shape}) => shape === 'suites-1')!.extensions!;
	return codes => ({
		hello: {version, shape: 'groups', cipherSuites: suites, extensions: {...widest, groups: codes}, readsFlight: true},
		offered: codes,
		pick: outcome => ('group' in outcome ? outcome.group : undefined),
	});
}

/**
A server may insist on the curve of its certificate (RFC 8422 §5.1), so that others are refused for want of that one. Where one that
was accepted is refused alone, so it is, and what was refused is undecided.
*/
function* checkCurveOfCertificate(state: ServerState, offer: Offer, ledger: Ledger): Conversation<void> {
	let isInsisting = ledger.accepted.length < 2;
	for (const code of ledger.accepted) {
		const {accepted} = yield* takeAll(state, offer, [code]);
		isInsisting ||= accepted.length === 0;
	}

	const refused = [...ledger.open].filter(([, status]) => status === 'refused').map(([code]) => code);
	if (!isInsisting || refused.length === 0) {
		return;
	}

	// The curve of the certificate comes last: a server that goes by the client's order then chooses another if it has one.
	const {accepted} = yield* takeAll(state, offer, [...refused, ...ledger.accepted]);
	for (const code of accepted) {
		ledger.accept(code);
	}

	const isByClient = (yield* findOrder(state, offer, ledger.accepted)) === 'client';
	for (const code of refused.filter(left => ledger.open.has(left) && !isByClient)) {
		ledger.set(code, 'unclear');
	}
}

function* concluded(state: ServerState, offer: Offer, ledger: Ledger): Conversation<GroupsFinding> {
	const preference = yield* findOrder(state, offer, ledger.accepted);
	return {accepted: ledger.accepted, undecided: ledger.undecided(), preference, connections: state.connections};
}

/** Suites whose parameters are those of a finite field. */
export const isFiniteField = (code: number): boolean => /^TLS_DHE_|^TLS_DH_anon_/.test(cipherSuites.label(code));
