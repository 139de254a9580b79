import type {ClientProfile} from '../../clients/client-profile.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import type {Outcome} from '../../exchange/outcome.js';
import {selects} from '../../exchange/selects.js';
import {versions} from '../../iana/versions.js';
import type {Answer, Conversation} from '../probe.js';
import {acceptedHello} from '../versions/accepted-hello.js';
import type {VersionFinding} from '../versions/finding.js';
import {addFeature, type Feature, featuresToAdd, type KnownFeatures} from './add-feature.js';
import type {ClientFinding, Missing} from './client-finding.js';
import {findingOfAnswer} from './finding-of-answer.js';
import {shorten} from './shorten.js';
import {isUnfit} from './unfit-version.js';

type Refused = {
	readonly client: ClientProfile;
	readonly hello: HelloSpec;
	readonly answer: Answer;
	/** What the server speaks. */
	readonly known: ReadonlyMap<number, VersionFinding>;
	readonly serverName: string | undefined;
};

/** The pause before a hello that was closed or reset is sent again. */
const pauseMs = 200;

/** Why a client's hello is refused, found by adding one feature at a time. */
export function* diagnose(refused: Refused): Conversation<ClientFinding> {
	const {client, hello, known} = refused;
	const base = {name: client.name, outcome: refused.answer.outcome, attempt: refused.answer.attempt, missing: []};
	const codes = client.versions.map(name => versions.code(name));
	const accepted = codes.filter(code => known.get(code)?.status === 'accepted');
	const sharedVersion = accepted.at(-1);
	const unfit = codes.find(code => isUnfit(code, known));
	if (
		sharedVersion === undefined &&
		unfit !== undefined &&
		base.outcome.kind === 'alert' &&
		base.outcome.description === handshakeFailure
	) {
		return {...base, connects: 'no', missing: ['cipher-suite'], sharedVersion: unfit, isUnfit: true};
	}

	if (sharedVersion === undefined) {
		return isWithoutVersion(codes, base.outcome, known)
			? {...base, connects: 'no', missing: ['version']}
			: {...base, connects: 'undecided'};
	}

	if (isNameTrouble(base.outcome)) {
		return {...base, connects: 'undecided', sharedVersion};
	}

	// A close or reset may come from a limit on connections, and a refusal may be accidental.
	const shortened = isWithoutAnswer(refused.answer) ? shorten(hello) : undefined;
	const [again, short, padded] = yield [hello, ...(shortened === undefined ? [] : [shortened.short, shortened.padded])].map(spec => ({
		kind: 'hello' as const,
		hello: spec,
		...(isClosedOrReset(base.outcome) ? {pauseMs} : {}),
	}));
	if (isHello(again!.outcome)) {
		return findingOfAnswer(again!.outcome, again!.attempt, client, hello);
	}

	if (shortened !== undefined && isWithoutAnswer(again!) && isWithoutAnswer(padded!) && isHello(short!.outcome)) {
		const {bytes, shortBytes} = shortened;
		return {...base, connects: 'no', missing: ['large-hello'], sharedVersion, largeHello: {bytes, answeredBytes: shortBytes}};
	}

	const taken = takenBy(sharedVersion, refused);
	const found = yield* findMissing(refused, taken);
	if (found !== undefined) {
		return {...base, connects: 'no', sharedVersion, ...found};
	}

	const isRefused =
		base.outcome.kind === 'alert' ||
		(isClosedOrReset(base.outcome) && isClosedOrReset(again!.outcome) && (yield* isOpen(sharedVersion, refused)));
	return {...base, sharedVersion, ...(isRefused ? {connects: 'no', missing: ['unknown']} : {connects: 'undecided'})};
}

/**
Whether it is for its versions that a client is refused: others are accepted, and its newest is not. A server may answer a hello with
an older one, but this hello it did not answer so.
*/
const isWithoutVersion = (codes: readonly number[], outcome: Outcome, known: Refused['known']): boolean =>
	[...known.values()].some(isAccepted) &&
	(codes.length === 0 ||
		known.get(codes.at(-1)!)?.status === 'rejected' ||
		(outcome.kind === 'alert' && outcome.description === protocolVersion));

const [handshakeFailure, protocolVersion] = [40, 70];

type Found = {readonly missing: readonly Missing[]; readonly remedied: Outcome};

/** One feature that is enough; or else, of all together, those that cannot be left out. */
function* findMissing({client, hello}: Refused, taken: KnownFeatures): Conversation<Found | undefined> {
	const features = featuresToAdd(hello, taken);
	const alone = yield* tryEach(features.map(feature => [feature]));
	const enough = features.findIndex((_, index) => isFine(alone[index]!));
	if (enough !== -1) {
		return {missing: [features[enough]!], remedied: alone[enough]!};
	}

	const [all, ...without] = yield* tryEach([features, ...features.map(feature => features.filter(other => other !== feature))]);
	if (!isFine(all!)) {
		return undefined;
	}

	const needed = features.filter((_, index) => !isFine(without[index]!));
	return {missing: needed.length > 0 ? needed : features, remedied: all!};

	function* tryEach(lists: readonly (readonly Feature[])[]): Conversation<readonly Outcome[]> {
		const answers = yield lists.map(list => ({kind: 'hello' as const, hello: addFeature(hello, list, taken)}));
		return answers.map(({outcome}) => outcome);
	}

	function isFine(outcome: Outcome): boolean {
		return client.versions.some(name => selects(outcome, versions.code(name)));
	}
}

function takenBy(version: number, {known, serverName}: Refused): KnownFeatures {
	const {cipherSuites, extensions} = acceptedHello(version, known.get(version)!, serverName);
	return {cipherSuites, groups: extensions?.groups ?? [], signatureSchemes: extensions?.signatureSchemes ?? [], serverName};
}

/** Whether what was accepted before is accepted still. */
function* isOpen(version: number, {known, serverName}: Refused): Conversation<boolean> {
	const [control] = yield [{kind: 'hello', hello: acceptedHello(version, known.get(version)!, serverName), pauseMs}];
	const {outcome} = control!;
	return selects(outcome, version);
}

const isAccepted = ({status}: VersionFinding): boolean => status === 'accepted';

const isHello = (outcome: Outcome): outcome is Extract<Outcome, {kind: 'server-hello' | 'hello-retry-request'}> =>
	outcome.kind === 'server-hello' || outcome.kind === 'hello-retry-request';

const isWithoutAnswer = ({outcome}: Answer): boolean => outcome.kind === 'silent' || isClosedOrReset(outcome);

const isClosedOrReset = ({kind}: Outcome): boolean => kind === 'closed' || kind === 'reset';

/** An alert about the name says nothing of what the client can do. */
const isNameTrouble = (outcome: Outcome): boolean => outcome.kind === 'alert' && outcome.description === 112;
