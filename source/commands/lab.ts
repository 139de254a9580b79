import {once} from 'node:events';
import {nearest} from '../bytes/nearest.js';
import {toJson} from '../bytes/safe-text.js';
import {jsonLine} from '../formats/json-line.js';
import type {TerminalFeatures} from '../formats/paint.js';
import {labAddresses, labPorts, labSummary, peerHeading} from '../lab/lab-text.js';
import type {Peer} from '../lab/peer.js';
import {peers} from '../lab/peers/index.js';
import {startStandIn} from '../lab/stand-in.js';
import {type Lab, startLab} from '../lab/start-lab.js';
import {type Trial, tryPeers} from '../lab/try-peers.js';
import {oneSample} from '../probes/versions/sample.js';
import {codeOf} from '../transport/connection.js';
import {type Context, defineCommand, type ExitCode, UsageError} from './command.js';
import {type PrintingPlan, planPrinting, printingFlags, withPrinting} from './probing/printing.js';
import {readOptions} from './probing/read-options.js';

const names = peers.map(({name}) => name);

/** The product shown without a network. */
export default defineCommand({
	name: 'lab',
	summary: 'start test servers on this machine, and probe them',
	operands: 'text',
	flags: {
		peer: {type: 'string', value: 'peers', isMultiple: true},
		serve: {type: 'boolean'},
		confirm: {type: 'boolean'},
		...printingFlags,
	},
	help: `Usage
  $ tlsprobe lab

Starts test servers inside this process, on loopback only, probes each, and
reports whether each got the expected result.

${peers.map(({name, what}) => `  ${name.padEnd(12)}${what}\n`).join('')}
Options
  --peer NAME        only this server; repeatable
  --serve            keep them running until Ctrl-C, and print their ports;
                     also start a forward proxy that connects every name to one
                     of them, to try other host names with --proxy URL
  --confirm          also complete the handshakes, and ask the services
  --format NAME      text, jsonl or json  [text]
  --json             short for --format jsonl: one line of JSON per server; with
                     --serve, one line with the ports
  -o, --output FILE  write to FILE, in the format of its extension: .txt,
                     .jsonl or .json; repeatable

Exit code
  0 each got the expected result, or Ctrl-C ended --serve
  1 one did not  2 wrong usage  130 interrupted

Examples
  $ tlsprobe lab --peer mixed --peer schannel
  $ tlsprobe lab --confirm --peer storage
  $ tlsprobe lab --serve
  $ tlsprobe --catalog azure-backup --proxy http://127.0.0.1:PORT
`,
	async run(input, values, context) {
		if (input.length > 0) {
			throw new UsageError(`lab probes its own servers, not ${JSON.stringify(input[0])}; choose servers with --peer NAME`);
		}

		const plan = planPrinting(values);
		if (values.serve && values.confirm) {
			throw new UsageError('--confirm does not go with --serve, which probes nothing');
		}

		const lab = await open(choose(values.peer));
		try {
			return values.serve ? await serve(lab, plan, context) : await demonstrate(lab, plan, values.confirm ?? false, context);
		} finally {
			await lab.close();
		}
	},
});

function choose(wanted: readonly string[]): readonly Peer[] {
	for (const name of wanted) {
		if (!names.includes(name)) {
			const suggestion = nearest(name, names);
			const hint = suggestion === undefined ? `there are ${names.join(', ')}` : `did you mean ${suggestion}?`;
			throw new UsageError(`the lab has no server ${JSON.stringify(name)}; ${hint}`);
		}
	}

	return wanted.length === 0 ? peers : peers.filter(({name}) => wanted.includes(name));
}

async function open(chosen: readonly Peer[]): Promise<Lab> {
	try {
		return await startLab(chosen);
	} catch (error) {
		throw new UsageError(`cannot listen on 127.0.0.1 (${codeOf(error)}), which the lab requires`, {cause: error});
	}
}

/** Ends on Ctrl-C, which is the normal end. */
async function serve(lab: Lab, plan: PrintingPlan, context: Context): Promise<ExitCode> {
	const {signal} = context;
	const proxy = await startStandIn(lab);
	try {
		await withPrinting(
			plan,
			context,
			async print => {
				await print({
					text: look => labAddresses(lab, proxy.url, look),
					json: () => `${toJson(labPorts(lab, proxy.url))}\n`,
				});
				return 0;
			},
			{isOneObject: true},
		);
		if (!signal.aborted) {
			await once(signal, 'abort');
		}
	} finally {
		await proxy.close();
	}

	return 0;
}

async function demonstrate(lab: Lab, plan: PrintingPlan, confirms: boolean, context: Context): Promise<ExitCode> {
	const {signal} = context;
	// Each peer is one server.
	const options = readOptions({confirm: confirms}, context, {samples: oneSample, asksLargeHello: false});
	return withPrinting(plan, context, async print => {
		const trials: Trial[] = [];
		for (const pending of tryPeers(lab, options, {signal})) {
			const trial = await pending;
			if (signal.aborted) {
				return 130;
			}

			trials.push(trial);
			await print({text: look => section(trial, look), json: () => jsonLine(trial.result.recordings[0].report)});
		}

		await print({text: look => labSummary(trials, look)});
		if (plan.printed !== 'text') {
			warnOfDifferences(trials, context);
		}

		return trials.every(({differences}) => differences.length === 0) ? 0 : 1;
	});
}

async function section({peer, result}: Trial, look: TerminalFeatures): Promise<string> {
	const {targetTable} = await import('../formats/table.js');
	return `${peerHeading(peer, look)}${await targetTable(result, look)}\n`;
}

function warnOfDifferences(trials: readonly Trial[], {warn}: Context): void {
	for (const {peer, differences} of trials) {
		for (const difference of differences) {
			warn(`${peer.name}: ${difference}\n`);
		}
	}
}
