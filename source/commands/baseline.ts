import {makeJudge} from '../engine/judge-report.js';
import {formatByExtension} from '../formats/index.js';
import {checkNoFiles} from './check-words.js';
import {defineCommand, UsageError} from './command.js';
import {catalogFlags, checkCatalogFlags} from './probing/catalog-flags.js';
import {planPlaces} from './probing/plan-places.js';
import {type ProbeFlags, probeFlags} from './probing/probe-flags.js';
import type {NamedTargets} from './probing/read-catalogs.js';
import {runLists} from './probing/run-lists.js';

const {
	versions,
	samples,
	timeout,
	deadline,
	retries,
	maxConnections,
	addresses,
	ipv4,
	ipv6,
	resolve,
	servername,
	confirm,
	probes,
	full,
	hosts,
	hostsFormat,
	dns,
	concurrency,
	rate,
	proxy,
	compareDirect,
	proxyProtocol,
	starttls,
	alpn,
	source,
	quiet,
} = probeFlags;

const flags = {
	output: {type: 'string', shortFlag: 'o'},
	format: {type: 'string'},
	json: {type: 'boolean'},
	...{
		versions,
		samples,
		timeout,
		deadline,
		retries,
		maxConnections,
		addresses,
		ipv4,
		ipv6,
		resolve,
		servername,
		confirm,
		probes,
		full,
		hosts,
		hostsFormat,
		dns,
		concurrency,
		rate,
		proxy,
		compareDirect,
		proxyProtocol,
		starttls,
		alpn,
		source,
		quiet,
		...catalogFlags,
	},
} as const;

/** A run to compare with later. */
export default defineCommand({
	name: 'baseline',
	summary: 'save a run, to compare with later by tlsprobe diff',
	flags,
	help: `Usage
  $ tlsprobe baseline HOST[:PORT]... -o FILE
  $ tlsprobe baseline --hosts HOSTS -o FILE

Probes, and keeps the results as lines of JSON, in the order of the targets,
with the certificate of each that accepts TLS 1.2 or older. What the results
are does not count: a baseline says what is, not what should be.

Options
  -o, --output FILE   where to; what is there is replaced
  --format NAME       jsonl or json  [as FILE ends, else jsonl]
  --json              short for --format jsonl
  --hosts HOSTS       probe what HOSTS names; - is standard input; repeatable
  and --versions, --samples, --servername, --confirm, --probes, --full,
  --addresses, -4, -6, --resolve, --source, --dns, --hosts-format, --rate,
  --concurrency, --timeout, --deadline, --retries, --max-connections, --proxy,
  --compare-direct, --starttls, --proxy-protocol, --alpn, --quiet, --catalog
  with what fills it in, as tlsprobe --help has them

Exit code
  0 saved: what could not be decided is counted on stderr, for a change of it
  will not show  2 wrong usage  74 could not be written  130 interrupted

Examples
  $ tlsprobe baseline portal.example.com -o before.jsonl
  $ tlsprobe diff before.jsonl
`,
	async run(input, values, context) {
		if (values.output === undefined) {
			throw new UsageError('say where to keep it: --output FILE');
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
			throw new UsageError(`--output ${values.output} is ${places.files[0]!.format} by its name; leave --format ${places.printed} out`);
		}

		if (input.length === 0 && values.hosts.length === 0 && values.catalog.length === 0) {
			throw new UsageError('name a host, or a list with --hosts FILE');
		}

		checkNoFiles(input);
		checkCatalogFlags(values);
		const flagsOfRun = {...unset, ...values, output: [values.output], format: places.files[0]!.format, json: undefined, ordered: true};
		const {targets, byTarget}: NamedTargets =
			values.catalog.length === 0
				? {targets: input}
				: await (await import('./probing/read-catalogs.js')).withCatalogs(input, values, context);
		const judge = byTarget && makeJudge({byTarget});
		const code = await runLists(targets, flagsOfRun, context, judge, {readsCertificate: true, isWhole: true});
		return code === 1 || code === 3 ? 0 : code;
	},
});

/** What a flag is that was not given: also those of a probe that a baseline has not. */
const unset = Object.fromEntries(
	Object.entries(probeFlags).map(([name, flag]) => [name, 'isMultiple' in flag ? [] : undefined]),
) as unknown as ProbeFlags;
