import type {VersionName} from '../../iana/versions.js';
import {inOrder} from '../machine.js';
import {type Doubt, distinctFacts, doubt, type Fact} from '../sources.js';
import {type ProtocolStates, protocolNames} from './protocol-states.js';

/** What a program asks of SChannel. */
export type Request =
	/** Nothing: SChannel takes what is on. */
	| {readonly kind: 'system' /** Whether SSL 2 and 3 are left out, as strong cryptography does. */; readonly withoutSsl: boolean}
	/** Versions by name. This brings back what is only off by default. */
	| {readonly kind: 'named'; readonly versions: readonly VersionName[]}
	/** Versions by a mask of WinHTTP, of which SChannel takes what is on. */
	| {
			readonly kind: 'mask';
			readonly versions: readonly VersionName[] /** Whether a source covers the default state of SChannel for it. */;
			readonly isDefaultDocumented: boolean;
	  };

export type Reaches = 'yes' | 'no' | 'uncertain';

/** What a program would offer, and what that means for an endpoint that wants TLS 1.2. */
export type ProgramOffer = {
	readonly offers: readonly VersionName[];
	readonly reachesTls12: Reaches;
	readonly facts: readonly Fact[];
	readonly doubts: readonly Doubt[];
};

/** What SChannel makes of a request. */
export function offerOf(request: Request, states: ProtocolStates): ProgramOffer {
	const asked = request.kind === 'system' ? systemVersions(request.withoutSsl) : request.versions;
	const isNamed = request.kind === 'named';
	const offers = inOrder(
		asked.filter(version => {
			const {state} = states[version];
			return state === 'enabled' || (isNamed && state === 'off-by-default');
		}),
	);
	const tls12 = states['TLSv1.2'];
	const asks12 = asked.includes('TLSv1.2');
	const facts = asks12 ? tls12.facts : [];
	const doubts: Doubt[] = [];
	const undecided = asks12 && tls12.undecided !== undefined && (!isNamed || tls12.undecided.mayBeDisabled);
	if (undecided) {
		doubts.push(tls12.undecided!.doubt);
	}

	// What is named is offered whether it is on or only off by default, so that doubt about that matters for TLS 1.2 alone.
	if (request.kind !== 'mask' || !request.isDefaultDocumented) {
		const relevant = isNamed ? asked.filter(version => version === 'TLSv1.2') : asked;
		doubts.push(...relevant.flatMap(version => states[version].defaultDoubts));
	}

	if (asks12 && tls12.state === 'off-by-default' && request.kind !== 'system') {
		doubts.push(isNamed ? namedDoubt : maskDoubt);
	}

	if (offers.includes('SSLv2') && offers.includes('TLSv1.2')) {
		doubts.push(
			doubt(
				'low',
				'SSL 2.0 and TLS 1.2 exclude each other in one request: which versions are offered with both on is not documented',
				'SCH-CRED',
			),
		);
		return {offers, reachesTls12: 'uncertain', facts, doubts: distinctFacts(doubts)};
	}

	const reachesTls12 = undecided ? 'uncertain' : offers.includes('TLSv1.2') ? 'yes' : 'no';
	return {offers, reachesTls12, facts, doubts: distinctFacts(doubts)};
}

const systemVersions = (withoutSsl: boolean): readonly VersionName[] =>
	(Object.keys(protocolNames) as VersionName[]).filter(version => !withoutSsl || !version.startsWith('SSL'));

const namedDoubt = doubt(
	'medium',
	'the program names TLS 1.2, which enables versions that are only off by default: this follows from two texts, neither of which covers this case',
	'SPM-CFG',
	'KB245030',
	'REG-NEW',
);

const maskDoubt = doubt(
	'low',
	'the mask names TLS 1.2, but SChannel has it off by default: the update requires the SChannel values too, but a mask might count as naming the version',
	'KB3140245',
	'KB245030',
);

/** Versions as a person reads them in a sentence. */
export const protocolsInWords = (versions: readonly VersionName[]): string =>
	versions.length === 0 ? 'nothing' : versions.map(name => protocolNames[name]).join(', ');
