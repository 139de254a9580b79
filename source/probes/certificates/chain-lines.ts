import {listed} from '../../bytes/listed.js';
import type {Line} from '../report-part.js';
import type {LeafReport, StoreTrust, TrustReport} from './identity-report.js';
import {storeWords} from './store-words.js';

/** The server's certificate, below each certificate its issuer, and at the end the stores that trust the chain and those that do not. */
export const chainLines = (leaf: LeafReport, trust: TrustReport): readonly Line[] => [
	{label: 'chain', text: leaf.subject || leaf.sha256, tone: 'neutral'},
	...issuersOf(leaf, trust).map((text, index): Line => ({label: 'issued by', text, tone: 'neutral', depth: index + 1})),
	...trustLines(trust).map(line => ({...line, depth: issuersOf(leaf, trust).length + 1})),
];

/** `issued by CN=CA (sent), CN=Root (from the store); trusted by Mozilla's roots`. */
export const chainInShort = (leaf: LeafReport, trust: TrustReport): string =>
	[...listOf('issued by ', issuersOf(leaf, trust)), ...trustLines(trust).map(({label, text}) => `${label} ${text}`)].join('; ');

const listOf = (before: string, words: readonly string[]): readonly string[] =>
	words.length === 0 ? [] : [`${before}${words.join(', ')}`];

/** The certificates after the server's, up to the root or to the first that is missing. */
function issuersOf({issuer}: LeafReport, {path, status}: TrustReport): readonly string[] {
	const found = path.slice(1).map(({subject, from}) => `${subject} (${from === 'sent' ? 'sent' : 'from the store'})`);
	const isMissing = path.length <= 1 && status !== 'trusted' && path[0]?.subject !== issuer;
	return isMissing ? [`${issuer || 'unknown'} (not sent)`] : found;
}

/** `trusted by Mozilla's roots`, `not trusted by the file of authorities (unknown root)`. */
function trustLines({status: overall, stores}: TrustReport): readonly Line[] {
	const groups = new Map<string, {readonly status: StoreTrust['status']; readonly because: string; readonly names: string[]}>();
	for (const {store, status, reason} of stores) {
		const because = reason === undefined ? '' : ` (${reason.replaceAll('-', ' ')})`;
		const group = groups.get(status + because) ?? {status, because, names: []};
		group.names.push(storeWords[store]);
		groups.set(status + because, group);
	}

	const all = [...groups.values()].toSorted((one, other) => trustOrder.indexOf(one.status) - trustOrder.indexOf(other.status));
	return all.map(({status, because, names}) => ({
		label: trustLabels[status],
		text: `by ${listed(names)}${because}`,
		tone: status === overall ? trustTones[status] : 'neutral',
	}));
}

const trustOrder = ['trusted', 'undecided', 'untrusted'] as const;
const trustLabels = {trusted: 'trusted', untrusted: 'not trusted', undecided: 'trust undecided'} as const;
const trustTones = {trusted: 'good', untrusted: 'bad', undecided: 'open'} as const;
