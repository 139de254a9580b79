import {groupBy} from '../bytes/group-by.js';
import {isOld, type VersionName, versionNames} from '../iana/versions.js';
import {type AnyReportPart, fieldOf, reportParts} from '../probes/report-parts.js';
import {type CertificateDifference, compareCertificates, type ObservedCertificate} from './compare-certificates.js';
import type {EndpointVerdict} from './default-expectation.js';

/** What is compared of a version. */
export type ObservedVersion = {
	readonly status: 'accepted' | 'rejected' | 'inconclusive';
	readonly cipherSuite?: string | undefined;
	/** The shape of the hello: another one may be answered with another suite. */
	readonly shape?: string | undefined;
	readonly reason?: string | undefined;
	/** What a proxy or a STARTTLS server said. */
	readonly words?: string | undefined;
	/** What the service makes of it behind the handshake, where that was asked. */
	readonly confirmed?: {readonly verdict: 'served' | 'refused' | 'undecided' | 'unknown'} | undefined;
};

/** What is compared of one address of a target. Parts of a report stand under their fields. */
export type Observed = {
	readonly target: string;
	/** Null as well where a proxy looks the name up: then there is no `reason`. */
	readonly address: string | null;
	readonly serverName: string | null;
	readonly certificate?: ObservedCertificate | undefined;
	readonly versions: {readonly [Name in VersionName]?: ObservedVersion | undefined};
	readonly verdict: EndpointVerdict;
	readonly reason?: string | undefined;
	readonly given?:
		| {readonly address?: string | undefined; readonly starttls?: string | undefined; readonly proxy?: string | undefined}
		| undefined;
};

/** `lost`: a result was known and is not known any more, which is no change of the server. `gained`: a result was not known before. */
export type Effect = 'worse' | 'better' | 'changed' | 'lost' | 'gained';

/** One difference that means something. */
export type Change = {
	readonly effect: Effect;
	readonly target: string;
	readonly serverName: string | null;
	readonly address: string | null;
	readonly what: 'version' | 'service' | 'cipher-suite' | 'certificate' | 'part' | 'address' | 'target';
	readonly version?: VersionName | undefined;
	/** Of the report, where a part of it has changed. */
	readonly field?: string | undefined;
	/** What of the part is another; left out where one of the runs does not have it. */
	readonly message?: string | undefined;
	/** Of a certificate, its fingerprint; of a part, its brief. */
	readonly before: string | null;
	readonly after: string | null;
	/** What of a certificate is another. */
	readonly differences?: readonly CertificateDifference[] | undefined;
	/** Why something is not known any more. */
	readonly reason?: string | undefined;
	readonly words?: string | undefined;
};

/** What distinguishes what was asked: the same target by another name or another way is another one. */
const keyOf = ({target, serverName, given = {}}: Observed): string =>
	JSON.stringify([target, serverName, given.address ?? null, given.starttls ?? null, given.proxy ?? null]);

/**
Compare two runs. Times, places in a list and versions of this program are none of what is compared.

@param parts - Those that are compared.
@returns In the order of the earlier run; what only the later one has comes last.
*/
export function diff(before: Iterable<Observed>, after: Iterable<Observed>, parts: readonly AnyReportPart[] = reportParts): Change[] {
	const [earlier, later] = [groupBy(before, keyOf), groupBy(after, keyOf)];
	const changes = [...earlier].flatMap(([key, observed]) => compareTarget(observed, later.get(key), parts));
	for (const [key, observed] of later) {
		if (!earlier.has(key)) {
			const verdict = worst(observed);
			changes.push({
				...placeOf(observed[0]!, null),
				effect: verdict === 'fail' ? 'worse' : 'changed',
				what: 'target',
				before: null,
				after: verdict,
			});
		}
	}

	return changes;
}

const worst = (list: readonly Observed[]): EndpointVerdict =>
	(['fail', 'inconclusive', 'pass'] as const).find(verdict => list.some(observed => observed.verdict === verdict))!;

const placeOf = ({target, serverName}: Observed, address: string | null) => ({target, serverName, address});

/** A target that has no address, or was not asked at all. */
const isNowhere = ({address, reason}: Observed): boolean => address === null && reason !== undefined;

function compareTarget(before: readonly Observed[], after: readonly Observed[] | undefined, parts: readonly AnyReportPart[]): Change[] {
	const hadAddress = !before.some(isNowhere);
	const failed = after?.find(isNowhere);
	if (after === undefined || failed !== undefined) {
		// It was not asked, or its name could not be looked up: that says nothing of its addresses.
		return hadAddress
			? [{...placeOf(before[0]!, null), effect: 'lost', what: 'target', before: worst(before), after: failed?.reason ?? null}]
			: [];
	}

	if (!hadAddress) {
		return [{...placeOf(before[0]!, null), effect: 'gained', what: 'target', before: before[0]!.reason ?? null, after: worst(after)}];
	}

	const had = new Set(before.map(({address}) => address));
	const came = after.filter(({address}) => !had.has(address));
	const latest = new Map(after.map(observed => [observed.address, observed]));
	return [
		...before.flatMap(observed => {
			const now = latest.get(observed.address);
			return now === undefined
				? [
						{
							...placeOf(observed, observed.address),
							effect: 'changed' as const,
							what: 'address' as const,
							before: observed.verdict,
							after: null,
						},
					]
				: [...compareVersions(observed, now), ...compareCertificate(observed, now), ...compareParts(observed, now, parts)];
		}),
		...came.map(observed => ({
			...placeOf(observed, observed.address),
			effect: observed.verdict === 'fail' ? ('worse' as const) : ('changed' as const),
			what: 'address' as const,
			before: null,
			after: observed.verdict,
		})),
	];
}

const compareVersions = (before: Observed, after: Observed): Change[] =>
	versionNames.flatMap((version): Change[] => {
		const [was, is] = [before.versions[version], after.versions[version]];
		const place = {...placeOf(after, after.address), version};
		// What was not asked for before cannot have changed.
		if (was === undefined) {
			return [];
		}

		const status = is?.status ?? 'inconclusive';
		if (was.status !== status) {
			const effect = effectOf(version, was.status, status);
			const why =
				effect === 'lost' && is?.reason !== undefined ? {reason: is.reason, ...(is.words === undefined ? {} : {words: is.words})} : {};
			return [{...place, effect, what: 'version', before: was.status, after: is?.status ?? null, ...why}];
		}

		const service = compareService(version, was, is!).map(change => ({...place, ...change}));
		const isComparable =
			was.status === 'accepted' && was.shape === is?.shape && was.cipherSuite !== undefined && is?.cipherSuite !== undefined;
		return isComparable && was.cipherSuite !== is.cipherSuite
			? [
					...service,
					{
						...place,
						effect: suiteEffect(was.cipherSuite!, is.cipherSuite!),
						what: 'cipher-suite',
						before: was.cipherSuite!,
						after: is.cipherSuite!,
					},
				]
			: service;
	});

function compareCertificate(before: Observed, after: Observed): Change[] {
	const [was, is] = [before.certificate, after.certificate];
	const change = was === undefined || is === undefined ? undefined : compareCertificates(was, is);
	return change === undefined
		? []
		: [{...placeOf(after, after.address), what: 'certificate', ...change, before: was!.sha256, after: is!.sha256}];
}

/** A part that one of the runs does not have is lost or gained: nothing is known of how it compares. */
const compareParts = (before: Observed, after: Observed, parts: readonly AnyReportPart[]): Change[] =>
	parts.flatMap((part): Change[] => {
		const [was, is] = [fieldOf(before, part), fieldOf(after, part)];
		const [briefBefore, briefAfter] = [was, is].map(value => (value === undefined ? null : part.brief(value))) as [
			string | null,
			string | null,
		];
		const change = {...placeOf(after, after.address), what: 'part' as const, field: part.field, before: briefBefore, after: briefAfter};
		if (was === undefined || is === undefined) {
			return was === is ? [] : [{...change, effect: is === undefined ? 'lost' : 'gained'}];
		}

		return (part.compare?.(was, is) ?? []).map(({effect, message}) => ({...change, effect, message}));
	});

/** What a service makes of a version, where both runs asked it and one of them got an answer that tells. */
function compareService(
	version: VersionName,
	{confirmed: was}: ObservedVersion,
	{confirmed: is}: ObservedVersion,
): Pick<Change, 'effect' | 'what' | 'before' | 'after'>[] {
	if (was === undefined || is === undefined || was.verdict === is.verdict) {
		return [];
	}

	const [wasKnown, isKnown] = [was, is].map(({verdict}) => verdict === 'served' || verdict === 'refused');
	if (!wasKnown && !isKnown) {
		return [];
	}

	const isWorse = (is.verdict === 'served') === isOld(version);
	const effect = !isKnown ? 'lost' : !wasKnown ? 'gained' : isWorse ? 'worse' : 'better';
	return [{effect, what: 'service', before: was.verdict, after: is.verdict}];
}

/** How many versions were not known before and are not known now. Nothing can be said of them. */
export function countUnknown(after: Iterable<Observed>, changes: readonly Change[]): number {
	const all = [...after].flatMap(({versions}) => Object.values(versions)).filter(version => version?.status === 'inconclusive');
	return all.length - changes.filter(({what, after: is}) => what === 'version' && is === 'inconclusive').length;
}

function effectOf(version: VersionName, before: ObservedVersion['status'], after: ObservedVersion['status']): Effect {
	if (before === 'inconclusive' || after === 'inconclusive') {
		return after === 'inconclusive' ? 'lost' : 'gained';
	}

	return (after === 'accepted') === isOld(version) ? 'worse' : 'better';
}

/** A key exchange that a stolen key of the server breaks later. Suites of TLS 1.3 name none, and have none of that kind. */
const isWithoutForwardSecrecy = (suite: string): boolean => /^(?:TLS|SSL)_(?!(?:ECDHE|DHE)_).*_WITH_/.test(suite);

function suiteEffect(before: string, after: string): Effect {
	const [was, is] = [isWithoutForwardSecrecy(before), isWithoutForwardSecrecy(after)];
	return was === is ? 'changed' : is ? 'worse' : 'better';
}
