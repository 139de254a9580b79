import type {InputError} from '../bytes/input-error.js';
import {type JudgeResult, makeJudge} from '../engine/judge-report.js';
import {formatNames, loadFormat} from '../formats/index.js';
import {redactLogins} from '../transport/proxy/redact-logins.js';
import {checkNoFiles} from './check-words.js';
import {type Context, defineCommand, type ExitCode, inputErrorText, isInputError} from './command.js';
import {checkCatalogFlags} from './probing/catalog-flags.js';
import {type ProbeFlags, probeFlags} from './probing/probe-flags.js';
import type {NamedTargets} from './probing/read-catalogs.js';
import {readNamed} from './probing/read-named.js';
import {checkQuiet} from './probing/read-options.js';
import type {PolicyChoice} from './probing/read-policies.js';
import {runTargets} from './probing/run-targets.js';

/** The main job, and what runs where no command is named. */
export default defineCommand({
	name: 'probe',
	summary: 'show which TLS versions servers accept, with evidence (the default)',
	operands: 'host',
	flags: probeFlags,
	help: `Usage
  $ tlsprobe HOST[:PORT]...
  $ tlsprobe --hosts FILE

Shows which TLS versions each server accepts, at every address of its name.
A target is a host, host:port, host:443,8443, [IPv6]:port, a URL, or a block or
range of addresses such as 192.0.2.0/28 and 192.0.2.1-9:8443; the port is 443 if
not given. A block or range of more than 16 is probed as a list.

What to test
  --versions LIST            ssl2, ssl3, 1.0, 1.1, 1.2, 1.3, a range such as
                             1.0..1.2, or all  [1.0..1.3]
  --samples N                connections for each version: several servers may
                             answer at one address; see docs/verdicts.md
                             [3 for rejected old versions; 1 in lists]
  --servername NAME          send this name (SNI) instead of the host's
  --no-servername            send no name
  --also-without-servername  also probe without a name, and show the differences
  --confirm                  also complete the handshakes, send GET /, and show
                             the answer of the service; reads certificates
  --probes LIST              run more probes: confirm, certificate,
                             cipher-suites, groups, signature-schemes,
                             certificates, extensions, resumption,
                             vulnerabilities, robustness, fingerprints, http,
                             names, grade, full; repeatable; see docs/probes.md
  --full                     run every probe that is harmless
  --ca FILE                  also trust the authorities in FILE (PEM), and run
                             the probe certificates
  --online                   fetch revocation and missing issuers from the URLs
                             in certificates, and run the probe certificates
  --ct-logs FILE             check the signatures of SCTs by this list of logs
                             (log_list.json), and run the probe certificates

What to expect
  --policy NAME              judge by this policy instead of default, and run
                             the probes that it needs: rfc8996, rfc9325,
                             nist-sp-800-52r2, nist-sp-800-52r2-public,
                             bsi-tr-02102-2, pci-dss, mozilla-modern,
                             mozilla-intermediate, mozilla-old, pq-ready,
                             ssl-labs, azure, azure-front-door,
                             no-known-vulnerability; repeatable; see
                             docs/check.md

Where to connect
  --mx                       the mail servers of each domain, by its MX records,
                             on port 25 with STARTTLS by default
  -4, -6                     only IPv4, only IPv6 addresses
  --addresses all|first      every address of a name, or only one  [all]
  --resolve HOST:PORT:ADDR   use this address instead of looking HOST up
  --source ADDRESS           connect from this local address
  --dns SERVER               use this name server; repeatable

Proxies and protocols
  --proxy URL|env            through http://, https://, socks5:// or socks5h://
                             [USER:PASSWORD@]HOST:PORT; env uses HTTPS_PROXY
                             and NO_PROXY
  --compare-direct           also probe without the proxy, and show differences
  --proxy-protocol 1|2       send the PROXY header of load balancers first
  --starttls NAME|auto       smtp, lmtp, imap, pop3, ftp, ldap, xmpp,
                             xmpp-server, nntp, sieve, irc, postgres, mysql,
                             rdp, tds, vnc, nats, amqp, telnet, http, nut, or
                             the usual protocol of the port
  --alpn LIST                offer these application protocols, such as mqtt,
                             tds/8.0 or h2,http/1.1, in every hello

Lists
  --hosts FILE               probe the targets in FILE; - is stdin; lines,
                             CSV, scans of nmap and masscan, inventories of
                             Ansible, rank,domain, gzip; repeatable
  --hosts-format NAME        lines, csv, nmap-grepable, nmap-xml, masscan-list,
                             masscan-json, rank-domain, ansible-ini or
                             ansible-yaml  [auto]
  --scanned-ports all|tls    in a scan, probe every open TCP port, or only those
                             that are TLS by service or number  [all]
  --resume                   continue the --output FILE.jsonl of an earlier run
  --ordered                  print results in the order of the list
  --shard N/M                probe only the Nth of M parts of the list
  --concurrency N            targets at the same time  [64, not counting those
                             that only wait]
  --rate N                   new connections per second
  --workers N                threads  [the idle cores]
  --progress                 print progress on stderr without a terminal too

Many machines
  --queue URL                let workers probe the targets: tlsprobe worker on any
                             number of machines, through Redis at redis://,
                             rediss:// or unix://; see docs/scale.md
  --run NAME                 name of the run, for one that goes on with another
                             list file or from another machine  [from the options
                             and the list]
  --from LABEL,...           probe each target from a worker of each label, and
                             show where their answers differ

Catalogs
  --catalog NAME             probe the endpoints of azure-backup, azure-portal,
                             entra-connect, ... (tlsprobe catalog lists them), or
                             of your own JSON file; repeatable
  --cloud NAME               public, usgov or china  [public]
  --region, --account, --vault, --namespace, --workspace NAME
                             variables of its patterns
  --set NAME=VALUE           any other variable of its patterns; repeatable

Time and load
  --timeout TIME             limit for a connection, and for an answer  [5s]
  --deadline TIME            limit for a whole target  [30s]
  --retries N                retries of failed connections, with growing pauses
                             from the second on  [1]
  --wait TIME                wait up to TIME for a service that is not up yet
  --max-connections N        connections to one address at the same time
                             [6, not counting targets that do not answer]
  --max-time TIME            end the run after TIME, with all results so far
  --bail                     stop at the first target that fails

Output
  --format NAME              table, lines, jsonl, json, csv, junit, sarif, github,
                             markdown, tap, prometheus, nagios or html
                             [table; lines for lists]
  --json                     short for --format jsonl
  -o, --output FILE          write the results to FILE, in the format of its
                             extension, .jsonl .json .csv .xml (JUnit) .sarif
                             .md .tap .prom .html, or of --format; repeatable
  --only LIST                print only pass, fail or inconclusive
  --evidence                 with jsonl, json, html: the bytes sent and received
  --explain [WORD]           the bytes, field by field, and how to check it
                             with other tools; WORD is a probe, or the name of a
                             cipher suite, group or signature scheme: the
                             connections behind that answer
  --record DIR               save each connection as a readable file in DIR
  --pcap FILE                save all connections for Wireshark
  -q, --quiet                print only errors on stderr
  --no-color                 no colours; NO_COLOR and FORCE_COLOR work too
  --licenses                 print the licences of tlsprobe and of its parts

Exit code
  0 as expected: 1.1 and older rejected, 1.2 or 1.3 accepted, or as --policy or
  --catalog require  1 not as expected  2 wrong usage  3 could not be decided

Examples
  $ tlsprobe portal.azure.com
  $ tlsprobe --hosts hosts.txt --only fail,inconclusive
  $ tlsprobe --hosts hosts.txt --output results.jsonl --resume
  $ tlsprobe --hosts hosts.txt --output report.html --output junit.xml
  $ tlsprobe --versions all old.example.com:8443
  $ tlsprobe --policy pci-dss shop.example.com
  $ tlsprobe --resolve portal.example.com:443:192.0.2.7 portal.example.com
  $ tlsprobe --confirm your-account.blob.core.windows.net
  $ tlsprobe --json a.example.com b.example.com | jq -r 'select(.verdict != "pass").target'
`,
	async run(input, values, context) {
		try {
			checkNoFiles(input);
			checkQuiet(values);
			return await run(await withCatalogs(input, values, context), values, context);
		} catch (error) {
			return refuse(error, values, context);
		}
	},
});

/** The hosts of catalogs are targets as if they had been named. */
async function withCatalogs(input: readonly string[], values: ProbeFlags, context: Context): Promise<NamedTargets> {
	checkCatalogFlags(values);
	return values.catalog.length === 0 ? {targets: input} : (await import('./probing/read-catalogs.js')).withCatalogs(input, values, context);
}

/** Undefined where the policy `default` is what holds. */
const judgeOf = ({byTarget}: NamedTargets, policy: PolicyChoice | undefined): JudgeResult | undefined =>
	byTarget === undefined && policy === undefined ? undefined : makeJudge({byTarget, byHost: policy?.clausesFor});

/** Loaded only where a policy is named. */
const choosePolicy = async ({policy}: ProbeFlags): Promise<PolicyChoice | undefined> =>
	policy.length === 0 ? undefined : (await import('./probing/read-policies.js')).readPolicies(policy);

/** Targets on the command line are a list if one of them names many. */
async function run(named: NamedTargets, values: ProbeFlags, context: Context): Promise<ExitCode> {
	const targets = values.hosts.length > 0 ? undefined : readNamed(named.targets);
	const policy = await choosePolicy(values);
	const judge = judgeOf(named, policy);
	if (targets !== undefined) {
		return runTargets(targets, values, context, {policy, judge});
	}

	const {runLists} = await import('./probing/run-lists.js');
	return runLists(named.targets, values, context, judge, {policy});
}

/** The readers of some formats need a word and a code even where nothing could be done. */
async function refuse(error: unknown, {format}: ProbeFlags, {write, warn}: Context): Promise<ExitCode> {
	const name = formatNames.find(item => item === format);
	const refusal = isInputError(error) && name !== undefined ? (await loadFormat(name)).refusal : undefined;
	if (refusal === undefined) {
		throw error;
	}

	const message = inputErrorText(error as InputError);
	warn(`tlsprobe: ${message}\n`);
	await write(refusal(redactLogins(message)));
	return 3;
}
