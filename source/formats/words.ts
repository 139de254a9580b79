import {listed} from '../bytes/listed.js';
import type {Difference, Report, VersionReport} from '../engine/report.js';
import {cutInWords} from '../exchange/outcome-in-brief.js';
import {alerts} from '../iana/alerts.js';
import {isOld, type VersionName} from '../iana/versions.js';
import {confirmedInWords} from './confirmed-words.js';
import {count} from './numbers.js';

/** Why a version has its status, and how the service answered after the handshake if that was asked, in words for a person. */
export const reasonInWords = (version: VersionReport): string =>
	[
		answerInWords(version),
		...samplesInWords(version),
		...refusalsInWords(version),
		...largeHelloInWords(version),
		...behindInWords(version),
	].join('; ');

const behindInWords = ({confirmed}: VersionReport): string[] => (confirmed === undefined ? [] : [confirmedInWords(confirmed)]);

/** Where one connection was answered otherwise than another. */
export function samplesInWords({samples}: VersionReport): string[] {
	if (!isMixed({samples})) {
		return [];
	}

	const {accepted, rejected, inconclusive = 0} = samples!;
	return [`accepted by ${accepted} of ${accepted + rejected + inconclusive} connections: several servers answer here`];
}

/** How often STARTTLS was refused, where other connections went through. */
export const refusalsInWords = ({startTlsRefusals, attempts}: VersionReport): string[] =>
	startTlsRefusals === undefined
		? []
		: startTlsRefusals === attempts
			? [`STARTTLS refused on all ${count(attempts)} connections for this version, but not on others`]
			: [`STARTTLS refused on ${count(startTlsRefusals)} of ${count(attempts)} connections`];

/** Whether some connections were accepted and some refused. */
export const isMixed = ({samples}: Pick<VersionReport, 'samples'>): boolean =>
	samples !== undefined && samples.accepted > 0 && samples.rejected > 0;

export const largeHelloInWords = ({largeHello}: VersionReport): string[] =>
	largeHello === undefined ? [] : [`a hello of ${count(largeHello.bytes)} bytes ${withoutAnswer[largeHello.outcome]}`];

const withoutAnswer = {silent: 'gets no answer', closed: 'gets a closed connection', reset: 'gets a reset connection'} as const;

/** What the answer that decided said. */
export function answerInWords(version: VersionReport): string {
	switch (version.reason) {
		case 'server-hello':
			return `${joined(version.cipherSuite, version.group) ?? 'ServerHello'}${alpnOf(version)}${version.shape === 'listed' ? ', only if offered in supported_versions' : ''}`;
		case 'hello-retry-request':
			return `HelloRetryRequest: ${joined(version.cipherSuite, version.group)}`;
		case 'other-version':
			return `ServerHello selects ${version.selectedVersion}${version.anomalies?.includes('supported-versions-missing') ? ', without supported_versions' : ''}`;
		case 'alert':
			return `${version.alertLevel === 'warning' ? 'warning ' : ''}alert ${alertInWords(version.alert!)}`;
		case 'closed':
			return 'connection closed without an answer';
		case 'reset':
			return 'connection reset';
		case 'silent':
			return 'no answer';
		case 'not-tls':
			return notTls(version.looksLike?.protocol);
		case 'malformed':
			return `malformed answer: ${version.problem}`;
		case 'unreachable':
			return unreachableInWords(version.code, version.stage);
		case 'proxy-refused':
			return `the proxy refused: ${version.words}`;
		case 'starttls-refused':
			return `STARTTLS refused: ${version.words}`;
		case 'unstable':
			return 'different answers to the same hello';
		case 'unasked':
			return version.because === 'cancelled' ? 'not asked: interrupted' : 'not asked: out of time';
		case 'unanswered':
			return cutInWords({because: version.because ?? 'deadline', stage: version.stage === 'dns' ? undefined : version.stage});
		default:
			return version.reason satisfies never;
	}
}

const alpnOf = ({applicationProtocol}: VersionReport): string => (applicationProtocol === undefined ? '' : `, ALPN ${applicationProtocol}`);

const joined = (cipherSuite: string | undefined, group: string | undefined): string | undefined =>
	group === undefined ? cipherSuite : `${cipherSuite}, ${group}`;

function alertInWords(name: string): string {
	const known = alerts.entries.find(alert => alert.name === name);
	return known === undefined ? name : `${known.code} ${name}`;
}

function notTls(protocol: string | undefined): string {
	switch (protocol) {
		case undefined:
		case 'binary':
			return 'not TLS: unknown bytes';
		case 'text':
			return 'not TLS: some text';
		case 'echo':
			return 'not TLS: the port echoes what it receives';
		default:
			return `not TLS: looks like ${protocol.toUpperCase()}`;
	}
}

const unreachableWords: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'connection refused',
	EOUTOFREACH: 'outside the addresses that the worker may connect to',
	ETIMEDOUT: 'no connection within the timeout',
	ENETUNREACH: 'no route to this network',
	EHOSTUNREACH: 'no route to this host',
	ENODEV: 'no such network interface',
	EADDRNOTAVAIL: 'no local address to connect from',
	EACCES: 'connecting is not permitted here',
	EPERM: 'connecting is not permitted here',
	EMFILE: 'too many open files on this machine',
};

export function unreachableInWords(code: string | undefined, stage?: VersionReport['stage']): string {
	switch (stage) {
		case 'proxy':
			return `no connection through the proxy: ${onTheWayInWords(code)}`;
		case 'starttls':
			return `no STARTTLS: ${onTheWayInWords(code)}`;
		default:
			return code === undefined ? 'no connection' : (unreachableWords[code] ?? `no connection (${code})`);
	}
}

const onTheWayWords: Readonly<Record<string, string>> = {
	EOF: 'the connection was closed without an answer',
	ECONNRESET: 'the connection was reset',
	ETIMEDOUT: 'no answer within the timeout',
	UNFINISHED: 'its answer did not end within the timeout',
	ENOTFOUND: 'its name was not found',
	ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS',
	CERT_HAS_EXPIRED: 'its certificate has expired',
	ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted here',
	SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted here',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted here',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted here',
};

const onTheWayInWords = (code: string | undefined): string =>
	code === undefined ? 'no answer' : (onTheWayWords[code] ?? unreachableWords[code] ?? code);

const differenceWords: Readonly<Record<Difference, string>> = {
	versions: 'versions',
	'cipher-suite': 'the cipher suite',
	group: 'the group',
	'server-hello': 'the ServerHello',
	refusal: 'how versions are rejected',
	certificate: 'the certificate',
};

/** What was seen by other ways of asking the same server, in lines for a person; none where that was not asked for. */
export const comparisonsInWords = (report: Report): string[] => [
	...inspectionInWords(report),
	...withoutNameInWords(report),
	...directInWords(report),
];

/** Who answered instead of a public service. */
export function inspectionInWords({host, serverName, inspection}: Report): string[] {
	if (inspection === undefined) {
		return [];
	}

	const {product, confidence, issuer} = inspection;
	const name = serverName ?? host;
	const by = issuer === '' ? 'a CA without a name' : issuer;
	return product === null
		? [
				`The service itself did not answer for ${name}. The answer comes from something on the path, such as a TLS inspection product: its certificate does not lead to a public root, and is issued by ${by}.`,
			]
		: [
				`The service itself did not answer for ${name}. The answer ${confidence === 'high' ? 'comes' : 'probably comes'} from ${product}, which inspects TLS: the certificate is issued by ${by}.`,
			];
}

/** The same in few words, for a line of a list. */
export const inspectionInShort = ({inspection}: Report): string | undefined =>
	inspection === undefined ? undefined : `answered by ${inspection.product ?? 'an unknown CA'}, not by the service`;

/** What is seen without a server name. */
export function withoutNameInWords({versions, withoutServerName: second}: Report): string[] {
	if (second === undefined) {
		return [];
	}

	const changes = second.changed.map(name => `${name} ${second.versions[name]!.status} (${versions[name]!.status} with it)`);
	return [`Without a server name: ${changes.length === 0 ? 'the same' : listed(changes)}.`];
}

/** What is seen without the proxy. */
export function directInWords({versions, certificate, direct}: Report): string[] {
	if (direct === undefined) {
		return [];
	}

	if (direct.reason !== undefined) {
		return [`Without the proxy: nothing to compare with, ${targetReasonInWords(direct)}.`];
	}

	const isOpen = Object.values(direct.versions).every(({status}) => status === 'inconclusive');
	if (direct.differences.length === 0) {
		return [isOpen ? 'Without the proxy: no answer to compare with.' : 'Without the proxy: the same.'];
	}

	const changes = direct.changed.map(name => `${name} ${direct.versions[name]!.status} (${versions[name]!.status} through it)`);
	const others = direct.differences.filter(item => item !== 'versions').map(item => differenceWords[item]);
	const isInspected = direct.differences.some(item => ['certificate', 'cipher-suite', 'group', 'versions'].includes(item));
	return [
		...(changes.length > 0 ? [`Without the proxy: ${listed(changes)}.`] : []),
		...(others.length > 0 ? [`The proxy changes ${listed(others)}.`] : []),
		...(direct.differences.includes('certificate')
			? [`The certificate is issued by ${certificate!.issuer} through the proxy, and by ${direct.certificate!.issuer} without it.`]
			: []),
		...(isInspected
			? ['A proxy that terminates TLS to inspect it causes such differences: the answers above may come from the proxy.']
			: []),
	];
}

/** Why a target was not probed at all. */
export function targetReasonInWords({reason, problem}: Pick<Report, 'reason' | 'problem'>): string {
	switch (reason) {
		case 'name-not-found':
			return problem?.startsWith('no IPv') ? `the name has ${problem}` : 'name not found';
		case 'name-lookup-failed':
			return `the name could not be looked up (${problem})`;
		case 'blocked-by-dns':
			return `DNS blocks the name: it resolves to ${problem}, which is not the address of a server`;
		case 'no-mail-server':
			return problem ?? 'the domain has no mail server';
		case 'invalid-target':
			return problem ?? 'not a target';
		case 'cancelled':
			return 'interrupted before it was probed';
		case 'not-reached':
			return problem === undefined ? 'not reached in time' : `not reached: ${problem}`;
		case 'unreachable':
		case undefined:
			return unreachableInWords(problem);
		default:
			return reason satisfies never;
	}
}

/** Why something is left open, each reason once; nothing where nothing is. */
export function openInWords(report: Report): string {
	if (report.reason !== undefined) {
		return targetReasonInWords(report);
	}

	const open = Object.values(report.versions).filter(({status}) => status === 'inconclusive');
	return [...new Set(open.map(reasonInWords))].join('; ');
}

/**
What decided, of the policy `default`.

@param deciding - The versions of the broken rules of a failure, of the open ones of an inconclusive result, of all of a pass.
*/
export function versionsInWords({verdict, versions}: Report, deciding: readonly VersionName[]): string {
	const old = deciding.filter(isOld);
	const current = deciding.filter(name => !isOld(name));
	const having = (status: VersionReport['status']) => current.filter(name => versions[name]!.status === status);
	switch (verdict) {
		case 'fail':
			return clauses(
				[old, 'accepted, but should be rejected'],
				[current, `rejected, but ${current.length > 1 ? 'one ' : ''}should be accepted`],
			);
		case 'inconclusive':
			return Object.values(versions).every(({status}) => status === 'inconclusive')
				? 'no version is proved to be accepted or rejected'
				: clauses(
						[old, 'not proved to be rejected'],
						[having('rejected'), 'rejected'],
						[having('inconclusive'), 'not proved to be accepted'],
					);
		case 'pass':
			return clauses([old, 'rejected'], [having('accepted'), 'accepted']);
		default:
			return verdict satisfies never;
	}
}

const clauses = (...parts: readonly (readonly [names: readonly string[], words: string])[]): string =>
	parts
		.filter(([names]) => names.length > 0)
		.map(([names, words]) => `${listed(names)} ${words}`)
		.join('; ');
