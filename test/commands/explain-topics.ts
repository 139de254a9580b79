import test from 'ava';
import {isTopicWord} from '../../source/commands/probing/topic-word.js';
import {parseTopic} from '../../source/formats/explaining/topic.js';
import {runInProcess} from '../helpers/run-in-process.js';
import {serve} from '../helpers/scripted-server.js';
import {suiteServer} from '../helpers/suite-server.js';
import {startTlsServer} from '../helpers/tls-server.js';

const script = suiteServer({suites: [0xc0_2f, 0x00_2f]});

test('the word after --explain is a host, unless it is a topic or a misspelled one', t => {
	const words = [
		...['cipher-suites', 'cipher-suits', 'Groups', 'groups,certificates', 'TLS_RSA_WITH_AES_128_CBC_SHA', 'rsa_pkcs1_sha1'],
		...['x25519', 'X25519MLKEM768', 'secp256r1', 'ffdhe2048', 'SSL_CK_NULL', 'ecdsa_secp256r1_sha256', 'mldsa44', 'TLS_OOPS'],
	];
	t.deepEqual(
		words.filter(word => !isTopicWord(word)),
		[],
	);
	t.deepEqual(['heartbleed', 'CCS-injection,rc4', 'cve-2014-0160', 'CVE-1999-0001'].map(isTopicWord), [true, true, true, true]);
	const hosts = [
		'heartbleed.example.com',
		'robot:443',
		'heartbleeds',
		'localhost',
		'dc01',
		'groups.io',
		'groups:443',
		'[::1]:443',
		'https://groups/',
		'portal.azure.com',
		'127.0.0.1',
		'intranet',
		'web_1',
		'my_service',
	];
	t.deepEqual(hosts.filter(isTopicWord), []);
});

test('a topic is a probe, or an IANA name, in any case', t => {
	const named = (word: string): string => {
		const parsed = parseTopic(word);
		return 'problem' in parsed ? parsed.problem : `${parsed.topic.kind} ${parsed.topic.probe}`;
	};

	t.deepEqual(['Certificates', 'tls_rsa_with_rc4_128_sha', 'SSL_CK_NULL', 'x25519', 'RSA_PKCS1_SHA1'].map(named), [
		'probe certificates',
		'cipher suite cipher-suites',
		'cipher suite cipher-suites',
		'group groups',
		'signature scheme signature-schemes',
	]);
	t.deepEqual(['Heartbleed', 'cve-2014-0160', 'CVE-2014-0224', 'open-ssl-padding-oracle'].map(parseTopic), [
		...['heartbleed', 'heartbleed', 'ccsInjection', 'openSslPaddingOracle'].map(
			name => ({topic: {kind: 'vulnerability', probe: 'vulnerabilities', name}}) as ReturnType<typeof parseTopic>,
		),
	]);
	t.regex(named('heart-bleed'), /, not "heart-bleed"; did you mean heartbleed\?$/);
	t.regex(named('CVE-1999-0001'), /, a vulnerability \(heartbleed, CVE-2014-0160\), or .+, not "CVE-1999-0001"$/);
	t.regex(named('clients'), /^takes a probe \(versions, [a-z, -]+\), a vulnerability \(.+\), or the IANA name of .+, not "clients"$/);
	t.regex(named('TLS_RSA_WITH_RC4_128_SHAH'), /, not "TLS_RSA_WITH_RC4_128_SHAH"; did you mean TLS_RSA_WITH_RC4_128_SHA\?$/);
});

test('a wrong topic is one line that lists what is possible, and nothing is probed', async t => {
	for (const argv of [
		['--explain', 'cipher-suits', '127.0.0.1:1'],
		['--explain=cipher-suits', '127.0.0.1:1'],
		['127.0.0.1:1', '--explain', 'cipher-suites,cipher-suits'],
	]) {
		const {code, stdout, stderr} = await runInProcess(argv);
		t.deepEqual([code, stdout], [2, '']);
		t.regex(stderr, /^tlsprobe: --explain takes a probe \(versions, .*, not "cipher-suits"; did you mean cipher-suites\?\n$/);
	}
});

test('--explain cipher-suites runs the probe, and lists its connections, a line each', async t => {
	const {port} = await serve(t, script);
	const {stdout, stderr} = await runInProcess([`127.0.0.1:${port}`, '--explain', 'cipher-suites', '--versions', '1.2']);
	t.is(stderr, '');
	const [table, evidence] = stdout.split(/^Evidence for .*: cipher-suites\n/m);
	t.regex(table!, /\n {4}TLS_RSA_WITH_AES_128_CBC_SHA, 128 bits, weak: no forward secrecy, CBC\n/);
	const count = Number(/^TLSv1\.2 {2}(\d+) connections$/m.exec(evidence!)![1]);
	t.is(evidence!.match(/^ {2}\d+\. /gm)!.length, count);
	t.regex(evidence!, / cipher suites offered: ServerHello TLSv1\.2,\s+TLS_RSA_WITH_AES_128_CBC_SHA/);
	t.regex(evidence!, / cipher suites offered: fatal alert 40 handshake_failure, /);
	t.deepEqual(
		evidence!.split('\n').filter(line => line.length > 80),
		[],
	);
});

test('--explain with the name of a suite: where it was offered and selected, and the bytes of one connection', async t => {
	const {port} = await serve(t, script);
	const argv = [`127.0.0.1:${port}`, '--versions', '1.2', '--explain', 'TLS_RSA_WITH_AES_128_CBC_SHA,tls_rsa_with_rc4_128_sha'];
	const {stdout} = await runInProcess(argv);
	const [, accepted, refused] = stdout.split(/^Evidence for .*: TLS_RSA_WITH_\w+\n/m);
	t.regex(
		accepted!,
		/^TLSv1\.2 {2}accepted\nSelected on \d+ of \d+ connections that offered it:\n(?: {2}.*\n)+Offered and not selected on:\n/m,
	);
	t.regex(
		accepted!,
		/^Connection \d+, byte for byte\n(?:.*\n)+?.*cipher_suite: TLS_RSA_WITH_AES_128_CBC_SHA\n(?:.*\n)+The server sent (?:.*\n)+?.*cipher_suite: TLS_RSA_WITH_AES_128_CBC_SHA\n/m,
	);
	t.regex(
		refused!,
		/^TLSv1\.2 {2}refused\nSelected on 0 of \d+ connections that offered it\nOffered and not selected on:\n {2}\d+\. .* fatal alert 40/m,
	);
	t.regex(
		refused!,
		/^Connection \d+, byte for byte\n(?:.*\n)+?.*cipher_suite: TLS_RSA_WITH_RC4_128_SHA\n(?:.*\n)+.*description: handshake_failure\n/m,
	);
});

test('--explain reports that no hello offered a suite, and that a probe made no connection', async t => {
	const {port} = await serve(t, script);
	const {stdout} = await runInProcess([`127.0.0.1:${port}`, '--versions', '1.2', '--explain', 'TLS_NULL_WITH_NULL_NULL,certificate']);
	t.regex(stdout, /^ {2}No hello offered this cipher suite\.$/m);
	t.regex(stdout, /^ {2}No connection was made for it\.$/m);
});

test('--explain with a vulnerability: its connections and the last of them byte for byte, or the probes that it follows from', async t => {
	const {target} = await startTlsServer(t, {minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2'});
	const {stdout, stderr} = await runInProcess([target, '--explain', 'CVE-2014-0224,rc4']);
	t.is(stderr, '');
	const [, ccs, rc4] = stdout.split(/^Evidence for .*: (?:ccs-injection|rc4)\n/m);
	t.regex(
		ccs!,
		/^CCS injection {2}absent\n {2}an early ChangeCipherSpec is refused by .*\n? *\(CVE-2014-0224\)\n\nConnections for it:\n {2}\d+\. /m,
	);
	const listed = [...ccs!.matchAll(/^ {2}(\d+)\. sent /gm)].map(([, number]) => number);
	t.is(listed.length, 2);
	t.regex(ccs!, new RegExp(`\\bms <- shown\\s+below\\n\\nConnection ${listed[1]}, byte for byte\\n`));
	t.regex(ccs!, /: change_cipher_spec, 1 byte\n(?:.*\n)+The server sent (?:.*\n)+.*description: unexpected_message\n/);
	t.regex(rc4!, /^RC4 {2}absent\n {2}suites with RC4 are refused \(CVE-2013-2566 and CVE-2015-2808\)\n/m);
	t.regex(
		rc4!,
		/No connection was made for it alone\. It follows from what these probes found:\s+versions, cipher-suites, groups and extensions\.\n/,
	);
});
