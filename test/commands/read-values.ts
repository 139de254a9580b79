import test from 'ava';
import {UsageError} from '../../source/commands/command.js';
import {readCount, readDuration, readOverride, readVersions} from '../../source/commands/read-values.js';

const durations: readonly (readonly [text: string, milliseconds: number])[] = [
	['5', 5000],
	['5s', 5000],
	['0.5', 500],
	['1.5s', 1500],
	['500ms', 500],
	['1ms', 1],
	['2m', 120_000],
	['1h', 3_600_000],
];

for (const [text, milliseconds] of durations) {
	test(`${text} is ${milliseconds} milliseconds`, t => {
		t.is(readDuration('--timeout', text), milliseconds);
	});
}

for (const text of ['0', '0s', '-1', '', 's', '5 s', '5S', '1d', '1e3', '.5', '5s5', '999h', 'Infinity', '0.1ms']) {
	test(`${JSON.stringify(text)} is no duration`, t => {
		t.throws(() => readDuration('--timeout', text), {
			instanceOf: UsageError,
			message: /^--timeout takes a duration such as 5s, 500ms or 2m, not "/,
		});
	});
}

test('a count is a whole number within its limits', t => {
	t.is(readCount('--retries', '0', 0, 100), 0);
	t.is(readCount('--retries', '100', 0, 100), 100);
	for (const text of ['101', '-1', '1.5', '', ' 1', '1e1', '0x1', '٣', '9'.repeat(400)]) {
		t.throws(() => readCount('--retries', text, 0, 100), {
			instanceOf: UsageError,
			message: /^--retries takes a whole number from 0 to 100, not "/,
		});
	}
});

const versionLists: readonly (readonly [texts: readonly string[], names: readonly string[]])[] = [
	[['1.2'], ['TLSv1.2']],
	[['1.3,1.0'], ['TLSv1.0', 'TLSv1.3']],
	[
		['1.3', '1.0', '1.3'],
		['TLSv1.0', 'TLSv1.3'],
	],
	[[' tls1.2 , TLSv1 '], ['TLSv1.0', 'TLSv1.2']],
	[['1.0..1.2'], ['TLSv1.0', 'TLSv1.1', 'TLSv1.2']],
	[['1.2..1.0'], ['TLSv1.0', 'TLSv1.1', 'TLSv1.2']],
	[['ssl3...1.1'], ['SSLv3', 'TLSv1.0', 'TLSv1.1']],
	[['ssl2,1.3..1.3'], ['SSLv2', 'TLSv1.3']],
	[['ALL'], ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']],
];

for (const [texts, names] of versionLists) {
	test(`${JSON.stringify(texts)} asks for ${names.join(', ')}`, t => {
		t.deepEqual(readVersions(texts), names);
	});
}

for (const text of ['', ',', '1.2,', '1.4', 'tls', '1.0..', '..1.2', '1.0..2.0', '1.0..1.1..1.2', '1.0-1.2', 'all,1.9', '1.9,all']) {
	test(`${JSON.stringify(text)} is no list of versions`, t => {
		t.throws(() => readVersions([text]), {instanceOf: UsageError, message: /^--versions takes ssl2, ssl3, 1\.0, .* not "/});
	});
}

test('an override is written as curl has it', t => {
	t.deepEqual(readOverride('Portal.Azure.com.:443:127.0.0.1'), {
		host: 'portal.azure.com',
		port: 443,
		addresses: [{address: '127.0.0.1', family: 4}],
	});
	t.deepEqual(readOverride('*:8443:127.0.0.1,[::1], 2001:db8::1'), {
		host: '*',
		port: 8443,
		addresses: [
			{address: '127.0.0.1', family: 4},
			{address: '::1', family: 6},
			{address: '2001:db8::1', family: 6},
		],
	});
	t.deepEqual(readOverride('+[::1]:443:::1').host, '::1');
	t.deepEqual(readOverride('münchen.de:443:127.0.0.1').host, 'xn--mnchen-3ya.de');
});

for (const text of [
	'',
	'a',
	'a:443',
	'a:443:',
	'a:443:b',
	'a:0:127.0.0.1',
	'a:65536:127.0.0.1',
	':443:127.0.0.1',
	'a:443:127.0.0.1,',
	'a b:443:127.0.0.1',
]) {
	test(`${JSON.stringify(text)} is no override`, t => {
		t.throws(() => readOverride(text), {instanceOf: UsageError, message: /^--resolve takes HOST:PORT:ADDRESS, such as .* not "/});
	});
}
