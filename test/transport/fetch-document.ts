import test from 'ava';
import {addressScope} from '../../source/transport/fetching/address-scope.js';
import {type DocumentRequest, type Fetched, fetchDocument} from '../../source/transport/fetching/fetch-document.js';
import {serveDocuments} from '../helpers/document-server.js';

const patient = {timeoutMs: 20_000, targetAddress: '127.0.0.1'};
const inWords = (fetched: Fetched): string =>
	fetched.kind === 'document' ? `${fetched.httpStatus} ${Buffer.from(fetched.body).toString()}` : `${fetched.reason}: ${fetched.message}`;

const get = (url: string, more: Partial<DocumentRequest> = {}): DocumentRequest => ({url, mostBytes: 100, ...more});

test('documents, and why there is none', async t => {
	const server = await serveDocuments(t, {
		'/list.crl': Buffer.from('a list'),
		'/echo': body => Buffer.concat([Buffer.from('posted '), body]),
		'/large': Buffer.alloc(101),
		'/cut': 'cut',
		'/moved': {status: 301, headers: {location: '/list.crl'}},
		'/moved-away': {status: 302, headers: {location: 'file:///etc/passwd'}},
		'/moved-nowhere': {status: 302, headers: {location: 'http://['}},
		'/around': {status: 307, headers: {location: '/around'}},
		'/failing': {status: 500, body: Buffer.from('sorry')},
	});
	const rows: readonly (readonly [DocumentRequest, string])[] = [
		[get(server.url('/list.crl')), '200 a list'],
		[get(server.url('/echo'), {posted: {contentType: 'application/ocsp-request', body: Buffer.from('this')}}), '200 posted this'],
		[get(server.url('/large')), 'too-large: more than 100 bytes'],
		[get(server.url('/large'), {mostBytes: 101}), `200 ${'\0'.repeat(101)}`],
		[get(server.url('/cut')), 'unreachable: ECONNRESET'],
		[get(server.url('/none')), '404 '],
		[get(server.url('/failing')), '500 sorry'],
		[get(server.url('/moved')), '200 a list'],
		[get(server.url('/moved-away')), 'refused: only http and https URLs without a user are fetched'],
		[get(server.url('/moved-nowhere')), 'redirects: a redirect to no URL'],
		[get(server.url('/around')), 'redirects: more than 3 redirects'],
		[get('ldap://127.0.0.1/'), 'refused: only http and https URLs without a user are fetched'],
		[get('file:///etc/passwd'), 'refused: only http and https URLs without a user are fetched'],
		[get(`http://me:secret@127.0.0.1:${server.port}/list.crl`), 'refused: only http and https URLs without a user are fetched'],
		[get('no URL'), 'refused: only http and https URLs without a user are fetched'],
		[get('http://127.0.0.1:1/'), 'unreachable: ECONNREFUSED'],
	];
	for (const [request, words] of rows) {
		t.is(inWords(await fetchDocument(request, patient)), words, request.url);
	}

	t.is(server.asked.filter(line => line.endsWith('/around')).length, 4);
});

test('a server that does not answer, and an interrupt', async t => {
	const server = await serveDocuments(t, {'/': 'silence'});
	t.is(inWords(await fetchDocument(get(server.url('/')), {...patient, timeoutMs: 50})), 'timeout: no whole answer within 50 ms');
	t.is(inWords(await fetchDocument(get(server.url('/')), {...patient, signal: AbortSignal.abort()})), 'cancelled: interrupted');
});

test('addresses of networks that are not public are refused, unless the target is in the same', async t => {
	const server = await serveDocuments(t, {
		'/': Buffer.from('here'),
		'/to-metadata': {status: 302, headers: {location: 'http://169.254.169.254/'}},
	});
	const refused = 'refused: 127.0.0.1 is an address of this machine';
	for (const [targetAddress, url, words] of [
		['127.0.0.1', server.url('/'), '200 here'],
		['192.0.2.1', server.url('/'), refused],
		['8.8.8.8', server.url('/'), refused],
		['10.0.0.1', server.url('/'), refused],
		[null, server.url('/'), refused],
		['8.8.8.8', `http://localhost:${server.port}/`, /^refused: (?:127\.0\.0\.1|::1) is an address of this machine$/],
		['127.0.0.1', server.url('/to-metadata'), 'refused: 169.254.169.254 is a link-local address'],
		['8.8.8.8', 'http://10.1.2.3/', 'refused: 10.1.2.3 is a private address'],
		['8.8.8.8', 'http://0/', 'refused: 0.0.0.0 is not the address of a host'],
		['8.8.8.8', 'http://[::1]/', 'refused: ::1 is an address of this machine'],
		['8.8.8.8', 'http://[::ffff:10.0.0.1]/', /^refused: .* is a private address$/],
		['8.8.8.8', 'http://2130706433/', refused],
	] as const) {
		const found = inWords(await fetchDocument(get(url), {...patient, targetAddress}));
		if (typeof words === 'string') {
			t.is(found, words, url);
		} else {
			t.regex(found, words, url);
		}
	}
});

test('the network of an address', t => {
	for (const [address, scope] of [
		['8.8.8.8', 'public'],
		['2606:4700::1111', 'public'],
		['127.3.2.1', 'loopback'],
		['::1', 'loopback'],
		['::ffff:127.0.0.1', 'loopback'],
		['::ffff:7f00:1', 'loopback'],
		['172.31.255.255', 'private'],
		['172.32.0.0', 'public'],
		['100.64.0.1', 'private'],
		['fd00::1', 'private'],
		['fe80::1%eth0', 'link-local'],
		['169.254.169.254', 'link-local'],
		['224.0.0.1', 'other'],
		['255.255.255.255', 'other'],
		['::', 'other'],
		['64:ff9b::7f00:1', 'other'],
	] as const) {
		t.is(addressScope(address), scope, address);
	}
});
