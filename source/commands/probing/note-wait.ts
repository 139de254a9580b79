import type {ProbeOptions} from '../../engine/probe-target.js';
import type {NotUp} from '../../engine/wait-until-up.js';
import {unreachableInWords} from '../../formats/words.js';
import type {Context} from '../command.js';
import {readDuration} from '../read-values.js';

const eraseLine = '\r\u001B[2K';

/** @returns What to wait with, and a line on standard error the first time that a target is not up. */
export function readWait(text: string | undefined, context: Pick<Context, 'warn' | 'errors'>): Pick<ProbeOptions, 'waitMs' | 'onWait'> {
	return {waitMs: text === undefined ? undefined : readDuration('--wait', text), onWait: noteWait(context)};
}

function noteWait({warn, errors}: Pick<Context, 'warn' | 'errors'>): ProbeOptions['onWait'] {
	const noted = new Set<string>();
	return ({target}, why, waitMs) => {
		if (!noted.has(target)) {
			noted.add(target);
			// A line that shows what is waited for may stand there.
			const start = errors.isTerminal ? eraseLine : '';
			warn(`${start}${target} is not up yet (${inWords(why)}), waiting up to ${waitMs / 1000} s\n`);
		}
	};
}

function inWords(why: NotUp): string {
	if (why.kind === 'name') {
		return `its name was not found: ${why.code}`;
	}

	const {outcome} = why;
	switch (outcome.kind) {
		case 'unreachable':
			return unreachableInWords(outcome.code, outcome.stage === 'connect' ? undefined : outcome.stage);
		case 'proxy-refused':
		case 'starttls-refused':
			return outcome.words;
		default:
			return 'connections are closed without an answer';
	}
}
