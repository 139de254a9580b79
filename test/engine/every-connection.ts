import test from 'ava';
import type {Report} from '../../source/engine/report.js';
import {flowOf} from '../../source/exchange/flow.js';
import {readFlow} from '../../source/exchange/read-flow.js';
import {replay} from '../../source/exchange/replay.js';
import {writeFlow} from '../../source/exchange/write-flow.js';
import {probes} from '../../source/probes/index.js';
import {requestProbe} from '../../source/probes/requests.js';
import {answering, ok, serveTls} from '../helpers/confirm.js';
import {type Greeted, greeting} from '../helpers/fixture-probe.js';
import {probePort} from '../helpers/scripted-server.js';

/** What does not depend on the clock. */
const timeless = (report: Report): unknown =>
	JSON.parse(JSON.stringify(report, (name, value) => (['durationMs', 'startedAt'].includes(name) ? 0 : value)));

const wide = {timeoutMs: 30_000, deadlineMs: 120_000};

test('Every connection that a server sees is an attempt, and a run is replayed from them to the same report', async t => {
	let connections = 0;
	const port = await serveTls(
		t,
		answering(version => (version === 'TLSv1.2' ? ok : 'HTTP/1.1 403 TLS 1.2 is required\r\nContent-Length: 0\r\n\r\n')),
		{
			maxVersion: 'TLSv1.2',
		},
		() => {
			connections += 1;
		},
	);
	const options = {...wide, host: 'localhost', confirms: true, evidence: true};
	const [recording] = (await probePort(port, options)).recordings;
	const {attempts, report} = recording;
	t.is(connections, attempts.length);
	t.true(attempts.some(({kind}) => kind === 'handshake'));
	t.true(attempts.every(({transcript}) => transcript.flights.some(({from}) => from === 'client')));
	const confirmed = Object.values(report.versions).flatMap(item => item.confirmed ?? []);
	t.is(confirmed.length, 3);
	for (const {attempts: count, evidence} of confirmed) {
		t.is(evidence!.length, count);
		t.is(evidence!.filter(({decided}) => decided).length, 1);
		t.true(evidence!.every(({shape, sent, received}) => shape === 'handshake' && sent.length > 100 && received.length > 100));
	}

	const flows = attempts.map(attempt => readFlow(writeFlow(flowOf(attempt, {target: report.target, address: report.address!, port}, 0))));
	t.deepEqual(
		flows.map(({probe, kind}) => `${probe} ${kind}`),
		attempts.map(({probe, kind}) => `${probe} ${kind}`),
	);
	const again = (await probePort(port, {...options, network: () => replay(flows)})).recordings[0];
	t.is(connections, attempts.length);
	t.deepEqual(timeless(again.report), timeless(report));
});

test('A probe is one object: what it asks is asked, recorded and replayed, and its part is in the report behind the versions', async t => {
	const port = await serveTls(t, socket => socket.resume(), {maxVersion: 'TLSv1.2'});
	const options = {
		...wide,
		host: 'localhost',
		isRecorded: true,
		knownProbes: [...probes, greeting],
		// What it needs is run as well, and before it.
		probes: [{name: 'greeting', options: greeting.options}],
	};
	const [{report, attempts, scans}] = (await probePort(port, options)).recordings;
	const fields = Object.keys(report);
	t.is(fields.indexOf('greeting'), fields.indexOf('versions') + 1);
	t.regex((report as unknown as {greeting: Greeted}).greeting.suite, /^TLS_/);
	t.is(report.versions['TLSv1.2']!.status, 'accepted');
	t.like(attempts.at(-1), {probe: 'greeting', kind: 'handshake'});
	t.is(scans!.length, 1);
	const flows = attempts.map(attempt => readFlow(writeFlow(flowOf(attempt, {target: report.target, address: report.address!, port}, 0))));
	const again = (await probePort(port, {...options, network: () => replay(flows)})).recordings[0];
	t.deepEqual(timeless(again.report), timeless(report));
});

test('A probe with a part in the report that is not run is named there, with why', async t => {
	const stopped = new AbortController();
	const port = await serveTls(t, socket => socket.resume(), {maxVersion: 'TLSv1.2'});
	stopped.abort();
	const asked = async (more: object) => {
		const knownProbes = [...probes, greeting, {...greeting, name: 'second', needs: ['greeting']} as unknown as typeof greeting];
		const requests = [requestProbe('versions'), {name: 'second', options: greeting.options}];
		return (await probePort(port, {host: 'localhost', knownProbes, probes: requests, ...more})).recordings[0].report;
	};
	const {skippedProbes, ...cancelled} = await asked({signal: stopped.signal});
	t.deepEqual(skippedProbes, [
		{probe: 'greeting', because: 'cancelled'},
		{probe: 'second', because: 'needs'},
	]);
	t.false('greeting' in cancelled);
	t.like((await asked({deadlineMs: 0})).skippedProbes, [{probe: 'greeting', because: 'deadline'}]);
	t.is((await asked(wide)).skippedProbes, undefined);
});
