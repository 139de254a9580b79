import {cbcSuiteOf} from '../../../exchange/sealing/cbc-suite.js';
import {type VersionName, versions as versionRegistry} from '../../../iana/versions.js';
import {suiteFacts} from '../../cipher-suites/suite-facts.js';
import {acceptedSuites, openInWords, rangeInWords, suitesInWords} from '../accepted-suites.js';
import type {About, Assessment} from '../vulnerability.js';

/** A version and a suite in CBC mode to test. */
export type Chosen = {readonly name: VersionName; readonly version: number; readonly suite: string};

/** What is tested, or why nothing is. `open`: what could not be tested. */
export type Choice =
	| {readonly kind: 'chosen'; readonly chosen: readonly [Chosen, ...Chosen[]]; readonly open: readonly string[]}
	| {readonly kind: 'none'; readonly assessment: Assessment};

/** SSL 3 is left out: it does not define the content of padding, which is POODLE. */
const versions = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'] as const satisfies readonly VersionName[];

/**
Choose one suite for each accepted version, the newest first: the one that the server prefers of those that Node.js supports.

@param isMeant - Whether a suite can have the vulnerability, by its IANA name.
*/
export function chooseSuites(about: Pick<About, 'earlier'>, isMeant: (name: string) => boolean): Choice {
	const found = acceptedSuites(about, versions, ({name}) => isMeant(name));
	if (found.isOutOfReach) {
		return none('not-applicable', `${rangeInWords(versions)} rejected`);
	}

	if (found.accepted.length === 0) {
		return found.open.length > 0 ? none('inconclusive', openInWords(found.open)) : none('not-applicable', 'suites with CBC are refused');
	}

	const chosen: Chosen[] = [];
	const open = [...found.open];
	for (const name of versions.toReversed()) {
		const suites = found.accepted.filter(item => item.versions.includes(name)).map(({suite}) => suite.name);
		const order = about.earlier['cipher-suites'][name]?.accepted.map(code => suiteFacts(code).name) ?? [];
		const suite = order.find(item => suites.includes(item) && cbcSuiteOf(item) !== undefined);
		if (suite !== undefined) {
			chosen.push({name, version: versionRegistry.code(name), suite});
		} else if (suites.length > 0) {
			open.push(`${suites[0]} in ${name} is not supported by Node.js`);
		}
	}

	const [first, ...others] = chosen;
	return first === undefined
		? none('inconclusive', `accepts ${suitesInWords(found)}, which Node.js does not support`)
		: {kind: 'chosen', chosen: [first, ...others], open};
}

const none = (status: Assessment['status'], message: string): Choice => ({kind: 'none', assessment: {status, message}});

export const chosenInWords = ({suite, name}: Chosen): string => `${suite} in ${name}`;
