import {tryDecode} from '../../../bytes/decode-error.js';
import {derChildren, derTag, explicitTag, ofTag, oidOf, readDer} from '../../../bytes/der.js';
import {type Certificate, readCertificate} from '../../../certificates/certificate.js';
import {findPath, type PathResult} from '../../../certificates/find-path.js';
import {type Store, splitPem} from '../../../certificates/stores.js';
import type {Conversation, FetchAsk} from '../../probe.js';
import type {AiaReport, FetchedReport} from '../identity-report.js';
import {failureInWords, get, triedUrls} from './fetched.js';

/** A chain, and the stores that may trust it. */
export type ChainAndStores = {
	readonly leaf: Certificate;
	readonly sent: readonly Certificate[];
	readonly stores: readonly Store[];
	/** Milliseconds since 1970. */
	readonly now: number;
};

export type Completed = {readonly report: AiaReport; readonly fetched: readonly Certificate[]};

/** If more issuers are missing, the chain is not completed. */
const mostIssuers = 4;
const mostBytes = 65_536;

export const pathsOf = ({leaf, sent, stores, now}: ChainAndStores, fetched: readonly Certificate[] = []): readonly PathResult[] =>
	stores.map(store => findPath(leaf, [...sent, ...fetched], store, now));

/** Fetch the issuers that the server does not send, from the URLs in the certificates. RFC 5280 §4.2.2.1. */
export function* completeChain(chain: ChainAndStores): Conversation<Completed, FetchAsk> {
	const found: Certificate[] = [];
	const reports: FetchedReport[] = [];
	const result = (status: AiaReport['status'], because?: string): Completed => ({
		report: {status, ...(because === undefined ? {} : {because}), fetched: reports},
		fetched: found,
	});
	for (let step = 0; step < mostIssuers; step++) {
		const paths = pathsOf(chain, found);
		const trusted = paths.filter(({status}) => status === 'trusted');
		if (trusted.length > 0) {
			return {report: {...result('complete').report, stores: trusted.map(({store}) => store)}, fetched: found};
		}

		const last = paths.find(({reason}) => reason === 'unknown-issuer')?.path.at(-1);
		const [url] = triedUrls(last?.extensions.caIssuersUrls);
		if (url === undefined) {
			return result('incomplete', 'the chain ends at a certificate that no store trusts and that names no URL of its issuer');
		}

		const {body, report} = yield* get({url, mostBytes});
		reports.push(report);
		if (body === undefined) {
			return result('inconclusive', failureInWords(report));
		}

		const issuers = readCertificates(body);
		const isNew = issuers.some(({sha256}) => ![...chain.sent, ...found].some(other => other.sha256 === sha256));
		found.push(...issuers);
		if (!isNew) {
			return result('incomplete', issuers.length === 0 ? 'the URL has no certificate' : 'the certificate from the URL is not the issuer');
		}
	}

	return result('incomplete', `more than ${mostIssuers} issuers are missing`);
}

const mostCertificates = 10;

/** The certificates of a document: one in DER, or several in PEM or in a certs-only CMS message. RFC 5280 §4.2.2.1, RFC 5652 §5.1. */
function readCertificates(body: Uint8Array): readonly Certificate[] {
	const single = readCertificate(body);
	if (single !== undefined) {
		return [single];
	}

	const pem = splitPem(Buffer.from(body).toString('latin1')).map(text => Buffer.from(text.replaceAll(/-----[^-]+-----/g, ''), 'base64'));
	const ders = pem.length > 0 ? pem : (tryDecode(() => certificatesOfCms(body)) ?? []);
	return ders.slice(0, mostCertificates).flatMap(der => readCertificate(der) ?? []);
}

function certificatesOfCms(body: Uint8Array): readonly Uint8Array[] {
	const [type, content] = derChildren(readDer(body, derTag.sequence));
	if (oidOf(type) !== '1.2.840.113549.1.7.2') {
		return [];
	}

	const signedData = derChildren(ofTag(derChildren(ofTag(content, explicitTag(0)))[0], derTag.sequence));
	const bag = signedData.find(({tag}) => tag === explicitTag(0));
	return bag === undefined ? [] : derChildren(bag).map(({whole}) => whole);
}
