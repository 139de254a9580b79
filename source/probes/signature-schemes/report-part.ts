import {versionNames} from '../../iana/versions.js';
import {byVersions, undecidedInList, undecidedLines, undecidedProblems} from '../by-versions.js';
import type {ProbeReport} from '../probe.js';
import type {JsonSchema, Line, Problem} from '../report-part.js';
import {compareSchemes} from './compare.js';
import {demandFrom, demandSchema, judgeDemand, parseDemand} from './demand.js';
import {describeSchemes, type VersionSchemesReport, versionsIn, weaknessOf} from './schemes-report.js';
import type {SignatureSchemesTypes} from './types.js';

const ofVersion: JsonSchema = {
	type: 'object',
	properties: {
		accepted: {description: 'names, in the order in which the server chose them', type: 'array', items: {type: 'string'}},
		undecided: {
			description: 'names of schemes that are neither proved to be accepted nor to be refused',
			type: 'array',
			items: {type: 'string'},
		},
		connections: {description: 'how many were made for it', type: 'integer', minimum: 0},
	},
	required: ['accepted', 'undecided', 'connections'],
	additionalProperties: false,
};

export const signatureSchemesPart: ProbeReport<SignatureSchemesTypes> = {
	field: 'signatureSchemes',
	title: 'Signature schemes',
	rule: 'A signature scheme is accepted if a ServerKeyExchange (TLS 1.2) or a CertificateVerify (TLS 1.3) is signed with it. It is refused if a list with it was answered by an alert, and an accepted scheme is still used with the same hello. Every other scheme is undecided (docs/signature-schemes.md).',
	of: describeSchemes,
	schema: {
		description: 'what the server signs its key exchange with in TLS 1.2, and its handshake with in TLS 1.3',
		type: 'object',
		propertyNames: {enum: versionNames},
		additionalProperties: ofVersion,
	},
	lines: report => byVersions(versionsIn(report), ({connections: _, ...said}) => said).flatMap(([label, found]) => linesOf(label, found)),
	inShort(report) {
		const counts = versionsIn(report)
			.toReversed()
			.map(
				([version, {accepted}], index) =>
					`${accepted.length}${index > 0 ? '' : accepted.length === 1 ? ' scheme' : ' schemes'} in ${version}`,
			);
		return [{label: 'Signatures', text: `${counts.join(', ')}, none weak`}];
	},
	problems(report) {
		const all = versionsIn(report).map(([, found]) => found);
		const names = [...new Set(all.flatMap(found => found.accepted))];
		return [
			...names.flatMap((name): Problem[] => {
				const weakness = weaknessOf(name);
				return weakness === undefined ? [] : [{severity: 'warning', message: `${name}: ${weakness}`}];
			}),
			...undecidedProblems(all),
		];
	},
	brief(report) {
		const all = versionsIn(report).map(([, found]) => found);
		const accepted = new Set(all.flatMap(found => found.accepted));
		const weak = [...accepted].filter(name => weaknessOf(name) !== undefined);
		const undecided = new Set(all.flatMap(found => found.undecided)).size;
		const worst = weak.length === 0 ? 'none weak' : `weak: ${weak.join(', ')}`;
		return `${accepted.size} accepted, ${worst}${undecided === 0 ? '' : `, ${undecided} undecided`}`;
	},
	inList(report) {
		const all = versionsIn(report).map(([, found]) => found);
		const weak = [...new Set(all.flatMap(found => found.accepted))].filter(name => weaknessOf(name) !== undefined);
		return [
			...(weak.length === 0 ? [] : [`weak ${weak.length === 1 ? 'scheme' : 'schemes'} ${weak.join(' ')}`]),
			...undecidedInList(all, 'scheme'),
		].join(', ');
	},
	demand: {schema: demandSchema, parse: parseDemand, judge: judgeDemand, fromPart: demandFrom},
	compare: compareSchemes,
};

function linesOf(label: string, {accepted, undecided}: VersionSchemesReport): readonly Line[] {
	const strong = accepted.filter(name => weaknessOf(name) === undefined);
	const weak = accepted.filter(name => weaknessOf(name) !== undefined);
	const lines: readonly (Line | undefined)[] = [
		accepted.length === 0 && undecided.length === 0
			? {label, text: 'none: no accepted cipher suite has a signature', tone: 'neutral'}
			: undefined,
		strong.length === 0 ? undefined : {label, text: strong.join(', '), tone: 'good'},
		...weak.map((name): Line => ({label, text: `${name}, weak: ${weaknessOf(name)}`, tone: 'bad'})),
		...undecidedLines(label, undecided),
	];
	return lines.filter(line => line !== undefined);
}
