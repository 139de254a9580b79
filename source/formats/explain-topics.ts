import type {TargetResult} from '../engine/probe-target.js';
import type {Recording, Report} from '../engine/report.js';
import {askInBrief} from '../exchange/exchanged.js';
import {type VersionName, versionNames, versions} from '../iana/versions.js';
import type {Attempt, HelloAttempt} from '../probes/attempt.js';
import {type AnyReportPart, fieldOf, reportParts, skippedOf, wordOf} from '../probes/report-parts.js';
import {skippedInWords} from '../probes/skipped.js';
import {conversationText, explainResult, nothingShown, placeOf, wrapped} from './explain.js';
import type {BytesOptions} from './explaining/bytes.js';
import {connectionLine, offeredIn} from './explaining/connection-line.js';
import {answerKindOf, type Topic, type TopicKind} from './explaining/topic.js';
import {explainVulnerability} from './explaining/vulnerability.js';
import {makePaint} from './paint.js';

/** The connections behind what a probe found, or behind the answer for one suite, group or scheme. */
export const explainTopics = (
	result: TargetResult,
	topics: readonly Topic[],
	options: BytesOptions,
	parts: readonly AnyReportPart[] = reportParts,
): string => topics.map(topic => explainTopic(result, topic, options, parts)).join('\n');

function explainTopic(result: TargetResult, topic: Topic, options: BytesOptions, parts: readonly AnyReportPart[]): string {
	if (topic.kind === 'probe' && topic.probe === 'versions') {
		return explainResult(result, options, []);
	}

	return result.recordings
		.filter(({scans}) => scans !== undefined && scans.length > 0)
		.map(recording => explainAt(recording, topic, options, parts))
		.join('\n');
}

function explainAt({report, scans}: Recording, topic: Topic, options: BytesOptions, parts: readonly AnyReportPart[]): string {
	const scan = scans![0]!;
	const {attempts} = scan;
	const part = parts.find(({field}) => wordOf(field) === topic.probe);
	const title = makePaint(options.look)('bold', `Evidence for ${report.target} ${placeOf(report)}: ${topicWord(topic)}`);
	const rule = part?.rule === undefined ? '' : `\n${wrapped(part.rule, options.look.columns)}`;
	const skipped = skippedOf(report, part?.field ?? '');
	const body =
		skipped !== undefined
			? wrapped(`The probe ${topic.probe} was ${skippedInWords(skipped)}.`, options.look.columns)
			: topic.kind === 'probe'
				? connectionsOf(topic.probe, attempts, options)
				: topic.kind === 'vulnerability'
					? explainVulnerability(topic, scan, options)
					: explainAnswer(topic, report, part!, attempts, options);
	return `${title}\n${rule}\n${body}`;
}

const topicWord = (topic: Topic): string =>
	topic.kind === 'probe' ? topic.probe : topic.kind === 'vulnerability' ? wordOf(topic.name) : topic.name;

/** A line for each connection of a probe, the newest version first. */
function connectionsOf(probe: string, attempts: readonly Attempt[], options: BytesOptions): string {
	const {look} = options;
	const own = attempts.flatMap((attempt, index) => (attempt.probe === probe ? [{attempt, index}] : []));
	if (own.length === 0) {
		return wrapped('No connection was made for it.', look.columns);
	}

	const kind = answerKindOf(probe);
	const of = (version: number | undefined) => own.filter(({attempt}) => askInBrief(attempt).version === version);
	return [
		...versionNames.toReversed().map(name => [name, 'connection', of(versions.code(name))] as const),
		['DNS', 'question', of(undefined)] as const,
	]
		.filter(([, , found]) => found.length > 0)
		.map(
			([name, noun, found]) =>
				`${makePaint(look)('bold', name)}  ${found.length} ${noun}${found.length === 1 ? '' : 's'}\n${found
					.map(({attempt, index}) => connectionLine(index, attempt, kind, options))
					.join('')}`,
		)
		.join('\n');
}

type Answer = Exclude<Topic, {readonly kind: 'probe' | 'vulnerability'}>;

/** Whether the server selects this suite, group or scheme. */
function isSelectedIn({transcript: {outcome}, hello}: HelloAttempt, {kind, code}: Answer): boolean {
	if ((outcome.kind !== 'server-hello' && outcome.kind !== 'hello-retry-request') || outcome.version !== hello.version) {
		return false;
	}

	switch (kind) {
		case 'cipher suite':
			return outcome.cipherSuite === code || (outcome.kind === 'server-hello' && (outcome.cipherKinds ?? []).includes(code));
		case 'group':
			return outcome.group === code;
		case 'signature scheme':
			return outcome.kind === 'server-hello' && outcome.flight?.signatureScheme === code;
		default:
			return kind satisfies never;
	}
}

/** Whether the answer was read as far as what the server selects of this kind, unless it refuses. */
function isReadFor({transcript: {outcome}}: HelloAttempt, kind: TopicKind): boolean {
	if (outcome.kind !== 'server-hello' && outcome.kind !== 'hello-retry-request') {
		return true;
	}

	const scheme = outcome.kind === 'server-hello' ? outcome.flight?.signatureScheme : undefined;
	return kind === 'cipher suite' || (kind === 'group' ? outcome.group : scheme) !== undefined;
}

type Indexed = {readonly index: number; readonly attempt: HelloAttempt};

/** For each version in which it was offered: what was found, on which connections, and one that shows it byte for byte. */
function explainAnswer(topic: Answer, report: Report, part: AnyReportPart, attempts: readonly Attempt[], options: BytesOptions): string {
	const all = attempts.flatMap((attempt, index): Indexed[] =>
		attempt.kind === 'hello' && offeredIn(attempt, topic.kind).includes(topic.code) && isReadFor(attempt, topic.kind)
			? [{index, attempt}]
			: [],
	);
	const texts = versionNames.toReversed().flatMap(name => {
		const own = all.filter(({attempt}) => attempt.hello.version === versions.code(name));
		return own.length === 0 ? [] : [explainInVersion(name, topic, own, statusIn(fieldOf(report, part), name, topic), options)];
	});
	return texts.length === 0 ? wrapped(`No hello offered this ${topic.kind}.`, options.look.columns) : texts.join('\n');
}

type Status = 'accepted' | 'undecided' | 'refused' | 'not asked';

/** From the report of the probe for this version. What is accepted is a list of names, or of objects with a name. */
function statusIn(value: unknown, version: VersionName, {name}: Answer): Status {
	const found = (
		value as Readonly<Record<string, {readonly accepted: readonly unknown[]; readonly undecided: readonly string[]}>> | undefined
	)?.[version];
	if (found === undefined) {
		return 'not asked';
	}

	const isAccepted = found.accepted.some(item => item === name || (item as {readonly name?: unknown}).name === name);
	return isAccepted ? 'accepted' : found.undecided.includes(name) ? 'undecided' : 'refused';
}

/** The most connections that are listed of each kind. */
const mostListed = 8;

function explainInVersion(version: VersionName, topic: Answer, own: readonly Indexed[], status: Status, options: BytesOptions): string {
	const selected = own.filter(({attempt}) => isSelectedIn(attempt, topic));
	const others = own.filter(({attempt}) => !isSelectedIn(attempt, topic));
	const decisive = selected[0] ?? smallestRefused(others, topic.kind);
	const lines = (items: readonly Indexed[]): string[] => [
		...items
			.slice(0, mostListed)
			.map(({index, attempt}) => connectionLine(index, attempt, topic.kind, options, index === decisive?.index ? ' <- shown below' : '')),
		...(items.length > mostListed ? [`  and ${items.length - mostListed} more\n`] : []),
	];
	// The connection that is shown byte for byte is listed first.
	const sorted =
		decisive === undefined ? others : [...others.filter(item => item === decisive), ...others.filter(item => item !== decisive)];
	return [
		`${makePaint(options.look)('bold', `${version}  ${status === 'not asked' ? 'not asked by its probe' : status}`)}\n`,
		`Selected on ${selected.length} of ${own.length} connections that offered it${selected.length === 0 ? '' : ':'}\n`,
		...lines(selected),
		...(sorted.length === 0 ? [] : ['Offered and not selected on:\n', ...lines(sorted)]),
		...(decisive === undefined ? [] : [`\n${conversationText(decisive.index, decisive.attempt, options, nothingShown())}`]),
	].join('');
}

/** The shortest list that was answered by an alert: a refusal of few says most about each. */
const smallestRefused = (all: readonly Indexed[], kind: TopicKind): Indexed | undefined =>
	all
		.filter(({attempt}) => attempt.transcript.outcome.kind === 'alert')
		.toSorted((one, other) => offeredIn(one.attempt, kind).length - offeredIn(other.attempt, kind).length)[0];
