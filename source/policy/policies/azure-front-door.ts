import {definePolicy} from '../policy.js';

/**
This is not part of the policy `azure`, for two reasons: a custom domain does not show by its name that Front Door serves it, and `azure`, which is for
lists of services, would have to ask every host for its cipher suites.
*/
export default definePolicy({
	name: 'azure-front-door',
	title: 'hosts behind Azure Front Door, with any domain: what Azure requires, and only cipher suites that Front Door has',
	source: {name: 'Microsoft, Front Door: TLS policy (2026-08-13)', url: 'https://learn.microsoft.com/azure/frontdoor/tls-policy'},
	extends: ['azure'],
	rules: [{rule: 'azure-front-door-suites'}],
});
