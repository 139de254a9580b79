import {defineRule} from '../rule.js';
import {azureServiceOf, isInForce} from '../services/find-azure-service.js';

const title = 'TLS 1.0 and 1.1 are refused, as Azure services require';
const source = {
	name: 'Microsoft, Azure Resource Manager: TLS support',
	url: 'https://learn.microsoft.com/azure/azure-resource-manager/management/tls-support',
};

/**
Each service of Azure stopped accepting TLS 1.0 and 1.1 on its own day, or will. The name of the host shows which service it is; of other
hosts, the rule states what all services state. Before the day of a service, and where its day was moved, the rule demands only that TLS 1.2
or 1.3 is accepted, and says what was announced.

Some services check the version only once the handshake is done, so it judges what the service answers where that was asked: of those, a
handshake cannot show that an old version is refused.
*/
export default defineRule({
	id: 'azure-retired-versions',
	title,
	source,
	words: {rejects: ['TLSv1.0', 'TLSv1.1'], acceptsAny: ['TLSv1.2', 'TLSv1.3']},
	basis: 'service',
	make({rejects, acceptsAny}, {host, today}) {
		const service = azureServiceOf(host);
		if (service === undefined) {
			return {title, source, words: {rejects, acceptsAny}};
		}

		const {name, since} = service;
		if (service.isOngoing) {
			return {
				title: `TLS 1.2 or 1.3 is accepted; ${name} announced the end of TLS 1.0 and 1.1 for ${since}, but has not confirmed it`,
				source: service.source,
				words: {acceptsAny},
			};
		}

		return isInForce(service, today)
			? {title: `TLS 1.0 and 1.1 are refused; ${name} refuses them since ${since}`, source: service.source, words: {rejects, acceptsAny}}
			: {
					title: `TLS 1.2 or 1.3 is accepted; ${name} refuses TLS 1.0 and 1.1 from ${since} on`,
					source: service.source,
					words: {acceptsAny},
					coming: rejects && {day: since, rejects},
				};
	},
});
