import type {TargetResult} from '../../engine/probe-target.js';
import type {Context} from '../command.js';

/** The addresses that this machine has no route to. */
export function warnOfSkipped({target, skipped}: TargetResult, {warn}: Pick<Context, 'warn'>): void {
	for (const {address, code} of skipped) {
		warn(`${target.target}: ${address} left out, this machine has no route to it (${code})\n`);
	}
}
