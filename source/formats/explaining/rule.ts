import type {Scan} from '../../engine/scan.js';
import {selects} from '../../exchange/selects.js';
import {type VersionName, versions} from '../../iana/versions.js';
import type {VersionFinding} from '../../probes/versions/finding.js';

/** What a version's status rests on: the rule that was applied, in words. docs/verdicts.md has all of them. */
export const ruleInWords = (name: VersionName, finding: VersionFinding, scan: Scan): string =>
	[statusInWords(name, finding, scan), ...countsInWords(finding), ...refusalsInWords(finding), ...largeInWords(finding)].join(' ');

function countsInWords({samples, status}: VersionFinding): string[] {
	if (samples === undefined) {
		return [];
	}

	const {accepted, rejected, inconclusive} = samples;
	const counts = [
		`${accepted} accepted`,
		`${rejected} rejected`,
		...(inconclusive === 0 ? [] : [`${inconclusive} without such an answer`]),
	];
	const meaning =
		accepted > 0 && rejected > 0
			? 'several servers answer at this address, and what one of them accepts is accepted'
			: status === 'rejected'
				? 'a server that accepts it may still stand behind this address (docs/verdicts.md)'
				: undefined;
	return [`Connections with this hello: ${counts.join(', ')}${meaning === undefined ? '' : `; ${meaning}`}.`];
}

const refusalsInWords = ({startTlsRefusals, attempts}: VersionFinding): string[] =>
	startTlsRefusals === undefined
		? []
		: [
				`STARTTLS was refused on ${startTlsRefusals} of ${attempts.length} connections and not on others, so it was asked for again: several servers may answer at this address.`,
			];

const largeInWords = ({largeHello}: VersionFinding): string[] =>
	largeHello === undefined
		? []
		: [
				`The same hello padded to ${largeHello.bytes} bytes (RFC 7685) got no answer twice, and without the padding it was accepted in between.`,
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
		return `A HelloRetryRequest selects ${name} and asks for another key share: that is an acceptance too (RFC 9846 §4.2.4).`;
	}

	if (shape === 'listed') {
		return `The ServerHello selects ${name}: that is an acceptance. Hellos with ${name} in the field legacy_version were closed or reset. This one names ${name} in supported_versions (RFC 9846 §4.3.1), which gates by version let pass.`;
	}

	const where = name === 'TLSv1.3' ? ', in its extension supported_versions (RFC 9846 §4.3.1)' : '';
	return `The ServerHello selects ${name}${where}: that is an acceptance. No finished handshake, certificate or known suite is needed.`;
}

function rejection(name: VersionName, finding: VersionFinding, scan: Scan): string {
	const {outcome, shape, attempts, controls} = finding;
	const accepted = acceptedInstead(name, scan);
	if (finding.reason === 'other-version') {
		return `Only ${name} was offered and the ServerHello selects another version: the server will not speak ${name}.`;
	}

	if (outcome.kind === 'alert' && outcome.description === 70) {
		const sameShape = acceptedInstead(name, scan, shape);
		const proof = sameShape === undefined ? 'a second shape of hello drew it too' : `${sameShape} is accepted with the same shape of hello`;
		return `The alert protocol_version names the version as what is wrong (RFC 9846 §6.2), and ${proof}.`;
	}

	if (outcome.kind === 'alert') {
		return `This alert may mean other things than the version. So ${name} was asked for in every other way too, ${attempts.length} connections in all: each was rejected, while ${accepted} is accepted at this address and name.`;
	}

	return `One hang-up proves nothing. It was repeated, ${attempts.length} connections in all, while ${accepted} was accepted at this address and name before and after (${listed(controls)}).`;
}

function doubt({reason, outcome, attempts}: VersionFinding, scan: Scan): string {
	const isAnyAccepted = Object.values(scan.findings.versions ?? {}).some(({status}) => status === 'accepted');
	switch (reason) {
		case 'alert':
			if (outcome.kind === 'alert' && outcome.description === 112) {
				return 'The alert unrecognized_name is about the server name and says nothing of the version.';
			}

			return isAnyAccepted
				? 'This alert may mean other things than the version, and not all other ways of asking were rejected or could be tried.'
				: 'No version is accepted at this address and name, so nothing shows that the version is what is rejected.';
		case 'closed':
		case 'reset':
			return isAnyAccepted
				? 'A hang-up may come from a limit or a firewall: it was not seen again between two connections that were accepted.'
				: 'No version is accepted at this address and name: a hang-up may come from a limit, a firewall or a missing name as well.';
		case 'silent':
			return 'Silence may be a firewall, a loss or a slow server: it is never taken for a refusal.';
		case 'not-tls':
			return 'What came back is not TLS, so it says nothing of versions.';
		case 'malformed':
			return 'What came back begins like TLS and then does not decode, so it is not known what it means.';
		case 'unreachable':
			return 'There was no connection, so nothing was asked.';
		case 'proxy-refused':
			return 'The proxy refused, so the server was not asked.';
		case 'starttls-refused':
			return 'The server did not go over to TLS, so nothing was asked.';
		case 'unstable':
			return `The same hello was answered in different ways, in ${attempts.length} connections: several servers may stand behind this address.`;
		case 'unasked':
			return `It was not asked: ${cutInSentence(outcome)} before its turn.`;
		case 'unanswered':
			return `The asking was cut short: ${cutInSentence(outcome)} before there was an answer.`;
		case 'server-hello':
		case 'hello-retry-request':
		case 'other-version':
			return 'There are answers that contradict each other.';
		default:
			return reason satisfies never;
	}
}

const cutInSentence = (outcome: VersionFinding['outcome']): string =>
	'because' in outcome && outcome.because === 'cancelled' ? 'the run was interrupted' : 'time was up';

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
