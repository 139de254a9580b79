import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'azure',
	title: 'what the services of Azure have come to demand, each from a day of its own',
	source: {
		name: 'Microsoft, Azure Resource Manager: TLS support',
		url: 'https://learn.microsoft.com/azure/azure-resource-manager/management/tls-support',
	},
	rules: [{rule: 'azure-retired-versions'}],
});
