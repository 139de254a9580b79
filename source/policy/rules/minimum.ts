import {defineRule} from '../rule.js';

/** What a user states by this word. */
export default defineRule({
	id: 'minimum',
	title: 'every lower version is rejected, and this or a higher version is accepted',
	source: {name: 'the expectation itself'},
	words: {minimum: 'TLSv1.2'},
	parameters: {minimum: 'the version'},
	make: ({minimum = 'TLSv1.2'}) => ({
		title: `only ${minimum} and higher versions are accepted`,
		source: {name: 'the expectation itself'},
		words: {minimum},
	}),
});
