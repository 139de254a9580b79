import {AssertionError} from 'node:assert';
import {inspect} from 'node:util';
import test from 'ava';
import {expectTls} from 'tlsprobe/assert';
import {serveClear} from './helpers/clear-server.js';
import {honest, modern, tls10, tls12} from './helpers/honest-server.js';
import {findFreePorts} from './helpers/peers/ports.js';
import {serve} from './helpers/scripted-server.js';

test('a server that is as expected resolves with its reports', async t => {
	const {port} = await serve(t, honest({versions: modern}));
	const reports = await expectTls(`127.0.0.1:${port}`, {rejects: ['TLSv1.0', 'tls1.1'], acceptsAny: ['1.2', '1.3']});
	t.deepEqual(
		reports.map(({address, verdict}) => [address, verdict]),
		[['127.0.0.1', 'pass']],
	);
	await t.notThrowsAsync(expectTls(`edge.example.com:${port}`, ['rfc8996', {minimum: '1.2'}], {address: '127.0.0.1'}));
});

test('one that is not is reported with what was seen', async t => {
	const {port} = await serve(t, honest({versions: [tls10, tls12]}));
	const error = await t.throwsAsync(expectTls(`127.0.0.1:${port}`, {rejects: ['TLSv1.0']}), {instanceOf: AssertionError});
	t.deepEqual(error!.message.replaceAll(String(port), 'PORT').split('\n'), [
		'127.0.0.1:PORT is not as expected',
		'fail          127.0.0.1:PORT',
		'    rejects: TLSv1.0 is accepted, but should be rejected',
		'      TLSv1.0 accepted: TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, x25519',
		'      by the expectation itself',
	]);
	t.deepEqual((error as AssertionError).actual, [
		{address: '127.0.0.1', 'TLSv1.0': 'accepted', 'TLSv1.1': 'rejected', 'TLSv1.2': 'accepted', 'TLSv1.3': 'rejected'},
	]);
});

test('STARTTLS and a proxy are on the way where they are asked for, and what they say is reported without a password', async t => {
	const mail = await serveClear(t, async peer => {
		peer.say('220 x\r\n');
		await peer.hear(/EHLO .*\r\n/);
		peer.say('250 STARTTLS\r\n');
		await peer.hear(/STARTTLS\r\n/);
		peer.say('220 go\r\n');
		await peer.answerHello(honest({versions: modern}));
	});
	await t.notThrowsAsync(expectTls(`127.0.0.1:${mail.port}`, {rejects: ['1.0'], accepts: ['1.3']}, {startTls: 'smtp'}));
	const proxy = await serveClear(t, peer => {
		peer.say('HTTP/1.1 403 no hunter2\r\n\r\n');
	});
	const error = await t.throwsAsync(
		expectTls('edge.example.com', {rejects: ['1.0']}, {proxy: `http://u:hunter2@127.0.0.1:${proxy.port}`, retries: 0}),
		{instanceOf: AssertionError, message: /through http:\/\/u:\*{3}@[\s\S]*the proxy refused: 403 no \*{3}/},
	);
	t.false(JSON.stringify([error!.message, (error as AssertionError).actual]).includes('hunter2'));
	await t.throwsAsync(expectTls('a', {rejects: ['1.0']}, {proxy: 'http://u:hunter2'}), {
		instanceOf: TypeError,
		message: /^proxy: (?!.*hunter2)/,
	});
	await t.throwsAsync(expectTls('a', {rejects: ['1.0']}, {startTls: 'smpt' as never}), {
		instanceOf: TypeError,
		message: /^startTls takes .*"smtp".*, not "smpt"$/,
	});
});

test('one that is down proves nothing, and does not pass', async t => {
	const [port] = await findFreePorts(1);
	await t.throwsAsync(expectTls(`127.0.0.1:${port}`, {rejects: ['TLSv1.0']}, {retries: 0}), {
		instanceOf: AssertionError,
		message: /could not be shown to be as expected\n[\s\S]*connection refused, so its rule could not be decided/,
	});
});

for (const [title, target, expectation, message] of [
	['what is no target', 'a b', {rejects: ['1.0']}, /not a host name/],
	['what is no version', 'a', {rejects: ['1.7']}, /not a version of SSL or TLS: "1\.7"/],
	['what is no policy', 'a', 'rfc1', /no policy "rfc1"; there are default, /],
	['a word that is none', 'a', {reject: ['1.0']}, /takes rejects, accepts, acceptsAny, minimum, not "reject"/],
	['no word at all', 'a', {}, /an expectation takes/],
	['an empty list', 'a', [], /expects nothing/],
	['a number', 'a', 5, /not 5$/],
	['nothing', 'a', null, /not null$/],
	['a version where a list belongs', 'a', {rejects: '1.0'}, /^rejects takes a list of versions, not "1\.0"$/],
	['a list of no versions', 'a', {accepts: []}, /^accepts takes a list of versions, not \[\]$/],
	['a number for a version', 'a', {minimum: 1.2}, /^minimum: not a version of SSL or TLS: 1\.2$/],
	['a target that is no string', 5, {rejects: ['1.0']}, /^a target is a string, not 5$/],
] as const) {
	test(`${title} is an error of the caller's`, async t => {
		await t.throwsAsync(expectTls(target as never, expectation as never), {instanceOf: TypeError, message});
	});
}

for (const [option, value] of [
	['timeoutMs', '5s'],
	['timeoutMs', -1],
	['deadlineMs', Number.NaN],
	['retries', 0.5],
	['address', 'localhost'],
	['serverName', 5],
	['proxy', true],
	['startTls', 5],
	['signal', {}],
	['versions', ['1.2']],
	['timeout', 5],
] as const) {
	test(`${option}: ${inspect(value)} is refused with a TypeError that names both`, async t => {
		const error = await t.throwsAsync(expectTls('127.0.0.1:1', {rejects: ['1.0']}, {[option]: value}), {instanceOf: TypeError});
		t.true(error!.message.includes(option), error!.message);
		t.true(error!.message.includes(inspect(value).replace(/^'|'$/g, '').replaceAll("['", '').replaceAll("']", '')), error!.message);
	});
}
