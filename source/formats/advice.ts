import {listed} from '../bytes/listed.js';
import type {Report, VersionReport} from '../engine/report.js';
import {isOld, type VersionName} from '../iana/versions.js';
import {azureServiceOf} from '../policy/services/find-azure-service.js';
import type {Reason} from '../probes/versions/finding.js';
import {forClosedConnections, forUsualPort} from './advising/closed-connections.js';
import {forFailedHandshakes} from './advising/failed-handshake.js';
import {forRefusal, forUnfinished, isOfOneServer, longer} from './advising/refused-starttls.js';
import {forApplicationProtocol} from './application-protocols.js';
import {forMailDomain} from './mail-domain.js';
import {count} from './numbers.js';
import {isMixed} from './words.js';

/** What to do next, most useful first; empty if everything is as expected. */
export function nextSteps(report: Report): string[] {
	const versions = Object.entries(report.versions) as [VersionName, VersionReport][];
	const accepted = versions.filter(([, {status}]) => status === 'accepted').map(([name]) => name);
	const hidden = forHiddenVersion(report, accepted);
	const inspected = forInspection(report);
	const everywhere = [...forMixedServers(report), ...forMixedStartTls(report), ...forLargeHello(report)];
	if (report.verdict === 'pass') {
		return [...inspected, ...hidden, ...everywhere];
	}

	const open = versions.filter(([, {status}]) => status === 'inconclusive').map(([, version]) => version);
	const steps = [
		...inspected,
		...forTarget(report),
		...forService(report, accepted),
		...forFailedHandshakes(report),
		...forOldVersions(accepted.filter(name => isUnwanted(name, report) && report.versions[name]?.confirmed?.verdict !== 'refused')),
		...forMissingName(report, accepted),
		...forCurrentVersions(report, accepted),
		...hidden,
		...everywhere,
		...forApplicationProtocol(report),
		...forMailDomain(report),
		...open.flatMap(version => forReason(version.reason, version, report, accepted.length > 0) ?? []),
	];
	return [...new Set(steps)];
}

/** What the service itself accepts is not known then. */
const forInspection = ({inspection, proxy}: Report): string[] =>
	inspection === undefined
		? []
		: [
				'exempt the name from TLS inspection, or probe it from another network, to find out what the service itself accepts' +
					(proxy === undefined ? '' : '; --compare-direct also probes it without the proxy'),
			];

function forTarget({reason, problem}: Report): string[] {
	switch (reason) {
		case 'name-not-found':
			return problem?.startsWith('no IPv')
				? ['run again without -4 or -6 to probe the addresses that the name has']
				: ['check the spelling of the name, or set its address with --resolve HOST:PORT:ADDRESS'];
		case 'name-lookup-failed':
			return ['check the DNS servers of this machine, or set the address with --resolve HOST:PORT:ADDRESS'];
		case 'blocked-by-dns':
			return ['unblock the name in DNS, use another name server with --dns, or set the address with --resolve HOST:PORT:ADDRESS'];
		default:
			return [];
	}
}

/** What the handshake does not decide, or what was found after it. */
function forService({host, serverName, starttls, versions, judgements}: Report, accepted: readonly VersionName[]): string[] {
	const old = accepted.filter(isOld);
	const service = azureServiceOf(serverName ?? host);
	const having = (isWanted: (version: VersionReport) => boolean): string[] => old.filter(name => isWanted(versions[name]!));
	const refused = having(({confirmed}) => confirmed?.verdict === 'refused');
	return [
		...(service?.refusesLater && having(({confirmed}) => confirmed === undefined).length > 0
			? [`${service.name} refuses old versions only after the handshake, which was not tested: use --confirm to ask the service itself`]
			: []),
		...(refused.length > 0 && judgements === undefined
			? [
					`the service refuses ${listed(refused)} after the handshake, and this verdict covers only the handshake; ` +
						'to judge the service, add --policy azure',
				]
			: []),
		...(starttls === 'tds' && old.length > 0
			? ['SQL Server and Azure SQL may refuse old versions at login (error 47072), which is not tested']
			: []),
	];
}

/** Proxies that choose settings by server name may have others for clients without one. */
const forMissingName = ({serverName, starttls}: Report, accepted: readonly VersionName[]): string[] =>
	serverName === null && starttls === undefined && accepted.some(isOld)
		? ['no server name was sent, and the result may differ for a name: use --servername with a name that this server serves']
		: [];

/** A version that breaks no stated rule can stay enabled. */
const isUnwanted = (name: VersionName, {judgements}: Report): boolean =>
	judgements === undefined || judgements.some(({status, versions}) => status !== 'pass' && versions.includes(name));

function forOldVersions(accepted: readonly VersionName[]): string[] {
	const old = accepted.filter(isOld);
	return old.length === 0
		? []
		: [
				`disable ${listed(old)} where TLS is terminated: ssl_protocols (nginx), ssl-min-ver (HAProxy), SSLProtocol (Apache), ` +
					'SCHANNEL\\Protocols in the registry (Windows), the minimum TLS version (Azure)',
			];
}

function forCurrentVersions({versions}: Report, accepted: readonly VersionName[]): string[] {
	const isRefused = versions['TLSv1.2']?.status === 'rejected' && !accepted.includes('TLSv1.3');
	return isRefused ? ['enable TLS 1.2 or 1.3: clients are removing the older versions'] : [];
}

/** The sentinel of an old version says TLS 1.2 or newer, that of TLS 1.2 says TLS 1.3. RFC 9846 §4.2.3. */
function forHiddenVersion({versions}: Report, accepted: readonly VersionName[]): string[] {
	const sentinels = Object.values(versions).flatMap(({downgradeSentinel}) => downgradeSentinel ?? []);
	// What is merely open may be spoken: only a refusal contradicts. A newer version than the sentinel names would explain it as well.
	const isOpen = (name: VersionName): boolean => versions[name]?.status === 'inconclusive';
	const hidden = sentinels.find(
		name => versions[name as VersionName]?.status === 'rejected' && !accepted.includes('TLSv1.3') && !isOpen('TLSv1.3'),
	);
	return hidden === undefined
		? []
		: [
				`its ServerHello indicates that it supports ${hidden}, but ${hidden} is rejected: a device on the path may have changed the connection`,
			];
}

/** tlsprobe cannot know which server answered. */
function forMixedServers({versions, host, port, serverName}: Report): string[] {
	const mixed = Object.entries(versions).filter(([, version]) => isMixed(version));
	const way = serverName === null ? '' : `, with --resolve ${host}:${port}:ADDRESS`;
	return mixed.length === 0
		? []
		: [
				`several servers answer at this address, and they differ in ${listed(mixed.map(([name]) => name))}: probe each one at its own address${way}`,
			];
}

/** The versions were asked again as needed for the verdict, but clients still reach the servers without STARTTLS. */
function forMixedStartTls({versions, host, port, serverName}: Report): string[] {
	const refused = Object.values(versions).find(({startTlsRefusals}) => startTlsRefusals !== undefined);
	const way = serverName === null ? '' : `, with --resolve ${host}:${port}:ADDRESS`;
	return refused === undefined
		? []
		: [
				`several servers may answer at this address, and not all of them offer STARTTLS: probe each one at its own address${way}, and enable STARTTLS where it is missing`,
			];
}

function forLargeHello({versions}: Report): string[] {
	const large = Object.values(versions).find(({largeHello}) => largeHello !== undefined)?.largeHello;
	return large === undefined
		? []
		: [
				`hellos of ${count(large.bytes)} bytes get no answer, but short ones do: clients with a post-quantum key share (Chrome, Firefox, OpenSSL 3.5, ` +
					'Go 1.24) cannot connect; look for a server or firewall that reads only the first TCP segment',
			];
}

function forReason(reason: Reason, version: VersionReport, report: Report, hasAcceptance: boolean): string | undefined {
	const {serverName, port} = report;
	switch (reason) {
		case 'unreachable':
			return version.stage === undefined ? forUnreachable(version.code, port) : forWay(version.stage, version.code, report);
		case 'silent':
			return hasAcceptance
				? 'a firewall may drop these hellos: probe from another network, or use a longer --timeout'
				: (forUsualPort(report) ??
						'the port accepts connections but does not answer: check that it starts with TLS, or try a longer --timeout');
		case 'not-tls':
			return version.looksLike?.hint ?? forUsualPort(report) ?? 'this port does not speak TLS: check the port';
		case 'malformed':
			return 'use --explain to see the bytes';
		case 'alert':
			return version.alert === 'no_application_protocol' ? undefined : forAlert(version, serverName, hasAcceptance);
		case 'closed':
		case 'reset':
			return hasAcceptance
				? 'the server closes connections, sometimes also for versions that it accepts: it may limit connections, try --max-connections 1'
				: forClosedConnections(report);
		case 'unstable':
			return 'several servers may answer at this address: send more requests with --samples 10, and see --explain';
		case 'unasked':
		case 'unanswered':
			return forCut(version);
		case 'proxy-refused':
			return 'this is the answer of the proxy: check its address, its user and its rules';
		case 'starttls-refused':
			return version.startTlsRefusals === undefined || !isOfOneServer(version.refusal) ? forRefusal(version, report) : undefined;
		default:
			return undefined;
	}
}

function forCut({because, stage, durationMs}: VersionReport): string | undefined {
	switch (because) {
		case 'cancelled':
			return undefined;
		case 'max-time':
			return 'set a longer --max-time';
		default:
			return stage === 'starttls' ? `the server is slow to start TLS: wait longer with ${longer(durationMs)}` : 'set a longer --deadline';
	}
}

function forWay(stage: NonNullable<VersionReport['stage']>, code = '', report: Report): string {
	if (stage === 'starttls') {
		return forUnfinished(code, report);
	}

	return code.includes('CERT') || code.includes('VERIFY')
		? 'nothing was sent, because the certificate of the proxy is not valid: set NODE_EXTRA_CA_CERTS=FILE to trust a private CA'
		: code === 'ERR_SSL_WRONG_VERSION_NUMBER'
			? 'write http:// in --proxy if the proxy does not use https://'
			: 'check the address and port of the proxy, and that it is running';
}

function forUnreachable(code: string | undefined, port: number): string {
	switch (code) {
		case 'ECONNREFUSED':
			return `nothing listens on port ${port}: check the port, and that the service is running`;
		case 'EACCES':
		case 'EPERM':
			return 'this machine blocks the connection: check its firewall, or the sandbox that tlsprobe runs in';
		case 'EMFILE':
			return 'raise the limit of open files (ulimit -n), or use fewer connections with --max-connections';
		case 'ENODEV':
			return 'write a network interface of this machine after the %: its name, as ip link or ifconfig shows it, or on Windows its number, as ipconfig shows it';
		case 'EADDRNOTAVAIL':
			return 'check --source, and that this machine has an address of that family (IPv4 or IPv6)';
		default:
			return 'check the address, the route and the firewalls on the path';
	}
}

function forAlert({alert}: VersionReport, serverName: string | null, hasAcceptance: boolean): string | undefined {
	if (alert === 'unrecognized_name' && serverName !== null) {
		return `the server does not know the name ${serverName}: set one that it serves with --servername`;
	}

	if (hasAcceptance) {
		return undefined;
	}

	return serverName === null
		? 'the server may require a server name: try --servername NAME'
		: 'the server rejects every version in the same way: check the name, and that the server has a certificate';
}
