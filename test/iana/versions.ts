import test from 'ava';
import fc from 'fast-check';
import {defaultVersions, isOld, parseVersion, versionNames, versions} from '../../source/iana/versions.js';

const spellings: Readonly<Record<string, readonly string[]>> = {
	SSLv2: ['SSLv2', 'ssl2', 'SSL2', 'ssl 2', 'sslv2.0', 'SSL 2.0', 'ssl-2', 'ssl_v2'],
	SSLv3: ['SSLv3', 'ssl3', 'SSL 3.0', 'sslv3', 'ssl3.0', ' ssl3 '],
	'TLSv1.0': ['TLSv1.0', 'TLSv1', 'tls1', '1.0', '1', 'tls1.0', 'tls10', 'TLS 1.0', 'tls-1.0', 'tls1_0', 'TLSV1'],
	'TLSv1.1': ['TLSv1.1', 'tls1.1', '1.1', 'tls11', 'tls1_1', 'TLS 1.1', 'v1.1', '11'],
	'TLSv1.2': ['TLSv1.2', 'tls1.2', '1.2', 'tls12', 'tls1_2', 'TLS v1.2', 'tls-v1-2'],
	'TLSv1.3': ['TLSv1.3', 'tls1.3', '1.3', 'tls13', 'tls1_3', 'TLS1.3'],
};

test('old are the versions that a standard forbids', t => {
	t.deepEqual(versionNames.filter(isOld), ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1']);
});

for (const [name, texts] of Object.entries(spellings)) {
	test(`${name} may be written in any usual way`, t => {
		t.deepEqual(
			texts.map(text => [text, parseVersion(text)]),
			texts.map(text => [text, name]),
		);
	});
}

test('what is no version is none', t => {
	const texts = [
		'',
		' ',
		'tls',
		'ssl',
		'1.4',
		'tls1.4',
		'TLSv2',
		'2',
		'3',
		'2.0',
		'3.0',
		'ssl1',
		'ssl3.1',
		'ssl4',
		'dtls1.2',
		'1.2.3',
		'tls 1.2x',
		'0',
		'0x0303',
	];
	t.deepEqual(
		texts.filter(text => parseVersion(text) !== undefined),
		[],
	);
});

test('every name reads as itself', t => {
	t.deepEqual(versionNames.map(parseVersion), versionNames);
});

test('no text at all does worse than be no version', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.string({unit: 'binary'}), text => {
				const name = parseVersion(text);
				return name === undefined || versionNames.includes(name);
			}),
		),
	);
});

test('the versions stand oldest first, and TLS 1.0 to 1.3 are asked by default', t => {
	t.deepEqual(versionNames, ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']);
	t.deepEqual(
		defaultVersions.map(name => versions.code(name)),
		[0x03_01, 0x03_02, 0x03_03, 0x03_04],
	);
});
