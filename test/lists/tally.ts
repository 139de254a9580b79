import test from 'ava';
import type {TargetResult} from '../../source/engine/probe-target.js';
import type {Report} from '../../source/engine/report.js';
import {startTally} from '../../source/lists/tally.js';

const result = (name: string, verdict: Report['verdict'], more: Partial<Report> = {}): TargetResult => {
	const target = {target: name, host: name, port: 1};
	const report = {...target, versions: {}, verdict, durationMs: 1, ...more} as Report;
	return {target, verdict, skipped: [], recordings: [{report, attempts: []}]};
};

const versions = (statuses: Readonly<Record<string, string>>): Report['versions'] =>
	Object.fromEntries(Object.entries(statuses).map(([name, text]) => [name, {status: text.split(' ')[0], reason: text.split(' ')[1]}]));

test('it counts targets by verdict, and causes once a target', t => {
	const tally = startTally();
	tally.add(result('a', 'fail', {versions: versions({'TLSv1.0': 'accepted server-hello', 'TLSv1.1': 'accepted server-hello'})}));
	tally.add(result('b', 'fail', {versions: versions({'TLSv1.0': 'accepted server-hello', 'TLSv1.2': 'rejected alert'})}));
	tally.add(result('c', 'inconclusive', {versions: versions({'TLSv1.0': 'inconclusive silent', 'TLSv1.2': 'inconclusive silent'})}));
	tally.add(result('d', 'inconclusive', {reason: 'name-not-found'}));
	tally.add(result('e', 'pass', {versions: versions({'TLSv1.2': 'inconclusive reset', 'TLSv1.3': 'accepted server-hello'})}));
	const {targets, verdicts, causes, failed} = tally.read();
	t.is(targets, 5);
	t.deepEqual(verdicts, {pass: 1, fail: 2, inconclusive: 2});
	t.deepEqual(
		causes.map(({cause, count, example}) => `${count} ${cause} ${example}`),
		['2 TLSv1.0 accepted a', '1 TLSv1.1 accepted a', '1 TLSv1.2 rejected b', '1 silent c', '1 name-not-found d'],
	);
	t.deepEqual(failed, ['a', 'b']);
});

test('it keeps the slowest and the first that failed, and no more of a million', t => {
	const tally = startTally();
	for (let index = 0; index < 1000; index++) {
		tally.add(result(`host-${index}`, 'fail', {durationMs: (index * 7919) % 1000}));
	}

	const {slowest, failed} = tally.read();
	t.deepEqual(
		slowest.map(({durationMs}) => durationMs),
		[999, 998, 997, 996, 995],
	);
	t.deepEqual(failed, ['host-0', 'host-1', 'host-2', 'host-3', 'host-4']);
});

test('what was read does not change when more comes', t => {
	const tally = startTally();
	const before = tally.read();
	tally.add(result('a', 'pass'));
	t.deepEqual([before.targets, before.verdicts.pass, tally.read().targets], [0, 0, 1]);
});
