import type {Format} from './format.js';
import {jsonLine} from './json-line.js';

/** JSON Lines: an object per address, each on one line. */
export default {
	name: 'jsonl',
	isAppendable: true,
	start: () => ({
		add({addresses}) {
			let lines = '';
			for (const {report} of addresses) {
				lines += jsonLine(report);
			}

			return lines;
		},
		end: () => '',
	}),
} satisfies Format;
