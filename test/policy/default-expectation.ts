import test from 'ava';
import type {VersionName} from '../../source/iana/versions.js';
import {verdictByDefault} from '../../source/policy/default-expectation.js';
import {verdictOf} from '../../source/policy/evaluate.js';
import {clausesOf} from '../../source/policy/expectation.js';
import {defaultClauses, judgeByDefault} from '../../source/policy/judge-asked.js';

const statuses = [undefined, 'accepted', 'rejected', 'inconclusive'] as const;
const names: readonly VersionName[] = ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

/** Every way in which six versions can come out. */
function* everyOutcome(): Generator<Parameters<typeof judgeByDefault>[0]> {
	for (let number = 0; number < statuses.length ** names.length; number++) {
		const entries = names.map((name, place) => [name, statuses[Math.floor(number / statuses.length ** place) % statuses.length]] as const);
		yield Object.fromEntries(entries.flatMap(([name, status]) => (status === undefined ? [] : [[name, {status}]])));
	}
}

test('the verdict by default is what the rules of the policy come to, whatever was found', t => {
	let count = 0;
	for (const found of everyOutcome()) {
		count += 1;
		const worst = verdictOf(judgeByDefault(found));
		if (verdictByDefault(found) !== worst) {
			t.is(verdictByDefault(found), worst, JSON.stringify(found));
		}
	}

	t.is(count, 4096);
});

const verdicts = [
	{found: {}, verdict: 'inconclusive'},
	{found: {'TLSv1.2': {status: 'rejected'}}, verdict: 'fail'},
	{found: {'TLSv1.2': {status: 'rejected'}, 'TLSv1.3': {status: 'accepted'}}, verdict: 'pass'},
	{found: {'TLSv1.2': {status: 'rejected'}, 'TLSv1.3': {status: 'inconclusive'}}, verdict: 'inconclusive'},
	{found: {'TLSv1.2': {status: 'inconclusive'}, 'TLSv1.3': {status: 'rejected'}}, verdict: 'inconclusive'},
	{found: {'TLSv1.0': {status: 'rejected'}}, verdict: 'pass'},
	{found: {'TLSv1.0': {status: 'inconclusive'}, 'TLSv1.2': {status: 'accepted'}}, verdict: 'inconclusive'},
	{found: {'TLSv1.0': {status: 'accepted'}, 'TLSv1.1': {status: 'inconclusive'}, 'TLSv1.2': {status: 'accepted'}}, verdict: 'fail'},
] as const;

for (const {found, verdict} of verdicts) {
	test(`${JSON.stringify(found)} comes to ${verdict}`, t => {
		t.is(verdictByDefault(found), verdict);
	});
}

test('what is judged by default is the policy of that name', t => {
	t.deepEqual(defaultClauses, clausesOf([{kind: 'policy', name: 'default'}], {host: 'a.example', today: '2026-11-28'}));
});
