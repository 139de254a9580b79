import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import type {TargetResult} from '../../source/engine/probe-target.js';
import type {Report} from '../../source/engine/report.js';
import {listLine} from '../../source/formats/list-line.js';

const plain = {hasColor: false, hasUnicode: true, columns: 80};
const base = {target: 'a.example:443', host: 'a.example', port: 443, address: '127.0.0.1', verdict: 'fail'} as const;
const report = (versions: unknown, more: Partial<Report> = {}): Report => ({...base, versions, ...more}) as Report;

test('a plus is accepted, a minus rejected, a question mark undecided, and why stands at the end', t => {
	const versions = {
		SSLv3: {status: 'rejected', reason: 'alert'},
		'TLSv1.0': {status: 'accepted', reason: 'server-hello'},
		'TLSv1.2': {status: 'inconclusive', reason: 'silent'},
		'TLSv1.3': {status: 'inconclusive', reason: 'silent'},
	};
	t.regex(listLine(report(versions), plain), /^fail {10}-ssl3 \+1\.0 \?1\.2 \?1\.3 {2}a\.example:443 {2}127\.0\.0\.1 {2}\S[^;]*\n$/);
});

test('an address that is the target is not said twice', t => {
	const line = listLine(report({}, {host: '127.0.0.1', target: '127.0.0.1:443'}), plain);
	t.is(line, `${'fail'.padEnd(14)}127.0.0.1:443\n`);
});

test('a target that was not probed says why, where that is known', t => {
	const line = (more: Partial<Report>): string => listLine(report({}, {verdict: 'inconclusive', reason: 'not-reached', ...more}), plain);
	t.regex(line({}), / {2}not reached in time\n$/);
	const problem = 'the machine that was to probe it may not connect to 192.0.2.1';
	t.regex(line({problem}), / {2}not reached: the machine that was to probe it may not connect to 192\.0\.2\.1\n$/);
});

test('what is bad is red, what is open yellow, what is good green', t => {
	const versions = {
		'TLSv1.0': {status: 'accepted', reason: 'server-hello'},
		'TLSv1.1': {status: 'rejected', reason: 'alert'},
		'TLSv1.2': {status: 'rejected', reason: 'alert'},
		'TLSv1.3': {status: 'inconclusive', reason: 'silent'},
	};
	const line = listLine(report(versions), {...plain, hasColor: true});
	const colors = ['+1.0', '-1.1', '-1.2', '?1.3'].map(text => line.slice(line.indexOf(text) - 3, line.indexOf(text) - 1));
	t.deepEqual(colors, ['31', '32', '31', '33']);
});

test('where rules are stated, red is what breaks one of them', t => {
	const versions = {
		'TLSv1.0': {status: 'accepted', reason: 'server-hello'},
		'TLSv1.2': {status: 'accepted', reason: 'server-hello'},
		'TLSv1.3': {status: 'rejected', reason: 'alert'},
	};
	const judgements = [{ruleId: 'accepts', title: '', status: 'fail', message: '', versions: ['TLSv1.3'], source: {name: ''}}] as const;
	const line = listLine(report(versions, {judgements}), {...plain, hasColor: true});
	const colors = ['+1.0', '+1.2', '-1.3'].map(text => line.slice(line.indexOf(text) - 3, line.indexOf(text) - 1));
	t.deepEqual(colors, ['32', '32', '31']);
});

test('every kind of report is one line, without control characters', t => {
	const faults: string[] = [];
	for (const name of readdirSync('fixtures/reports').filter(item => item.endsWith('.json'))) {
		const {recordings} = JSON.parse(readFileSync(`fixtures/reports/${name}`, 'utf8')) as TargetResult;
		const lines = recordings.map(item => listLine(item.report, plain));
		faults.push(...lines.filter(line => !/^[^\u0000-\u001F\u007F]+\n$/.test(line)));
	}

	t.deepEqual(faults, []);
});
