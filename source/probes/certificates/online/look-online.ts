import {listed} from '../../../bytes/listed.js';
import {readCertificate} from '../../../certificates/certificate.js';
import {checkOcspResponse} from '../../../certificates/ocsp-response.js';
import type {Conversation, FetchAsk} from '../../probe.js';
import type {AssessOptions} from '../assess-identity.js';
import type {AiaReport, CertificateProblem, IdentityReport, RevocationReport} from '../identity-report.js';
import type {ShownIdentity} from '../shown-identity.js';
import {storeWords} from '../store-words.js';
import {checkChain} from './check-chain.js';
import {type ChainAndStores, completeChain, pathsOf} from './complete-chain.js';

/** Contact the hosts that a certificate names: fetch a missing issuer, and check whether the certificate is revoked. */
export function* lookOnline(
	shown: ShownIdentity,
	report: IdentityReport,
	{stores, now: date}: AssessOptions,
): Conversation<IdentityReport, FetchAsk> {
	const [leaf, ...sent] = shown.chain.map(readCertificate);
	if (leaf === undefined) {
		return report;
	}

	const now = date.getTime();
	const chain: ChainAndStores = {leaf, sent: sent.flatMap(certificate => certificate ?? []), stores, now};
	const isIncomplete = report.problems.some(({id}) => id === 'missing-intermediate');
	const completed = isIncomplete ? yield* completeChain(chain) : undefined;
	const paths = pathsOf(chain, completed?.fetched);
	const {path = [leaf]} = paths.find(({status}) => status === 'trusted') ?? paths.find(item => item.path.length > 1) ?? {};
	const staples = shown.ocspResponses.flatMap(bytes => bytes ?? []).map(bytes => checkOcspResponse(bytes, leaf, path[1], now));
	const revocation = yield* checkChain({leaf, path, staple: staples.at(-1), now});
	const aia = completed?.report;
	const revoked = new Set(revocation.issuers?.filter(({status}) => status === 'revoked').map(({sha256}) => sha256));
	const isKept = ({sha256}: {readonly sha256: string}): boolean => !revoked.has(sha256);
	const others = revoked.size === 0 ? [] : pathsOf({...chain, sent: chain.sent.filter(isKept)}, completed?.fetched.filter(isKept));
	return {
		...report,
		...(aia === undefined ? {} : {aia}),
		revocation,
		problems: [
			...report.problems.map(problem => (problem.id === 'missing-intermediate' && aia !== undefined ? withAia(problem, aia) : problem)),
			...problemsOf(revocation),
			...problemsOfIssuers(
				revocation,
				others.some(({status, path: other}) => status === 'trusted' && other.every(isKept)),
			),
		],
	};
}

function withAia(problem: CertificateProblem, aia: AiaReport): CertificateProblem {
	const {status, stores = [], because} = aia;
	const names = listed(stores.map(store => storeWords[store]));
	const words = {
		complete: `With what its AIA URL has, it is trusted by ${names}; many clients do not fetch that.`,
		incomplete: `AIA URLs do not complete it: ${because}.`,
		inconclusive: `Its AIA URL was not read: ${because}.`,
	}[status];
	return {...problem, message: `${problem.message} ${words}`};
}

const sourceWords = {ocsp: 'the OCSP responder', crl: 'the list of revoked certificates', staple: 'the stapled OCSP response'} as const;

function problemsOf({status, source, revokedAt}: RevocationReport): readonly CertificateProblem[] {
	const where = source === undefined ? '' : sourceWords[source];
	const since = revokedAt === undefined ? '' : ` since ${revokedAt.slice(0, 10)}`;
	switch (status) {
		case 'revoked':
			return source === 'staple'
				? []
				: [{id: 'revoked', severity: 'error', message: `The certificate is revoked${since}, according to ${where}.`}];
		case 'unknown':
			return source === 'staple'
				? []
				: [{id: 'revocation-unknown', severity: 'warning', message: `${upper(where)} does not know the certificate.`}];
		case 'good':
		case 'inconclusive':
			return [];
		default:
			return status satisfies never;
	}
}

/** @param isTrustedOtherwise - Whether a path without the revoked ones is trusted: clients may take that one. */
function problemsOfIssuers({issuers = []}: RevocationReport, isTrustedOtherwise: boolean): readonly CertificateProblem[] {
	return issuers.flatMap(({status, source, revokedAt, subject}): readonly CertificateProblem[] => {
		if (status === 'unknown') {
			return [
				{
					id: 'issuer-revocation-unknown',
					severity: 'warning',
					message: `${upper(sourceWords[source!])} does not know the issuer ${subject}.`,
				},
			];
		}

		if (status !== 'revoked') {
			return [];
		}

		const since = revokedAt === undefined ? '' : ` since ${revokedAt.slice(0, 10)}`;
		const message = `The issuer ${subject} is revoked${since}, according to ${sourceWords[source!]}.`;
		return isTrustedOtherwise
			? [{id: 'issuer-revoked', severity: 'warning', message: `${message} Another path is trusted.`}]
			: [{id: 'issuer-revoked', severity: 'error', message}];
	});
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
