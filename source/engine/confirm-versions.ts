import type {Completion} from '../exchange/completing/completion.js';
import {cipherSuites} from '../iana/cipher-suites.js';
import type {Entry, Registry} from '../iana/define-registry.js';
import {groups} from '../iana/groups.js';
import {type VersionName, versions as versionRegistry} from '../iana/versions.js';
import {requestFor} from '../probes/confirm/request.js';
import {confirm} from '../probes/index.js';
import {describeCertificate} from './describe-certificate.js';
import {describeConfirmed} from './describe-confirmed.js';
import type {CertificateReport, ConfirmedReport, VersionReports} from './report.js';
import {type Endpoint, hold, type ScanOptions} from './scan.js';

export type Confirmation = {
	/** By the versions whose handshake is accepted. */
	readonly versions: {readonly [Name in VersionName]?: ConfirmedReport};
	/** Of the newest version that showed one. */
	readonly certificate: CertificateReport | undefined;
	/** What that is from, in DER. */
	readonly chain: readonly Uint8Array[];
};

/** Complete the handshake of every version that is accepted, and ask the service what it makes of it. */
export async function confirmVersions(
	endpoint: Endpoint,
	reports: VersionReports,
	options: Omit<ScanOptions, 'versions'> & {readonly toolVersion: string},
): Promise<Confirmation> {
	const {host, port, serverName} = endpoint;
	const accepted = (Object.entries(reports) as [VersionName, (typeof reports)[VersionName]][])
		.filter(([, report]) => report!.status === 'accepted')
		.map(([name]) => name);
	const acceptedWith = new Map(
		accepted.map(name => [
			versionRegistry.code(name),
			{cipherSuite: codeIn(cipherSuites, reports[name]!.cipherSuite), group: codeIn(groups, reports[name]!.group)},
		]),
	);
	const request = requestFor({
		host: serverName ?? host,
		port,
		startTls: options.startTls,
		alpn: options.alpn,
		toolVersion: options.toolVersion,
	});
	const {value: findings} = await hold(
		confirm.run({serverName}, {versions: accepted.map(name => versionRegistry.code(name)), accepted: acceptedWith, request}),
		endpoint,
		options,
	);
	const now = new Date();
	const certificateOf = ({chain}: Completion): CertificateReport | undefined => describeCertificate(chain, serverName ?? host, now);
	const found = accepted.map(name => {
		const finding = findings.get(versionRegistry.code(name))!;
		return {name, finding, certificate: certificateOf(finding.completion)};
	});
	const shown = found.findLast(item => item.certificate !== undefined);
	const certificate = shown?.certificate;
	return {
		versions: Object.fromEntries(
			found.map(({name, finding, certificate: own}) => [
				name,
				describeConfirmed(finding, own?.sha256 === certificate?.sha256 ? undefined : own),
			]),
		),
		certificate,
		chain: shown?.finding.completion.chain ?? [],
	};
}

/** The code that a report gives by its name. */
const codeIn = (registry: Registry<Entry>, name: string | undefined): number | undefined =>
	registry.entries.find(entry => entry.name === name)?.code;
