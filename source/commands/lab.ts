import {once} from 'node:events';
import {defaultOptions, type ProbeOptions} from '../engine/probe-target.js';
import {jsonLine} from '../formats/json-line.js';
import {labAddresses, labSummary, peerHeading} from '../lab/lab-text.js';
import type {Peer} from '../lab/peer.js';
import {peers} from '../lab/peers/index.js';
import {startStandIn} from '../lab/stand-in.js';
import {type Lab, startLab} from '../lab/start-lab.js';
import {type Trial, tryPeers} from '../lab/try-peers.js';
import {oneSample} from '../probes/ladder/sample.js';
import {defaultVersions} from '../registry/versions.js';
import {codeOf} from '../transport/connection.js';
import {type Context, defineCommand, type ExitCode, UsageError} from './command.js';
import {nearest} from './nearest.js';

const names = peers.map(({name}) => name);

/** The product shown without a network. */
export default defineCommand({
	name: 'lab',
	summary: 'start a few servers on this machine, and probe them',
	flags: {
		peer: {type: 'string', isMultiple: true},
		serve: {type: 'boolean'},
		confirm: {type: 'boolean'},
		json: {type: 'boolean'},
	},
	help: `Usage
  $ tlsprobe lab

Starts a few servers inside this process, on loopback alone, probes each, and
says whether each got the answer that it was built to get.

${peers.map(({name, what}) => `  ${name.padEnd(12)}${what}\n`).join('')}
Options
  --peer NAME  only this server; may be given again
  --serve      leave them running, and say on which ports, until Ctrl-C; and a
               forward proxy that leads every name to one of them, to try what
               asks for names of others: --proxy URL
  --confirm    complete the handshakes too, and ask the services behind them
  --json       one line of JSON per server; with --serve, the ports as one

Exit code
  0 each got its answer, or Ctrl-C ended --serve
  1 not so  2 wrong usage  130 interrupted

Examples
  $ tlsprobe lab --peer mixed --peer schannel
  $ tlsprobe lab --confirm --peer storage
  $ tlsprobe lab --serve
  $ tlsprobe --catalog azure-backup --proxy http://127.0.0.1:PORT
`,
	async run(input, values, context) {
		if (input.length > 0) {
			throw new UsageError(`lab probes servers of its own, not ${JSON.stringify(input[0])}; choose some of them with --peer NAME`);
		}

		const lab = await open(choose(values.peer));
		try {
			return values.serve ? await serve(lab, values.json ?? false, context) : await demonstrate(lab, values, context);
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
		throw new UsageError(`nothing may listen on 127.0.0.1 here (${codeOf(error)}); the lab needs that`, {cause: error});
	}
}

/** Ends when the user has had enough. That is how it is meant to end. */
async function serve(lab: Lab, isJson: boolean, {write, look, signal}: Context): Promise<ExitCode> {
	const ports = Object.fromEntries(lab.running.map(({peer, port}) => [peer.name, port]));
	const proxy = await startStandIn(lab);
	try {
		await write(isJson ? `${JSON.stringify({address: lab.address, ports, proxy: proxy.url})}\n` : labAddresses(lab, proxy.url, look));
		if (!signal.aborted) {
			await once(signal, 'abort');
		}
	} finally {
		await proxy.close();
	}

	return 0;
}

type DemonstrateFlags = {readonly json: boolean | undefined; readonly confirm: boolean | undefined};

async function demonstrate(
	lab: Lab,
	{json: isJson = false, confirm: confirms = false}: DemonstrateFlags,
	context: Context,
): Promise<ExitCode> {
	const {write, look, signal, toolVersion} = context;
	// On loopback an answer takes milliseconds, a whole handshake a few more. Nobody should wait for the silent one longer than they must.
	const options: ProbeOptions = {
		...defaultOptions,
		versions: defaultVersions,
		// Each peer is one server.
		samples: oneSample,
		asksLargeHello: false,
		timeoutMs: confirms ? 3000 : 750,
		confirms,
		signal,
		toolVersion,
	};
	const trials: Trial[] = [];
	for (const pending of tryPeers(lab, options)) {
		const trial = await pending;
		if (signal.aborted) {
			return 130;
		}

		trials.push(trial);
		await write(isJson ? jsonLine(trial.result.recordings[0].report) : await section(trial, context));
	}

	if (isJson) {
		warnOfDifferences(trials, context);
	} else {
		await write(labSummary(trials, look));
	}

	return trials.every(({differences}) => differences.length === 0) ? 0 : 1;
}

async function section({peer, result}: Trial, {look}: Context): Promise<string> {
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
