import type {HelloSpec} from '../../exchange/hello-spec.js';
import {shareLengths} from '../../exchange/share-for.js';
import {type SuiteFacts, suiteFacts} from '../cipher-suites/suite-facts.js';
import type {Conversation} from '../probe.js';
import {answered} from '../taking/answered.js';
import {makeServerState, type ServerState} from '../taking/ask-one.js';
import {checkControl} from '../taking/check-control.js';
import {type Ledger, makeLedger} from '../taking/ledger.js';
import {type Offer, takeAll} from '../taking/take-all.js';
import {together} from '../taking/together.js';
import {acceptedHello} from '../versions/accepted-hello.js';
import type {VersionFinding} from '../versions/finding.js';
import {shapesOf} from '../versions/shapes.js';
import {checkCurveOfCertificate} from './curve-of-certificate.js';
import {askDhParameters, type SafePrimeTest} from './dh-parameters.js';
import type {GroupsFinding} from './finding.js';
import {takeFiniteFields} from './finite-fields.js';
import {curvesBefore13, groupsOf13} from './group-lists.js';
import {findOrder, type Order} from './order.js';
import type {ShownGroups} from './shown.js';

/** What one version is asked with. */
export type AboutVersion = {
	readonly version: number;
	/** It is accepted. */
	readonly finding: VersionFinding;
	readonly serverName: string | undefined;
	/** Suites that the server accepts in it. */
	readonly suites: readonly number[];
	/** Whether suites with DHE are neither accepted nor refused. */
	readonly hasOpenFinite: boolean;
	/** What earlier connections have shown: it is not asked again. */
	readonly shown: ShownGroups;
	/** The same one for all versions. */
	readonly isSafePrime: SafePrimeTest;
};

const [ssl3, tls13] = [0x03_00, 0x03_04];

/**
Which groups a server accepts in one version: each is taken away once it was chosen.

In TLS 1.3 a hello without any key share is answered with a HelloRetryRequest, which names a group. RFC 9846 §4.2.4. Where that is
refused, shares are sent. Before, ServerKeyExchange names the curve.
*/
export function* groupsOfVersion(about: AboutVersion): Conversation<GroupsFinding> {
	const {version, finding, serverName, suites} = about;
	const hello = acceptedHello(version, finding, serverName);
	if (version === tls13) {
		const state = makeServerState(hello.extensions?.groups.length ?? 1);
		const [offer, ledger] = yield* takeOf13(state, hello, about);
		return yield* concluded(state, offer, ledger);
	}

	// Others put something else in front of the parameters, or have none.
	const isPlain = ({authentication}: SuiteFacts): boolean => !['PSK', 'ECCPWD'].includes(authentication);
	const ofKind = (kind: string): number[] => suites.filter(code => suiteFacts(code).keyExchange === kind && isPlain(suiteFacts(code)));
	const [elliptic, finite] = [ofKind('ECDHE'), ofKind('DHE')];
	// Extensions came with TLS 1.0.
	const hasExtensions = version > ssl3;
	const [curves, fields] = yield* together([
		hasExtensions && elliptic.length > 0 ? curvesOf(about, hello, elliptic) : nothing(),
		finite.length > 0 ? fieldsOf(about, finite) : nothing(about.hasOpenFinite ? [] : undefined),
	]);
	return {
		accepted: [...curves!.accepted, ...fields!.accepted],
		undecided: [...curves!.undecided, ...fields!.undecided],
		preference: curves!.preference,
		connections: curves!.connections + fields!.connections,
		...(fields!.dhParameters === undefined ? {} : {dhParameters: fields!.dhParameters}),
	};
}

const nothing = (dhParameters?: GroupsFinding['dhParameters']): Conversation<GroupsFinding> =>
	answered({accepted: [], undecided: [], preference: 'not-applicable', connections: 0, dhParameters});

/** @param suites - With ECDHE: no other kind is offered, so that without a curve there is nothing to choose. */
function* curvesOf({serverName, shown}: AboutVersion, hello: HelloSpec, suites: readonly number[]): Conversation<GroupsFinding> {
	const state = makeServerState(hello.extensions?.groups.length ?? 1);
	const chosen = new Set(shown.suites.filter(code => suites.includes(code)));
	const offer = offerBefore13(hello, serverName, suites, chosen);
	const ledger = yield* takeKnownFirst(state, offer, curvesBefore13, shown);
	// A certificate of another kind has no curve that clients have to list. Suites that are not accepted may be offered: those chosen tell.
	const seen = chosen.size > 0 ? [...chosen] : suites;
	const isAboutCurves = seen.every(code => suiteFacts(code).authentication === 'ECDSA');
	const control = isAboutCurves ? yield* checkCurveOfCertificate(state, offer, ledger) : undefined;
	return yield* concluded(state, offer, ledger, control);
}

function* fieldsOf({version, serverName, shown, isSafePrime}: AboutVersion, suites: readonly number[]): Conversation<GroupsFinding> {
	const dhParameters = yield* askDhParameters(version, serverName, suites, shown.parameters, isSafePrime);
	const isNamed = version > ssl3 && dhParameters.found?.some(({name}) => name?.startsWith('ffdhe') === true);
	const fields = isNamed ? yield* takeFiniteFields(version, serverName, suites) : {accepted: [], undecided: [], connections: 0};
	return {
		accepted: fields.accepted,
		undecided: fields.undecided,
		preference: 'not-applicable',
		connections: fields.connections + dhParameters.connections,
		dhParameters: dhParameters.found,
	};
}

/** What was shown before is accepted; the rest is asked for. */
function* takeKnownFirst(state: ServerState, offer: Offer, all: readonly number[], {groups}: ShownGroups): Conversation<Ledger> {
	const known = groups.filter(code => all.includes(code));
	const ledger = makeLedger();
	for (const code of known) {
		ledger.accept(code);
	}

	const left = all.filter(code => !known.includes(code));
	ledger.note(yield* takeAll(state, offer, left), Math.max(state.longestAccepted, known.length > 0 ? all.length : 0));
	return ledger;
}

function* takeOf13(
	state: ServerState,
	hello: HelloSpec,
	{suites, serverName, version, shown}: AboutVersion,
): Conversation<readonly [Offer, Ledger]> {
	const schemes = shapesOf(version, serverName).find(({shape}) => shape === 'everything')?.extensions?.signatureSchemes;
	const offerOf13 =
		(shape: string, sharesOf: (codes: readonly number[]) => readonly number[]): Offer =>
		codes => ({
			hello: {
				...hello,
				shape,
				cipherSuites: suites.length > 0 ? suites : hello.cipherSuites,
				extensions: {
					...hello.extensions!,
					groups: codes,
					keyShares: sharesOf(codes),
					signatureSchemes: schemes ?? hello.extensions!.signatureSchemes,
				},
			},
			offered: codes,
			// If wolfSSL has none of these groups, its HelloRetryRequest names none.
			pick: ({kind, group, anomalies}) => group ?? (kind === 'hello-retry-request' && anomalies.length === 0 ? 'none' : undefined),
		});
	const withoutShares = offerOf13('groups', () => []);
	const ledger = yield* takeKnownFirst(state, withoutShares, groupsOf13, shown);
	if (state.hasChosen || ledger.accepted.length > 1) {
		return [withoutShares, ledger];
	}

	// A hello without shares may be what is refused.
	const control = yield* takeAll(state, withoutShares, ledger.accepted);
	if (control.accepted.length > 0) {
		return [withoutShares, ledger];
	}

	const withShares = offerOf13('groups-with-shares', codes => codes.filter(code => shareLengths[code] !== undefined));
	return [withShares, yield* takeKnownFirst(state, withShares, groupsOf13, {...shown, groups: []})];
}

/** Read on to ServerHelloDone, since the curve comes behind the certificates. @param chosen - Suites that the server chooses are added. */
function offerBefore13(hello: HelloSpec, serverName: string | undefined, suites: readonly number[], chosen: Set<number>): Offer {
	const {version} = hello;
	const widest = {
		...shapesOf(version, serverName).find(({shape}) => shape === 'suites-1')!.extensions!,
		supportedVersions: hello.extensions?.supportedVersions,
	};
	return codes => ({
		hello: {version, shape: 'groups', cipherSuites: suites, extensions: {...widest, groups: codes}, readsFlight: true},
		offered: codes,
		pick(outcome) {
			chosen.add(outcome.cipherSuite);
			return 'group' in outcome ? outcome.group : undefined;
		},
	});
}

/** The control and the question whose order decides go out together. */
function* concluded(state: ServerState, offer: Offer, ledger: Ledger, control?: number): Conversation<GroupsFinding> {
	const accepted = [...ledger.accepted];
	const [, order] = yield* together<Order | undefined>([controlled(state, offer, ledger, control), findOrder(state, offer, accepted)]);
	const preference = ledger.accepted.length === accepted.length ? order! : 'undecided';
	return {accepted: ledger.accepted, undecided: ledger.undecided(), preference, connections: state.connections};
}

function* controlled(state: ServerState, offer: Offer, ledger: Ledger, control: number | undefined): Conversation<undefined> {
	yield* checkControl(state, offer, ledger, control);
	return undefined;
}
