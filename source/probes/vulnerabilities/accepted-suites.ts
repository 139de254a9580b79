import {listedFew} from '../../bytes/listed.js';
import type {VersionName} from '../../iana/versions.js';
import {type SuiteFacts, suiteFacts} from '../cipher-suites/suite-facts.js';
import type {About, Assessment} from './vulnerability.js';

/** The versions whose suites name a key exchange. TLS 1.3 has no weak suite. */
export const versionsBefore13 = ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'] as const satisfies readonly VersionName[];

/** Suites of one kind that a server accepts. */
export type AcceptedSuites = {
	/** With the versions, the newest first. */
	readonly accepted: readonly {readonly suite: SuiteFacts; readonly versions: readonly VersionName[]}[];
	/** What is not known, in few words: there may be more such suites. */
	readonly open: readonly string[];
	/** Each of the versions is rejected. */
	readonly isOutOfReach: boolean;
};

export function acceptedSuites(
	{earlier}: Pick<About, 'earlier'>,
	versions: readonly VersionName[],
	isMeant: (suite: SuiteFacts) => boolean,
): AcceptedSuites {
	const accepted = new Map<number, {readonly suite: SuiteFacts; readonly versions: VersionName[]}>();
	const open: string[] = [];
	for (const name of versions.toReversed()) {
		const status = earlier.versions[name]?.status;
		const found = earlier['cipher-suites'][name];
		if (status === 'rejected') {
			continue;
		}

		if (status !== 'accepted' || found === undefined) {
			open.push(whyOpen(status, name));
			continue;
		}

		for (const code of found.accepted.filter(item => isMeant(suiteFacts(item)))) {
			const known = accepted.get(code) ?? {suite: suiteFacts(code), versions: []};
			known.versions.push(name);
			accepted.set(code, known);
		}

		const undecided = found.undecided.map(suiteFacts).filter(isMeant);
		if (undecided.length > 0) {
			open.push(`${listedFew([...new Set(undecided.map(suite => suite.name))], 1)} in ${name} undecided`);
		}
	}

	const isOutOfReach = versions.every(name => earlier.versions[name]?.status === 'rejected');
	return {accepted: [...accepted.values()], open, isOutOfReach};
}

/** Why nothing is known of a version. */
export const whyOpen = (status: string | undefined, name: VersionName): string =>
	status === undefined ? `${name} not asked` : status === 'accepted' ? `cipher suites of ${name} not known` : `${name} inconclusive`;

/** `TLS_RSA_WITH_RC4_128_SHA (TLSv1.2, TLSv1.0) and 3 more`. */
export function suitesInWords({accepted}: Pick<AcceptedSuites, 'accepted'>): string {
	const [first] = accepted;
	return listedFew(
		accepted.map(({suite}) => (suite === first!.suite ? `${suite.name} (${first!.versions.join(', ')})` : suite.name)),
		1,
	);
}

/** Open questions in one line. */
export const openInWords = (open: readonly string[]): string => listedFew(open, 2);

/**
Assess a vulnerability that is present if certain suites are accepted.

@param kind - The suites in words, such as `export suites with RSA`.
@param versions - The versions that have such suites.
*/
export function assessSuites(
	about: Pick<About, 'earlier'>,
	kind: string,
	isMeant: (suite: SuiteFacts) => boolean,
	versions: readonly VersionName[] = versionsBefore13,
): Assessment {
	const found = acceptedSuites(about, versions, isMeant);
	if (found.accepted.length > 0) {
		return {status: 'present', message: `accepts ${suitesInWords(found)}`};
	}

	if (found.isOutOfReach) {
		return {status: 'not-applicable', message: `${rangeInWords(versions)} rejected`};
	}

	return found.open.length > 0
		? {status: 'inconclusive', message: openInWords(found.open)}
		: {status: 'absent', message: `${kind} are refused`};
}

/** Successive versions, as a subject with its verb. */
export const rangeInWords = (versions: readonly VersionName[]): string =>
	versions.length === 1 ? `${versions[0]} is` : `${versions[0]} to ${versions.at(-1)} are`;
