import {type CertificatesDemand, identitiesToJudge, isSized, judgeDemand} from './demand.js';
import type {IdentityReport} from './identity-report.js';

/** Time enough for a renewal that a person makes. */
const usualDaysLeft = 21;
const longestIssuer = 200;

/**
What every certificate of the target meets now and still meets once it is renewed: nothing is demanded of its name, its curve or its dates.
What does not hold now is left out, and nothing is demanded where something is undecided.
*/
export function demandFrom(part: readonly IdentityReport[]): CertificatesDemand | undefined {
	const identities = identitiesToJudge(part);
	const sizes = identities.flatMap(({leaf}) => (isSized(leaf!.key?.type) && leaf!.key?.bits !== undefined ? [leaf!.key.bits] : []));
	const issuers = new Set(identities.map(({leaf}) => issuerOf(leaf!.issuer)));
	const [issuer] = issuers;
	const candidates: readonly CertificatesDemand[] = [
		{daysLeft: Math.min(usualDaysLeft, ...identities.map(lateAt))},
		...(issuers.size === 1 && issuer !== '' && issuer!.length <= longestIssuer ? [{issuer: issuer!}] : []),
		...(sizes.length === 0 ? [] : [{keyBits: Math.min(...sizes)}]),
		// Those stores are where a check is run; a file of authorities is not.
		...(['mozilla', 'system'] as const).map(trusted => ({trusted})),
		{fits: true},
	];
	const met = candidates.filter(demand => judgeDemand(part, demand).status === 'pass');
	// The first store that trusts it is enough.
	const demand = Object.assign({}, ...met.toReversed()) as CertificatesDemand;
	return met.length === 0 ? undefined : inOrder(demand);
}

/** A sixth of the lifetime, where that is less: programs that renew by themselves do so when a third is left. */
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
