import test from 'ava';
import stunnel from '../../source/server-configs/stunnel.js';
import {readWith} from '../helpers/proxies.js';

const cases: readonly (readonly [lines: string, versions: string])[] = [
	['', '+1.2 1.3 -ssl2 ssl3'],
	['sslVersion = TLSv1.2', '+1.2 -ssl2 ssl3 1.0 1.1 1.3'],
	['sslVersionMin = TLSv1.2', '+1.2 1.3 -ssl2 ssl3 1.0 1.1'],
	['sslVersionMin = TLSv1', '+1.0 1.1 1.2 1.3 -ssl2 ssl3'],
	['sslVersionMax = TLSv1.2', '+1.2 -ssl2 ssl3 1.3'],
	['sslVersionMin = TLSv1.1\nsslVersionMax = all', '+1.1 1.2 1.3 -ssl2 ssl3 1.0'],
	['options = NO_TLSv1\noptions = NO_TLSv1_1\noptions = NO_SSLv3\noptions = CIPHER_SERVER_PREFERENCE', '+1.2 1.3 -ssl2 ssl3 1.0 1.1'],
	['options = NO_TLSv1.3\noptions = -NO_TLSv1.3', '+1.2 1.3 -ssl2 ssl3'],
];

for (const [lines, versions] of cases) {
	test(`${JSON.stringify(lines)}: ${versions}`, t => {
		t.deepEqual(readWith(stunnel, {'stunnel.conf': `[edge]\naccept = 443\nconnect = 80\n${lines}\n`}).endpoints, [`*:443: ${versions}`]);
	});
}

test('defaults, included folders, clients, names of other services, and protocols that come first', t => {
	const {endpoints, notes, places, causes} = readWith(stunnel, {
		'stunnel.conf': `; comment\nsslVersionMin = TLSv1.2\ninclude = conf.d\n[edge]\naccept = 127.0.0.1:8443\n[second]\nsni = edge:other.test\nsslVersion = TLSv1.3\n[out]\nclient = yes\naccept = 25\n[mail]\nprotocol = smtp\naccept = 587\n[files]\nprotocol = cifs\naccept = 445\n[behind]\nprotocol = proxy\naccept = 8444\n`,
		'conf.d/a.conf': '[third]\naccept = :::993\nsslVersionMin = TLSv1.3\n',
	});
	t.deepEqual(endpoints, [
		'*:993: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		'127.0.0.1:8443: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
		'127.0.0.1:8443 other.test: +1.3 -ssl2 ssl3 1.0 1.1 1.2',
		'*:587 smtp: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
		'*:8444: +1.2 1.3 -ssl2 ssl3 1.0 1.1',
	]);
	t.is(causes[2], 'the listening service decides the versions (stunnel.conf:2: sslversionmin = TLSv1.2)');
	t.deepEqual(notes, ['stunnel.conf:16: the service files is left out: it uses cifs before TLS']);
	t.is(places[1], 'stunnel.conf:2: sslversionmin = TLSv1.2');
});

for (const [title, text, message] of [
	['a line that is none', '[a]\naccept 443', /stunnel\.conf:2: no "=" found/],
	['a version that is none', '[a]\naccept = 443\nsslVersion = TLSv9', /stunnel\.conf:3: invalid version "TLSv9"/],
	['an included folder that is not there', 'include = x', /stunnel\.conf:1: there is no folder/],
] as const) {
	test(`${title} is an error that names its place`, t => {
		t.throws(() => readWith(stunnel, {'stunnel.conf': text}), {name: 'ConfigurationError', message});
	});
}
