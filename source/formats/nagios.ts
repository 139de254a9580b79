import {type EndpointVerdict, worstVerdict} from '../policy/default-expectation.js';
import {countsInWords, endpointName, verdicts} from './endpoint.js';
import {plain} from './escape/plain.js';
import type {Format} from './format.js';
import {type Judged, nothingKnown, rulesInWords} from './judged.js';
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
	start() {
		const totals: Totals = {
			counts: {fail: 0, inconclusive: 0, pass: 0},
			named: {fail: [], inconclusive: [], pass: []},
			longestMs: 0,
		};
		return {
			add({addresses}) {
				for (const judged of addresses) {
					const {verdict} = judged.report;
					totals.counts[verdict] += 1;
					totals.longestMs = Math.max(totals.longestMs, judged.report.durationMs);
					if (totals.named[verdict].length < mostNamed) {
						totals.named[verdict].push(judged);
					}
				}

				return '';
			},
			end: () => pluginOutput(totals),
		};
	},
} satisfies Format;

type Totals = {
	readonly counts: Record<EndpointVerdict, number>;
	/** The first of each verdict. */
	readonly named: Readonly<Record<EndpointVerdict, Judged[]>>;
	longestMs: number;
};

function pluginOutput({counts, named, longestMs}: Totals): string {
	const verdict = worstVerdict(verdicts.filter(name => counts[name] > 0));
	const measured = [
		`time=${(longestMs / 1000).toFixed(3)}s;;;0`,
		...(['pass', 'fail', 'inconclusive'] as const).map(name => `${name}=${counts[name]};;;0`),
	];
	const total = counts.fail + counts.inconclusive + counts.pass;
	const only = total === 1 ? named[verdict][0] : undefined;
	const headline = only === undefined ? `${countsInWords(counts)}${worstNamed(named[verdict], verdict)}` : oneInWords(only);
	const wrong = only === undefined ? [...named.fail, ...named.inconclusive].slice(0, mostNamed) : [];
	const lines = wrong.map(judged => `${words[judged.report.verdict]}: ${oneInWords(judged)}`);
	const left = only === undefined ? counts.fail + counts.inconclusive - wrong.length : 0;
	const more = left > 0 ? [`and ${left} more`] : [];
	return `TLS ${words[verdict]} - ${text(headline)} | ${measured.join(' ')}\n${[...lines, ...more].map(line => `${text(line)}\n`).join('')}`;
}

function worstNamed(named: readonly Judged[], verdict: EndpointVerdict): string {
	const names = named.slice(0, 4).map(({report}) => endpointName(report));
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

	const open = report.verdict === 'inconclusive' ? Object.values(report.versions).filter(({status}) => status === 'inconclusive') : [];
	const causes = [...new Set(open.map(reasonInWords))];
	return `${endpointName(report)}: ${rulesInWords(judged)}${causes.length === 0 ? '' : ` (${causes.join('; ')})`}`;
}

/** A bar would begin what was measured, and the pages of Nagios may show what is left as HTML. */
const text = (any: string): string => plain(any).replaceAll(/[|<>]/g, character => `\\x${character.charCodeAt(0).toString(16)}`);
