import {listedFew} from '../../bytes/listed.js';
import {byVersions, undecidedInList, undecidedLines, undecidedProblems} from '../by-versions.js';
import type {Line, Problem, ShortLine} from '../report-part.js';
import type {Preference} from './preference.js';
import {type CipherSuitesReport, type SuiteReport, type VersionSuitesReport, versionsIn, weakestOf} from './suites-report.js';
import {rankOf, severityOf, type Weakness} from './weaknesses.js';

const words: Readonly<Record<Preference, string>> = {
	server: "in the server's order of preference",
	client: "the client's order decides, strongest first",
	'server-except-chacha20': "in the server's order of preference; ChaCha20 for clients that prefer it",
	undecided: 'whose order decides is not known',
	'not-applicable': '',
};

const shortWords: Readonly<Record<Preference, string>> = {
	...words,
	server: "the server's order",
	client: "the client's order",
	'server-except-chacha20': "the server's order; ChaCha20 for clients that prefer it",
};

/** Each version, below it its suites, and at the end the sources of their weaknesses. */
export function linesOf(report: CipherSuitesReport): readonly Line[] {
	const groups = byVersions(versionsIn(report), ({connections: _, ...said}) => said);
	const weaknesses = weaknessesIn(report);
	return [
		...groups.flatMap(([label, found]) => linesOfVersion(label, found)),
		...(weaknesses.length === 0 ? [] : [{label: 'weak', text: weaknesses.map(withSource).join('; '), tone: 'neutral'} as const]),
	];
}

function linesOfVersion(label: string, {accepted, undecided, preference}: VersionSuitesReport): readonly Line[] {
	const count = accepted.length === 1 ? '1 cipher suite' : `${accepted.length} cipher suites`;
	return [
		{label, text: [count, words[preference]].filter(text => text !== '').join(', '), tone: 'neutral'},
		...accepted.map((suite): Line => ({label, text: suiteInWords(suite), tone: suite.weaknesses === undefined ? 'good' : 'bad', depth: 1})),
		...undecidedLines(label, undecided),
	];
}

/** As many suites a line as fit, without their bits, which the names say. */
export const inShort = (report: CipherSuitesReport): readonly ShortLine[] =>
	byVersions(versionsIn(report), ({connections: _, ...said}) => said).map(([label, {accepted, preference}]) => {
		const names = accepted.length === 0 ? 'none' : accepted.map(({name}) => name).join(', ');
		return {text: [`${label}: ${names}`, shortWords[preference]].filter(text => text !== '').join('; ')};
	});

function suiteInWords({name, bits, weaknesses = []}: SuiteReport): string {
	const strength = bits === 0 ? '' : `, ${bits} bits`;
	const why = weaknesses.length === 0 ? '' : `, weak: ${weaknesses.map(({message}) => message).join(', ')}`;
	return `${name}${strength}${why}`;
}

/** The worst first. */
const weaknessesIn = (report: CipherSuitesReport): readonly Weakness[] => {
	const all = versionsIn(report).flatMap(([, {accepted}]) => accepted.flatMap(({weaknesses = []}) => weaknesses));
	return [...new Map(all.map(weakness => [weakness.id, weakness])).values()].toSorted((one, other) => rankOf(one.id) - rankOf(other.id));
};

/** With the document only. JSON has the section too. */
const withSource = ({message, source, since}: Weakness): string => `${message} (${source.replace(/ (?:§|appendix).*$/, '')}, ${since})`;

/** A problem for each weakness, with the suites whose worst it is. */
export function problemsOf(report: CipherSuitesReport): readonly Problem[] {
	const all = versionsIn(report).map(([, found]) => found);
	const accepted = new Map(all.flatMap(found => found.accepted).map(suite => [suite.code, suite]));
	return [
		...weaknessesIn(report).flatMap(({id, message}): Problem[] => {
			const names = [...accepted.values()].filter(({weaknesses}) => weaknesses?.[0]?.id === id).map(({name}) => name);
			return names.length === 0 ? [] : [{severity: severityOf(id), message: `${message}: ${listedFew(names, 1)}`}];
		}),
		...undecidedProblems(all),
	];
}

/** `weakest suite TLS_RSA_WITH_RC4_128_SHA (RC4)`, for a line of a list. */
export function inListOf(report: CipherSuitesReport): string {
	const weakest = weakestOf(report);
	const words = weakest === undefined ? 'no weak suite' : `weakest suite ${weakest.name} (${weakest.weaknesses![0]!.message})`;
	const all = versionsIn(report).map(([, found]) => found);
	return [words, ...undecidedInList(all, 'suite')].join(', ');
}

export function briefOf(report: CipherSuitesReport): string {
	const all = versionsIn(report).map(([, found]) => found);
	const count = new Set(all.flatMap(({accepted}) => accepted.map(({code}) => code))).size;
	const undecided = new Set(all.flatMap(found => found.undecided)).size;
	const weakest = weakestOf(report);
	const worst = weakest === undefined ? 'none weak' : `weakest ${weakest.name} (${weakest.weaknesses![0]!.message})`;
	return `${count} accepted, ${worst}${undecided === 0 ? '' : `, ${undecided} undecided`}`;
}
