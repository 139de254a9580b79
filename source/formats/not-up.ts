import type {NotUp} from '../engine/not-up.js';
import {unreachableInWords} from './words.js';

/** Why a target does not count as up, in words. What a peer says is as it came. */
export function notUpInWords(why: NotUp): string {
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
