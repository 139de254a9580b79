import {isDeepStrictEqual} from 'node:util';
import {listedFew} from '../../bytes/listed.js';
import type {Line, Problem as PartProblem, ShortLine} from '../report-part.js';
import {chainInShort, chainLines} from './chain-lines.js';
import {titleOf} from './demand.js';
import type {
	ChainEntry,
	IdentityReport,
	IssuerRevocation,
	KeyReport,
	LeafReport,
	RevocationReport,
	SctReport,
	Undecided,
} from './identity-report.js';

const neutral = (label: string, text: string): Line => ({label, text, tone: 'neutral'});

/** For a section of a report: what is wrong with each certificate first, then what it is. */
export function linesOf(part: readonly IdentityReport[]): readonly Line[] {
	return part.length === 0
		? [{label: 'seen', text: 'no certificate', tone: 'open'}]
		: part.flatMap((identity, index) => linesOfIdentity(identity, part.slice(0, index)));
}

/** @param earlier - The identities that are described before it. Lines that are the same there are not repeated. */
function linesOfIdentity(identity: IdentityReport, earlier: readonly IdentityReport[]): readonly Line[] {
	const {seen, leaf, chain = [], problems, undecided = []} = identity;
	if (leaf === undefined) {
		return undecided.map((item): Line => ({label: 'not settled', text: undecidedInWords(item), tone: 'open'}));
	}

	const isWrong = problems.some(({severity}) => severity === 'error');
	const also = alsoShown(identity);
	const shared = sharedLines(identity);
	const same = earlier.find(other => other.leaf !== undefined && isDeepStrictEqual(comparable(sharedLines(other)), comparable(shared)));
	return [
		{label: titleOf(identity), text: `${leaf.subject || leaf.sha256}${daysOf(leaf)}`, tone: isWrong ? 'bad' : 'good'},
		...problems.map(({severity, message}): Line => ({label: severity, text: message, tone: tones[severity]})),
		neutral('shown in', seenIn(seen)),
		...(leaf.key === undefined ? [] : [neutral('key', `${keyOf(leaf.key)}, signed with ${leaf.signatureAlgorithm}`)]),
		...(also.length === 0 ? [] : [neutral('also', also.join(', '))]),
		...revocationLines(identity),
		...(same === undefined ? shared : [neutral('names, chain', `those of the ${titleOf(same)}`)]),
		...chain.filter(({role}) => role === 'unrelated' || role === 'duplicate' || role === 'unreadable').map(superfluousLine),
	];
}

/** A line for each certificate; what several have in common stands once, below them. */
export function inShort(part: readonly IdentityReport[]): readonly ShortLine[] {
	const own = part.map(identity => {
		const {leaf, problems} = identity;
		const what = leaf!.key === undefined ? titleOf(identity) : keyOf(leaf!.key);
		const more = [
			...alsoShown(identity),
			...revocationLines(identity).map(({text}) => `revocation ${text}`),
			...problems.map(({message}) => message),
		];
		return `${what}${daysOf(leaf!)}${more.map(text => `, ${text}`).join('')}`;
	});
	const shared = part.flatMap(({leaf, trust}) => [
		...(leaf!.names === undefined ? [] : [`for ${namesOf(leaf!)}`]),
		...(trust === undefined ? [] : [chainInShort(leaf!, trust)]),
	]);
	return [...own, ...new Set(shared)].map(text => ({text}));
}

const undecidedInWords = ({version, authentications, serverName, reason}: Undecided): string =>
	`${authentications.join(', ')} in ${version}${serverName === null ? ' without a server name' : ''} (${reasonWords[reason] ?? reason.replaceAll('-', ' ')})`;

const reasonWords: Readonly<Record<string, string>> = {
	unasked: 'there was no time for it',
	unanswered: 'there was no time for an answer',
	silent: 'no answer',
	'no-certificate': 'an answer without a certificate',
	'not-offered': 'the server selected a suite that was not offered',
};

function alsoShown({ocspStapling, scts = 0, sctSignatures = []}: IdentityReport): readonly string[] {
	const status = ocspStapling?.status ?? 'not-applicable';
	const staple = status === 'absent' ? 'no stapled OCSP response' : `stapled OCSP response ${status.replaceAll('-', ' ')}`;
	return [
		...(status === 'not-applicable' ? [] : [staple]),
		...(scts === 0 ? [] : [`${scts} ${scts === 1 ? 'SCT' : 'SCTs'}${signaturesOf(sctSignatures)}`]),
	];
}

/** ` (2 signatures valid, 1 of an unknown log)`. */
function signaturesOf(scts: readonly SctReport[]): string {
	const words = {valid: 'valid', invalid: 'not valid', 'unknown-log': 'of an unknown log', undecided: 'undecided'} as const;
	const counts = Object.entries(words).map(([signature, word]) => ({word, count: scts.filter(sct => sct.signature === signature).length}));
	const texts = counts.filter(({count}) => count > 0).map(({word, count}) => `${count} ${word}`);
	return texts.length === 0 ? '' : ` (signatures: ${texts.join(', ')})`;
}

const sourceWords = {ocsp: 'OCSP responder', crl: 'CRL', staple: 'stapled response'} as const;

function revocationLines({revocation}: IdentityReport): readonly Line[] {
	if (revocation === undefined) {
		return [];
	}

	const issuers = (revocation.issuers ?? []).filter(({status}) => status !== 'not-applicable');
	return [revocationLine(revocation), ...issuers.map(item => revocationLine(item, `${item.subject}: `))];
}

function revocationLine({status, source, url, because}: RevocationReport | IssuerRevocation, whose = ''): Line {
	const tone = status === 'good' ? 'good' : status === 'revoked' ? 'bad' : 'open';
	const where = source === undefined ? because : `${sourceWords[source]}${url === undefined ? '' : ` ${url}`}`;
	return {label: 'revocation', text: `${whose}${status} (${where})`, tone};
}

/** What the certificates of one server most often have in common. */
const sharedLines = ({leaf, trust}: IdentityReport): readonly Line[] => [
	...(leaf!.names === undefined ? [] : [neutral('names', namesOf(leaf!))]),
	...(trust === undefined ? [] : chainLines(leaf!, trust)),
];

/** The first line of a chain names the certificate itself. */
const comparable = (lines: readonly Line[]): readonly Line[] => lines.filter(({label}) => label !== 'chain');

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
	const [named, withoutName] = [versionsOf(true), versionsOf(false)];
	return [named, withoutName === '' ? '' : `without a server name in ${withoutName}`].filter(text => text !== '').join('; ');
}

const shownNames = 6;

function namesOf({names = [], moreNames = 0, askedFor, fits}: LeafReport): string {
	const text = names.length === 0 ? 'none' : listedFew(names, shownNames, moreNames);
	return askedFor === undefined ? text : `${text} (${fits === true ? 'fits' : 'does not fit'} ${askedFor})`;
}

/** `RSA 2048 bits`, `EC P-256`, `ed25519`. */
const keyOf = ({type, bits, curve}: KeyReport): string =>
	curve === undefined ? `${type.toUpperCase()}${bits === undefined ? '' : ` ${bits} bits`}` : `${type.toUpperCase()} ${curve}`;

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

/** The problems of each certificate, with its title unless all have the same problem. */
export function problemsOf(part: readonly IdentityReport[]): readonly PartProblem[] {
	const shown = part.filter(({leaf}) => leaf !== undefined);
	const groups = new Map<string, {readonly problem: PartProblem; readonly titles: Set<string>}>();
	for (const identity of shown) {
		for (const {severity, message} of identity.problems) {
			if (severity !== 'note') {
				const group = groups.get(message) ?? {problem: {severity, message}, titles: new Set()};
				group.titles.add(titleOf(identity));
				groups.set(message, group);
			}
		}
	}

	const found = [...groups.values()].map(({problem, titles}) =>
		titles.size === new Set(shown.map(titleOf)).size ? problem : {...problem, message: `${[...titles].join(', ')}: ${problem.message}`},
	);
	const open = part.flatMap(({undecided = []}) => undecided).map(undecidedInWords);
	const unchecked = [
		...shown.filter(({revocation}) => revocation?.status === 'inconclusive').map(titleOf),
		...shown
			.flatMap(({revocation}) => revocation?.issuers ?? [])
			.filter(({status}) => status === 'inconclusive')
			.map(({subject}) => subject),
	];
	return [
		...found.filter(({severity}) => severity === 'error'),
		...found.filter(({severity}) => severity !== 'error'),
		...(open.length === 0 ? [] : [{severity: 'undecided', message: `certificates not settled: ${listedFew(open, 1)}`} as const]),
		...(unchecked.length === 0
			? []
			: [{severity: 'undecided', message: `revocation not settled: ${[...new Set(unchecked)].join(', ')}`} as const]),
	];
}
