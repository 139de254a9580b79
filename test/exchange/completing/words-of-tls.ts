import test from 'ava';
import {wordsOfTls} from '../../../source/exchange/completing/words-of-tls.js';

const refusals: readonly string[] = [
	'The TLS version of the connection is not permitted on this storage account.',
	'TLS 1.0 is not supported',
	'TLSv1.1 is no longer supported by this service',
	'Connections with TLS 1.0 and TLS 1.1 have been disabled',
	'TLS 1.0 and 1.1 are no longer supported here.',
	'Unsupported TLS version',
	'unsupported SSL protocol',
	'TLS 1.2 or higher is required',
	'TLSv1.2 (or later) is required',
	'This API requires at least TLS 1.2.',
	'You must use TLS 1.2',
	'Please upgrade to TLS 1.2 to go on',
	'your connection is below the minimum TLS version',
	'The SSL version used is too old',
	'<p>TLS 1.0</p><p>is not allowed</p>',
];

const others: readonly string[] = [
	'',
	'Unauthorized',
	'No required SSL certificate was sent',
	'The SSL certificate error',
	'The plain HTTP request was sent to HTTPS port',
	'400 Bad Request',
	'Client certificate required',
	'This page is served by TLS',
	'TLS handshake failed',
	'Version 1.0 is not supported',
	'API version 1.2 or higher is required',
	'Access denied. Reference: TLS',
	'title 1.2 is not allowed',
	'We speak TLS 1.2. Uploads are not allowed.',
];

for (const text of refusals) {
	test(`names a version as what is wrong: ${text}`, t => t.is(typeof wordsOfTls(text), 'string'));
}

for (const text of others) {
	test(`says nothing of versions of TLS: ${text || 'nothing'}`, t => t.is(wordsOfTls(text), undefined));
}

test('what is reported is what was said, without markup', t => {
	t.is(wordsOfTls('<h1>Sorry</h1> <b>TLS\n1.0</b> is <i>not supported</i> here'), 'TLS 1.0 is not supported');
});
