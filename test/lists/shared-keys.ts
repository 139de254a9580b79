import test from 'ava';
import type {TargetResult} from '../../source/engine/probe-target.js';
import type {Report} from '../../source/engine/report.js';
import {collectSharedKeys} from '../../source/lists/shared-keys.js';

type Seen = {
	readonly ssl2?: 'accepted' | 'rejected' | 'inconclusive';
	readonly spki?: string;
	readonly type?: string;
	readonly address?: string;
};

const hash = (digit: string): string => digit.repeat(64);

function result(name: string, ...seen: readonly Seen[]): TargetResult {
	const target = {target: name, host: name, port: 443};
	const [first, ...others] = seen.map(({ssl2, spki, type = 'rsa', address = '192.0.2.1'}) => {
		const versions = ssl2 === undefined ? {} : {SSLv2: {status: ssl2, reason: 'alert'}};
		const certificates = spki === undefined ? [{seen: []}] : [{seen: [], leaf: {key: {type}, spkiSha256: spki}}];
		return {report: {...target, address, versions, certificates} as unknown as Report, attempts: []};
	});
	return {target, verdict: 'fail', skipped: [], recordings: [first!, ...others]} as unknown as TargetResult;
}

const found = (results: readonly TargetResult[], most?: number) => {
	const keys = collectSharedKeys(most);
	for (const item of results) {
		keys.add(item);
	}

	return keys.read();
};

const www = result('www', {ssl2: 'rejected', spki: hash('a')});
const mail = result('mail', {ssl2: 'accepted', spki: hash('a')});

test('a key that a host with SSL 2 shares is found, whichever host comes first', t => {
	const expected = [{acceptsSsl2: 'mail', targets: ['www'], more: 0}];
	t.deepEqual(found([www, mail]), expected);
	t.deepEqual(found([mail, www]), expected);
	t.deepEqual(found([mail, result('www', {ssl2: 'inconclusive', spki: hash('a')})]), expected);
});

for (const [title, results] of [
	['another key', [mail, result('www', {ssl2: 'rejected', spki: hash('b')})]],
	['no host that accepts SSL 2', [www, result('shop', {ssl2: 'rejected', spki: hash('a')})]],
	['two hosts that accept it', [mail, result('imap', {ssl2: 'accepted', spki: hash('a')})]],
	['a host that was not asked for SSL 2', [mail, result('www', {spki: hash('a')})]],
	['a host whose certificate was not seen', [mail, result('www', {ssl2: 'rejected'})]],
	[
		'a key that is not RSA',
		[result('mail', {ssl2: 'accepted', spki: hash('c'), type: 'ec'}), result('www', {ssl2: 'rejected', spki: hash('c'), type: 'ec'})],
	],
] as const) {
	test(`${title}: nothing is reported`, t => {
		t.deepEqual(found(results), []);
	});
}

test('addresses of one target are told apart', t => {
	const both = result(
		'both',
		{ssl2: 'accepted', spki: hash('a'), address: '192.0.2.1'},
		{ssl2: 'rejected', spki: hash('a'), address: '192.0.2.2'},
	);
	t.deepEqual(found([both]), [{acceptsSsl2: 'both (192.0.2.1)', targets: ['both (192.0.2.2)'], more: 0}]);
});

test('names and keys are limited, in memory and in the result', t => {
	const many = Array.from({length: 1000}, (_, index) => result(`www-${index}`, {ssl2: 'rejected', spki: hash('a')}));
	t.deepEqual(found([...many, mail]), [{acceptsSsl2: 'mail', targets: ['www-0', 'www-1', 'www-2', 'www-3', 'www-4'], more: 995}]);
	const second = [result('old', {ssl2: 'accepted', spki: hash('d')}), result('new', {ssl2: 'rejected', spki: hash('d')})];
	t.is(found([mail, www, ...second]).length, 2);
	t.is(found([mail, www, ...second], 1).length, 1);
	const keys = Array.from({length: 60}, (_, index) => hash('e').slice(0, 30) + String(index).padStart(34, '0')).map(spki =>
		spki.split('').toReversed().join(''),
	);
	t.is(found(keys.flatMap(spki => [result('o', {ssl2: 'accepted', spki}), result('n', {ssl2: 'rejected', spki})])).length, 20);
});
