import {nearest} from '../../bytes/nearest.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import {groups} from '../../iana/groups.js';
import {signatureSchemes} from '../../iana/signature-schemes.js';
import {type ProbeName, probes} from '../../probes/index.js';
import {wordOf} from '../../probes/report-parts.js';
import {type VulnerabilityName, vulnerabilities} from '../../probes/vulnerabilities/index.js';
import {otherSsl2CipherKinds, ssl2CipherKinds} from '../../wire/ssl2.js';

/** What to show evidence for: all connections of a probe, or those behind one vulnerability, or the answer for one suite, group or scheme. */
export type Topic =
	| {readonly kind: 'probe'; readonly probe: ProbeName}
	| VulnerabilityTopic
	| {readonly kind: TopicKind; readonly probe: ProbeName; readonly name: string; readonly code: number};

export type VulnerabilityTopic = {
	readonly kind: 'vulnerability';
	readonly probe: 'vulnerabilities';
	readonly name: VulnerabilityName;
};

export type TopicKind = 'cipher suite' | 'group' | 'signature scheme';

/** What a probe offers, if `--explain` takes its names. */
export const answerKindOf = (probe: string): TopicKind | undefined => answers.find(item => item.probe === probe)?.kind;

export type ParsedTopic = {readonly topic: Topic} | {readonly problem: string};

/** `clients` is a command. */
const probeNames = probes.map(({name}) => name).filter(name => name !== 'clients');

/** Schemes before groups: their names are longer. */
const answers = [
	{kind: 'cipher suite', probe: 'cipher-suites', entries: [...cipherSuites.entries, ...ssl2CipherKinds, ...otherSsl2CipherKinds]},
	{kind: 'signature scheme', probe: 'signature-schemes', entries: signatureSchemes.entries},
	{kind: 'group', probe: 'groups', entries: groups.entries},
] as const;

/** Every word that names a topic, but CVEs. Some suites have two codes. */
export const topicWords: readonly string[] = [
	...new Set([
		...probeNames,
		...vulnerabilities.map(({name}) => wordOf(name)),
		...answers.flatMap(({entries}) => entries.map(({name}) => name as string)),
	]),
];

const possible = `takes a probe (${probeNames.join(', ')}), a vulnerability (heartbleed, CVE-2014-0160), or the IANA name of a cipher suite, a group or a signature scheme`;

/** @returns The topic that a word names, in small or capital letters; or what is wrong with it, to follow the name of the option. */
export function parseTopic(word: string): ParsedTopic {
	const text = word.trim().toLowerCase();
	const probe = probeNames.find(name => name === text);
	if (probe !== undefined) {
		return {topic: {kind: 'probe', probe}};
	}

	const vulnerability = vulnerabilities.find(({name, cve}) => wordOf(name) === text || cve.some(id => id.toLowerCase() === text));
	if (vulnerability !== undefined) {
		return {topic: {kind: 'vulnerability', probe: 'vulnerabilities', name: vulnerability.name}};
	}

	for (const {kind, probe: asked, entries} of answers) {
		const entry = entries.find(({name}) => name.toLowerCase() === text);
		if (entry !== undefined) {
			return {topic: {kind, probe: asked, name: entry.name, code: entry.code}};
		}
	}

	const byText = new Map(topicWords.map(name => [name.toLowerCase(), name]));
	const meant = nearest(text, [...byText.keys()]);
	return {problem: `${possible}, not ${JSON.stringify(word)}${meant === undefined ? '' : `; did you mean ${byText.get(meant)}?`}`};
}
