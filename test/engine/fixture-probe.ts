import {performance} from 'node:perf_hooks';
import test from 'ava';
import {checkEndpoint} from '../../source/checks/check-endpoint.js';
import {readCheckFile} from '../../source/checks/file/read-check-file.js';
import {listEndpoints} from '../../source/checks/list-endpoints.js';
import {startPool} from '../../source/engine/pool.js';
import type {Report} from '../../source/engine/report.js';
import {scanAddress} from '../../source/engine/scan-address.js';
import {fieldOf, reportPartsOf} from '../../source/probes/report-parts.js';
import {oneSample} from '../../source/probes/versions/sample.js';
import {serveTls} from '../helpers/confirm.js';
import {greeting, withGreeting} from '../helpers/fixture-probe.js';
import {splitOptions} from '../helpers/probe-options.js';

/* A probe that exists in tests alone is run in threads, and asked for by what is demanded of its part. */

const {options} = splitOptions({timeoutMs: 30_000, deadlineMs: 120_000, samples: oneSample, asksLargeHello: false});

const greetedIn = (report: Report): unknown => fieldOf(report, greeting.report!);

test('a thread runs it: the request names it, and the script of the thread knows it', async t => {
	const port = await serveTls(t, socket => socket.resume(), {maxVersion: 'TLSv1.2'});
	const asked = {...options, probes: [...options.probes, {name: 'greeting', options: greeting.options}]};
	t.deepEqual(structuredClone(asked), asked);
	const pool = startPool(new URL('../helpers/fixture-thread.js', import.meta.url), 1, asked);
	t.teardown(() => pool.close());
	const address = '127.0.0.1';
	const job = {
		target: {target: `localhost:${port}`, host: 'localhost', port},
		address,
		deadlineMs: performance.now() + 120_000,
		listed: undefined,
	};
	const [there, here] = await Promise.all([pool.scan(0, job, asked), scanAddress(job, asked, {knownProbes: withGreeting})]);
	t.truthy(greetedIn(here.recording.report));
	t.deepEqual(greetedIn(there.recording.report), greetedIn(here.recording.report));
	t.deepEqual(there.recording.report.asked, {probes: ['versions', 'greeting']});
});

const file = (target: string, fields: string): string => `endpoints: [{target: "${target}", ${fields}}]`;

test('a check asks for it by what is demanded of its part, and says so where it was not run', async t => {
	const port = await serveTls(t, socket => socket.resume(), {maxVersion: 'TLSv1.2'});
	const check = async (fields: string, more: object = {}): Promise<Report> => {
		const read = readCheckFile(file(`localhost:${port}`, fields), 'tlsprobe.yaml', {}, reportPartsOf(withGreeting));
		const {value} = await listEndpoints(read, '.').next();
		const hooks = {knownProbes: withGreeting};
		const {recordings} = await checkEndpoint(value as Parameters<typeof checkEndpoint>[0], read.policies, {...options, ...more}, hooks);
		return recordings[0].report;
	};

	t.is(greetedIn(await check('expect: default')), undefined);
	const {asked, judgements, verdict} = await check('expect: [default, {greeting: {suite: none}}]');
	t.deepEqual(asked, {probes: ['versions', 'greeting']});
	t.is(verdict, 'fail');
	t.regex(judgements!.find(({ruleId}) => ruleId === 'greeting')!.message, /^the suite is TLS_.*, but should be none$/);

	const late = await check(`address: 127.0.0.1:${port}, expect: {greeting: {suite: none}}`, {deadlineMs: 0});
	t.deepEqual(
		late.judgements!.map(({status, message}) => [status, message]),
		[['inconclusive', 'there is no result for Greeting; not run: no time was left']],
	);
});
