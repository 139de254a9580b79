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

test('a name that resolves to no address of a server is blocked, and one that has another address is not', async t => {
	const server = await startNameServer(t, {
		'blocked.example': {A: ['0.0.0.0'], AAAA: ['::']},
		'half.example': {A: ['0.0.0.0', '127.0.0.3'], AAAA: ['::']},
	});
	const hostsFile = makeFolder(t)('hosts', '0.0.0.0 listed.example\n0:0::0 six.example\n');
	const resolver = nameServerResolver({servers: [server.address], hostsFile});
	t.deepEqual(await resolver('blocked.example', 5000), {kind: 'failed', reason: 'blocked-by-dns', code: '0.0.0.0'});
	t.deepEqual(await resolver('half.example', 5000), {kind: 'addresses', addresses: [{address: '127.0.0.3', family: 4}]});
	t.deepEqual(await resolver('listed.example', 5000), {kind: 'failed', reason: 'blocked-by-dns', code: '0.0.0.0'});
	t.deepEqual(await resolver('six.example', 5000), {kind: 'failed', reason: 'blocked-by-dns', code: '0:0::0'});
	// Whoever names the address wants it.
	t.is((await resolver('0.0.0.0', 5000)).kind, 'addresses');
});
