import {toJson} from '../bytes/safe-text.js';
import {probeAgain} from '../compare/probe-again.js';
import {parseResults, readResults} from '../compare/read-results.js';
import {type KnownProxies, knownProxies} from '../compare/recorded-route.js';
import {askedOf} from '../engine/asked.js';
import type {Report} from '../engine/report.js';
import {changeText, diffSummary} from '../formats/diff-text.js';
import {type Change, countUnknown, diff} from '../policy/diff.js';
import {proxyLabel} from '../transport/proxy/url.js';
import {type Context, defineCommand, type ExitCode, UsageError} from './command.js';
import {planPrinting, printingFlags, withPrinting} from './probing/printing.js';
import {takeFlags} from './probing/probe-flags.js';
import {readHooks, readOptions} from './probing/read-options.js';
import {readProxy} from './probing/read-route.js';
import {readAll} from './read-all.js';
import {allowOnly} from './read-flags.js';

/** What has changed since, and whether it is for the worse. */
export default defineCommand({
	name: 'diff',
	summary: 'show the changes between two runs, or since one',
	operands: 'file',
	flags: {
		...printingFlags,
		...takeFlags('samples', 'timeout', 'deadline', 'retries', 'ca', 'resolve', 'ipv4', 'ipv6', 'dns', 'quiet'),
		proxy: {type: 'string', value: 'text', isMultiple: true},
	},
	help: `Usage
  $ tlsprobe diff OLD NEW
  $ tlsprobe diff OLD

Compares two runs that were saved by tlsprobe baseline or --json. With one file,
probes its targets again now, by the same route: proxy, STARTTLS and PROXY
protocol. Shows changes of the status of a version, of the cipher suite
selected for it, of the certificate, and of the addresses and targets. Times
are not compared. - is standard input.

  worse    an old version is accepted again, or a current one is rejected; a key
           exchange without forward secrecy; a certificate that expires
           earlier than before, has expired, or no longer fits the name;
           a new target or address that fails
  better   the opposite
  changed  neither worse nor better
  lost     known before, not known now: not a change of the server
  gained   not known before, known now

Options
  --format NAME    text, jsonl or json  [text]
  --json           short for --format jsonl: one line of JSON per change
  -o, --output FILE
                   write to FILE, in the format of its extension: .txt, .jsonl
                   or .json; repeatable
  --samples N      for the new run: connections for each version  [3 for old
                   versions if OLD has several or accepts them, else 1]
  --timeout TIME   for the new run: limit for a connection or an answer  [5s]
  --deadline TIME  for the new run: limit for a whole target  [30s]
  --retries N      for the new run: retries of failed connections  [1]
  --proxy URL|env  for the new run: a proxy of OLD with its password, which
                   results do not contain; repeatable
  --ca FILE        for the new run: the file of authorities of OLD, which
                   results do not contain
  --resolve HOST:PORT:ADDRESS, --dns SERVER, -4, -6
                   for the new run: as in tlsprobe --help
  -q, --quiet      print only errors on stderr
  --no-color       no colours

Exit code
  0 nothing got worse  1 something got worse  2 wrong usage
  3 nothing got worse, but evidence was lost

Examples
  $ tlsprobe baseline --hosts hosts.txt -o before.jsonl
  $ tlsprobe diff before.jsonl
  $ tlsprobe diff before.jsonl after.jsonl --json
  $ tlsprobe diff before.jsonl --proxy http://user:secret@proxy.example.com:3128
`,
	async run(input, values, context) {
		const [old, recent, ...others] = input;
		if (old === undefined || others.length > 0) {
			throw new UsageError('diff takes one or two files: tlsprobe diff OLD [NEW]');
		}

		if (old === '-' && recent === '-') {
			throw new UsageError('standard input can be only one of the runs; name a file for the other');
		}

		const {proxy, ...flagsOfRun} = values;
		const options = readOptions(flagsOfRun, context, {asksLargeHello: false});
		if (recent !== undefined) {
			allowOnly(values, ['json', 'format', 'output'], 'is for a new run; with two files, nothing is probed');
		}

		const plan = planPrinting(values, input);
		const before = await readRun(old, context);
		const proxies = readProxies(proxy, before, context);
		if (recent === undefined) {
			checkAuthorities(before, askedOf(options)?.authorities);
		}

		return withPrinting(plan, context, async print => {
			const after =
				recent === undefined ? await probeAgain(before, proxies, options, readHooks(values, context)) : await readRun(recent, context);
			if (context.signal.aborted) {
				return 130;
			}

			const changes = diff(before, after);
			for (const change of changes) {
				await print({text: look => changeText(change, look), json: () => `${toJson(change)}\n`});
			}

			await print({text: () => diffSummary(changes, countUnknown(after, changes))});
			return exitCodeOf(changes);
		});
	},
});

/** The results in a file; `-` is standard input. */
const readRun = async (file: string, context: Context): Promise<Report[]> =>
	file === '-' ? parseResults(await readAll(context), 'standard input') : readResults(file);

/** @throws {UsageError} For a proxy that no result was had through. */
function readProxies(urls: readonly string[], before: readonly Report[], context: Context): KnownProxies {
	const recorded = new Set(before.flatMap(({proxy}) => proxy ?? []));
	const given = urls.map(url => {
		const {proxy} = readProxy(url, context);
		// What the environment has may be for other things.
		if (proxy !== undefined && url.toLowerCase() !== 'env' && !recorded.has(proxyLabel(proxy))) {
			const ways = recorded.size === 0 ? 'that run used no proxy' : `the proxies of that run are ${[...recorded].join(', ')}`;
			throw new UsageError(`--proxy: the run did not use ${proxyLabel(proxy)}: ${ways}`);
		}

		return proxy;
	});
	return knownProxies(given.filter(proxy => proxy !== undefined));
}

/**
The new run needs the authorities of the old one: others would look like changes of the server.

@param given - The SHA-256 of the certificates of `--ca`.
@throws {UsageError} If they are missing or differ.
*/
function checkAuthorities(before: readonly Report[], given: string | undefined): void {
	const recorded = new Set(before.flatMap(({asked}) => asked?.authorities ?? []));
	if (recorded.size === 0 && given !== undefined) {
		throw new UsageError('--ca: that run used no file of authorities');
	}

	if ([...recorded].some(authorities => authorities !== given)) {
		throw new UsageError(
			given === undefined
				? 'that run used --ca; set the same file again: --ca FILE'
				: '--ca: that run used other certificates than this file has',
		);
	}
}

function exitCodeOf(changes: readonly Change[]): ExitCode {
	const has = (effect: Change['effect']): boolean => changes.some(change => change.effect === effect);
	return has('worse') ? 1 : has('lost') ? 3 : 0;
}
