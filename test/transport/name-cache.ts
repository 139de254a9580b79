import test from 'ava';
import {cacheNames} from '../../source/transport/name-cache.js';
import type {Resolved} from '../../source/transport/resolve.js';

const found: Resolved = {kind: 'addresses', addresses: [{address: '127.0.0.1', family: 4}]};
const failed: Resolved = {kind: 'failed', reason: 'name-not-found', code: 'ENOTFOUND'};

test('each name is asked for once, at the same time or later, found or not', async t => {
	const asked: string[] = [];
	const resolver = cacheNames(async host => {
		asked.push(host);
		return host === 'gone.example' ? failed : found;
	});
	const names = ['a.example', 'a.example', 'gone.example', 'b.example', 'gone.example'];
	t.deepEqual(await Promise.all(names.map(name => resolver(name, 1000))), [found, found, failed, found, failed]);
	t.is(await resolver('a.example', 1000), found);
	t.deepEqual(asked, ['a.example', 'gone.example', 'b.example']);
});

test('of more names than are kept the longest unused is asked for again', async t => {
	const asked: string[] = [];
	const resolver = cacheNames(async host => {
		asked.push(host);
		return found;
	});
	for (let index = 0; index < 16_384; index++) {
		await resolver(`host-${index}`, 1000);
	}

	await resolver('host-0', 1000);
	await resolver('one-more', 1000);
	asked.length = 0;
	await resolver('host-0', 1000);
	await resolver('host-1', 1000);
	t.deepEqual(asked, ['host-1']);
});
