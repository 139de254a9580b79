import type {VersionName} from '../../source/iana/versions.js';
import type {ExtensionStatus} from '../../source/probes/extensions/extensions-finding.js';
import type {About, EarlierFindings} from '../../source/probes/vulnerabilities/vulnerability.js';

/** The findings about a server that accepts these versions and rejects the others. */
export function aboutAccepting(
	accepted: readonly VersionName[],
	{
		inconclusive = [],
		extensions = {},
		suites = [],
	}: {
		readonly inconclusive?: readonly VersionName[];
		readonly extensions?: Readonly<Record<string, ExtensionStatus>>;
		/** The suites of each accepted version. */
		readonly suites?: readonly number[];
	} = {},
): About {
	const names: readonly VersionName[] = ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
	const statusOf = (name: VersionName): string =>
		accepted.includes(name) ? 'accepted' : inconclusive.includes(name) ? 'inconclusive' : 'rejected';
	const earlier = {
		versions: Object.fromEntries(names.map(name => [name, {status: statusOf(name), shape: 'short'}])),
		'cipher-suites': Object.fromEntries(accepted.map(name => [name, {accepted: suites, undecided: []}])),
		groups: {},
		extensions: Object.fromEntries(
			['heartbeat', 'compression', 'secureRenegotiation', 'sessionTicket'].map(name => [
				name,
				{status: extensions[name] ?? 'absent', versions: accepted.slice(-1)},
			]),
		),
	};
	return {
		target: {host: 'example.com', port: 443, serverName: 'example.com', startTls: undefined, alpn: undefined, toolVersion: '0'},
		earlier: earlier as unknown as EarlierFindings,
		attempts: [],
	};
}
