import {makeJudge} from '../engine/judge-report.js';
import {formatByExtension} from '../formats/index.js';
import {checkNoFiles} from './check-words.js';
import {defineCommand, UsageError} from './command.js';
import {catalogFlags, checkCatalogFlags} from './probing/catalog-flags.js';
import {planPlaces} from './probing/plan-places.js';
import {takeFlags} from './probing/probe-flags.js';
import type {NamedTargets} from './probing/read-catalogs.js';
import {runLists} from './probing/run-lists.js';

const flags = {
	output: {type: 'string', value: 'file', shortFlag: 'o'},
	format: {type: 'string', value: 'baseline-formats'},
	json: {type: 'boolean'},
	...takeFlags(
		'versions',
		'samples',
		'timeout',
		'deadline',
		'retries',
		'maxConnections',
		'addresses',
		'ipv4',
		'ipv6',
		'resolve',
		'servername',
		'confirm',
		'probes',
		'full',
		'ca',
		'online',
		'ctLogs',
		'hosts',
		'hostsFormat',
		'dns',
		'concurrency',
		'rate',
		'proxy',
		'compareDirect',
		'proxyProtocol',
		'starttls',
		'alpn',
		'source',
		'quiet',
	),
	...catalogFlags,
} as const;

/** A run to compare with later. */
export default defineCommand({
	name: 'baseline',
	summary: 'save results, to compare later with tlsprobe diff',
	operands: 'host',
	flags,
	help: `Usage
  $ tlsprobe baseline HOST[:PORT]... -o FILE
  $ tlsprobe baseline --hosts HOSTS -o FILE

Probes the targets, and saves the results as lines of JSON in their order,
with the certificate of each that accepts TLS 1.2 or older. A baseline
describes the current state: no result is judged.

Options
  -o, --output FILE   the file to write; an existing file is replaced
  --format NAME       jsonl or json  [by the extension of FILE, else jsonl]
  --json              short for --format jsonl
  --hosts HOSTS       probe the targets in HOSTS, or - for stdin; repeatable
  and --versions, --samples, --servername, --confirm, --probes, --full, --ca,
  --online, --ct-logs, --addresses, -4, -6, --resolve, --source, --dns,
  --hosts-format, --rate, --concurrency, --timeout, --deadline, --retries,
  --max-connections, --proxy, --compare-direct, --starttls, --proxy-protocol,
  --alpn, --quiet, --catalog, --cloud, --region, --account, --vault,
  --namespace, --workspace, --set, as described in tlsprobe --help

Exit code
  0 saved; versions that could not be decided are counted on stderr, because
  diff cannot compare them  2 wrong usage  74 cannot write  130 interrupted

Examples
  $ tlsprobe baseline portal.example.com -o before.jsonl
  $ tlsprobe diff before.jsonl
`,
	async run(input, values, context) {
		if (values.output === undefined) {
			throw new UsageError('set the file to write with --output FILE');
		}

		const ending = formatByExtension(values.output);
		if (ending !== undefined && ending !== 'jsonl' && ending !== 'json') {
			throw new UsageError(`a baseline is lines of JSON, not ${ending}; name it FILE.jsonl`);
		}

		const places = planPlaces<'jsonl' | 'json'>(
			{...values, output: [values.output]},
			{formats: {jsonl: {extension: '.jsonl'}, json: {extension: '.json'}}, usual: 'jsonl', unnamed: 'jsonl', fallback: 'jsonl'},
		);
		if (places.printed !== undefined) {
			throw new UsageError(
				`--output ${values.output} is ${places.files[0]!.format} by its extension; leave out --format ${places.printed}`,
			);
		}

		if (input.length === 0 && values.hosts.length === 0 && values.catalog.length === 0) {
			throw new UsageError('name a host, or a list with --hosts FILE');
		}

		checkNoFiles(input);
		checkCatalogFlags(values);
		const flagsOfRun = {...values, output: [values.output], format: places.files[0]!.format, json: undefined, ordered: true};
		const {targets, byTarget}: NamedTargets =
			values.catalog.length === 0
				? {targets: input}
				: await (await import('./probing/read-catalogs.js')).withCatalogs(input, values, context);
		const judge = byTarget && makeJudge({byTarget});
		const code = await runLists(targets, flagsOfRun, context, judge, {readsCertificate: true, isWhole: true});
		return code === 1 || code === 3 ? 0 : code;
	},
});
