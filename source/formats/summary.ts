import {safeText} from '../bytes/safe-text.js';
import type {Tally} from '../lists/tally.js';
import {columnsOf, fill, hangingIndent, wordsOf} from './fill.js';
import {count, duration, rate} from './numbers.js';
import {makePaint, type TerminalFeatures} from './paint.js';
import {sharedKeyInWords} from './shared-key.js';

const stoppedWords = {
	interrupted: 'Interrupted: running probes have ended, the remaining targets were not probed.',
	'max-time': 'Out of time (--max-time): the remaining targets were not probed.',
	'first-failure': 'Stopped at the first failure (--bail): the remaining targets were not probed.',
} as const;

export type SummaryFacts = {
	readonly tally: Tally;
	readonly elapsedMs: number;
	/** Addresses that this machine has no route to. */
	readonly skipped: number;
	/** What an earlier run had done already. */
	readonly resumed: number;
	/** Why the run ended before its lists did. */
	readonly stopped: keyof typeof stoppedWords | undefined;
	/** Where the results are, where they were not printed. */
	readonly files: readonly string[];
};

/** A space that is no place to break a line. */
const noBreak = '\u00a0';

/** What a run over a list has come to, and what to look at first. */
export function summary({tally, elapsedMs, skipped, resumed, stopped, files}: SummaryFacts, look: TerminalFeatures): string {
	const paint = makePaint(look);
	const {targets, verdicts, causes, slowest, failed, sharedKeys} = tally;
	const width = columnsOf(look);
	/** What begins a line stands out, and what does not fit stands below it. A number stays on the line of its unit. */
	const headed = (head: string, rest: string): string[] =>
		hangingIndent(`${head} ${rest}`, width, '', '  ', true)
			.map(line => line.replaceAll(noBreak, ' '))
			.map((line, index) => (index === 0 ? line.replace(head, () => paint('bold', head)) : line));
	const lines = [
		fill(
			[
				...wordsOf(`${count(targets)} ${targets === 1 ? 'target' : 'targets'} in ${duration(elapsedMs)}, ${rate(targets, elapsedMs)}:`),
				...wordsOf(`${count(verdicts.pass)} pass`, verdicts.pass > 0 ? 'green' : 'dim'),
				{text: ',', gap: 0},
				...wordsOf(`${count(verdicts.fail)} fail`, verdicts.fail > 0 ? 'red' : 'dim'),
				{text: ',', gap: 0},
				...wordsOf(`${count(verdicts.inconclusive)} inconclusive`, verdicts.inconclusive > 0 ? 'yellow' : 'dim'),
			],
			look,
			2,
		).trimEnd(),
	];
	if (stopped !== undefined) {
		lines.push(stoppedWords[stopped]);
	}

	if (targets === 0 && resumed === 0 && stopped === undefined) {
		lines.push('There was no target to probe, so nothing is decided.');
	}

	if (resumed > 0) {
		lines.push(`${count(resumed)} more ${resumed === 1 ? 'was' : 'were'} done by an earlier run.`);
	}

	if (skipped > 0) {
		lines.push(`${count(skipped)} ${skipped === 1 ? 'address' : 'addresses'} left out: this machine has no route to them.`);
	}

	if (causes.length > 0) {
		lines.push('', paint('bold', 'Most common causes'));
		lines.push(
			...causes
				.slice(0, 6)
				.flatMap(({cause, count: times, example}) =>
					hangingIndent(`${cause}, such as ${safeText(example, look)}`, width, `  ${count(times).padStart(8)}  `, ' '.repeat(12), true),
				),
		);
	}

	if (sharedKeys.length > 0) {
		lines.push('', paint('bold', 'DROWN with the key of another host'));
		lines.push(...sharedKeys.flatMap(item => hangingIndent(sharedKeyInWords(item, look), width, '  ', '    ', true)));
	}

	if (failed.length > 0) {
		const more = verdicts.fail - failed.length;
		lines.push('', ...headed('First failures', `${safeText(failed.join(', '), look)}${more > 0 ? ` and ${count(more)} more` : ''}`));
	}

	if (targets > 1 && slowest.length > 0) {
		lines.push(
			...headed(
				'Slowest',
				slowest
					.slice(0, 3)
					.map(item => `${safeText(item.target, look)} ${duration(item.durationMs).replace(' ', noBreak)}`)
					.join(', '),
			),
		);
	}

	if (files.length > 0) {
		lines.push(`Results are in ${safeText(files.join(', '), look)}`);
	}

	return `${lines.join('\n')}\n`;
}
