import {definePartRule} from '../rule.js';

/** The guideline recommends this for both levels. The maximum of intermediate is longer, so no policy contains this rule. */
export default definePartRule({
	id: 'mozilla-recommended-lifespan',
	title: 'certificates are valid for at most 90 days',
	source: {name: 'Mozilla Server Side TLS 6.0, modern and intermediate', url: 'https://ssl-config.mozilla.org/guidelines/6.0.json'},
	probe: 'certificates',
	demand: {validityDays: 90},
});
