import {createHash} from 'node:crypto';
import {fromHex, toHex} from '../../bytes/hex.js';
import {type Certificate, comparableName, readCertificate, sha256} from '../../certificates/certificate.js';
import {findPath} from '../../certificates/find-path.js';
import {fitsName} from '../../certificates/fits-name.js';
import type {Store} from '../../certificates/stores.js';
import type {TlsaRecord} from '../../wire/dns/record.js';
import type {IdentityReport} from '../certificates/identity-report.js';
import type {TargetChain} from './chains-of-target.js';
import type {FoundRecords} from './look-up.js';
import type {ChainMatch, DaneStatus, NamesStatus} from './names-report.js';

export type MatchOptions = {
	/** The chains that clients of the target get. */
	readonly chains: readonly TargetChain[];
	/** Reports of these chains, and of what is undecided. */
	readonly identities: readonly IdentityReport[];
	readonly name: string;
	readonly isSmtp: boolean;
	/** Trusted roots of clients without DANE. */
	readonly stores: () => readonly Store[];
	/** Milliseconds since 1970. */
	readonly now: number;
};

/** Compare the records with the chains, whether the records are signed or not. */
export function matchTlsa(
	status: NamesStatus,
	{records, isSigned}: Pick<FoundRecords<'TLSA'>, 'records' | 'isSigned'>,
	options: MatchOptions,
): {readonly dane: DaneStatus; readonly matches: readonly ChainMatch[]} {
	if (status !== 'present') {
		return {dane: status === 'absent' ? 'not-applicable' : status, matches: []};
	}

	const usable = records.map((record, index) => ({record, index})).filter(({record}) => isUsable(record, options));
	const matches = usable.length === 0 ? [] : options.chains.map(chain => matchChain(chain, usable, options));
	return {dane: isSigned ? daneOf(usable.length > 0, matches, options) : 'unsigned', matches};
}

function daneOf(isAnyUsable: boolean, matches: readonly ChainMatch[], {identities}: MatchOptions): DaneStatus {
	if (!isAnyUsable) {
		return 'unusable';
	}

	const isOpen = matches.length === 0 || identities.some(({undecided}) => undecided !== undefined);
	return matches.some(({status}) => status === 'no-match')
		? 'no-match'
		: isOpen || matches.some(({status}) => status === 'inconclusive')
			? 'inconclusive'
			: 'match';
}

const usage = {pkixTa: 0, pkixEe: 1, daneTa: 2, daneEe: 3} as const;
const [wholeCertificate, publicKey] = [0, 1];

/** Lengths of hashes in hexadecimal, by the matching type: 1 is SHA-256, 2 SHA-512. 0 is no hash. RFC 6698 §2.1.3. */
const digitsOf: Readonly<Record<number, number>> = {1: 64, 2: 128};

/** In SMTP, usages 0 and 1 are not used: RFC 7672 §3.1.3. */
const isUsable = ({usage: of, selector, matchingType, data}: TlsaRecord, {isSmtp}: MatchOptions): boolean =>
	of >= (isSmtp ? usage.daneTa : usage.pkixTa) &&
	of <= usage.daneEe &&
	(selector === wholeCertificate || selector === publicKey) &&
	(matchingType === 0 ? data.length > 0 : data.length === digitsOf[matchingType]);

type Usable = readonly {readonly record: TlsaRecord; readonly index: number}[];

type Result = ChainMatch['status'];

function matchChain([leafDer, ...others]: TargetChain, usable: Usable, options: MatchOptions): ChainMatch {
	const leaf = readCertificate(leafDer!);
	if (leaf === undefined) {
		return {sha256: sha256(leafDer!), status: 'inconclusive', records: []};
	}

	const sent = others.flatMap(der => readCertificate(der) ?? []);
	const results = usable.map(({record, index}) => ({index, result: matchRecord(record, leaf, sent, options)}));
	const matching = results.filter(({result}) => result === 'match').map(({index}) => index);
	const isOpen = results.some(({result}) => result === 'inconclusive');
	return {sha256: leaf.sha256, status: matching.length > 0 ? 'match' : isOpen ? 'inconclusive' : 'no-match', records: matching};
}

function matchRecord(record: TlsaRecord, leaf: Certificate, sent: readonly Certificate[], options: MatchOptions): Result {
	switch (record.usage) {
		case usage.daneEe:
			// Neither names nor dates count: RFC 7671 §5.1.
			return isAssociated(leaf, record) ? 'match' : 'no-match';
		case usage.daneTa:
			return matchAnchor(record, leaf, sent, options);
		case usage.pkixEe:
			return isAssociated(leaf, record) ? trustOf(leaf, sent, options, () => true) : 'no-match';
		default:
			return trustOf(leaf, sent, options, path => path.slice(1).some(certificate => isAssociated(certificate, record)));
	}
}

function isAssociated({der, spki}: Certificate, {selector, matchingType, data}: TlsaRecord): boolean {
	const bytes = selector === wholeCertificate ? der : spki;
	return (
		(matchingType === 0
			? toHex(bytes)
			: createHash(matchingType === 1 ? 'sha256' : 'sha512')
					.update(bytes)
					.digest('hex')) === data
	);
}

/** The chain has to lead to the anchor that the record names, and be for the name: RFC 7671 §5.2. */
function matchAnchor(record: TlsaRecord, leaf: Certificate, sent: readonly Certificate[], {name, now}: MatchOptions): Result {
	const isWhole = record.selector === wholeCertificate && record.matchingType === 0;
	// An anchor that the record has in full need not be sent.
	const inRecord = isWhole ? [readCertificate(fromHex(record.data)) ?? []].flat() : [];
	const anchors = [...sent.filter(certificate => isAssociated(certificate, record)), ...inRecord];
	if (anchors.length === 0 || !fitsName(leaf, name)) {
		return 'no-match';
	}

	return resultOf(findPath(leaf, sent, storeOf(anchors), now).status);
}

const storeOf = (anchors: readonly Certificate[]): Store => ({
	name: 'ca',
	named: subject => anchors.filter(({x509}) => comparableName(x509.subject) === subject),
	has: certificate => anchors.some(({sha256: hash}) => hash === certificate.sha256),
});

/** The chain has to be valid for clients without DANE as well: RFC 6698 §2.1.1. */
function trustOf(
	leaf: Certificate,
	sent: readonly Certificate[],
	{identities, name, stores, now}: MatchOptions,
	isIn: (path: readonly Certificate[]) => boolean,
): Result {
	if (!fitsName(leaf, name)) {
		return 'no-match';
	}

	const found = stores().map(store => findPath(leaf, sent, store, now));
	if (found.some(({status, path}) => status === 'trusted' && isIn(path))) {
		return 'match';
	}

	// The authorities of `--ca` may trust it; their certificates are not known here.
	const isTrustedElsewhere = identities.some(({leaf: known, trust}) => known?.sha256 === leaf.sha256 && trust?.status === 'trusted');
	const isTrusted = found.some(({status}) => status === 'trusted');
	return found.some(({status}) => status === 'undecided') || (isTrustedElsewhere && !isTrusted) ? 'inconclusive' : 'no-match';
}

const resultOf = (status: 'trusted' | 'untrusted' | 'undecided'): Result =>
	status === 'trusted' ? 'match' : status === 'undecided' ? 'inconclusive' : 'no-match';
