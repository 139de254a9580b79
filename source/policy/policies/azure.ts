import {definePolicy} from '../policy.js';

export default definePolicy({
	name: 'azure',
	title: 'what each Azure service requires since its retirement date',
	source: {
		name: 'Microsoft, Azure Resource Manager: TLS support',
		url: 'https://learn.microsoft.com/azure/azure-resource-manager/management/tls-support',
	},
	rules: [{rule: 'azure-retired-versions'}],
});
