import type {Format} from './format.js';
import {reportJson} from './json-line.js';

/** One array of the objects that JSON Lines has, an object to a line. */
export default {
	name: 'json',
	isAppendable: false,
	start() {
		let before = '[\n';
		return {
			add({addresses}) {
				const text = before + addresses.map(({report}) => reportJson(report)).join(',\n');
				before = ',\n';
				return text;
			},
			end: () => (before === ',\n' ? '\n]\n' : '[]\n'),
		};
	},
} satisfies Format;
