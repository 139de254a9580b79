import {safeText, toJson} from '../bytes/safe-text.js';
import type {TerminalFeatures} from '../formats/paint.js';
import type {QueueConnection} from '../queue/connect.js';
import type {Overview, RunOverview} from '../queue/overview.js';
import type {WorkerRecord} from '../queue/workers.js';
import {type Context, defineCommand, type ExitCode, UsageError} from './command.js';
import {readLeaseMs, readPlace} from './read-queue.js';

/** A server that does not answer by then is reported, and not waited for. */
const firstWithinMs = 5000;

/** Shows what is on a queue, and changes it. */
export default defineCommand({
	name: 'queue',
	summary: 'show the runs and workers of a queue, and cancel, retry or remove runs',
	operands: 'text',
	flags: {
		queue: {type: 'string', value: 'text'},
		cancel: {type: 'string', value: 'text'},
		retry: {type: 'string', value: 'text'},
		remove: {type: 'string', value: 'text'},
		json: {type: 'boolean'},
		quiet: {type: 'boolean', shortFlag: 'q'},
	},
	help: `Usage
  $ tlsprobe queue --queue URL

Shows the runs on a queue with their progress and what failed, and the workers.

Options
  --queue URL     as in tlsprobe worker
  --cancel RUN    end a run: what workers have of it is ended as well
  --retry RUN     let chunks that failed run again; the run takes their results
                  when it goes on with --resume
  --remove RUN    remove what is left of a run that is not carried out any more
  --json          print one JSON object
  -q, --quiet     print only errors

Examples
  $ tlsprobe queue --queue redis://queue.example.com
  $ tlsprobe queue --queue redis://queue.example.com --retry 3f0c2a9d81be
`,
	async run(input, values, context) {
		if (input.length > 0) {
			throw new UsageError(`tlsprobe queue takes no targets: ${JSON.stringify(input[0])}; see --help`);
		}

		const given = (['cancel', 'retry', 'remove'] as const).filter(name => values[name] !== undefined);
		if (given.length > 1) {
			throw new UsageError(`--${given[0]} and --${given[1]} cannot be used together; use one of them`);
		}

		const place = readPlace(values.queue, context);
		const {connect} = await import('../queue/connect.js');
		const leaseMs = readLeaseMs(context);
		const connection = await connect(place, {say: context.warn, firstWithinMs, leaseMs, signal: context.signal});
		try {
			const [action] = given;
			return action === undefined
				? await show(connection, values.json ?? false, context)
				: await change(connection, action, values[action]!, context);
		} catch (error) {
			throw connection.explain(error);
		} finally {
			connection.close();
		}
	},
});

async function show(connection: QueueConnection, isJson: boolean, {write, look}: Context): Promise<ExitCode> {
	const {readOverview} = await import('../queue/overview.js');
	const overview = await readOverview(connection);
	await write(isJson ? `${toJson(overview)}\n` : overviewText(overview, connection.label, look));
	return 0;
}

async function change(
	connection: QueueConnection,
	action: 'cancel' | 'retry' | 'remove',
	run: string,
	{write}: Context,
): Promise<ExitCode> {
	const {cancelRun, holderOf, readOverview, removeRun, retryRun} = await import('../queue/overview.js');
	const {runs} = await readOverview(connection);
	if (!runs.some(known => known.run === run)) {
		const names = runs.map(known => known.run).join(', ');
		throw new UsageError(`--${action}: there is no run ${JSON.stringify(run)}${names === '' ? '' : `; the runs are ${names}`}`);
	}

	switch (action) {
		case 'cancel': {
			await cancelRun(connection, run);
			await write(`run ${run} is cancelled\n`);
			return 0;
		}
		case 'retry': {
			const count = await retryRun(connection, run);
			await write(`run ${run}: ${count} ${count === 1 ? 'chunk runs' : 'chunks run'} again\n`);
			return 0;
		}
		case 'remove': {
			const holder = await holderOf(connection, run);
			if (holder !== undefined) {
				throw new UsageError(`--remove: run ${run} is carried out by ${holder.host}, since ${holder.since}; cancel it first`);
			}

			const left = await removeRun(connection, run);
			await write(left === 0 ? `run ${run} is removed\n` : `run ${run} is removed, but for ${left} chunks that workers have\n`);
			return 0;
		}
		default:
			return action satisfies never;
	}
}

/** Other machines write names and reasons into the queue, so they are made safe to print. */
function overviewText({runs, workers}: Overview, label: string, look: TerminalFeatures): string {
	const lines = [
		`${label}: ${plural(runs.length, 'run')}, ${plural(workers.length, 'worker')}`,
		...(runs.length === 0 ? [] : ['', 'Runs']),
		...runs.flatMap(runLines),
		...(workers.length === 0 ? [] : ['', 'Workers']),
		...workers.map(workerLine),
	];
	return `${lines.map(line => safeText(line, look)).join('\n')}\n`;
}

function runLines({run, state, isCarriedOut, host, startedAt, labels, offered, written, chunks, failures}: RunOverview): string[] {
	const how = isCarriedOut ? state : state === 'over' || state === 'cancelled' ? state : 'left: nothing takes its results';
	const where = host === '' ? '' : `, from ${host} since ${startedAt}${labels.length === 0 ? '' : `, for ${labels.join(', ')}`}`;
	return [
		`  ${run}  ${how}${where}`,
		`    targets  ${written} of ${offered} in the queue so far are written`,
		`    chunks   ${chunks.waiting} waiting, ${chunks.active} running, ${chunks.completed} done, ${chunks.failed} failed`,
		...failures.map(({reason, label, chunks: count}) => `    failed   ${count}${label === undefined ? '' : ` (${label})`}: ${reason}`),
	];
}

const workerLine = ({host, label, version, running, done, chunks, startedAt}: WorkerRecord): string =>
	`  ${host}${label === undefined ? '' : ` (${label})`}  tlsprobe ${version}, since ${startedAt}: ${running} running, ${done} done in ${plural(chunks, 'chunk')}`;

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
