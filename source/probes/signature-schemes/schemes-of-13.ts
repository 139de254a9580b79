import {openableSuites} from '../../exchange/decrypting/key-schedule.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import {openableGroups} from '../../exchange/share-for.js';
import type {Conversation} from '../probe.js';
import {makeServerState} from '../taking/ask-one.js';
import {makeLedger} from '../taking/ledger.js';
import {inOrderOf, type Offer, takeAll} from '../taking/take-all.js';
import type {VersionFinding} from '../versions/finding.js';
import {checkEnd} from './check-refusals.js';
import {everyScheme, isLikelyOf13, listsAhead} from './scheme-lists.js';
import {anyChain} from './schemes-before-13.js';
import type {SchemesFinding} from './schemes-finding.js';

const tls13 = 0x03_04;

/** Sent together: nearly every server takes one of them. */
const usualShares = [0x00_1d, 0x00_17, 0x00_18];

/**
Which schemes a server signs its handshake with in TLS 1.3. CertificateVerify names one, which is taken away then. It is encrypted: a
ServerHello alone says nothing of it, since a server may send one and then refuse.
*/
export function* schemesOf13(finding: VersionFinding, serverName: string | undefined): Conversation<SchemesFinding> {
	const state = makeServerState(everyScheme.length);
	const share = yield* findShare(finding, serverName);
	state.connections += share.connections;
	const offer: Offer = codes => ({
		hello: readingHello(serverName, share.groups, codes),
		offered: codes,
		pick: outcome => ('flight' in outcome ? outcome.flight?.signatureScheme : undefined),
	});
	const ledger = makeLedger();
	ledger.note(
		yield* takeAll(state, offer, everyScheme, {...listsAhead, guess: inOrderOf(everyScheme, isLikelyOf13)}),
		state.longestAccepted,
	);
	yield* checkEnd(state, offer, ledger);
	return {accepted: ledger.accepted, undecided: ledger.undecided(), connections: state.connections};
}

/** A hello whose answer can be read to its end. */
export const readingHello = (serverName: string | undefined, shares: readonly number[], schemes: readonly number[]): HelloSpec => ({
	version: tls13,
	shape: 'signature-schemes',
	cipherSuites: openableSuites,
	extensions: {
		serverName,
		groups: openableGroups,
		keyShares: shares,
		signatureSchemes: schemes,
		isRich: false,
		others: [anyChain],
	},
	readsEncrypted: true,
});

/** The groups to send shares of: a server that wants another one than the usual names it in a HelloRetryRequest. */
export function* findShare(
	{outcome}: VersionFinding,
	serverName: string | undefined,
): Conversation<{readonly groups: readonly number[]; readonly connections: number}> {
	const known = 'group' in outcome ? outcome.group : undefined;
	if (known !== undefined && usualShares.includes(known)) {
		return {groups: [known], connections: 0};
	}

	const [answer] = yield [{kind: 'hello', hello: readingHello(serverName, usualShares, everyScheme)}];
	const asked = answer!.outcome.kind === 'hello-retry-request' ? answer!.outcome.group : undefined;
	return {groups: asked !== undefined && openableGroups.includes(asked) ? [asked] : usualShares, connections: 1};
}
