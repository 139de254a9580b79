import {type EndpointVerdict, worstVerdict} from '../policy/default-expectation.js';
import {countsInWords, countVerdicts, endpointName, worstFirst} from './endpoint.js';
import {plain} from './escape/plain.js';
import {type Format, whole} from './format.js';
import {type Judged, type JudgedTarget, nothingKnown, rulesInWords, verdictOf} from './judged.js';
import {reasonInWords, targetReasonInWords} from './words.js';

/** How many addresses are named below the first line: Nagios keeps 8 KB. */
const mostNamed = 20;

const words = {pass: 'OK', fail: 'CRITICAL', inconclusive: 'UNKNOWN'} as const;

/** The line that a Nagios plugin prints, with what it measured, and more lines where something is wrong. */
export default {
	name: 'nagios',
	isAppendable: false,
	exitCodes: {pass: 0, fail: 2, inconclusive: 3},
	refusal: message => `TLS UNKNOWN - ${text(message)}\n`,
	start: whole(pluginOutput),
} satisfies Format;

function pluginOutput(targets: readonly JudgedTarget[]): string {
	const all = worstFirst(targets);
	const counts = countVerdicts(all);
	const verdict = worstVerdict(all.map(verdictOf));
	const longestMs = Math.max(0, ...all.map(({report}) => report.durationMs));
	const measured = [
		`time=${(longestMs / 1000).toFixed(3)}s;;;0`,
		...(['pass', 'fail', 'inconclusive'] as const).map(name => `${name}=${counts[name]};;;0`),
	];
	const [first] = all;
	const headline = all.length === 1 ? oneInWords(first!) : `${countsInWords(counts)}${worstNamed(all, verdict)}`;
	const wrong = all.length === 1 ? [] : all.filter(judged => verdictOf(judged) !== 'pass');
	const lines = wrong.slice(0, mostNamed).map(judged => `${words[verdictOf(judged)]}: ${oneInWords(judged)}`);
	const more = wrong.length > mostNamed ? [`and ${wrong.length - mostNamed} more`] : [];
	return `TLS ${words[verdict]} - ${text(headline)} | ${measured.join(' ')}\n${[...lines, ...more].map(line => `${text(line)}\n`).join('')}`;
}

function worstNamed(all: readonly Judged[], verdict: EndpointVerdict): string {
	const names = all.filter(judged => verdictOf(judged) === verdict).map(({report}) => endpointName(report));
	return verdict === 'pass' || names.length === 0 ? '' : `: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', ...' : ''}`;
}

/** What decided, and why it could not where it could not. */
function oneInWords(judged: Judged): string {
	const {report} = judged;
	if (report.reason !== undefined) {
		return `${endpointName(report)}: ${targetReasonInWords(report)}`;
	}

	const nothing = report.judgements === undefined ? undefined : nothingKnown(judged);
	if (nothing !== undefined) {
		return `${endpointName(report)}: ${nothing.message}`;
	}

	const open = verdictOf(judged) === 'inconclusive' ? Object.values(report.versions).filter(({status}) => status === 'inconclusive') : [];
	const causes = [...new Set(open.map(reasonInWords))];
	return `${endpointName(report)}: ${rulesInWords(judged)}${causes.length === 0 ? '' : ` (${causes.join('; ')})`}`;
}

/** A bar would begin what was measured, and the pages of Nagios may show what is left as HTML. */
const text = (any: string): string => plain(any).replaceAll(/[|<>]/g, character => `\\x${character.charCodeAt(0).toString(16)}`);
