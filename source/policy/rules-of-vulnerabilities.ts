import {wordOf} from '../probes/report-parts.js';
import {vulnerabilities} from '../probes/vulnerabilities/index.js';
import type {Severity, Vulnerability} from '../probes/vulnerabilities/vulnerability.js';
import type {PartRule, RuleSeverity, Source} from './rule.js';

const severities: Readonly<Record<Severity, RuleSeverity>> = {critical: 'error', high: 'error', medium: 'warning', low: 'note'};

/** A rule for each vulnerability. It is met if the vulnerability is absent or not applicable. */
export const vulnerabilityRules: readonly PartRule[] = vulnerabilities.map(
	(vulnerability: Vulnerability): PartRule => ({
		id: `no-${wordOf(vulnerability.name)}`,
		title: `there is no ${vulnerability.title}`,
		source: sourceOf(vulnerability),
		probe: 'vulnerabilities',
		demand: {never: [vulnerability.name]},
		severity: severities[vulnerability.severity.level],
	}),
);

/** Those that can be decided for every server. */
export const decidableRules: readonly PartRule[] = vulnerabilityRules.filter((_, index) => {
	const {isOnlyPrecondition}: Vulnerability = vulnerabilities[index]!;
	return isOnlyPrecondition !== true;
});

function sourceOf({cve: [id], document}: Vulnerability): Source {
	return (
		document ?? (id === undefined ? {name: 'tlsprobe, docs/vulnerabilities.md'} : {name: id, url: `https://nvd.nist.gov/vuln/detail/${id}`})
	);
}
