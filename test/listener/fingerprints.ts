import test from 'ava';
import {type HelloFacts, makeHello} from '../../source/clients/building/hello-facts.js';
import {helloOf} from '../../source/clients/hello-of.js';
import {clientProfiles} from '../../source/clients/index.js';
import {buildHello} from '../../source/exchange/build-hello.js';
import {readClientHello, type SeenHello} from '../../source/exchange/read-client-hello.js';
import {ja3Of} from '../../source/listener/fingerprints/ja3.js';
import {ja4Of} from '../../source/listener/fingerprints/ja4.js';

const sent = (facts: HelloFacts, serverName: string | undefined): SeenHello =>
	readClientHello(buildHello(makeHello('test', facts, serverName), size => new Uint8Array(size)).bytes);

const profile = (name: string, serverName: string | undefined = 'example.com'): SeenHello =>
	readClientHello(buildHello(helloOf(clientProfiles.find(item => item.name === name)!, serverName), size => new Uint8Array(size)).bytes);

test("the two examples of JA3's authors", t => {
	const first = sent(
		{
			clientVersion: 0x03_01,
			suites: '002f 0035 0005 000a c009 c00a c013 c014 0032 0038 0013 0004',
			extensions: '0000 000a 000b',
			groups: '0017 0018 0019',
		},
		'example.com',
	);
	t.deepEqual(ja3Of(first), {
		hash: 'ada70206e40642a3e4461f35503241d5',
		text: '769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0',
	});
	const second = sent({clientVersion: 0x03_01, suites: '0004 0005 000a 0009 0064 0062 0003 0006 0013 0012 0063'}, undefined);
	t.deepEqual(ja3Of(second), {hash: 'de350869b8c85de67a350c8d186f11e6', text: '769,4-5-10-9-100-98-3-6-19-18-99,,,'});
});

/** Chrome 143 as browserleaks.com shows it: its fingerprints by an implementation that is not ours. */
const chrome143: HelloFacts = {
	recordVersion: 0x03_01,
	clientVersion: 0x03_03,
	hasSessionId: true,
	suites: '2a2a 1301 1302 1303 c02b c02f c02c c030 cca9 cca8 c013 c014 009c 009d 002f 0035',
	extensions: '5a5a 002d 0033 0010 fe0d 0017 44cd 0000 000b 000a 002b ff01 0023 0012 0005 000d 001b 7a7a',
	groups: '1a1a 11ec 001d 0017 0018',
	schemes: '0403 0804 0401 0503 0805 0501 0806 0601',
	supportedVersions: '3a3a 0304 0303',
	shares: '1a1a 11ec 001d',
	alpn: ['h2', 'http/1.1'],
};

test('a browser that sends GREASE has the fingerprints that others compute of it', t => {
	const hello = sent(chrome143, 'tls.browserleaks.com');
	t.is(ja3Of(hello)!.hash, '98487aa16281980e7d1120d399efb6a4');
	t.is(ja4Of(hello)!.hash, 't13d1516h2_8daaf6152771_d8a2da3f94cd');
});

test("the example of JA4's authors, which is Chrome of the time of 101", t => {
	t.deepEqual(ja4Of(profile('chrome-101')), {
		hash: 't13d1516h2_8daaf6152771_e5627efa2ab1',
		text: 't13d1516h2_002f,0035,009c,009d,1301,1302,1303,c013,c014,c02b,c02c,c02f,c030,cca8,cca9_0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,4469,ff01_0403,0804,0401,0503,0805,0501,0806,0601',
	});
});

const starts: readonly (readonly [title: string, facts: HelloFacts, serverName: string | undefined, start: string])[] = [
	['no name and no extension', {clientVersion: 0x03_01, suites: '002f'}, undefined, 't10i010000_'],
	['SSL 3', {clientVersion: 0x03_00, suites: '002f 0035'}, undefined, 'ts3i020000_'],
	['a protocol of one letter', {clientVersion: 0x03_03, suites: '002f', extensions: '0010', alpn: ['x']}, undefined, 't12i0101xx_'],
	...(
		[
			['\u00AB', 'ab'],
			['\u00AB\u00CD', 'ad'],
			['0\u00AB', '3b'],
			['01\u00AB\u00CD', '3d'],
			['0\u00AB\u00CD1', '01'],
			['\u00ABcd\u00EF', 'af'],
			['-h', '28'],
		] as const
	).map(
		([protocol, ends]) =>
			[
				`a protocol of ${Buffer.from(protocol, 'latin1').toString('hex')}`,
				{clientVersion: 0x03_03, suites: '002f', extensions: '0010', alpn: [protocol]},
				undefined,
				`t12i0101${ends}_`,
			] as const,
	),
	['an empty list of protocols', {clientVersion: 0x03_02, suites: '002f', extensions: '0010', alpn: []}, undefined, 't11i010100_'],
	['120 suites', {clientVersion: 0x03_03, suites: Array.from({length: 120}, (_, index) => 0xc0_00 + index)}, undefined, 't12i990000_'],
	['a version that nobody knows', {clientVersion: 0x03_07, suites: '002f'}, undefined, 't00i010000_'],
	['signalling values among its suites', {clientVersion: 0x03_03, suites: '002f 00ff 5600'}, undefined, 't12i030000_'],
	[
		'GREASE in everything',
		{
			clientVersion: 0x03_03,
			suites: '0a0a 1301 fafa 002f',
			extensions: '1a1a 002b 000a 000d 2a2a',
			supportedVersions: 'caca 0304 0303',
			groups: '4a4a 001d',
			schemes: '6a6a 0804',
		},
		undefined,
		't13i020300_',
	],
];

for (const [title, facts, serverName, start] of starts) {
	test(`JA4 of a hello with ${title} begins with ${start}`, t => {
		t.is(ja4Of(sent(facts, serverName))!.hash.slice(0, start.length), start);
	});
}

test('GREASE is left out of what JA4 hashes, and a hello without signature algorithms ends without an underscore', t => {
	const facts: HelloFacts = {
		clientVersion: 0x03_03,
		suites: '0a0a 1302 002f',
		extensions: '1a1a 002b 000a 000d',
		supportedVersions: 'caca 0304',
		groups: '001d',
		schemes: '6a6a 0804 0403',
	};
	t.is(ja4Of(sent(facts, undefined))!.text, 't13i020300_002f,1302_000a,000d,002b_0804,0403');
	t.is(ja4Of(sent({...facts, extensions: '002b 000a'}, undefined))!.text, 't13i020200_002f,1302_000a,002b');
});

test('where there is nothing to hash JA4 has zeros, and the format of SSL 2 has no fingerprint', t => {
	t.regex(ja4Of(sent({clientVersion: 0x03_01, suites: '002f'}, undefined))!.hash, /^t10i010000_[\da-f]{12}_0{12}$/);
	t.is(ja3Of(profile('windows-xp-ie6')), undefined);
	t.is(ja4Of(profile('windows-xp-ie6')), undefined);
});
