import type {ProbeHooks} from '../../engine/probe-options.js';
import type {Context} from '../command.js';
import {readDuration} from '../read-values.js';

/** How long to wait until a target is up, in milliseconds. */
export const readWait = (text: string | undefined): number | undefined => (text === undefined ? undefined : readDuration('--wait', text));

/** @returns What writes a line on standard error the first time that a target is not up. */
export function noteWait({warn}: Pick<Context, 'warn'>): NonNullable<ProbeHooks['onWait']> {
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
