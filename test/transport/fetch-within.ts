import test from 'ava';
import {type DocumentCache, throughCache} from '../../source/transport/fetching/document-cache.js';
import type {Fetched} from '../../source/transport/fetching/fetch-document.js';
import {fetchWithin} from '../../source/transport/fetching/fetch-within.js';
import {serveDocuments} from '../helpers/document-server.js';

const emptyCache = (): DocumentCache => ({entries: new Map(), size: 0});
const failure: Fetched = {kind: 'failed', reason: 'unreachable', message: 'ECONNREFUSED'};

test('with a proxy, and without time, nothing is fetched', async t => {
	const server = await serveDocuments(t, {'/': Buffer.from('here')});
	const options = {timeoutMs: 20_000, targetAddress: '127.0.0.1', documents: undefined, proxy: undefined};
	const request = {url: server.url('/'), mostBytes: 100};
	const proxy = {protocol: 'http', host: '127.0.0.1', port: server.port} as const;
	t.like(await fetchWithin(request, {...options, proxy}), {kind: 'failed', reason: 'refused'});
	t.like(await fetchWithin(request, {...options, timeoutMs: 0}), {kind: 'failed', reason: 'timeout'});
	t.deepEqual(server.asked, []);
	t.like(await fetchWithin(request, options), {kind: 'document', httpStatus: 200});
});

test('a document is fetched once for targets in networks of the same kind', async t => {
	const server = await serveDocuments(t, {'/': Buffer.from('here')});
	const request = {url: server.url('/'), mostBytes: 100};
	const options = {timeoutMs: 20_000, proxy: undefined, documents: emptyCache()};
	for (const targetAddress of ['127.0.0.1', '127.0.0.2']) {
		t.like(await fetchWithin(request, {...options, targetAddress}), {kind: 'document'});
	}

	t.like(await fetchWithin(request, {...options, targetAddress: '192.0.2.1'}), {kind: 'failed', reason: 'refused'});
	t.deepEqual(server.asked, ['GET /']);
});

test('a failure is kept, unless it was an interruption', async t => {
	const cache = emptyCache();
	let count = 0;
	const fetch = (result: Fetched) => async (): Promise<Fetched> => {
		count += 1;
		return result;
	};
	await throughCache(cache, 'down', fetch(failure));
	await throughCache(cache, 'down', fetch(failure));
	t.is(count, 1);
	await throughCache(cache, 'stopped', fetch({...failure, reason: 'cancelled'}));
	await throughCache(cache, 'stopped', fetch({...failure, reason: 'cancelled'}));
	t.is(count, 3);
});

test('the number of documents and of failures, and their size, have a limit', async t => {
	for (const result of [failure, {kind: 'document', httpStatus: 200, body: Buffer.of(1), durationMs: 1}] as const) {
		const cache = emptyCache();
		let most = 0;
		for (let index = 0; index < 3000; index++) {
			await throughCache(cache, String(index), async () => result);
			most = Math.max(most, cache.entries.size);
		}

		t.true(most <= 1001 && cache.entries.size < 1000, `${most}`);
	}

	const cache = emptyCache();
	const body = new Uint8Array(40 * 1024 * 1024);
	await throughCache(cache, 'one', async () => ({kind: 'document', httpStatus: 200, body, durationMs: 1}));
	t.is(cache.size, body.length);
	await throughCache(cache, 'two', async () => ({kind: 'document', httpStatus: 200, body, durationMs: 1}));
	t.is(cache.size, 0);
});
