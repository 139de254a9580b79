import {defineRule} from '../rule.js';

/** What a user states by this word. */
export default defineRule({
	id: 'rejects',
	title: 'each of these versions is rejected',
	source: {name: 'the expectation itself'},
	words: {rejects: ['TLSv1.0', 'TLSv1.1']},
	parameters: {rejects: 'the versions'},
	make: ({rejects = ['TLSv1.0', 'TLSv1.1']}) => ({
		title: `${rejects.join(', ')} ${rejects.length > 1 ? 'are' : 'is'} rejected`,
		source: {name: 'the expectation itself'},
		words: {rejects},
	}),
});
