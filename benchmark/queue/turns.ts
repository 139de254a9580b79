import type {ChildProcess} from 'node:child_process';
import {setTimeout} from 'node:timers/promises';

const turnMs = 1000;

/** Processes that are measured together, and the end of what they do. */
export type Side = {readonly children: readonly ChildProcess[]; readonly ended: Promise<unknown>};

/**
Let two sides run by turns of a second: the processes of one are stopped while the other runs. Both have the same machine then, whatever else it does
meanwhile. One second is much less than what any of them takes for a sign that another process is gone.

@returns Resolves when both have ended.
*/
export async function takeTurns(first: Side, second: Side): Promise<void> {
	const left = new Set([first, second]);
	for (const side of [first, second]) {
		void side.ended.finally(() => left.delete(side)).catch(() => {});
	}

	signal(second, 'SIGSTOP');
	for (let [runs, waits] = [first, second]; left.size === 2; [runs, waits] = [waits, runs]) {
		await Promise.race([setTimeout(turnMs), runs.ended]);
		signal(runs, 'SIGSTOP');
		signal(waits, 'SIGCONT');
	}

	for (const side of [first, second]) {
		signal(side, 'SIGCONT');
	}

	await Promise.all([first.ended, second.ended]);
}

/** One that has ended gets none. */
function signal({children}: Side, name: 'SIGSTOP' | 'SIGCONT'): void {
	for (const child of children) {
		child.kill(name);
	}
}
