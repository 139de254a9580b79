import type {Format} from './format.js';

/** One array of the objects that JSON Lines has, an object to a line. */
export default {
	name: 'json',
	isAppendable: false,
	start() {
		let before = '[\n';
		return {
			add({addresses}) {
				const text = before + addresses.map(({report}) => JSON.stringify(report)).join(',\n');
				before = ',\n';
				return text;
			},
			end: () => (before === ',\n' ? '\n]\n' : '[]\n'),
		};
	},
} satisfies Format;
