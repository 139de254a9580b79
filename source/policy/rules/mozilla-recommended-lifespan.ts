import {definePartRule} from '../rule.js';

/** What the guideline recommends for every level, beside the maximum of each: not part of a policy, for those who want it. */
export default definePartRule({
	id: 'mozilla-recommended-lifespan',
	title: 'certificates are valid for at most 90 days',
	source: {name: 'Mozilla Server Side TLS 6.0, modern and intermediate', url: 'https://ssl-config.mozilla.org/guidelines/6.0.json'},
	probe: 'certificates',
	demand: {validityDays: 90},
});
