import type {Report, VersionReport} from '../engine/report.js';
import {isOld, type VersionName} from '../iana/versions.js';
import {azureServiceOf} from '../policy/services/find-azure-service.js';
import type {Reason} from '../probes/versions/finding.js';
import {forFailedHandshakes} from './advising/failed-handshake.js';
import {forHangUps, forUsualPort} from './advising/hang-up.js';
import {forRefusal, forUnfinished, isOfOneServer, longer} from './advising/refused-starttls.js';
import {forApplicationProtocol} from './application-protocols.js';
import {forMailDomain} from './mail-domain.js';
import {count} from './numbers.js';
import {isMixed, listed} from './words.js';

/** What to do next, most useful first; nothing where everything is as it should be. */
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
				'exempt the name from the inspection of TLS, or probe it from another network, to learn what the service itself accepts' +
					(proxy === undefined ? '' : '; --compare-direct asks without the proxy too'),
			];

function forTarget({reason, problem}: Report): string[] {
	switch (reason) {
		case 'name-not-found':
			return problem?.startsWith('no IPv')
				? ['leave -4 and -6 out, and the addresses that it has are probed']
				: ['check the spelling of the name, or give its address with --resolve HOST:PORT:ADDRESS'];
		case 'name-lookup-failed':
			return ['check the DNS servers of this machine, or give the address with --resolve HOST:PORT:ADDRESS'];
		case 'blocked-by-dns':
			return [
				'allow the name where it is blocked, ask another name server with --dns, or give the address with --resolve HOST:PORT:ADDRESS',
			];
		default:
			return [];
	}
}

/** What the handshake leaves open, or what was found behind it. */
function forService({host, serverName, starttls, versions, judgements}: Report, accepted: readonly VersionName[]): string[] {
	const old = accepted.filter(isOld);
	const service = azureServiceOf(serverName ?? host);
	const having = (isWanted: (version: VersionReport) => boolean): string[] => old.filter(name => isWanted(versions[name]!));
	const refused = having(({confirmed}) => confirmed?.verdict === 'refused');
	return [
		...(service?.refusesLater && having(({confirmed}) => confirmed === undefined).length > 0
			? [`${service.name} refuses old versions only behind the handshake, which was not looked at: --confirm asks the service itself`]
			: []),
		...(refused.length > 0 && judgements === undefined
			? [
					`the service refuses ${listed(refused)} after the handshake, and this verdict covers only the handshake; ` +
						'to judge the service, add --policy azure',
				]
			: []),
		...(starttls === 'tds' && old.length > 0
			? ['SQL Server and Azure SQL may refuse old versions at the login (error 47072), which is not looked at here']
			: []),
	];
}

/** Proxies that go by names may have other settings for clients without one. */
const forMissingName = ({serverName, starttls}: Report, accepted: readonly VersionName[]): string[] =>
	serverName === null && starttls === undefined && accepted.some(isOld)
		? [
				'no server name was sent, and what holds without one may not hold for a name: ask for a name that is served here with --servername NAME',
			]
		: [];

/** What no stated rule is broken by may stay. */
const isUnwanted = (name: VersionName, {judgements}: Report): boolean =>
	judgements === undefined || judgements.some(({status, versions}) => status !== 'pass' && versions.includes(name));

function forOldVersions(accepted: readonly VersionName[]): string[] {
	const old = accepted.filter(isOld);
	return old.length === 0
		? []
		: [
				`turn ${listed(old)} off where TLS ends: ssl_protocols (nginx), ssl-min-ver (HAProxy), SSLProtocol (Apache), ` +
					'SCHANNEL\\Protocols in the registry (Windows), the minimum TLS version (Azure)',
			];
}

function forCurrentVersions({versions}: Report, accepted: readonly VersionName[]): string[] {
	const isRefused = versions['TLSv1.2']?.status === 'rejected' && !accepted.includes('TLSv1.3');
	return isRefused ? ['turn TLS 1.2 or 1.3 on before the old versions go: clients are losing those'] : [];
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
		: [`its ServerHello says that it speaks ${hidden}, and yet that is not accepted: something on the way may be in between`];
}

/** Which of them it is cannot be told from here. */
function forMixedServers({versions, host, port, serverName}: Report): string[] {
	const mixed = Object.entries(versions).filter(([, version]) => isMixed(version));
	const way = serverName === null ? '' : `, with --resolve ${host}:${port}:ADDRESS`;
	return mixed.length === 0
		? []
		: [
				`several servers answer at this address, and they differ in ${listed(mixed.map(([name]) => name))}: probe each one by its own address${way}`,
			];
}

/** What the verdict needs was asked again, but clients meet the others. */
function forMixedStartTls({versions, host, port, serverName}: Report): string[] {
	const refused = Object.values(versions).find(({startTlsRefusals}) => startTlsRefusals !== undefined);
	const way = serverName === null ? '' : `, with --resolve ${host}:${port}:ADDRESS`;
	return refused === undefined
		? []
		: [
				`several servers may answer at this address, and not all of them begin TLS: probe each one by its own address${way}, and turn STARTTLS on where it is missing`,
			];
}

function forLargeHello({versions}: Report): string[] {
	const large = Object.values(versions).find(({largeHello}) => largeHello !== undefined)?.largeHello;
	return large === undefined
		? []
		: [
				`hellos of ${count(large.bytes)} bytes get no answer, and short ones do: clients with a post-quantum key share (Chrome, Firefox, OpenSSL 3.5, ` +
					'Go 1.24) cannot connect; look for a server or a firewall that reads the first segment alone',
			];
}

function forReason(reason: Reason, version: VersionReport, report: Report, hasAcceptance: boolean): string | undefined {
	const {serverName, port} = report;
	switch (reason) {
		case 'unreachable':
			return version.stage === undefined ? forUnreachable(version.code, port) : forWay(version.stage, version.code, report);
		case 'silent':
			return hasAcceptance
				? 'a firewall may drop these hellos: ask from another network, or with a longer --timeout'
				: (forUsualPort(report) ??
						'the port takes connections and says nothing: check that it speaks TLS from the first byte, or try a longer --timeout');
		case 'not-tls':
			return version.looksLike?.hint ?? forUsualPort(report) ?? 'this port does not speak TLS: check the port';
		case 'malformed':
			return 'see the bytes with --explain';
		case 'alert':
			return version.alert === 'no_application_protocol' ? undefined : forAlert(version, serverName, hasAcceptance);
		case 'closed':
		case 'reset':
			return hasAcceptance
				? 'it hangs up, now and then on what it accepts too: it may limit connections, try --max-connections 1'
				: forHangUps(report);
		case 'unstable':
			return 'several servers may answer behind this address: ask more often with --samples 10, and see --explain';
		case 'unasked':
		case 'unanswered':
			return forCut(version);
		case 'proxy-refused':
			return 'that is the answer of the proxy: check its address, its user and what it allows';
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
			return 'give the run more time with --max-time';
		default:
			return stage === 'starttls'
				? `the server is slow to begin TLS: wait longer with ${longer(durationMs)}`
				: 'give it more time with --deadline';
	}
}

function forWay(stage: NonNullable<VersionReport['stage']>, code = '', report: Report): string {
	if (stage === 'starttls') {
		return forUnfinished(code, report);
	}

	return code.includes('CERT') || code.includes('VERIFY')
		? 'nothing was sent to a proxy whose certificate is not good: an authority of your own goes into NODE_EXTRA_CA_CERTS=FILE'
		: code === 'ERR_SSL_WRONG_VERSION_NUMBER'
			? 'write http:// in --proxy where it is no https:// proxy'
			: 'check the address and the port of the proxy, and that it runs';
}

function forUnreachable(code: string | undefined, port: number): string {
	switch (code) {
		case 'ECONNREFUSED':
			return `nothing takes connections on port ${port}: check the port, and that the service runs`;
		case 'EACCES':
		case 'EPERM':
			return 'this machine forbids the connection: check its firewall, or the sandbox this runs in';
		case 'EMFILE':
			return 'allow more open files (ulimit -n), or fewer connections with --max-connections';
		case 'ENODEV':
			return 'name an interface of this machine behind the %: ip link or ifconfig lists them';
		case 'EADDRNOTAVAIL':
			return 'check --source, and that this machine has an address of that family';
		default:
			return 'check the address, the route and the firewalls on the way';
	}
}

function forAlert({alert}: VersionReport, serverName: string | null, hasAcceptance: boolean): string | undefined {
	if (alert === 'unrecognized_name' && serverName !== null) {
		return `it does not know the name ${serverName}: give the one it is known by with --servername`;
	}

	if (hasAcceptance) {
		return undefined;
	}

	return serverName === null
		? 'it may want a name: try --servername NAME'
		: 'it refuses everything alike: check the name, and whether it has a certificate';
}
