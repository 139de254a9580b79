import type {Report, VersionReport} from '../engine/report.js';
import {alerts} from '../registry/alerts.js';

/** Why a version has its status, in words for a person. */
export function reasonInWords(version: VersionReport): string {
	switch (version.reason) {
		case 'server-hello':
			return joined(version.cipherSuite, version.group) ?? 'ServerHello';
		case 'hello-retry-request':
			return `HelloRetryRequest: ${joined(version.cipherSuite, version.group)}`;
		case 'other-version':
			return `ServerHello selects ${version.selectedVersion}`;
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
			return `broken answer: ${version.problem}`;
		case 'unreachable':
			return unreachableInWords(version.code);
		case 'proxy-refused':
			return `the proxy refused: ${version.words}`;
		case 'starttls-refused':
			return `STARTTLS refused: ${version.words}`;
		case 'unstable':
			return 'different answers to the same hello';
		case 'unasked':
			return 'not asked: out of time';
		default:
			return version.reason satisfies never;
	}
}

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
			return 'not TLS: an echo of what was sent';
		default:
			return `not TLS: looks like ${protocol.toUpperCase()}`;
	}
}

const unreachableWords: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'connection refused',
	ETIMEDOUT: 'no connection within the timeout',
	ENETUNREACH: 'no route to this network',
	EHOSTUNREACH: 'no route to this host',
	EADDRNOTAVAIL: 'no local address to connect from',
	EACCES: 'connecting is not permitted here',
	EPERM: 'connecting is not permitted here',
	EMFILE: 'too many open files on this machine',
};

export const unreachableInWords = (code: string | undefined): string =>
	code === undefined ? 'no connection' : (unreachableWords[code] ?? `no connection (${code})`);

/** Why a target was not probed at all. */
export function targetReasonInWords({reason, problem}: Report): string {
	switch (reason) {
		case 'name-not-found':
			return problem?.startsWith('no IPv') ? `the name has ${problem}` : 'name not found';
		case 'name-lookup-failed':
			return `the name could not be looked up (${problem})`;
		case 'invalid-target':
			return problem ?? 'not a target';
		case 'cancelled':
			return 'interrupted before it was probed';
		case 'deadline':
			return 'not reached in time';
		case 'unreachable':
		case undefined:
			return unreachableInWords(problem);
		default:
			return reason satisfies never;
	}
}
