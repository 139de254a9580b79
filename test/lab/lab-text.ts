import test from 'ava';
import type {TargetResult} from '../../source/engine/probe-target.js';
import {labAddresses, labSummary} from '../../source/lab/lab-text.js';
import compliant from '../../source/lab/peers/compliant.js';
import legacy from '../../source/lab/peers/legacy.js';
import type {Trial} from '../../source/lab/try-peers.js';

const plain = {hasColor: false, hasUnicode: false, columns: 80};

/** All of a result that a summary looks at. */
const resultWith = (accepted: readonly string[]): TargetResult => {
	const names = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
	const versions = Object.fromEntries(names.map(name => [name, {status: accepted.includes(name) ? 'accepted' : 'rejected'}]));
	return {recordings: [{report: {versions}}]} as unknown as TargetResult;
};

const right: Trial = {peer: compliant, result: resultWith(['TLSv1.2', 'TLSv1.3']), got: 'pass', differences: []};
const wrong: Trial = {
	peer: legacy,
	result: resultWith(['TLSv1.2']),
	got: 'pass',
	differences: ['TLSv1.0: expected accepted, got rejected', 'verdict: expected fail, got pass'],
};

test('a summary tells name, expected and got, and what was different', t => {
	t.is(
		labSummary([right, wrong], plain),
		[
			'  Server     Expected                   Got',
			'+ compliant  pass, accepts 1.2 1.3      pass, accepts 1.2 1.3',
			'! legacy     fail, accepts 1.0 1.1 1.2  pass, accepts 1.2',
			'    TLSv1.0: expected accepted, got rejected',
			'    verdict: expected fail, got pass',
			'',
			'1 of 2 got the expected result.',
			'',
		].join('\n'),
	);
});

test('addresses come with a command to try', t => {
	const lab = {address: '127.0.0.1', running: [{peer: compliant, port: 40_001}], close: async () => {}};
	t.is(
		labAddresses(lab, 'http://127.0.0.1:40002', plain),
		[
			'The lab runs until Ctrl-C.',
			'',
			'  compliant  127.0.0.1:40001  after the migration: TLS 1.2 and 1.3',
			'',
			'A proxy that forwards every name to one of them',
			'  http://127.0.0.1:40002',
			'',
			'Try',
			'  tlsprobe 127.0.0.1:40001',
			'  tlsprobe --catalog azure-backup --proxy http://127.0.0.1:40002',
			'',
		].join('\n'),
	);
});
