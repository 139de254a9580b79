import type {ProbeOptions} from '../../engine/probe-options.js';
import type {Context} from '../command.js';
import {readDuration} from '../read-values.js';

/** @returns How long to wait, and what writes a line on standard error the first time that a target is not up. */
export function readWait(text: string | undefined, context: Pick<Context, 'warn'>): Pick<ProbeOptions, 'waitMs' | 'onWait'> {
	return {waitMs: text === undefined ? undefined : readDuration('--wait', text), onWait: noteWait(context)};
}

function noteWait({warn}: Pick<Context, 'warn'>): ProbeOptions['onWait'] {
	const noted = new Set<string>();
	return async ({target}, why, waitMs) => {
		if (noted.has(target)) {
			return;
		}

		noted.add(target);
		// What most runs do not ask for is not loaded for them.
		const {notUpInWords} = await import('../../formats/not-up.js');
		warn(`${target} is not up yet (${notUpInWords(why)}), waiting up to ${waitMs / 1000} s\n`);
	};
}
