import {toHex, visible} from '../bytes/hex.js';
import type {TargetResult} from '../engine/probe-target.js';
import type {Recording, Report, VersionReports} from '../engine/report.js';
import type {Scan} from '../engine/scan.js';
import {askInBrief} from '../exchange/exchanged.js';
import {exchangedInBrief} from '../exchange/exchanged-in-brief.js';
import type {Flow} from '../exchange/flow.js';
import type {Cut, Outcome} from '../exchange/outcome.js';
import {outcomeInBrief} from '../exchange/outcome-in-brief.js';
import {type VersionName, versions} from '../iana/versions.js';
import type {Attempt, HelloAttempt} from '../probes/attempt.js';
import {type AnyReportPart, reportParts} from '../probes/report-parts.js';
import type {VersionFinding} from '../probes/versions/finding.js';
import {type BytesOptions, flightsText, saidInBrief, sideText} from './explaining/bytes.js';
import {confirmedAsEvidence} from './explaining/confirmed.js';
import {otherTools} from './explaining/other-tools.js';
import {ruleInWords} from './explaining/rule.js';
import {columnsOf, hangingIndent} from './fill.js';
import {makePaint} from './paint.js';
import {sectionsOf, sectionText} from './sections.js';
import {reasonInWords} from './words.js';

/**
The evidence behind a result, for readers who know the RFCs: of each version the rule that was applied, how to ask the same with
other tools, and every connection in a line and byte for byte, the one that decided first. A hello that differs from one shown
before in nothing but what is drawn afresh, and an answer of the same bytes, are named by where they were shown.
*/
export const explainResult = ({recordings}: TargetResult, options: BytesOptions, parts: readonly AnyReportPart[] = reportParts): string =>
	recordings.map(recording => explainRecording(recording, options, parts)).join('\n');

function explainRecording({report, scans = []}: Recording, options: BytesOptions, parts: readonly AnyReportPart[]): string {
	const [main, second] = scans;
	if (main === undefined) {
		return '';
	}

	const paint = makePaint(options.look);
	const title = (words: string): string => `${paint('bold', `Evidence for ${report.target} ${placeOf(report)}${words}`)}\n\n`;
	const sections = sectionsOf(report, parts).map(section => `\n${sectionText(section, options.look)}`);
	const text = title('') + explainScan(main, report.versions, report, options) + sections.join('');
	return second === undefined
		? text
		: `${text}\n${title(', without a server name')}${explainScan(second, report.withoutServerName!.versions, {...report, serverName: null}, options)}`;
}

export const placeOf = ({address, proxy}: Report): string =>
	[...(address === null ? [] : [`at ${address}`]), ...(proxy === undefined ? [] : [`through ${visible(proxy)}`])].join(' ');

function explainScan(scan: Scan, reports: VersionReports, report: Report, options: BytesOptions): string {
	const shown = nothingShown();
	return [
		...Object.entries(scan.findings.versions ?? {}).map(([name, finding]) =>
			explainVersion(name as VersionName, finding, scan, reports, report, options, shown),
		),
		...explainRecords(scan, options, shown),
	].join('\n');
}

/** Connections of probes that ask by more than a hello: what each was asked for is theirs to say. */
function explainRecords({attempts}: Scan, options: BytesOptions, shown: ShownConnections): string[] {
	const indices = attempts.flatMap(({kind}, index) => (kind === 'records' ? [index] : []));
	if (indices.length === 0) {
		return [];
	}

	const lines = indices.map(index => {
		const attempt = attempts[index]!;
		const {version, shape} = askInBrief(attempt);
		return `  ${index + 1}. ${attempt.probe}, ${versions.label(version ?? 0)} ${shape}: ${saidLine(attempt)}`;
	});
	const bytes = indices.map(index => `\n${conversationText(index, attempts[index]!, options, shown)}`);
	return [`${makePaint(options.look)('bold', 'Conversations of records')}\n\n${lines.join('')}${bytes.join('')}`];
}

export const nothingShown = (): ShownConnections => ({connections: new Set(), hellos: new Map(), answers: new Map()});

/** By what they say, the connection that they were shown in. */
export type ShownConnections = {
	readonly connections: Set<number>;
	readonly hellos: Map<string, number>;
	readonly answers: Map<string, number>;
};

function explainVersion(
	name: VersionName,
	finding: VersionFinding,
	scan: Scan,
	reports: VersionReports,
	report: Report,
	options: BytesOptions,
	shown: ShownConnections,
): string {
	const paint = makePaint(options.look);
	const indices = indicesOf(name, finding, scan);
	const inFull = [finding.attempt, ...indices.filter(index => index !== finding.attempt)].filter(index => !shown.connections.has(index));
	const handshakes = handshakesOf(name, scan);
	const {notes, commands} = otherTools(name, report);
	const {confirmed} = reports[name]!;
	const parts = [
		`${paint('bold', `${name}  ${finding.status}`)}  ${visible(reasonInWords(reports[name]!))}\n`,
		wrapped(ruleInWords(name, finding, scan), options.look.columns),
		`\nConnections for it${finding.controls.length > 0 ? ', with a version that is accepted in between' : ''}:\n`,
		...indices.map(index => connectionLine(index, scan.attempts[index] as HelloAttempt, index === finding.attempt)),
		...(confirmed === undefined ? [] : ['\n', ...confirmedAsEvidence(name, confirmed).map(text => wrapped(text, options.look.columns))]),
		...(handshakes.length === 0
			? []
			: ['\nConnections for that:\n', ...handshakes.map(index => handshakeLine(index, scan.attempts[index]!))]),
		'\nTo check it with another tool:\n',
		...notes.map(note => wrapped(note, options.look.columns)),
		...commands.map(command => `  $ ${command}\n`),
		...(finding.shape === 'short' ? [] : [`  The deciding hello has the shape ${finding.shape}, which these tools cannot send.\n`]),
		...[...inFull, ...handshakes].map(index => `\n${conversationText(index, scan.attempts[index]!, options, shown)}`),
	];
	return parts.join('');
}

/** Every connection that asked for this version, those that were tried again too, and those that showed the way to be open. */
const indicesOf = (name: VersionName, {controls}: VersionFinding, {attempts}: Scan): number[] =>
	attempts.flatMap((attempt, index) =>
		attempt.kind === 'hello' && (attempt.hello.version === versions.code(name) || controls.includes(index)) ? [index] : [],
	);

/** Those that another probe made with the TLS library of Node.js. */
const handshakesOf = (name: VersionName, {attempts}: Scan): number[] =>
	attempts.flatMap((attempt, index) => (attempt.kind === 'handshake' && attempt.handshake.version === versions.code(name) ? [index] : []));

function handshakeLine(index: number, attempt: Attempt): string {
	return `  ${index + 1}. ${saidLine(attempt)}`;
}

export function saidLine(attempt: Attempt): string {
	const {flights, durationMs} = attempt.transcript;
	return `sent ${saidInBrief(flights, 'client')}; ${visible(exchangedInBrief(attempt))}, ${durationMs.toFixed(1)} ms\n`;
}

function connectionLine(index: number, {hello, transcript}: HelloAttempt, isDecisive: boolean): string {
	const {flights, outcome, durationMs} = transcript;
	const sent = saidInBrief(flights, 'client');
	const what = `${versions.label(hello.version)} ${hello.shape}`;
	const received = hasAnswer(outcome) ? `received ${saidInBrief(flights, 'server')}; ` : '';
	const mark = isDecisive ? ' <- this one decides' : '';
	return `  ${index + 1}. ${what}: sent ${sent}; ${received}${visible(outcomeInBrief(outcome))}, ${durationMs.toFixed(1)} ms${mark}\n`;
}

const hasAnswer = ({kind}: Outcome): boolean => ['not-tls', 'malformed'].includes(kind);

export function conversationText(index: number, attempt: Attempt, options: BytesOptions, shown: ShownConnections): string {
	const {flights, end} = attempt.transcript;
	const paint = makePaint(options.look);
	shown.connections.add(index);
	if (flights.length === 0) {
		return paint('dim', `Connection ${index + 1}: no byte was sent or received.\n`);
	}

	const sides = (['client', 'server'] as const).map(from => {
		const side = flights.filter(flight => flight.from === from);
		const said =
			from === 'client' && attempt.kind === 'hello'
				? `${attempt.hello.version} ${attempt.hello.shape}`
				: side.map(({bytes}) => toHex(bytes)).join('');
		const known = from === 'client' ? shown.hellos : shown.answers;
		const place = known.get(said);
		if (place === undefined || said === '') {
			known.set(said, index);
			return sideText(from, side, options);
		}

		return from === 'client'
			? `The client sent the same hello as in connection ${place + 1}, with a different random.\n`
			: `The server sent the same as in connection ${place + 1}.\n`;
	});
	return `${paint('dim', `Connection ${index + 1}, byte for byte`)}\n\n${sides.join('\n')}\n${paint('dim', endingInWords(end, cutOf(attempt)))}\n`;
}

/** What cut it short, where something did. */
function cutOf(attempt: Attempt): Cut | undefined {
	switch (attempt.kind) {
		case 'hello':
			return cutOfOutcome(attempt.transcript.outcome);
		case 'handshake': {
			const {handshake, answer, turns} = attempt.transcript.outcome;
			return (
				turns?.at(-1)?.because ??
				(answer?.kind === 'unanswered' ? answer.because : handshake.kind === 'not-reached' ? cutOfOutcome(handshake.outcome) : undefined)
			);
		}
		case 'records': {
			const {outcome} = attempt.transcript;
			return outcome.kind === 'turns' ? outcome.turns.at(-1)?.because : cutOfOutcome(outcome.outcome);
		}
		case 'question':
			return undefined;
		default:
			return attempt satisfies never;
	}
}

const cutOfOutcome = (outcome: Outcome): Cut | undefined => (outcome.kind === 'unanswered' ? outcome.because : undefined);

const endingInWords = (end: keyof typeof endings, because: Cut | undefined): string =>
	because === 'cancelled' ? 'Then the run was interrupted, and tlsprobe closed the connection.' : endings[end];

const endings = {
	answered: 'This is an answer, so tlsprobe closed the connection.',
	closed: 'Then the server closed the connection.',
	reset: 'Then the server reset the connection.',
	timeout: 'Then nothing more came, and tlsprobe closed the connection.',
	failed: 'Then the connection broke.',
	unasked: 'Then the time ran out, and tlsprobe closed the connection.',
} as const;

/** A recorded connection: what is known of it, and its bytes. */
export function explainFlow(flow: Flow, outcome: Outcome | undefined, options: BytesOptions): string {
	const paint = makePaint(options.look);
	const {target, address, version, shape, serverName, startedAt} = flow;
	const facts = [
		`${target} at ${address}`,
		serverName === undefined ? 'no server name' : `server name ${serverName}`,
		version === undefined ? 'a question to the DNS' : `asked for ${versions.label(version)} in the shape ${shape}`,
		startedAt,
	];
	const heading = `${visible(facts.filter(Boolean).join(', '))}\n${visible(outcome === undefined ? flow.outcome : outcomeInBrief(outcome))}\n`;
	const ending =
		flow.failure === undefined || flow.failure.kind === 'unanswered'
			? endingInWords(flow.end, outcome && cutOfOutcome(outcome))
			: 'There was no answer to read.';
	return `${heading}\n${flightsText(flow.flights, options)}\n${paint('dim', ending)}\n`;
}

export function wrapped(text: string, columns: number): string {
	const lines = hangingIndent(text, Math.min(columnsOf({columns}), 100), '  ', '  ', true);
	return `${lines.join('\n')}\n`;
}
