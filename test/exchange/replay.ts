import test from 'ava';
import {flowFolders} from '../../fixtures/flows/recordings.js';
import {readVersions} from '../../source/commands/read-values.js';
import {runProbe} from '../../source/engine/run-probe.js';
import {type Flow, FlowError} from '../../source/exchange/flow.js';
import {outcomeInBrief} from '../../source/exchange/outcome-in-brief.js';
import {replay, transcriptOf} from '../../source/exchange/replay.js';
import {type VersionName, versions as versionNames} from '../../source/iana/versions.js';
import type {Attempt} from '../../source/probes/attempt.js';
import {askVersions} from '../../source/probes/versions/ask-versions.js';
import {oneSample} from '../../source/probes/versions/sample.js';
import {readFlows} from '../helpers/hellos.js';

/** Hold the versions probe with a recording in the place of a network. */
async function probe(flows: readonly Flow[], versions: readonly VersionName[], asksLargeHello = false) {
	const codes = versions.map(name => versionNames.code(name));
	const attempts: Attempt[] = [];
	const options = {network: replay(flows), limit: <Value>(task: () => Promise<Value>) => task(), retries: 0, sleep: async () => {}};
	const value = await runProbe(askVersions('lab.example', codes, {samples: oneSample, asksLargeHello}), 'versions', attempts, options);
	return {
		attempts,
		findings: [...value].map(([code, {status, reason, shape}]) => `${versionNames.label(code)} ${status} ${reason} ${shape}`),
	};
}

for (const {folder, versions, findings, hasLargeHello} of flowFolders) {
	test(`${folder}: the whole probe comes to the same without a socket`, async t => {
		const flows = readFlows(folder);
		const replayed = await probe(flows, readVersions([versions]), hasLargeHello);
		t.deepEqual(replayed.findings, findings);
		t.is(replayed.attempts.length, flows.length);
	});

	test(`${folder}: every answer is read again as it was read then`, t => {
		const flows = readFlows(folder);
		t.deepEqual(
			flows.map(flow => outcomeInBrief(transcriptOf(flow).outcome)),
			flows.map(({outcome}) => outcome),
		);
	});
}

const [, , answered] = readFlows('openssl-tls12-and-tls13') as [Flow, Flow, Flow];
const [client, server] = answered.flights;

test('an answer is the same wherever it was cut', t => {
	const {bytes} = server!;
	const whole = transcriptOf(answered).outcome;
	const cuts = [1, 4, 5, 6, 50, 94, 100, bytes.length - 1];
	const outcomes = cuts.map(
		cut =>
			transcriptOf({...answered, flights: [client!, {...server!, bytes: bytes.slice(0, cut)}, {...server!, bytes: bytes.slice(cut)}]})
				.outcome,
	);
	t.deepEqual(
		outcomes,
		cuts.map(() => whole),
	);
});

const ends = [
	{title: 'a close', flow: {...answered, end: 'closed' as const, flights: [client!]}, outcome: {kind: 'closed'}},
	{title: 'a reset', flow: {...answered, end: 'reset' as const, flights: [client!]}, outcome: {kind: 'reset'}},
	{title: 'a reset before the hello', flow: {...answered, end: 'reset' as const, flights: []}, outcome: {kind: 'reset'}},
	{
		title: 'silence',
		flow: {...answered, end: 'timeout' as const, connectedMs: 1, durationMs: 5001, flights: [client!]},
		outcome: {kind: 'silent', afterMs: 5000, receivedBytes: 0},
	},
	{
		title: 'no connection',
		flow: {
			...answered,
			end: 'failed' as const,
			failure: {kind: 'unreachable', stage: 'connect', code: 'ECONNREFUSED'} as const,
			flights: [],
		},
		outcome: {kind: 'unreachable', stage: 'connect', code: 'ECONNREFUSED'},
	},
];

for (const {title, flow, outcome} of ends) {
	test(`${title} is replayed as such`, t => {
		t.deepEqual(transcriptOf(flow).outcome as unknown, outcome);
	});
}

test('the answer is held against the hello that was sent then', t => {
	const bytes = Uint8Array.from(server!.bytes);
	// The cipher suite of the ServerHello: first another one that was offered, then one that was not.
	bytes.set([0x00, 0x05], 0x4c);
	const {outcome} = transcriptOf({...answered, flights: [client!, {...server!, bytes}]});
	t.deepEqual('anomalies' in outcome && outcome.anomalies.includes('cipher-suite-not-offered'), false);
	bytes.set([0xc0, 0x9f], 0x4c);
	const other = transcriptOf({...answered, flights: [client!, {...server!, bytes}]}).outcome;
	t.deepEqual('anomalies' in other && other.anomalies.includes('cipher-suite-not-offered'), true);
});

test('connections of the same kind are replayed in order, and one that was not recorded is an error', async t => {
	const {exchange} = replay([
		{...answered, end: 'closed', flights: [client!]},
		{...answered, end: 'reset', flights: [client!]},
	]);
	const hello = {
		version: answered.version!,
		shape: 'short',
		cipherSuites: [],
		extensions: {serverName: 'lab.example', groups: [], keyShares: [], signatureSchemes: [], isRich: false},
	};
	t.is((await exchange(hello)).outcome.kind, 'closed');
	t.is((await exchange(hello)).outcome.kind, 'reset');
	await t.throwsAsync(exchange(hello), {instanceOf: FlowError, message: /TLSv1\.2 with a hello of the shape short/});
});

test('a recorded hello that is none is an error', t => {
	t.throws(() => transcriptOf({...answered, flights: [{...client!, bytes: Uint8Array.of(1, 2, 3)}]}), {
		instanceOf: FlowError,
		message: /did not send a ClientHello/,
	});
});
