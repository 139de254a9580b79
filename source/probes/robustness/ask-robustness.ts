import {tlsBefore13, tlsNewestFirst, type VersionName, versions as versionRegistry} from '../../iana/versions.js';
import type {Conduct, Conversation, ProbeTarget} from '../probe.js';
import {acceptedHello} from '../versions/accepted-hello.js';
import type {VersionsFinding} from '../versions/versions-finding.js';
import {type RobustnessFinding, type Tolerance, toleranceFields, type UnusualItem} from './finding.js';
import {greasedEverywhere, greasedHellos} from './grease-hellos.js';
import {reuseIn, type SeenRandom, skewIn} from './randoms.js';
import {type Asking, askAll, type DoubtfulHello, isRefused, retry, settle} from './settle.js';
import type {RobustnessTypes} from './types.js';
import {type Bases, over512, type Unusual, unusualHellos} from './unusual-hellos.js';
import {items} from './words.js';

const tls13 = 0x03_04;

/** SSL 3 has no extensions. */

const isRejected = (findings: VersionsFinding, asked: readonly VersionName[]): boolean =>
	asked.every(name => findings[name]?.status === 'rejected');

const conduct: Conduct<RobustnessTypes> = {
	*run({target, earlier}) {
		const found = basesOf(earlier.versions, target);
		if (found === undefined) {
			return withoutBase(isRejected(earlier.versions, tlsNewestFirst) ? 'not-applicable' : 'inconclusive');
		}

		const randoms: SeenRandom[] = [];
		const asking = makeAsking(found, randoms);
		const {verdicts, answers} = yield* askOf(asking, found);
		const tolerances = Object.fromEntries(
			toleranceFields.map(field => [
				field,
				toleranceOf(
					verdicts.filter(({unusual}) => unusual.field === field),
					answers,
				),
			]),
		) as Pick<RobustnessFinding, (typeof toleranceFields)[number]>;
		return {
			...tolerances,
			clockSkew: skewIn(randoms, !isRejected(earlier.versions, tlsBefore13)),
			randomReuse: reuseIn(randoms),
			connections: asking.connections,
		};
	},
};

const withoutBase = (status: 'not-applicable' | 'inconclusive'): RobustnessFinding => ({
	...(Object.fromEntries(toleranceFields.map(field => [field, {status}])) as Pick<RobustnessFinding, (typeof toleranceFields)[number]>),
	clockSkew: {status},
	randomReuse: {status},
	connections: 0,
});

/** @returns Undefined where no version is accepted in a hello with extensions. */
function basesOf(findings: VersionsFinding, {serverName, alpn}: ProbeTarget): Bases | undefined {
	const hellos = tlsNewestFirst.flatMap(name => {
		const finding = findings[name];
		if (finding?.status !== 'accepted' || finding.isAcceptedWithoutServerName) {
			return [];
		}

		const hello = acceptedHello(versionRegistry.code(name), finding, serverName);
		return hello.extensions === undefined ? [] : [{...hello, readsRandom: true as const}];
	});
	const [newest] = hellos;
	return newest && {newest, older: hellos.find(({version}) => version < tls13), hasOwnAlpn: alpn !== undefined};
}

/** The probe `versions` found that the bases are accepted. */
function makeAsking({newest, older}: Bases, randoms: SeenRandom[]): Asking {
	let afterMs = Date.now();
	return {
		connections: 0,
		byChance: new Set(),
		accepted: new Set([newest, ...(older === undefined ? [] : [older])]),
		onStep() {
			afterMs = Date.now();
		},
		onAnswer({outcome}) {
			if (outcome.kind === 'server-hello' && outcome.random !== undefined) {
				randoms.push({version: outcome.version, bytes: outcome.random, afterMs, beforeMs: Date.now()});
			}
		},
	};
}

type Verdict = {readonly unusual: Unusual; readonly verdict: NonNullable<DoubtfulHello['verdict']>};

/** What was found of each hello, and how those that are not tolerated are refused. */
type Asked = {readonly verdicts: readonly Verdict[]; readonly answers: ReadonlyMap<UnusualItem, string>};

function* askOf(asking: Asking, bases: Bases): Conversation<Asked> {
	const greased: Unusual = {field: 'grease', item: 'combination', ...greasedEverywhere(bases.newest, bases.hasOwnAlpn)};
	const first = yield* askOnce(asking, [greased, ...unusualHellos(bases)]);
	yield* retry(asking, first.doubts);
	// A hello with many suites is longer than 512 bytes, so if it is accepted, its length is too.
	const isLongInDoubt = first.doubts.some(({unusual, verdict}) => unusual.field === 'manySuites' && verdict !== 'tolerant');
	const long = over512(bases);
	const isGreaseRefused = first.doubts.some(({unusual, verdict}) => unusual === greased && verdict === undefined);
	const places: readonly Unusual[] = isGreaseRefused
		? greasedHellos(bases.newest, bases.hasOwnAlpn).map(({place, ...hellos}) => ({field: 'grease', item: place, ...hellos}))
		: [];
	const second = yield* askOnce(asking, [...places, ...(isLongInDoubt && long !== undefined ? [long] : [])]);
	yield* retry(asking, second.doubts);
	// If one place is refused, the combination is not reported: the place says more.
	const isPlaceRefused = second.doubts.some(({unusual, verdict}) => unusual.field === 'grease' && verdict === undefined);
	const doubts = [...first.doubts, ...second.doubts].filter(({unusual}) => !(isPlaceRefused && unusual === greased));
	yield* settle(asking, doubts);
	const answers = new Map(doubts.map(({unusual, refusals}) => [unusual.item, refusals.at(-1)!]));
	return {
		verdicts: [...first.verdicts, ...second.verdicts, ...doubts.map(({unusual, verdict}) => ({unusual, verdict: verdict!}))],
		answers,
	};
}

/** Ask with each hello once. What is refused is in doubt. */
function* askOnce(
	asking: Asking,
	unusual: readonly Unusual[],
): Conversation<{readonly verdicts: readonly Verdict[]; readonly doubts: readonly DoubtfulHello[]}> {
	const meanings = yield* askAll(
		asking,
		unusual.map(({hello}) => hello),
	);
	const verdicts: Verdict[] = [];
	const doubts: DoubtfulHello[] = [];
	for (const [index, meaning] of meanings.entries()) {
		const item = unusual[index]!;
		if (isRefused(meaning)) {
			doubts.push({unusual: item, refusals: [meaning.how]});
		} else {
			verdicts.push({unusual: item, verdict: meaning.kind === 'accepted' ? 'tolerant' : 'inconclusive'});
		}
	}

	return {verdicts, doubts};
}

function toleranceOf(verdicts: readonly Verdict[], answers: ReadonlyMap<UnusualItem, string>): Tolerance {
	const having = (word: Verdict['verdict']): readonly UnusualItem[] =>
		items.filter(item => verdicts.some(({unusual, verdict}) => unusual.item === item && verdict === word));
	const [refused, undecided] = [having('intolerant'), having('inconclusive')];
	return {
		status: refused.length > 0 ? 'intolerant' : undecided.length > 0 ? 'inconclusive' : verdicts.length > 0 ? 'tolerant' : 'inconclusive',
		...(refused.length === 0 ? {} : {of: refused, answers: Object.fromEntries(refused.map(item => [item, answers.get(item)!]))}),
		...(undecided.length === 0 ? {} : {undecided}),
	};
}

export default conduct;
