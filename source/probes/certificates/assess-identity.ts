import {tryDecode} from '../../bytes/decode-error.js';
import {toHex} from '../../bytes/hex.js';
import {type Certificate, readCertificate, sha256} from '../../certificates/certificate.js';
import type {CtLog} from '../../certificates/ct-logs.js';
import {findPath, type PathResult} from '../../certificates/find-path.js';
import {fitsName} from '../../certificates/fits-name.js';
import {checkOcspResponse, type OcspFacts} from '../../certificates/ocsp-response.js';
import {countScts} from '../../certificates/scts.js';
import {readSentChain, type SentCertificate} from '../../certificates/sent-chain.js';
import type {Store} from '../../certificates/stores.js';
import type {ChainedCertificate} from '../certificate/certificate-report.js';
import {describeCertificate} from '../certificate/describe-certificate.js';
import {checkScts, problemsOfScts} from './check-scts.js';
import {describeTimes, inIso} from './describe-times.js';
import {extendedKeyUsageName} from './extended-key-usages.js';
import {findProblems} from './find-problems.js';
import type {ChainEntry, IdentityReport, KeyReport, LeafReport, StaplingReport, StoreTrust, TrustReport} from './identity-report.js';
import type {ShownIdentity} from './shown-identity.js';

export type AssessOptions = {
	/** The name or the address that was asked for. */
	readonly asked: string;
	readonly stores: readonly Store[];
	/** Undefined where signatures of timestamps are not checked. */
	readonly ctLogs?: readonly CtLog[] | undefined;
	readonly now: Date;
};

const dayMs = 86_400_000;

/** Assess what the server showed. Time and memory are bounded for any input, and no input makes it throw. */
export function assessIdentity(shown: ShownIdentity, {asked, stores, ctLogs, now}: AssessOptions): IdentityReport {
	const [leafDer, ...others] = shown.chain;
	const leaf = readCertificate(leafDer!);
	if (leaf === undefined) {
		return unreadable(shown, leafDer!, stores);
	}

	const sent = readSentChain(leaf, others);
	const readable = sent.others.flatMap(({certificate}) => certificate ?? []);
	const results = stores.map(store => findPath(leaf, readable, store, now.getTime()));
	const trust = trustOf(results, [leaf, ...readable]);
	const issuer = results.find(({store}) => store === trust.store)?.path[1];
	const staple = stapleOf(shown, leaf, issuer, now.getTime());
	const sctSources = sctsOf(shown, leaf, staple);
	const scts = sctSources.certificate + sctSources.extension + sctSources.ocsp;
	const sctSignatures = ctLogs && checkScts({leaf, issuer, staple, sctLists: shown.sctLists}, ctLogs);
	const fits = fitsName(leaf, asked);
	const ocspStapling = describeStapling(shown, leaf, staple);
	const problems = findProblems({
		...{leaf, sent, trust, staple, fits, scts},
		isStapleAbsent: ocspStapling.status === 'absent',
		asked: shown.isForTarget ? asked : undefined,
		now: now.getTime(),
	});
	return {
		seen: shown.seen,
		leaf: describeLeaf(leaf, asked, fits, now),
		chain: sent.others.map(describeOther),
		trust,
		ocspStapling,
		scts,
		sctSources,
		...(sctSignatures === undefined ? {} : {sctSignatures}),
		problems: [...problems, ...problemsOfScts(sctSignatures ?? [])],
	};
}

const unreadable = ({seen}: ShownIdentity, der: Uint8Array, stores: readonly Store[]): IdentityReport => {
	const undecided = stores.map(({name}): StoreTrust => ({store: name, status: 'undecided', reason: 'unreadable'}));
	return {
		seen,
		leaf: {sha256: sha256(der), subject: '', issuer: ''},
		chain: [],
		trust: {...undecided[0]!, path: [], stores: undecided},
		ocspStapling: {status: 'undecided'},
		scts: 0,
		problems: [{id: 'unreadable', severity: 'error', message: 'The certificate cannot be read.'}],
	};
};

const preferred: readonly Store['name'][] = ['ca', 'mozilla', 'system'];

function trustOf(results: readonly PathResult[], sent: readonly Certificate[]): TrustReport {
	const ordered = results.toSorted((one, other) => preferred.indexOf(one.store) - preferred.indexOf(other.store));
	const main = results.find(({status}) => status === 'trusted') ?? ordered[0]!;
	const inShort = ({store, status, reason}: PathResult): StoreTrust => ({store, status, ...(reason === undefined ? {} : {reason})});
	const hashes = new Set(sent.map(certificate => certificate.sha256));
	return {
		...inShort(main),
		path: main.path.map(({sha256: hash, subject}) => ({sha256: hash, subject, from: hashes.has(hash) ? 'sent' : 'store'})),
		stores: results.map(inShort),
	};
}

/** The best of what connections brought: a server may staple on one and not on another. */
function stapleOf({ocspResponses}: ShownIdentity, leaf: Certificate, issuer: Certificate | undefined, now: number): OcspFacts | undefined {
	const responses = ocspResponses.flatMap(bytes => bytes ?? []);
	const last = responses.at(-1);
	return last && checkOcspResponse(last, leaf, issuer, now);
}

function sctsOf(
	{sctLists}: ShownIdentity,
	{extensions}: Certificate,
	staple: OcspFacts | undefined,
): NonNullable<IdentityReport['sctSources']> {
	const inHandshake = sctLists.map(list => tryDecode(() => countScts(list)) ?? 0);
	return {certificate: extensions.sctCount ?? 0, extension: Math.max(0, ...inHandshake), ocsp: staple?.sctCount ?? 0};
}

const leastConnections = 2;

function describeStapling({ocspResponses}: ShownIdentity, {extensions}: Certificate, staple: OcspFacts | undefined): StaplingReport {
	if (staple !== undefined) {
		return {status: staple.status, ...describeTimes(staple)};
	}

	const isPossible = (extensions.ocspUrls ?? []).length > 0 || extensions.mustStaple === true;
	// A server may fetch its response only once it is asked for one.
	return {status: !isPossible ? 'not-applicable' : ocspResponses.length >= leastConnections ? 'absent' : 'inconclusive'};
}

function describeLeaf(leaf: Certificate, asked: string, fits: boolean, now: Date): LeafReport {
	const {chain: _, ...usual} = describeCertificate([leaf.der], asked, now)!;
	const {extensions} = leaf;
	return {
		...usual,
		fits,
		...(Number.isNaN(leaf.notAfter) ? {} : {daysLeft: Math.floor((leaf.notAfter - now.getTime()) / dayMs)}),
		...keyAndSignature(leaf),
		serialNumber: toHex(leaf.serialNumber),
		spkiSha256: sha256(leaf.spki),
		extendedKeyUsage: extensions.extendedKeyUsage?.map(extendedKeyUsageName),
		ocspUrls: inBounds(extensions.ocspUrls),
		caIssuersUrls: inBounds(extensions.caIssuersUrls),
		crlUrls: inBounds(extensions.crlUrls),
		mustStaple: extensions.mustStaple ?? false,
		policies: inBounds(extensions.policies),
	};
}

const [mostItems, mostText] = [20, 500];

const inBounds = (items: readonly string[] = []): readonly string[] => items.slice(0, mostItems).map(item => item.slice(0, mostText));

const keyAndSignature = ({
	key: {type, bits, curve},
	signature,
}: Certificate): {readonly key: KeyReport; readonly signatureAlgorithm: string} => ({
	key: {type, ...(bits === undefined ? {} : {bits}), ...(curve === undefined ? {} : {curve})},
	signatureAlgorithm: signature.name,
});

function describeOther({der, certificate, role}: SentCertificate): ChainEntry {
	if (certificate === undefined) {
		return {sha256: sha256(der), subject: '', issuer: '', role};
	}

	const {notBefore, notAfter, subject, issuer} = certificate;
	const inShort: ChainedCertificate = {sha256: certificate.sha256, subject, issuer, ...inIso({validFrom: notBefore, validTo: notAfter})};
	return {...inShort, role, ...keyAndSignature(certificate)};
}
