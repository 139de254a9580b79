import {defineRule} from '../rule.js';

/** What a proxy's own configuration says. Who reads it says where it stands. */
export default defineRule({
	id: 'configured-accepts',
	title: 'the versions that the configuration lists are accepted',
	source: {name: 'the configuration of the server'},
	words: {accepts: ['TLSv1.2', 'TLSv1.3']},
	parameters: {accepts: 'the versions'},
});
