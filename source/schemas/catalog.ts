import type {CatalogEntry, ServiceEnding} from '../catalogs/catalog.js';
import type {ListedCatalog} from '../catalogs/listed-catalog.js';
import type {Expectation} from '../policy/expectation.js';
import type {Words} from '../policy/words.js';
import {listOf, objectOf, optional, published, text, texts} from './building/describe.js';
import {described, ofResult} from './building/of-result.js';
import {clouds, hostsByCloud, retirement} from './building/retirement.js';

type Expected<Kind extends Expectation[number]['kind']> = Extract<Expectation[number], {kind: Kind}>;

const versions = (description: string) => optional(listOf(ofResult.version, description));

const words = objectOf<Words>(
	{
		rejects: versions('all of these versions are rejected'),
		accepts: versions('all of these versions are accepted'),
		acceptsAny: versions('at least one of these versions is accepted'),
		minimum: optional(described('lower versions are rejected, and this one or a higher one is accepted', ofResult.version)),
	},
	'what is expected of versions',
);

const expectation = {
	oneOf: [
		objectOf<Expected<'policy'>>({
			kind: {description: 'a policy', const: 'policy'},
			name: text('the name of the policy, as --policy takes it'),
		}),
		objectOf<Pick<Expected<'rule'>, 'kind' | 'rule'>>({
			kind: {description: 'a rule', const: 'rule'},
			rule: text('the id of the rule'),
		}),
		objectOf<Pick<Expected<'words'>, 'kind' | 'words'>>({kind: {description: 'words about versions', const: 'words'}, words}),
	],
};

const entry = objectOf<CatalogEntry>({
	service: text('the name of the service'),
	hosts: hostsByCloud('the hosts of each cloud, with a port if it is not 443; a name in braces is a variable'),
	minimum: optional(text('the oldest version that the service documents; left out if no document was found')),
	since: optional(text('since when, in words or as a date')),
	ends: optional(
		listOf(
			objectOf<ServiceEnding>({
				...retirement,
				clouds: optional(listOf(clouds, 'where the day holds; left out if it holds in every cloud')),
				hosts: optional(texts('the hosts of the entry that the day is about; left out if it is about all')),
				source: text('the document that names the day, and its date'),
			}),
			'the days on which the service stops accepting TLS 1.0 and 1.1',
		),
	),
	source: text('the document that the entry is from, and its date'),
	note: optional(text('what else is known of the service')),
	expect: optional(
		listOf(expectation, 'what is expected of the hosts; if it is left out, what follows from minimum, or else the default policy'),
	),
	isLeftOut: optional(text('why the hosts are not probed')),
});

export default published(
	'A line of tlsprobe catalog --json: one catalog',
	objectOf<ListedCatalog>(
		{
			name: text('the name that --catalog takes; for a file, the name in it or of it'),
			title: text('the title, for people'),
			note: optional(text('what else is known of the catalog')),
			entries: listOf(entry, 'the services, and hosts of each'),
			variables: listOf(
				objectOf<ListedCatalog['variables'][number]>({
					name: text('the name, as it is in braces in hosts'),
					option: text('the option that gives it a value'),
				}),
				'the variables in the hosts; empty if there are none',
			),
		},
		'A catalog of endpoints. Later versions may add fields; these stay.',
	),
);
