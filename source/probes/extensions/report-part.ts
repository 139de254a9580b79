import {listedFew} from '../../bytes/listed.js';
import {versionNames} from '../../iana/versions.js';
import {closedObject} from '../closed-object.js';
import type {ProbeReport} from '../probe.js';
import type {JsonSchema, Line, Problem} from '../report-part.js';
import {compareExtensions} from './compare.js';
import {demandFrom, demandSchema, judgeDemand, parseDemand} from './demand.js';
import {type ExtensionStatus, plainFields} from './extensions-finding.js';
import {
	type ClientCertificateReport,
	describeExtensions,
	type ExtensionsReport,
	extensionTitles,
	statusesIn,
	wanted,
} from './extensions-report.js';
import type {ExtensionsTypes} from './types.js';

const statuses = ['present', 'absent', 'inconclusive', 'not-applicable'] satisfies ExtensionStatus[];
const status: JsonSchema = {
	description: 'not-applicable: no accepted version has it, or what it depends on is not accepted',
	enum: statuses,
};
const names: JsonSchema = {type: 'array', items: {type: 'string'}};
const versions: JsonSchema = {description: 'those asked about that answer it', type: 'array', items: {enum: versionNames}};

const protocols = closedObject(
	{
		status,
		protocols: {description: 'in the order in which the server selected or listed them', ...names},
		undecided: {description: 'offered, and neither selected nor refused', ...names},
	},
	['status', 'protocols'],
);

const properties: Readonly<Record<string, JsonSchema>> = {
	...Object.fromEntries(plainFields.map(field => [field, closedObject({status, versions}, ['status'])])),
	certificateCompression: closedObject({status, versions, algorithms: {description: 'zlib, brotli, zstd', ...names}}, [
		'status',
		'algorithms',
	]),
	alpn: protocols,
	npn: protocols,
	clientCertificate: closedObject(
		{
			status: {
				description: 'required: the handshake fails without one; inconclusive: whether it is asked for or required is not known',
				enum: ['requested', 'required', 'not-asked', 'inconclusive'],
			},
			types: {description: 'kinds of keys, up to TLS 1.2', ...names},
			signatureSchemes: names,
			authorities: {description: 'distinguished names; empty if any authority will do', ...names},
			moreAuthorities: {description: 'how many there are beyond those', type: 'integer', minimum: 1},
		},
		['status'],
	),
	connections: {description: 'hellos that were sent for it', type: 'integer', minimum: 0},
};

export const extensionsPart: ProbeReport<ExtensionsTypes> = {
	field: 'extensions',
	title: 'Extensions',
	rule: 'An extension is present if the server answers it, and absent if two answers that were read to their end leave it out. Every other end leaves it inconclusive (docs/extensions.md).',
	of: describeExtensions,
	schema: {description: 'which extensions the server answers', ...closedObject(properties, Object.keys(properties))},
	lines(report) {
		const all = statusesIn(report);
		return [
			...all.filter(([field, found]) => isWrong(field, found)).map(([field, found]) => wrongLine(field, found)),
			...(['present', 'absent', 'inconclusive'] as const).flatMap(word => {
				const listed = all.filter(([field, found]) => found === word && !isWrong(field, found)).map(([field]) => titleOf(field, report));
				return listed.length === 0
					? []
					: [{label: word, text: listed.join(', '), tone: word === 'inconclusive' ? 'open' : 'neutral'} as const];
			}),
			clientCertificateLine(report.clientCertificate),
		];
	},
	inShort(report) {
		const present = statusesIn(report)
			.filter(([, found]) => found === 'present')
			.map(([field]) => titleOf(field, report));
		const {label, text} = clientCertificateLine(report.clientCertificate);
		return [{text: present.length === 0 ? 'none' : present.join(', ')}, {text: `${label} ${text}`}];
	},
	problems(report) {
		const all = statusesIn(report);
		const open = all.filter(([, found]) => found === 'inconclusive').map(([field]) => extensionTitles[field]!);
		return [
			...all
				.filter(([field, found]) => isWrong(field, found))
				.map(
					([field, found]): Problem => ({severity: 'warning', message: `${extensionTitles[field]} ${found} (${wanted[field]!.source})`}),
				),
			...(open.length === 0 ? [] : [{severity: 'undecided', message: `neither present nor absent: ${listedFew(open, 1)}`} as const]),
		];
	},
	brief(report) {
		const all = statusesIn(report);
		const wrong = all.filter(([field, found]) => isWrong(field, found)).map(([field, found]) => `${extensionTitles[field]} ${found}`);
		const open = all.filter(([, found]) => found === 'inconclusive').length;
		const {alpn, clientCertificate: asked} = report;
		const parts = [
			...wrong,
			...(alpn.protocols.length > 0 ? [`ALPN ${alpn.protocols.join(' ')}`] : []),
			...(asked.status === 'required' || asked.status === 'requested' ? [`client certificate ${asked.status}`] : []),
			...(open === 0 ? [] : [`${open} inconclusive`]),
		];
		return parts.length === 0 ? 'nothing unusual' : parts.join(', ');
	},
	inList: report =>
		statusesIn(report)
			.filter(([field, found]) => isWrong(field, found))
			.map(([field, found]) => `${extensionTitles[field]} ${found}`)
			.join(', '),
	demand: {schema: demandSchema, parse: parseDemand, judge: judgeDemand, fromPart: demandFrom},
	compare: compareExtensions,
};

const isWrong = (field: string, found: ExtensionStatus): boolean =>
	wanted[field] !== undefined && (found === 'present' || found === 'absent') && found !== wanted[field]?.status;

const wrongLine = (field: string, found: ExtensionStatus): Line => ({
	label: extensionTitles[field]!,
	text: `${found}, weak (${wanted[field]!.source})`,
	tone: 'bad',
});

/** With what it holds. */
function titleOf(field: string, {alpn, npn, certificateCompression}: ExtensionsReport): string {
	const held = {alpn: alpn.protocols, npn: npn.protocols, certificateCompression: certificateCompression.algorithms}[field] ?? [];
	return held.length === 0 ? extensionTitles[field]! : `${extensionTitles[field]} (${held.join(' ')})`;
}

/** So many authorities are named. */
const mostNamed = 2;

function clientCertificateLine({status: found, types, authorities, moreAuthorities = 0}: ClientCertificateReport): Line {
	const label = 'client certificate';
	if (authorities === undefined) {
		const isKnown = found !== 'inconclusive';
		return {label, text: isKnown ? 'not requested' : 'inconclusive', tone: isKnown ? 'neutral' : 'open'};
	}

	const issuers = authorities.length === 0 ? 'of any authority' : `of ${listedFew(authorities, mostNamed, moreAuthorities, '; ')}`;
	const text = found === 'inconclusive' ? 'requested; it is not known whether it is required' : found;
	return {
		label,
		text: [text, ...(types === undefined ? [] : [types.join(' ')]), issuers].join(', '),
		tone: found === 'inconclusive' ? 'open' : 'neutral',
	};
}
