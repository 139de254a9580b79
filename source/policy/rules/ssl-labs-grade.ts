import {definePartRule} from '../rule.js';

export default definePartRule({
	id: 'ssl-labs-grade',
	title: 'the grade by the SSL Labs rating guide is A or better',
	source: {name: 'SSL Labs Server Rating Guide 2009r', url: 'https://github.com/ssllabs/research/wiki/SSL-Server-Rating-Guide'},
	probe: 'grade',
	demand: 'A',
});
