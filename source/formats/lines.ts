import type {Format} from './format.js';
import {verdictOf} from './judged.js';
import {listLine} from './list-line.js';

/** One line per address, for reading long lists. */
export default {
	name: 'lines',
	isAppendable: true,
	start: ({look}) => ({
		add: ({addresses}) => addresses.map(judged => listLine({...judged.report, verdict: verdictOf(judged)}, look)).join(''),
		end: () => '',
	}),
} satisfies Format;
