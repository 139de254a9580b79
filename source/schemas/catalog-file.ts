import {type CatalogEntry, clouds} from '../catalogs/catalog.js';
import {hostPattern} from '../catalogs/read-catalog.js';
import {versionNames} from '../iana/versions.js';
import {policies} from '../policy/policies/index.js';
import type {Words} from '../policy/words.js';
import type {JsonSchema} from '../probes/report-part.js';
import {closedObjectOf, listOf, optional, published, text} from './building/describe.js';

/** An entry of a file, whose hosts and expectation may be written in more ways than one. */
type EntryOfFile = Pick<CatalogEntry, 'hosts'> & Partial<Omit<CatalogEntry, 'hosts' | 'ends'>>;

const host = {
	description: 'a host, host:port, [IPv6]:port, or a pattern such as {account}.example.com, which --set account=NAME fills in',
	type: 'string',
	pattern: hostPattern.source,
};

const hosts = (description: string): JsonSchema => listOf({$ref: '#/$defs/host'}, description);

/** What parseVersion() reads. JSON Schema has no flag for small letters and capitals. */
const spellings = String.raw`^\s*(?:[Ss][Ss][Ll][\s_-]*[Vv]?[\s_-]*[23](?:[._-]?0)?|(?:[Tt][Ll][Ss])?[\s_-]*[Vv]?[\s_-]*1(?:[._-]?[0-3])?)\s*$`;

const version = {anyOf: [{enum: versionNames}, {description: 'another usual spelling, such as 1.2', type: 'string', pattern: spellings}]};

const versions = (description: string) =>
	optional({description, anyOf: [{$ref: '#/$defs/version'}, {type: 'array', minItems: 1, items: {$ref: '#/$defs/version'}}]});

const words = closedObjectOf<Words>(
	{
		rejects: versions('all of these versions are rejected'),
		accepts: versions('all of these versions are accepted'),
		acceptsAny: versions('at least one of these versions is accepted'),
		minimum: optional({
			description: 'lower versions are rejected, and this one or a higher one is accepted',
			$ref: '#/$defs/version',
		}),
	},
	'what is expected of versions',
);

const demand = {
	anyOf: [
		{description: 'a policy, as --policy takes it', enum: policies.map(({name}) => name)},
		{...words, minProperties: 1},
	],
};

const entry = closedObjectOf<EntryOfFile>(
	{
		service: optional(text('the name of the service; without it, the first host')),
		hosts: {
			description: 'the hosts, or the hosts of each cloud',
			anyOf: [
				hosts('the hosts; they are of the public cloud'),
				closedObjectOf(Object.fromEntries(clouds.map(cloud => [cloud, optional(hosts('the hosts in this cloud; --cloud selects it'))]))),
			],
		},
		minimum: optional(
			text('the oldest version that the service documents, such as TLS 1.2; if it is a version, older ones have to be rejected'),
		),
		since: optional(text('since when, in words or as a date')),
		expect: optional({
			description: 'what is expected of the hosts, instead of what follows from minimum',
			anyOf: [{$ref: '#/$defs/demand'}, {type: 'array', minItems: 1, items: {$ref: '#/$defs/demand'}}],
		}),
		source: optional(text('the document that the entry is from')),
		note: optional(text('what else is known of the service')),
		isLeftOut: optional(text('why the hosts are not probed')),
	},
	'a service and its hosts',
);

const entries = {
	description: 'the services and hosts',
	type: 'array',
	minItems: 1,
	items: {anyOf: [{$ref: '#/$defs/host'}, {$ref: '#/$defs/entry'}]},
};

export default published(
	'The file that --catalog FILE reads: your own list of endpoints',
	{
		description:
			'A catalog of your own, as a list or as an object with a name. Lists of endpoints that Microsoft publishes are read too, and not described here.',
		anyOf: [
			entries,
			{
				type: 'object',
				properties: {
					$schema: text('where this schema is, for editors'),
					name: text('what the catalog is called; without it, the name of the file'),
					title: text('the title, for people'),
					entries,
				},
				required: ['entries'],
			},
		],
	},
	{host, version, demand, entry},
);
