import {defaultOptions, type ProbeOptions} from '../engine/probe-target.js';
import {changeText, diffSummary} from '../formats/diff-text.js';
import {type Change, diff} from '../policy/diff.js';
import {defaultVersions} from '../registry/versions.js';
import {defineCommand, type ExitCode, UsageError} from './command.js';
import {probeAgain} from './comparing/probe-again.js';
import {readResults} from './comparing/read-results.js';
import {readCount, readDuration} from './read-values.js';

/** What has changed since, and whether it is for the worse. */
export default defineCommand({
	name: 'diff',
	summary: 'show what has changed between two runs, or since one',
	flags: {
		json: {type: 'boolean'},
		timeout: {type: 'string'},
		deadline: {type: 'string'},
		retries: {type: 'string'},
	},
	help: `Usage
  $ tlsprobe diff OLD NEW
  $ tlsprobe diff OLD

Compares two runs, saved by tlsprobe baseline or --json; with one file, what
it asked is asked again now. Shows what means something: the status of a
version, the cipher suite chosen for it, an address or a target that came or
went. Times are not compared.

  worse    an old version came back, or a current one is refused; a key
           exchange without forward secrecy; what is new and fails
  better   the other way round
  changed  neither
  lost     it was known before and is not known now: no change of the server's
  gained   it was not known before

Options
  --json           one line of JSON per change
  --timeout TIME   now: of a connection, and of an answer  [5s]
  --deadline TIME  now: of a whole target  [30s]
  --retries N      now: of connections that cannot be made  [1]
  --no-color       no colours

Exit code
  0 nothing got worse  1 something did  2 wrong usage
  3 nothing got worse, but evidence was lost

Examples
  $ tlsprobe baseline --hosts hosts.txt -o before.jsonl
  $ tlsprobe diff before.jsonl
  $ tlsprobe diff before.jsonl after.jsonl --json
`,
	async run(input, values, {write, look, signal, toolVersion}) {
		const [old, recent, ...others] = input;
		if (old === undefined || others.length > 0) {
			throw new UsageError('diff takes one or two files: tlsprobe diff OLD [NEW]');
		}

		const {timeout, deadline, retries} = values;
		const options: ProbeOptions = {
			...defaultOptions,
			versions: defaultVersions,
			timeoutMs: timeout === undefined ? defaultOptions.timeoutMs : readDuration('--timeout', timeout),
			deadlineMs: deadline === undefined ? defaultOptions.deadlineMs : readDuration('--deadline', deadline),
			retries: retries === undefined ? defaultOptions.retries : readCount('--retries', retries, 0, 100),
			signal,
			toolVersion,
		};
		const before = readResults(old);
		const after = recent === undefined ? await probeAgain(before, options) : readResults(recent);
		if (signal.aborted) {
			return 130;
		}

		const changes = diff(before, after);
		for (const change of changes) {
			await write(values.json ? `${JSON.stringify(change)}\n` : changeText(change, look));
		}

		if (!values.json) {
			await write(diffSummary(changes));
		}

		return exitCodeOf(changes);
	},
});

function exitCodeOf(changes: readonly Change[]): ExitCode {
	const has = (effect: Change['effect']): boolean => changes.some(change => change.effect === effect);
	return has('worse') ? 1 : has('lost') ? 3 : 0;
}
