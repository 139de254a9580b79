import {defineRule} from '../rule.js';

/** What a user states by this word. */
export default defineRule({
	id: 'accepts',
	title: 'each of these versions is accepted',
	source: {name: 'the expectation itself'},
	words: {accepts: ['TLSv1.2', 'TLSv1.3']},
	parameters: {accepts: 'the versions'},
	make: ({accepts = ['TLSv1.2', 'TLSv1.3']}) => ({
		title: `${accepts.join(', ')} ${accepts.length > 1 ? 'are' : 'is'} accepted`,
		source: {name: 'the expectation itself'},
		words: {accepts},
	}),
});
