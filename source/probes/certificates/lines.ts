import type {Line} from '../report-part.js';
import {titleOf} from './demand.js';
import type {ChainEntry, IdentityReport, KeyReport, LeafReport, TrustReport} from './identity-report.js';
import {storeWords} from './store-words.js';

const neutral = (label: string, text: string): Line => ({label, text, tone: 'neutral'});

/** For a section of a report: what is wrong with each certificate first, then what it is. */
export function linesOf(part: readonly IdentityReport[]): readonly Line[] {
	return part.length === 0 ? [{label: 'seen', text: 'no certificate', tone: 'open'}] : part.flatMap(linesOfIdentity);
}

function linesOfIdentity(identity: IdentityReport): readonly Line[] {
	const {seen, leaf, chain = [], trust, ocspStapling, scts, problems, undecided = []} = identity;
	if (leaf === undefined) {
		return undecided.map(
			({version, authentications, serverName, reason}): Line => ({
				label: 'not settled',
				text: `${authentications.join(', ')} in ${version}${serverName === null ? ' without a server name' : ''} (${reason})`,
				tone: 'open',
			}),
		);
	}

	const isWrong = problems.some(({severity}) => severity === 'error');
	return [
		{label: titleOf(identity), text: `${leaf.subject || leaf.sha256}${daysOf(leaf)}`, tone: isWrong ? 'bad' : 'good'},
		...problems.map(({severity, message}): Line => ({label: severity, text: message, tone: tones[severity]})),
		neutral('shown in', seenIn(seen)),
		...(leaf.names === undefined ? [] : [neutral('names', namesOf(leaf))]),
		...(leaf.key === undefined ? [] : [neutral('key', `${keyOf(leaf.key)}, signed with ${leaf.signatureAlgorithm}`)]),
		...(trust === undefined ? [] : [trustLine(trust), ...pathLines(leaf, trust)]),
		...chain.filter(({role}) => role === 'unrelated' || role === 'duplicate' || role === 'unreadable').map(superfluousLine),
		...(ocspStapling === undefined || ocspStapling.status === 'not-applicable'
			? []
			: [neutral('stapled OCSP response', ocspStapling.status.replaceAll('-', ' '))]),
		...(scts === undefined || scts === 0 ? [] : [neutral('SCTs', String(scts))]),
	];
}

const tones = {error: 'bad', warning: 'open', note: 'neutral'} as const;

function daysOf({daysLeft, validTo, validity}: LeafReport): string {
	if (daysLeft === undefined || validTo === undefined) {
		return '';
	}

	const day = validTo.slice(0, 10);
	return validity === 'expired' ? `, expired on ${day}` : `, ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left (until ${day})`;
}

/** `TLSv1.3, TLSv1.2; without a server name in TLSv1.2`. */
function seenIn(seen: IdentityReport['seen']): string {
	const versionsOf = (isNamed: boolean): string =>
		[...new Set(seen.filter(({serverName}) => (serverName !== null) === isNamed).map(({version}) => version))].join(', ');
	const [named, nameless] = [versionsOf(true), versionsOf(false)];
	return [named, nameless === '' ? '' : `without a server name in ${nameless}`].filter(text => text !== '').join('; ');
}

const shownNames = 6;

function namesOf({names = [], moreNames = 0, askedFor, fits}: LeafReport): string {
	const more = Math.max(0, names.length - shownNames) + moreNames;
	const listed = names.length === 0 ? 'none' : `${names.slice(0, shownNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
	return askedFor === undefined ? listed : `${listed} (${fits === true ? 'fits' : 'does not fit'} ${askedFor})`;
}

/** `RSA 2048 bits`, `EC P-256`, `ed25519`. */
const keyOf = ({type, bits, curve}: KeyReport): string =>
	curve === undefined ? `${type.toUpperCase()}${bits === undefined ? '' : ` ${bits} bits`}` : `${type.toUpperCase()} ${curve}`;

/** `by Mozilla's roots; not by the file of authorities (unknown root)`. */
function trustLine({status, stores}: TrustReport): Line {
	const groups = new Map<string, string[]>();
	for (const item of stores) {
		const because = item.reason === undefined ? '' : ` (${item.reason.replaceAll('-', ' ')})`;
		const words = `${statusWords[item.status]}by %${because}`;
		groups.set(words, [...(groups.get(words) ?? []), storeWords[item.store]]);
	}

	const texts = [...groups].map(([words, names]) => words.replace('%', names.join(' and ')));
	return {label: 'trusted', text: texts.join('; '), tone: ({trusted: 'good', untrusted: 'bad', undecided: 'open'} as const)[status]};
}

const statusWords = {trusted: '', untrusted: 'not ', undecided: 'undecided '} as const;

/** Each behind the one that it issued, up to the root. */
const pathLines = ({issuer}: LeafReport, {path, status}: TrustReport): readonly Line[] => [
	...path.slice(1).map(({subject, from}) => neutral('issued by', `${subject} (${from === 'sent' ? 'sent' : 'from the store'})`)),
	...(path.length <= 1 && status !== 'trusted' ? [neutral('issued by', issuer || 'unknown')] : []),
];

const superfluousLine = ({role, subject, sha256}: ChainEntry): Line => ({
	label: 'also sent',
	text: `${subject || sha256} (${role})`,
	tone: 'open',
});

/** For one cell: `RSA 57 days, ECDSA 57 days not trusted`. */
export function briefOf(part: readonly IdentityReport[]): string {
	const shown = part.filter(({leaf}) => leaf !== undefined);
	const words = shown.map(identity => {
		const {leaf, trust, problems} = identity;
		const left = leaf!.daysLeft === undefined ? '' : leaf!.validity === 'expired' ? ' expired' : ` ${leaf!.daysLeft} days`;
		const first = problems.find(({severity, id}) => severity === 'error' && id !== 'expired');
		return `${titleOf(identity).replace(/ certificate$/, '')}${left}${first === undefined ? (trust?.status === 'undecided' ? ' trust undecided' : '') : ` ${first.id}`}`;
	});
	return [...words, ...(shown.length < part.length ? ['not settled'] : [])].join(', ') || 'none seen';
}
