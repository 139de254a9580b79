import test from 'ava';
import {nameServerResolver} from '../../source/transport/name-server.js';
import {makeFolder} from '../helpers/lists.js';
import {startNameServer} from '../helpers/name-server.js';

test('addresses are themselves, the hosts file comes next, then the server', async t => {
	const server = await startNameServer(t, {
		'both.example': {A: ['127.0.0.3'], AAAA: ['::1']},
		'listed.example': {A: ['127.0.0.9']},
		single: {A: ['127.0.0.8']},
	});
	const hostsFile = makeFolder(t)('hosts', '127.0.0.2 listed.example\n');
	const resolver = nameServerResolver({servers: [server.address], hostsFile});
	const addressesOf = async (host: string): Promise<string[]> => {
		const resolved = await resolver(host, 5000);
		return resolved.kind === 'addresses' ? resolved.addresses.map(({address}) => address) : [resolved.reason];
	};

	t.deepEqual(await addressesOf('127.0.0.1'), ['127.0.0.1']);
	t.deepEqual(await addressesOf('::1'), ['::1']);
	t.deepEqual(await addressesOf('listed.example'), ['127.0.0.2']);
	t.deepEqual(await addressesOf('both.example'), ['127.0.0.3', '::1']);
	t.deepEqual(await addressesOf('single'), ['127.0.0.8']);
	t.deepEqual(await addressesOf('gone.example'), ['name-not-found']);
	t.deepEqual(
		server.asked.filter(question => question.includes('listed')),
		[],
	);
});

test('a hosts file that is not there has no names in it', async t => {
	const server = await startNameServer(t, {'a.example': {A: ['127.0.0.3']}});
	const resolver = nameServerResolver({servers: [server.address], hostsFile: makeFolder(t)('none')});
	t.is((await resolver('a.example', 5000)).kind, 'addresses');
});

test('silence ends with the time that was given, and garbage says nothing of the name', async t => {
	const server = await startNameServer(t, {'silent.example': 'silent', 'garbage.example': 'garbage'});
	const resolver = nameServerResolver({servers: [server.address], hostsFile: undefined});
	t.deepEqual(await resolver('silent.example', 300), {kind: 'failed', reason: 'name-lookup-failed', code: 'ETIMEDOUT'});
	t.like(await resolver('garbage.example', 1000), {kind: 'failed', reason: 'name-lookup-failed'});
});

test('an abort ends the wait', async t => {
	const server = await startNameServer(t, {'silent.example': 'silent'});
	const resolver = nameServerResolver({servers: [server.address], hostsFile: undefined});
	const abort = new AbortController();
	const resolved = resolver('silent.example', 100_000, abort.signal);
	abort.abort();
	t.deepEqual(await resolved, {kind: 'failed', reason: 'name-lookup-failed', code: 'ECANCELLED'});
});
