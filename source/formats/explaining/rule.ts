import type {Scan} from '../../engine/scan.js';
import {selects} from '../../exchange/selects.js';
import {type VersionName, versions} from '../../iana/versions.js';
import type {VersionFinding} from '../../probes/versions/finding.js';

/** The rule that decided the status of a version, in words. docs/verdicts.md describes all rules. */
export const ruleInWords = (name: VersionName, finding: VersionFinding, scan: Scan): string =>
	[statusInWords(name, finding, scan), ...countsInWords(finding), ...refusalsInWords(finding), ...largeInWords(finding)].join(' ');

function countsInWords({samples, status}: VersionFinding): string[] {
	if (samples === undefined) {
		return [];
	}

	const {accepted, rejected, inconclusive} = samples;
	const counts = [`${accepted} accepted`, `${rejected} rejected`, ...(inconclusive === 0 ? [] : [`${inconclusive} inconclusive`])];
	const meaning =
		accepted > 0 && rejected > 0
			? 'several servers answer at this address, and a version that one of them accepts is accepted'
			: status === 'rejected'
				? 'another server at this address may still accept it (docs/verdicts.md)'
				: undefined;
	return [`Connections with this hello: ${counts.join(', ')}${meaning === undefined ? '' : `; ${meaning}`}.`];
}

const refusalsInWords = ({startTlsRefusals, attempts}: VersionFinding): string[] =>
	startTlsRefusals === undefined
		? []
		: [
				`STARTTLS was refused on ${startTlsRefusals} of ${attempts.length} connections and not on others, so it was requested again: several servers may answer at this address.`,
			];

const largeInWords = ({largeHello}: VersionFinding): string[] =>
	largeHello === undefined
		? []
		: [
				`The same hello padded to ${largeHello.bytes} bytes (RFC 7685) got no answer twice. Without the padding it was accepted in between.`,
			];

function statusInWords(name: VersionName, finding: VersionFinding, scan: Scan): string {
	switch (finding.status) {
		case 'accepted':
			return acceptance(name, finding);
		case 'rejected':
			return rejection(name, finding, scan);
		case 'inconclusive':
			return doubt(finding, scan);
		default:
			return finding.status satisfies never;
	}
}

function acceptance(name: VersionName, {reason, shape}: VersionFinding): string {
	if (reason === 'hello-retry-request') {
		return `A HelloRetryRequest selects ${name} and asks for another key share. This is also an acceptance (RFC 9846 §4.2.4).`;
	}

	if (shape === 'listed') {
		return `The ServerHello selects ${name}. This is an acceptance. Connections with ${name} in the field legacy_version were closed or reset. This hello has ${name} in supported_versions (RFC 9846 §4.3.1), which version filters do not check.`;
	}

	const where = name === 'TLSv1.3' ? ', in its extension supported_versions (RFC 9846 §4.3.1)' : '';
	return `The ServerHello selects ${name}${where}. This is an acceptance. It does not require a completed handshake, a valid certificate or a known cipher suite.`;
}

function rejection(name: VersionName, finding: VersionFinding, scan: Scan): string {
	const {outcome, shape, attempts, controls} = finding;
	const accepted = acceptedInstead(name, scan);
	if (finding.reason === 'other-version') {
		return `Only ${name} was offered and the ServerHello selects another version, so the server does not accept ${name}.`;
	}

	if (outcome.kind === 'alert' && outcome.description === 70) {
		const sameShape = acceptedInstead(name, scan, shape);
		const proof =
			sameShape === undefined ? 'a hello of a second shape got it too' : `${sameShape} is accepted with a hello of the same shape`;
		return `The alert protocol_version says that the version is wrong (RFC 9846 §6.2), and ${proof}.`;
	}

	if (outcome.kind === 'alert') {
		return `This alert can have other causes than the version. So every other shape of hello was also sent for ${name}, on ${attempts.length} connections in total. Each was rejected, while ${accepted} is accepted at this address and name.`;
	}

	return `One closed or reset connection proves nothing. It was repeated on ${attempts.length} connections in total, while ${accepted} was accepted at this address and name before and after (${listed(controls)}).`;
}

function doubt({reason, outcome, attempts}: VersionFinding, scan: Scan): string {
	const isAnyAccepted = Object.values(scan.findings.versions ?? {}).some(({status}) => status === 'accepted');
	switch (reason) {
		case 'alert':
			if (outcome.kind === 'alert' && outcome.description === 112) {
				return 'The alert unrecognized_name is about the server name and says nothing about the version.';
			}

			return isAnyAccepted
				? 'This alert can have other causes than the version, and not all other shapes of hello were rejected or could be tried.'
				: 'No version is accepted at this address and name, so nothing shows that the version is the cause.';
		case 'closed':
		case 'reset':
			return isAnyAccepted
				? 'A limit or a firewall can also close or reset a connection. It did not happen again between two connections that were accepted.'
				: 'No version is accepted at this address and name. A limit, a firewall or a missing server name can also close or reset a connection.';
		case 'silent':
			return 'A firewall, packet loss or a slow server can also cause a timeout, so a timeout never counts as a rejection.';
		case 'not-tls':
			return 'The answer is not TLS, so it says nothing about versions.';
		case 'malformed':
			return 'The answer starts like TLS but cannot be decoded, so its meaning is not known.';
		case 'unreachable':
			return 'There was no connection, so nothing was sent.';
		case 'proxy-refused':
			return 'The proxy refused, so the server was not asked.';
		case 'starttls-refused':
			return 'The server did not switch to TLS, so no hello was sent.';
		case 'unstable':
			return `The same hello got different answers on ${attempts.length} connections: several servers may answer at this address.`;
		case 'unasked':
			return `This version was not tested: ${cutInSentence(outcome)} before.`;
		case 'unanswered':
			return `The test was cut short: ${cutInSentence(outcome)} before there was an answer.`;
		case 'server-hello':
		case 'hello-retry-request':
		case 'other-version':
			return 'The answers contradict each other.';
		default:
			return reason satisfies never;
	}
}

const cutInSentence = (outcome: VersionFinding['outcome']): string =>
	'because' in outcome && outcome.because === 'cancelled' ? 'the run was interrupted' : 'the time ran out';

/** A version that was accepted in this scan, asked for by the user or not. */
function acceptedInstead(name: VersionName, {attempts}: Scan, shape?: string): string | undefined {
	const found = attempts
		.filter(attempt => attempt.kind === 'hello')
		.find(
			({hello, transcript: {outcome}}) =>
				selects(outcome, hello.version) && hello.version !== versions.code(name) && (shape === undefined || hello.shape === shape),
		);
	return found && versions.label(found.hello.version);
}

const listed = (controls: readonly number[]): string =>
	`connection${controls.length === 1 ? '' : 's'} ${controls.map(index => index + 1).join(', ')}`;
