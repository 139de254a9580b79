import {readFile} from 'node:fs/promises';
import {decodeText} from '../bytes/decode-text.js';
import {nearest} from '../bytes/nearest.js';
import {quotedPath} from '../bytes/quoted-path.js';
import {toJson} from '../bytes/safe-text.js';
import {whyUnreadable} from '../bytes/why-unreadable.js';
import type {ClientProfile} from '../clients/client-profile.js';
import {findClients} from '../clients/find-clients.js';
import {clientProfiles} from '../clients/index.js';
import {listedClient} from '../clients/listed-client.js';
import {makeConnectionLimits} from '../engine/connection-limits.js';
import {probeTarget} from '../engine/probe-target.js';
import {limitsInWords} from '../formats/client-limits.js';
import {type ClientsResult, clientsJson, clientsResultOf, clientsText} from '../formats/clients.js';
import {requestProbe} from '../probes/requests.js';
import {clientsOfReport} from '../windows/clients-of-report.js';
import {checkNoFiles} from './check-words.js';
import {readHelloFile} from './clients/read-hello-file.js';
import {type Context, defineCommand, type ExitCode, UsageError} from './command.js';
import {catalogFlags, checkCatalogFlags} from './probing/catalog-flags.js';
import {planPrinting, printingFlags, withPrinting} from './probing/printing.js';
import {takeFlags} from './probing/probe-flags.js';
import {withCatalogs} from './probing/read-catalogs.js';
import {optionsOf, readNamed} from './probing/read-named.js';
import {readHooks, readOptions} from './probing/read-options.js';
import {readAll} from './read-all.js';
import {allowOnly} from './read-flags.js';

const flags = {
	client: {type: 'string', value: 'clients', isMultiple: true},
	clientHello: {type: 'string', value: 'file', isMultiple: true},
	from: {type: 'string', value: 'file', isMultiple: true},
	list: {type: 'boolean'},
	...takeFlags(
		'servername',
		'addresses',
		'ipv4',
		'ipv6',
		'resolve',
		'dns',
		'timeout',
		'deadline',
		'retries',
		'maxConnections',
		'proxy',
		'starttls',
		'alpn',
		'quiet',
	),
	...catalogFlags,
	...printingFlags,
} as const;

/** Whether old and new clients would still connect. */
export default defineCommand({
	name: 'clients',
	summary: 'show which old and new clients can connect to a server, and what the others lack',
	operands: 'host',
	flags,
	help: `Usage
  $ tlsprobe clients HOST[:PORT]...

Sends the ClientHello of each client to the server, and reports whether the
client can connect, with which version and cipher suite, or what is missing: a
version, a cipher suite, a group, a signature or a server name. What is missing
is found by changing one thing at a time. What clients refuse in an answer is
considered: no renegotiation_info, short keys, weak signatures. Issuers, names
and dates of certificates are not judged.

Which clients
  --client NAME        only this one, such as windows-server-2012-r2, java-8u161
                       or mars-agent, or all whose names start with NAME
  --client-hello FILE  a recorded hello: a flow, hexadecimal text, raw bytes, or
                       a file of tlsprobe listen --save
  --from FILE          those in the output of tlsprobe windows --json, with the
                       remedy for those that fail; - is standard input
  --list               print the known clients and their sources

Where to ask
  --servername NAME, --no-servername, --resolve HOST:PORT:ADDR, -4, -6
  --addresses all|first    every address of a name, or only one  [first]
  --dns SERVER             use this name server; repeatable
  --timeout TIME           limit for a connection, and for an answer  [5s]
  --deadline TIME          limit for a whole target  [2m]
  --retries N              retries of failed connections  [1]
  --max-connections N      connections at the same time  [6]
  --proxy URL|env          use a forward proxy, as in tlsprobe --help
  --starttls NAME|auto     use STARTTLS of smtp, imap, ldap or another protocol
  --alpn LIST              offer these application protocols in every hello,
                           instead of the client's own
  --catalog NAME           the endpoints of a catalog, with the variables of
                           tlsprobe: --cloud, --region, --account, --vault,
                           --namespace, --workspace, --set NAME=VALUE

What to print
  --format NAME        text, jsonl or json  [text]
  --json               short for --format jsonl: one line of JSON per address
  -o, --output FILE    write to FILE, in the format of its extension: .txt,
                       .jsonl or .json; repeatable
  -q, --quiet          print only errors on stderr
  --no-color           no colours

Exit code
  0 all can connect  1 some cannot  2 wrong usage  3 none fails, but one could
  not be decided

Examples
  $ tlsprobe clients portal.azure.com
  $ tlsprobe clients --client windows-server-2012-r2 --client java-8 example.com
  $ tlsprobe windows server.json --json > windows.json
  $ tlsprobe clients --from windows.json portal.azure.com
  $ tlsprobe clients --from windows.json --catalog azure-backup --proxy env
  $ tlsprobe windows s.json --json | tlsprobe clients --from - example.com
`,
	async run(input, values, context) {
		const plan = planPrinting(values, [...values.clientHello, ...values.from]);
		if (values.list) {
			allowOnly(values, ['list', 'json', 'format', 'output'], 'does not go with --list, which prints every client');
			if (input.length > 0) {
				throw new UsageError(`--list probes no host; leave out ${JSON.stringify(input[0])}`);
			}

			return withPrinting(plan, context, async print => {
				await print({text: listText, json: listJson});
				return 0;
			});
		}

		checkNoFiles(input);
		checkCatalogFlags(values);
		const named = values.catalog.length === 0 ? input : (await withCatalogs(input, values, context)).targets;
		const targets = readNamed(named);
		if (targets === undefined) {
			throw new UsageError('clients takes a block or range of up to 16 addresses');
		}

		if (targets.length === 0) {
			throw new UsageError('name a host, such as tlsprobe clients portal.azure.com; --list shows the clients');
		}

		const clients = await chooseClients(values, context);
		const options = {
			...readOptions(values, context, {deadlineMs: 120_000, addresses: 'first'}),
			probes: [requestProbe('clients', {clients})],
		};
		const hooks = {...readHooks(values, context), limits: makeConnectionLimits({...options, signal: context.signal})};
		return withPrinting(plan, context, async print => {
			const results: ClientsResult[] = [];
			for (const [index, target] of targets.entries()) {
				const {recordings} = await probeTarget(target.target, optionsOf(target, options), hooks);
				for (const result of recordings.map(recording => clientsResultOf(recording, clients))) {
					results.push(result);
					await print({
						text: look => `${index > 0 ? '\n' : ''}${clientsText(result, look)}`,
						json: () => clientsJson(result, context.toolVersion),
					});
				}
			}

			return context.signal.aborted ? 130 : exitCodeOf(results);
		});
	},
});

type Values = Parameters<ReturnType<typeof defineCommand<typeof flags>>['run']>[1];

async function chooseClients({client, clientHello, from}: Values, context: Context): Promise<readonly ClientProfile[]> {
	const chosen = [
		...client.flatMap(readClient),
		...(await Promise.all(clientHello.map(readHelloFile))),
		...(await Promise.all(from.map(file => readReport(file, context)))).flat(),
	];
	return chosen.length === 0 ? clientProfiles : chosen;
}

function readClient(name: string): readonly ClientProfile[] {
	const found = findClients(name);
	if (found.length === 0) {
		const names = clientProfiles.flatMap(profile => [profile.name, ...profile.aliases]);
		const meant = nearest(name, names);
		throw new UsageError(
			`--client ${JSON.stringify(name)} is not a known client${meant === undefined ? '' : `; did you mean ${meant}?`}; tlsprobe clients --list shows them`,
		);
	}

	return found;
}

/** A report has some thousand characters. */
const mostBytes = 16 * 1024 * 1024;

async function readReport(file: string, context: Context): Promise<readonly ClientProfile[]> {
	const bytes =
		file === '-'
			? await readAll(context, mostBytes)
			: await readFile(file).catch((error: unknown) => {
					throw new UsageError(`--from ${quotedPath(file)} cannot be read: ${whyUnreadable(error)}`);
				});
	const read = clientsOfReport(decodeText(bytes));
	if (read.kind === 'unrecognised') {
		throw new UsageError(`--from ${quotedPath(file)}: ${read.problem}; it takes the output of tlsprobe windows --json`);
	}

	return read.clients;
}

function exitCodeOf(results: readonly ClientsResult[]): ExitCode {
	const found = new Set(
		results.flatMap(result => (result.address === undefined ? ['undecided'] : result.finding.clients.map(({connects}) => connects))),
	);
	return found.has('no') ? 1 : found.has('undecided') ? 3 : 0;
}

function listText(): string {
	return clientProfiles
		.map(({name, title, aliases, versions, confidence, sources, note, limits}) =>
			[
				name,
				`  ${title}: ${versions.join(', ')}`,
				...(aliases.length === 0 ? [] : [`  also ${aliases.join(', ')}`]),
				`  confidence ${confidence}: ${sources.join('; ')}`,
				...(limits === undefined ? [] : [`  accepts ${limitsInWords(limits, versions)}`, `  source: ${limits.sources.join('; ')}`]),
				...(note === undefined ? [] : [`  ${note}`]),
				'',
			].join('\n'),
		)
		.join('\n');
}

const listJson = (): string => clientProfiles.map(client => `${toJson(listedClient(client))}\n`).join('');
