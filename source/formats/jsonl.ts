import type {Format} from './format.js';
import {jsonLine} from './json-line.js';

/** JSON Lines: an object per address, each on a line of its own. */
export default {
	name: 'jsonl',
	isAppendable: true,
	start: () => ({
		add: ({addresses}) => addresses.map(({report}) => jsonLine(report)).join(''),
		end: () => '',
	}),
} satisfies Format;
