import test from 'ava';
import {findClients} from '../../source/clients/find-clients.js';
import {helloOf} from '../../source/clients/hello-of.js';
import {becauseInWords} from '../../source/formats/clients.js';
import type {ClientFinding} from '../../source/probes/clients/client-finding.js';
import {judgeAnswer} from '../../source/probes/clients/judge-answer.js';
import {negotiating, ssl3, tls10, tls12} from '../helpers/honest-server.js';
import {playAll, playClients} from '../helpers/play-clients.js';
import {alert, hold, reset, type Script} from '../helpers/script.js';

const ecdheRsaGcm = [0xc0_30, 0xc0_2f];

type Case = {
	readonly title: string;
	readonly client: string;
	readonly server: Script;
	readonly serverName?: string | undefined;
	readonly connects: ClientFinding['connects'];
	readonly missing?: readonly string[];
	readonly words: string;
};

const cases: readonly Case[] = [
	{
		title: 'a client of TLS 1.2 meets a server of TLS 1.2',
		client: 'windows-server-2016',
		server: negotiating({versions: [tls12], suites: ecdheRsaGcm}),
		connects: 'yes',
		words: 'TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, x25519',
	},
	{
		title: 'a .NET program as installed does not reach TLS 1.2',
		client: 'mars-agent-windows-server-2012',
		server: negotiating({versions: [tls12]}),
		connects: 'no',
		missing: ['version'],
		words: 'no version in common: the client accepts SSL 3 and TLS 1.0, the server TLS 1.2',
	},
	{
		title: 'a server that is silent to SSL 3 and refuses TLS 1.0 has no version for a client of both',
		client: 'windows-vista',
		server: asked => (asked.hello.version === ssl3 ? [{kind: 'hold'}] : negotiating({versions: [tls12]})(asked)),
		connects: 'no',
		missing: ['version'],
		words: 'no version in common: the client accepts SSL 3 and TLS 1.0, the server TLS 1.2',
	},
	{
		title: 'hellos of more than one segment get no answer',
		client: 'chrome-133',
		server: asked => (asked.hello.bytes.length > 1400 ? [hold] : negotiating({})(asked)),
		connects: 'no',
		missing: ['large-hello'],
		words:
			'TLS 1.3 is accepted, but a hello of 1,700 bytes gets no answer, but a hello of 560 bytes, without the large key share, gets one',
	},
	{
		title: 'hellos of more than one segment are reset',
		client: 'go',
		server: asked => (asked.hello.bytes.length > 1400 ? [reset] : negotiating({})(asked)),
		connects: 'no',
		missing: ['large-hello'],
		words:
			'TLS 1.3 is accepted, but a hello of 1,483 bytes gets no answer, but a hello of 560 bytes, without the large key share, gets one',
	},
	{
		title: 'short hellos of 256 to 511 bytes get no answer either',
		client: 'openssl-3.5',
		server: asked =>
			asked.hello.bytes.length > 1400 || (asked.hello.bytes.length >= 256 && asked.hello.bytes.length < 521)
				? [hold]
				: negotiating({})(asked),
		connects: 'no',
		missing: ['large-hello'],
		words:
			'TLS 1.3 is accepted, but a hello of 1,524 bytes gets no answer, but a hello of 560 bytes, without the large key share, gets one',
	},
	{
		title: 'a post-quantum key share gets no answer, whatever the length: the size is not blamed',
		client: 'chrome-133',
		server: asked => (asked.hello.shares.includes(0x11_ec) ? [hold] : negotiating({})(asked)),
		connects: 'undecided',
		words: 'not decided: no answer within 300 ms',
	},
	{
		title: 'Windows Server 2012 R2 lacks the suites',
		client: 'windows-server-2012-r2',
		server: negotiating({versions: [tls12], suites: ecdheRsaGcm}),
		connects: 'no',
		missing: ['cipher-suite'],
		words:
			'TLS 1.2 is accepted, but Windows Server 2012 R2, Windows 8.1 shares no cipher suite with it: the server accepts only TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 and TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
	},
	{
		title: 'a server that hangs up on what it does not know',
		client: 'windows-server-2012-r2',
		server: negotiating({versions: [tls12], suites: ecdheRsaGcm, refuse: () => [{kind: 'reset'}]}),
		connects: 'no',
		missing: ['cipher-suite'],
		words:
			'TLS 1.2 is accepted, but Windows Server 2012 R2, Windows 8.1 shares no cipher suite with it: the server accepts only TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 and TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
	},
	{
		title: 'a group that old clients do not have',
		client: 'windows-10-1511',
		server: negotiating({versions: [tls12], suites: ecdheRsaGcm, groups: [0x00_1d]}),
		connects: 'no',
		missing: ['group'],
		words: 'TLS 1.2 is accepted, but Windows 10 1511 shares no group with it: the server accepts x25519',
	},
	{
		title: 'a signature that old clients do not have',
		client: 'windows-server-2016',
		server: negotiating({versions: [tls12], schemes: [0x08_04]}),
		connects: 'no',
		missing: ['signature'],
		words: 'TLS 1.2 is accepted, but Windows Server 2016, Windows 10 1607 shares no signature algorithm with it',
	},
	{
		title: 'two things at once',
		client: 'windows-server-2012-r2',
		server: negotiating({versions: [tls12], suites: ecdheRsaGcm, schemes: [0x08_04]}),
		connects: 'no',
		missing: ['cipher-suite', 'signature'],
		words:
			'TLS 1.2 is accepted, but Windows Server 2012 R2, Windows 8.1 shares no cipher suite and no signature algorithm with it: the server accepts only TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 and TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
	},
	{
		title: 'a server that wants a name',
		client: 'windows-xp',
		serverName: 'example.com',
		server: asked => (asked.hello.serverName === undefined ? alert(40) : negotiating({versions: [tls10, tls12]})(asked)),
		connects: 'no',
		missing: ['server-name'],
		words: 'TLS 1.0 is accepted, but Windows XP, Server 2003 (Internet Explorer 8) sends no server name, which the server requires',
	},
	{
		title: 'a server that refuses this client whatever it says',
		client: 'windows-server-2016',
		server: asked => (asked.hello.extensions?.includes(0x00_17) ? alert(40) : negotiating({versions: [tls12]})(asked)),
		connects: 'no',
		missing: ['unknown'],
		words:
			'TLS 1.2 is accepted, but this hello is rejected (fatal alert 40 handshake_failure), and no added cipher suite, group, signature algorithm or server name changed that',
	},
	{
		title: 'a server that says nothing',
		client: 'windows-server-2016',
		server: () => [{kind: 'hold'}],
		connects: 'undecided',
		words: 'not decided: no answer within 300 ms',
	},
	{
		title: 'a server that says nothing to one client alone is not decided on',
		client: 'windows-server-2016',
		server: asked => (asked.hello.extensions?.includes(0x00_17) ? [{kind: 'hold'}] : negotiating({versions: [tls12]})(asked)),
		connects: 'undecided',
		words: 'not decided: no answer within 300 ms',
	},
	{
		title: 'a server that picks what the client did not offer',
		client: 'go',
		server: negotiating({versions: [tls10]}),
		connects: 'no',
		missing: ['version'],
		words: 'no version in common: the client accepts TLS 1.2 and TLS 1.3, the server TLS 1.0',
	},
	{
		title: 'a client of the old format',
		client: 'java-6u45',
		server: negotiating({versions: [tls10, tls12], suites: [0x00_2f]}),
		connects: 'yes',
		words: 'TLSv1.0, TLS_RSA_WITH_AES_128_CBC_SHA',
	},
];

for (const {title, client, server, serverName, connects, missing = [], words} of cases) {
	test(title, t => {
		const profile = findClients(client)[0]!;
		const finding = playClients(server, profile, serverName);
		const [found] = finding.clients;
		t.is(found!.connects, connects);
		t.deepEqual(found!.missing, missing as never);
		t.is(becauseInWords(profile, found!, finding), words);
	});
}

const server12 = negotiating({versions: [tls12]});
const name = 'example.com';

/** Both accept SSL 3 and TLS 1.0 alone; the first is asked. */
const alike = [...findClients('android-4.0'), ...findClients('windows-7')];

/** Whether the second client is asked with its own hello, and what it comes to. */
const askedCases: readonly {
	readonly title: string;
	readonly server: Script;
	readonly client?: string;
	readonly missing: readonly string[];
	readonly isAsked: boolean;
}[] = [
	{title: 'both versions are refused with protocol_version', server: server12, missing: ['version'], isAsked: false},
	{
		title: 'the newest version is refused with handshake_failure',
		server: asked => (asked.hello.version === tls12 ? server12(asked) : alert(40)),
		missing: ['version'],
		isAsked: true,
	},
	{
		title: 'the newest version is closed',
		server: asked => (asked.hello.version === tls12 ? server12(asked) : [{kind: 'close'}]),
		missing: ['version'],
		isAsked: true,
	},
	{
		title: 'the newest version is answered with another',
		server: asked => negotiating({versions: [tls12]})({...asked, hello: {...asked.hello, version: tls12}}),
		missing: ['version'],
		isAsked: true,
	},
	{title: 'the client sends no server name', server: server12, client: 'windows-xp', missing: ['version'], isAsked: true},
	{title: 'the client sends a hello of the old format', server: server12, client: 'java-6u45', missing: ['version'], isAsked: true},
	{title: 'the server accepts the first client', server: negotiating({versions: [tls10, tls12]}), missing: [], isAsked: true},
];

for (const {title, server, client, missing, isAsked} of askedCases) {
	test(`a client with the same versions as another is ${isAsked ? 'asked' : 'derived'}: ${title}`, t => {
		const clients = client === undefined ? alike : [alike[0]!, ...findClients(client)];
		const {finding, hellos} = playAll(server, clients, name);
		const [, second] = finding.clients;
		t.deepEqual(second!.missing, missing as never);
		t.is(second!.derivedFrom === undefined, isAsked);
		t.is(
			hellos.some(({shape}) => shape === clients[1]!.name),
			isAsked,
		);
		if (!isAsked) {
			t.deepEqual(
				second!.derivedFrom!.map(({version, attempt}) => [version, hellos[attempt]!.version]),
				[
					['SSLv3', ssl3],
					['TLSv1.0', tls10],
				],
			);
			t.is(
				becauseInWords(clients[1]!, second!, finding),
				'no version in common: the client accepts SSL 3 and TLS 1.0, the server TLS 1.2 (derived)',
			);
		}
	});
}

test('where the versions are known, no client is asked whose result follows from them', t => {
	const known = playAll(server12, alike, name).finding.versions;
	const {finding, hellos} = playAll(server12, alike, name, known);
	t.deepEqual(hellos, []);
	t.deepEqual(
		finding.clients.map(({connects, missing}) => [connects, missing]),
		[
			['no', ['version']],
			['no', ['version']],
		],
	);
});

const primes: readonly (readonly [client: string, primeBits: number, words: string | undefined])[] = [
	['java-8u161', 2048, undefined],
	[
		'java-8u161',
		3072,
		'TLS 1.2 is accepted, but the Diffie-Hellman prime of the server has 3072 bits, and Java 8u161 accepts at most 2048',
	],
	['windows-server-2016', 4096, undefined],
	[
		'windows-server-2016',
		768,
		'TLS 1.2 is accepted, but the Diffie-Hellman prime of the server has 768 bits, and Windows Server 2016, Windows 10 1607 accepts at least 1024',
	],
];

for (const [name, primeBits, words] of primes) {
	test(`a prime of ${primeBits} bits is ${words === undefined ? 'taken' : 'refused'} by ${name}`, t => {
		const client = findClients(name)[0]!;
		const outcome = {kind: 'server-hello', version: tls12, cipherSuite: 0x00_9e, primeBits, anomalies: []} as const;
		const {objection} = judgeAnswer(outcome, client, helloOf(client, 'example.com'));
		t.is(objection, words === undefined ? undefined : 'key-size');
		if (objection !== undefined && words !== undefined) {
			const found = {name, connects: 'no', outcome, attempt: 0, missing: [objection], sharedVersion: tls12} as const;
			t.is(becauseInWords(client, found, {clients: [found], versions: undefined, suites: new Map()}), words);
		}
	});
}

test('the name of an operating system finds its clients, and part of a name all that begin with it', t => {
	t.deepEqual(
		findClients('windows-8.1').map(({name}) => name),
		['windows-server-2012-r2'],
	);
	t.deepEqual(
		findClients('Windows Server 2012').map(({name}) => name),
		['windows-server-2012'],
	);
	t.true(findClients('mars-agent').length > 4);
	t.deepEqual(findClients('mars'), findClients('mars-agent'));
	t.deepEqual(findClients('window'), []);
});
