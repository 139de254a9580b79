import {type CertificatesDemand, identitiesOfTarget, isSized, judgeDemand} from './demand.js';
import type {IdentityReport} from './identity-report.js';

/** Enough time for a manual renewal. */
const usualDaysLeft = 21;
const longestIssuer = 200;

/**
Demands that every certificate of the target meets now, and will meet after a renewal: none about its name, its curve or its lifetime. What does
not hold now is left out, and nothing is demanded if something is undecided.
*/
export function demandFrom(part: readonly IdentityReport[]): CertificatesDemand | undefined {
	const identities = identitiesOfTarget(part);
	const sizes = identities.flatMap(({leaf}) => (isSized(leaf!.key?.type) && leaf!.key?.bits !== undefined ? [leaf!.key.bits] : []));
	const issuers = new Set(identities.map(({leaf}) => issuerOf(leaf!.issuer)));
	const [issuer] = issuers;
	const candidates: readonly CertificatesDemand[] = [
		{daysLeft: Math.min(usualDaysLeft, ...identities.map(lateAt))},
		...(issuers.size === 1 && issuer !== '' && issuer!.length <= longestIssuer ? [{issuer: issuer!}] : []),
		...(sizes.length === 0 ? [] : [{keyBits: Math.min(...sizes)}]),
		// These stores exist wherever a check runs; a file of authorities may not.
		...(['mozilla', 'system'] as const).map(trusted => ({trusted})),
		{fits: true},
	];
	const met = candidates.filter(demand => judgeDemand(part, demand).status === 'pass');
	// The first store that trusts it is enough.
	const demand = Object.assign({}, ...met.toReversed()) as CertificatesDemand;
	return met.length === 0 ? undefined : inOrder(demand);
}

/** A sixth of the lifetime: programs that renew automatically do so when a third is left. */
function lateAt({leaf}: IdentityReport): number {
	const {validFrom = '', validTo = ''} = leaf!;
	const days = (Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000;
	return Number.isNaN(days) || days < 0 ? usualDaysLeft : Math.floor(days / 6);
}

/** The organization: intermediate authorities change with every renewal. */
const issuerOf = (issuer: string): string => /(?:^|, |\n)(O=[^,\n]+)(?:, |\n|$)/.exec(issuer)?.[1] ?? issuer;

const order = ['daysLeft', 'issuer', 'keyBits', 'trusted', 'fits'] as const satisfies readonly (keyof CertificatesDemand)[];

const inOrder = (demand: CertificatesDemand): CertificatesDemand =>
	Object.fromEntries(order.filter(word => demand[word] !== undefined).map(word => [word, demand[word]]));
