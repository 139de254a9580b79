import {defineRule} from '../rule.js';
import {azureServiceOf} from '../standards/azure-services.js';

const title = 'TLS 1.0 and 1.1 are refused, as by the services of Azure';
const source = {
	name: 'Microsoft, Azure Resource Manager: TLS support',
	url: 'https://learn.microsoft.com/azure/azure-resource-manager/management/tls-support',
};

/**
Each service of Azure stopped taking TLS 1.0 and 1.1 on a day of its own. Which service it is shows in the host's name; of other hosts,
the rule states what all of them state.

Some services check the version only once the handshake is done, so it judges what the service answers where that was asked: of those, a
handshake cannot show that an old version is refused.
*/
export default defineRule({
	id: 'azure-retired-versions',
	title,
	source,
	words: {rejects: ['TLSv1.0', 'TLSv1.1'], acceptsAny: ['TLSv1.2', 'TLSv1.3']},
	judges: 'service',
	make({rejects, acceptsAny}, {host}) {
		const service = azureServiceOf(host);
		const words = {rejects, acceptsAny};
		return service === undefined
			? {title, source, words}
			: {title: `TLS 1.0 and 1.1 are refused, as by ${service.name} since ${service.since}`, source: service.source, words};
	},
});
