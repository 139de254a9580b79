import {defineRule} from '../rule.js';

/** What a proxy's own configuration says. Who reads it says where it stands. */
export default defineRule({
	id: 'configured-rejects',
	title: 'the versions that the configuration does not list are rejected',
	source: {name: 'the configuration of the server'},
	words: {rejects: ['TLSv1.0', 'TLSv1.1']},
	parameters: {rejects: 'the versions'},
});
