import {defineRule} from '../rule.js';

/** What a user states by this word. */
export default defineRule({
	id: 'accepts-any',
	title: 'at least one of these versions is accepted',
	source: {name: 'the expectation itself'},
	words: {acceptsAny: ['TLSv1.2', 'TLSv1.3']},
	parameters: {acceptsAny: 'the versions'},
	make: ({acceptsAny = ['TLSv1.2', 'TLSv1.3']}) => ({
		title: `${acceptsAny.join(' or ')} is accepted`,
		source: {name: 'the expectation itself'},
		words: {acceptsAny},
	}),
});
