import type {Tally} from '../engine/tally.js';
import {count, duration, rate} from './numbers.js';
import {type Look, makePaint} from './paint.js';

const stoppedWords = {
	interrupted: 'Interrupted: what was running has ended, the rest was not reached.',
	'max-time': 'Out of time (--max-time): the rest was not reached.',
	'first-failure': 'Stopped at the first failure (--bail): the rest was not probed.',
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

/** What a run over a list has come to, and what to look at first. */
export function summary({tally, elapsedMs, skipped, resumed, stopped, files}: SummaryFacts, look: Look): string {
	const paint = makePaint(look);
	const {targets, verdicts, causes, slowest, failed} = tally;
	const lines = [
		`${count(targets)} ${targets === 1 ? 'target' : 'targets'} in ${duration(elapsedMs)}, ${rate(targets, elapsedMs)}: ` +
			[
				paint(verdicts.pass > 0 ? 'green' : 'dim', `${count(verdicts.pass)} pass`),
				paint(verdicts.fail > 0 ? 'red' : 'dim', `${count(verdicts.fail)} fail`),
				paint(verdicts.inconclusive > 0 ? 'yellow' : 'dim', `${count(verdicts.inconclusive)} inconclusive`),
			].join(', '),
	];
	if (stopped !== undefined) {
		lines.push(stoppedWords[stopped]);
	}

	if (resumed > 0) {
		lines.push(`${count(resumed)} more ${resumed === 1 ? 'was' : 'were'} done by an earlier run.`);
	}

	if (skipped > 0) {
		lines.push(`${count(skipped)} ${skipped === 1 ? 'address' : 'addresses'} left out: this machine has no route to them.`);
	}

	if (causes.length > 0) {
		lines.push('', paint('bold', 'Commonest causes'));
		lines.push(
			...causes.slice(0, 6).map(({cause, count: times, example}) => `  ${count(times).padStart(8)}  ${cause}, such as ${example}`),
		);
	}

	if (failed.length > 0) {
		const more = verdicts.fail - failed.length;
		lines.push('', `${paint('bold', 'Look first at')} ${failed.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`);
	}

	if (targets > 1 && slowest.length > 0) {
		lines.push(
			`${paint('bold', 'Slowest')} ${slowest
				.slice(0, 3)
				.map(item => `${item.target} ${duration(item.durationMs)}`)
				.join(', ')}`,
		);
	}

	if (files.length > 0) {
		lines.push(`Results are in ${files.join(', ')}`);
	}

	return `${lines.join('\n')}\n`;
}
