import {listedFew} from '../../bytes/listed.js';
import type {ProbeReport} from '../probe.js';
import type {Line, Problem} from '../report-part.js';
import {compareNames} from './compare.js';
import {demandFrom, demandSchema, judgeDemand, parseDemand} from './demand.js';
import {issuersOf} from './issuers-of.js';
import type {DaneStatus, LookUpResult, NamesReport} from './names-report.js';
import {namesSchema} from './schema.js';
import type {NamesTypes} from './types.js';

export const namesPart: ProbeReport<NamesTypes> = {
	field: 'names',
	title: 'Names',
	rule: 'A record is present if a name server returns one, and absent if the server answers NOERROR without one or NXDOMAIN. Every other answer, and none, leaves it inconclusive. DANE counts only where the server says that DNSSEC was validated (docs/names.md).',
	of: value => value,
	schema: namesSchema,
	lines({caa, tlsa, https}) {
		return [
			...linesOf(
				'CAA',
				caa,
				caa.records.map(({tag, value, isCritical}) => `${tag} ${value || '(none)'}${isCritical ? ', critical' : ''}`),
			),
			...linesOf(
				'TLSA',
				tlsa,
				tlsa.records.map(({usage, selector, matchingType, data}) => `${usage} ${selector} ${matchingType} ${shortened(data)}`),
			),
			...(tlsa.status === 'present' ? [{label: 'DANE', text: daneWords[tlsa.dane], tone: daneTones[tlsa.dane]} as const] : []),
			...linesOf('HTTPS', https, https.records.map(httpsInWords)),
			...(https.ech.status === 'present'
				? [{label: 'ECH', text: `announced, with the public name ${https.ech.publicNames.join(', ')}`, tone: 'good'} as const]
				: []),
		];
	},
	inShort(report) {
		const {caa, tlsa, https} = report;
		const missing = Object.entries({CAA: caa, TLSA: tlsa, HTTPS: https}).filter(([, {status}]) => status !== 'present');
		const found = [...foundIn(report), ...(https.status === 'present' ? ['HTTPS'] : [])];
		return [{text: [...found, ...missing.map(([title, {status}]) => `${title} ${status.replace('-', ' ')}`)].join(', ')}];
	},
	problems(report) {
		const {caa, tlsa, https} = report;
		const open = Object.entries({CAA: caa, TLSA: tlsa, HTTPS: https}).filter(([, {status}]) => status === 'inconclusive');
		return [
			...daneProblems(tlsa.dane),
			...(open.length === 0
				? []
				: [
						{
							severity: 'undecided',
							message: `${open.map(([title]) => title).join(', ')} not decided: ${open[0]![1].reason}`,
						} as const,
					]),
		];
	},
	brief: report => {
		const {caa, tlsa, https} = report;
		const open = [caa, tlsa, https].filter(({status}) => status === 'inconclusive').length;
		const found = [
			...foundIn(report),
			...(https.status === 'present' && https.ech.status !== 'present' ? ['HTTPS'] : []),
			...(open === 0 ? [] : [`${open} inconclusive`]),
		];
		return found.length > 0 ? found.join(', ') : caa.status === 'not-applicable' ? 'not applicable' : 'no records';
	},
	inList: report => foundIn(report).join(', '),
	demand: {schema: demandSchema, parse: parseDemand, judge: judgeDemand, fromPart: demandFrom},
	compare: compareNames,
};

function foundIn({caa, tlsa, https}: NamesReport): readonly string[] {
	const issuers = issuersOf(caa.records);
	return [
		...(caa.status === 'present' ? [`CAA ${issuers === undefined ? 'without issuers' : listedFew(issuers, 2) || 'none'}`] : []),
		...(tlsa.status === 'present' ? [`DANE ${tlsa.dane.replace('-', ' ')}`] : []),
		...(https.ech.status === 'present' ? ['ECH'] : []),
	];
}

function linesOf(
	label: string,
	{status, name, isSigned, reason, moreRecords = 0}: LookUpResult,
	records: readonly string[],
): readonly Line[] {
	if (status !== 'present') {
		const why = reason === undefined ? '' : `: ${reason}`;
		return [{label, text: `${status.replace('-', ' ')}${why}`, tone: status === 'inconclusive' ? 'open' : 'neutral'}];
	}

	const more = moreRecords === 0 ? [] : [`${moreRecords} more`];
	return [
		{label, text: `at ${name}${isSigned ? ', signed' : ''}`, tone: 'neutral'},
		...[...records, ...more].map((text): Line => ({label: '', text, tone: 'neutral', depth: 1})),
	];
}

const mostDigits = 32;

const shortened = (data: string): string => (data.length > mostDigits ? `${data.slice(0, mostDigits)}...` : data);

function httpsInWords(record: NamesReport['https']['records'][number]): string {
	const {priority, target, alpn, noDefaultAlpn, port, ipv4hint, ipv6hint, ech, undecodable} = record;
	const parts = [
		...(alpn === undefined ? [] : [`alpn ${alpn.join(' ')}`]),
		...(noDefaultAlpn ? ['no default alpn'] : []),
		...(port === undefined ? [] : [`port ${port}`]),
		...(ipv4hint === undefined && ipv6hint === undefined ? [] : [`addresses ${[...(ipv4hint ?? []), ...(ipv6hint ?? [])].join(' ')}`]),
		...(ech === undefined ? [] : ['ech']),
		...(undecodable === undefined ? [] : [`not readable: ${undecodable.join(' ')}`]),
	];
	return [priority === 0 ? `alias of ${target}` : `priority ${priority}, target ${target}`, ...parts].join(', ');
}

const daneWords: Readonly<Record<DaneStatus, string>> = {
	match: 'the certificates match',
	'no-match': 'the certificates do not match',
	unsigned: 'not usable: the name server does not say that the records are validated by DNSSEC',
	unusable: 'not usable: no record has a usage, selector and matching type that apply',
	inconclusive: 'not decided',
	'not-applicable': 'not applicable',
};

const daneTones: Readonly<Record<DaneStatus, Line['tone']>> = {
	match: 'good',
	'no-match': 'bad',
	unsigned: 'open',
	unusable: 'open',
	inconclusive: 'open',
	'not-applicable': 'neutral',
};

function daneProblems(dane: DaneStatus): readonly Problem[] {
	switch (dane) {
		case 'no-match':
			return [{severity: 'error', message: 'the TLSA records do not match the certificates (RFC 6698)'}];
		case 'unsigned':
			return [{severity: 'undecided', message: 'TLSA records are not validated by DNSSEC'}];
		case 'unusable':
			return [{severity: 'warning', message: 'no TLSA record is usable (RFC 7671)'}];
		default:
			return [];
	}
}
