import type {VersionName} from '../iana/versions.js';
import type {Difference, DirectReport, Report, VersionReport} from './report.js';

/** What a proxy changes: a target as it is seen through one, against how it is seen without. */
export function compareDirect(proxied: Report, direct: Report): DirectReport {
	const names = Object.keys(proxied.versions).filter(name => Object.hasOwn(direct.versions, name)) as VersionName[];
	const pairs = names.map(name => [name, proxied.versions[name]!, direct.versions[name]!] as const);
	const changed = pairs
		.filter(([, one, other]) => isConclusive(one) && isConclusive(other) && one.status !== other.status)
		.map(([name]) => name);
	const found: Difference[] = changed.length > 0 ? ['versions'] : [];
	const note = (difference: Difference, isFound: boolean): void => {
		if (isFound && !found.includes(difference)) {
			found.push(difference);
		}
	};

	for (const [, one, other] of pairs.filter(([, one, other]) => one.status === 'accepted' && other.status === 'accepted')) {
		note('cipher-suite', one.cipherSuite !== other.cipherSuite);
		note('group', one.group !== other.group);
		note('server-hello', one.reason !== other.reason || one.downgradeSentinel !== other.downgradeSentinel);
	}

	for (const [, one, other] of pairs.filter(([, one, other]) => one.status === 'rejected' && other.status === 'rejected')) {
		note('refusal', one.reason !== other.reason || one.alert !== other.alert);
	}

	note(
		'certificate',
		proxied.certificate !== undefined && direct.certificate !== undefined && proxied.certificate.sha256 !== direct.certificate.sha256,
	);
	return {
		address: direct.address,
		versions: direct.versions,
		...(direct.certificate === undefined ? {} : {certificate: direct.certificate}),
		changed,
		differences: found,
		...(direct.reason === undefined ? {} : {reason: direct.reason}),
		...(direct.problem === undefined ? {} : {problem: direct.problem}),
	};
}

const isConclusive = ({status}: VersionReport): boolean => status !== 'inconclusive';
