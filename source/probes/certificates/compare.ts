import type {PartChange} from '../report-part.js';
import {titleOf} from './demand.js';
import type {IdentityReport} from './identity-report.js';

/** What differs between the certificates of two runs: of the same kind, and for the same name. */
export function compareIdentities(before: readonly IdentityReport[], after: readonly IdentityReport[]): readonly PartChange[] {
	const [old, now] = [byKind(before), byKind(after)];
	return [...new Set([...old.keys(), ...now.keys()])].flatMap(kind => compareKind(kind, old.get(kind) ?? [], now.get(kind) ?? [], after));
}

function byKind(part: readonly IdentityReport[]): ReadonlyMap<string, readonly IdentityReport[]> {
	const found = new Map<string, IdentityReport[]>();
	for (const identity of part.filter(({leaf}) => leaf !== undefined)) {
		const isNamed = identity.seen.some(({serverName}) => serverName !== null);
		const kind = `the ${titleOf(identity)}${isNamed ? '' : ' without a server name'}`;
		found.set(kind, [...(found.get(kind) ?? []), identity]);
	}

	return found;
}

function compareKind(
	kind: string,
	before: readonly IdentityReport[],
	after: readonly IdentityReport[],
	all: readonly IdentityReport[],
): readonly PartChange[] {
	const places = Array.from({length: Math.max(before.length, after.length)}, (_, index) => index);
	return places.flatMap((index): readonly PartChange[] => {
		const [old, now] = [before[index], after[index]];
		if (old === undefined) {
			return [{effect: 'changed', message: `${kind} is shown now`}];
		}

		if (now === undefined) {
			// What is not settled is not gone.
			return all.some(({undecided}) => undecided !== undefined) ? [] : [{effect: 'changed', message: `${kind} is not shown now`}];
		}

		return compareOne(kind, old, now);
	});
}

function compareOne(kind: string, before: IdentityReport, after: IdentityReport): readonly PartChange[] {
	const changes: PartChange[] = [];
	const [old, now] = [before.leaf!, after.leaf!];
	if (old.sha256 !== now.sha256) {
		const isShorter = old.validTo !== undefined && now.validTo !== undefined && Date.parse(now.validTo) < Date.parse(old.validTo);
		const until = now.validTo === undefined ? '' : `, valid until ${now.validTo.slice(0, 10)}`;
		changes.push({
			effect: isShorter ? 'worse' : 'changed',
			message: `${kind} is another one${until}${isShorter ? ', which is earlier' : ''}`,
		});
		if (old.issuer !== now.issuer) {
			changes.push({effect: 'changed', message: `${kind} is issued by ${now.issuer}, before by ${old.issuer}`});
		}
	}

	if (chainOf(before) !== chainOf(after)) {
		changes.push({effect: 'changed', message: `the chain of ${kind} is another one`});
	}

	const [was, is] = [before.trust?.status, after.trust?.status];
	if (was !== is && is !== 'undecided' && was !== 'undecided') {
		changes.push({
			effect: is === 'trusted' ? 'better' : 'worse',
			message: `${kind} is ${is === 'trusted' ? 'trusted now' : 'not trusted now'}`,
		});
	}

	// Signatures of timestamps are compared only if both runs have checked them.
	const isChecked = before.sctSignatures !== undefined && after.sctSignatures !== undefined;
	const problemsIn = ({problems}: IdentityReport): IdentityReport['problems'] =>
		problems.filter(({id}) => isChecked || id !== 'sct-invalid');
	const [had, has] = [problemsIn(before), problemsIn(after)];
	const came = has.filter(({id}) => !had.some(problem => problem.id === id));
	const went = had.filter(({id}) => !has.some(problem => problem.id === id));
	return [
		...changes,
		...came.map(({message, severity}): PartChange => ({effect: severity === 'note' ? 'changed' : 'worse', message: `${kind}: ${message}`})),
		...went.map(({id, severity}): PartChange => ({effect: severity === 'note' ? 'changed' : 'better', message: `${kind}: ${id} is gone`})),
	];
}

const chainOf = ({chain = []}: IdentityReport): string => chain.map(({sha256}) => sha256).join(' ');
