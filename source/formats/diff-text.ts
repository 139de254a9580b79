import type {CertificateDifference, CertificateField} from '../policy/compare-certificates.js';
import type {Change, Effect} from '../policy/diff.js';
import {type AnyReportPart, reportParts} from '../probes/report-parts.js';
import {fill, wordsOf} from './fill.js';
import {count} from './numbers.js';
import type {Color, TerminalFeatures} from './paint.js';

const colors: Readonly<Record<Effect, Color>> = {worse: 'red', better: 'green', changed: 'cyan', lost: 'yellow', gained: 'green'};

/** One change as one line: `worse    edge.example.com:443  192.0.2.7  TLSv1.0: rejected, now accepted`. */
export function changeText(change: Change, look: TerminalFeatures, parts: readonly AnyReportPart[] = reportParts): string {
	const {effect, target, serverName, address} = change;
	const isOtherName = serverName !== null && !target.startsWith(`${serverName}:`);
	return fill(
		[
			{text: effect.padEnd(7), color: [colors[effect], 'bold']},
			{text: target, gap: 2},
			...(isOtherName ? [{text: `as ${serverName}`, gap: 2}] : []),
			...(address === null || target.includes(address) ? [] : [{text: address, gap: 2}]),
			...wordsOf(inWords(change, parts)).map((piece, index) => (index === 0 ? {...piece, gap: 2} : piece)),
		],
		look,
		9,
	);
}

function inWords(
	{what, version, effect, field, message, before, after, differences = [], reason, words}: Change,
	parts: readonly AnyReportPart[],
): string {
	switch (what) {
		case 'version':
			return effect === 'lost'
				? `${version}: ${before}, now not known${reason === undefined ? '' : ` (${[reason, words].filter(Boolean).join(': ')})`}`
				: `${version}: ${before}, now ${after}`;
		case 'service':
			return `${version}, answer of the service: ${before}, now ${effect === 'lost' ? 'not known' : after}`;
		case 'certificate':
			return `certificate: ${certificateInWords(differences)}`;
		case 'cipher-suite':
			return `${version}: ${before}, now ${after}`;
		case 'part': {
			const title = parts.find(part => part.field === field)?.title ?? field;
			return `${title}: ${message ?? (before === null ? `not in the earlier run, now ${after}` : `${before}, now not known`)}`;
		}

		case 'address':
			return before === null ? `a new address: ${after}` : 'an address that is gone';
		case 'target':
			return before === null ? `a new target: ${after}` : `${before}, now ${after ?? 'not asked'}`;
		default:
			return what satisfies never;
	}
}

const fieldNames: Readonly<Record<CertificateField, string>> = {
	subject: 'of',
	issuer: 'issued by',
	validTo: 'until',
	validity: 'which is',
	fits: 'for the name',
	selfSigned: 'self-signed',
	sha256: 'fingerprint',
};

/** The fingerprint is said where nothing else is another: what else is shows that it is. */
function certificateInWords(differences: readonly CertificateDifference[]): string {
	const shown = differences.length > 1 ? differences.filter(({field}) => field !== 'sha256') : differences;
	return shown.map(({field, before, after}) => `${fieldNames[field]} ${valueInWords(before)}, now ${valueInWords(after)}`).join('; ');
}

const valueInWords = (value: string | boolean): string =>
	typeof value === 'boolean'
		? value
			? 'yes'
			: 'no'
		: value === ''
			? 'an empty name'
			: value.replace(/^([\da-f]{16})[\da-f]{48}$/, '$1...');

/**
What all changes come to.

@param unknown - How many versions were not known before and are not known now.
*/
export function diffSummary(changes: readonly Change[], unknown: number): string {
	const rest = unknown === 0 ? '' : `Not known in either run: ${count(unknown)} version${unknown > 1 ? 's' : ''}.\n`;
	const counted = (['worse', 'better', 'changed', 'lost', 'gained'] as const)
		.map(effect => ({effect, times: changes.filter(change => change.effect === effect).length}))
		.filter(({times}) => times > 0)
		.map(({effect, times}) => `${count(times)} ${effect === 'lost' ? 'lost evidence' : effect === 'gained' ? 'gained evidence' : effect}`);
	return `${counted.length === 0 ? 'Nothing has changed.\n' : `\n${counted.join(', ')}\n`}${rest}`;
}
