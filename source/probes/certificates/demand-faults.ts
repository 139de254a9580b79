import {broken, type Fault, open} from '../demand-fields.js';
import type {IdentityReport} from './identity-report.js';

export function faultsOfTrust(trust: IdentityReport['trust'], wanted: boolean | string | undefined): readonly Fault[] {
	if (wanted === undefined || trust === undefined) {
		return [];
	}

	const {stores} = trust;
	const asked = typeof wanted === 'string' ? stores.filter(({store}) => store === wanted) : stores;
	const isTrusted = asked.some(({status}) => status === 'trusted');
	if (isTrusted === (wanted !== false)) {
		return [];
	}

	const isOpen = !isTrusted && (asked.length === 0 || asked.some(({status}) => status === 'undecided'));
	const reason = asked.find(item => item.reason !== undefined)?.reason ?? 'that store was not read';
	const message = isTrusted ? 'it is trusted' : `not trusted${typeof wanted === 'string' ? ` by ${wanted}` : ''} (${reason})`;
	return [{isOpen, message}];
}

/** The certificate is what is wanted, and if that is `good`, so are its issuers. A problem that is no error leaves another path. */
export function faultsOfRevocation({revocation, problems}: IdentityReport, wanted: 'good' | 'revoked' | undefined): readonly Fault[] {
	if (wanted === undefined) {
		return [];
	}

	if (revocation === undefined) {
		return [open('revocation was not checked: online checks were not asked for')];
	}

	const {status, because, issuers = []} = revocation;
	const isOpen = status === 'inconclusive' || status === 'unknown';
	const message = `revocation: ${status}${because === undefined ? '' : ` (${because})`}`;
	const ofLeaf = status === wanted ? [] : [{isOpen, message}];
	const revoked = problems.filter(({id, severity}) => id === 'issuer-revoked' && severity === 'error');
	const unsettled = issuers.filter(issuer => issuer.status === 'inconclusive' || issuer.status === 'unknown');
	return wanted === 'revoked'
		? ofLeaf
		: [
				...ofLeaf,
				...revoked.map(problem => broken(problem.message)),
				...unsettled.map(({subject, status: found}) => open(`revocation of the issuer ${subject}: ${found}`)),
			];
}

/** If signatures were checked, only timestamps with a valid one count. */
export function faultsOfScts({scts = 0, sctSignatures}: IdentityReport, least: number | undefined): readonly Fault[] {
	const countOf = (...signatures: readonly string[]): number =>
		(sctSignatures ?? []).filter(({signature}) => signatures.includes(signature)).length;
	const count = sctSignatures === undefined ? scts : countOf('valid');
	if (least === undefined || count >= least) {
		return [];
	}

	const valid = sctSignatures === undefined ? '' : ' with a valid signature';
	const isOpen = count + countOf('unknown-log', 'undecided') >= least;
	return [{isOpen, message: `${count} signed certificate timestamps${valid}, but at least ${least} are required`}];
}
