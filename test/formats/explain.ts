import test from 'ava';
import {explainResult} from '../../source/formats/explain.js';
import {otherTools} from '../../source/formats/explaining/other-tools.js';
import {ruleInWords} from '../../source/formats/explaining/rule.js';
import {versionNames} from '../../source/iana/versions.js';
import type {Reason, VersionFinding} from '../../source/probes/versions/finding.js';
import {freePort} from '../helpers/free-port.js';
import {all, honest, modern, serverHelloMessage} from '../helpers/honest-server.js';
import {alert, alertBytes, close, hold, records, reset, type Script, say} from '../helpers/script.js';
import {type ProbeOverrides, probePort, serve} from '../helpers/scripted-server.js';

const look = {hasColor: false, hasUnicode: true, columns: 1000};

const refusing = (refuseVersion: Script): Script => honest({versions: modern, refuseVersion});

const banner: Script = () => [say(Buffer.from('HTTP/1.1 400 Bad \u001b[2JRequest\r\n'))];

const cases: readonly {
	readonly title: string;
	readonly script: Script;
	readonly options?: ProbeOverrides;
	/** The heading of a version, and the sentences that follow it. */
	readonly shown: readonly RegExp[];
}[] = [
	{
		title: 'an acceptance of TLS 1.2',
		script: honest({versions: modern}),
		shown: [/^TLSv1\.2 {2}accepted {2}TLS_\w+.* The ServerHello selects TLSv1\.2\. This is an acceptance\./m],
	},
	{
		title: 'an acceptance of TLS 1.3',
		script: honest({versions: modern}),
		shown: [/^TLSv1\.3 {2}accepted .* The ServerHello selects TLSv1\.3, in its extension supported_versions \(RFC 9846 §4\.3\.1\)/m],
	},
	{
		title: 'a HelloRetryRequest',
		script: honest({versions: modern, groups: [0x00_18]}),
		shown: [/^TLSv1\.3 {2}accepted {2}HelloRetryRequest.* A HelloRetryRequest selects TLSv1\.3/m],
	},
	{
		title: 'alert 70',
		script: refusing(() => alert(70)),
		shown: [
			/^TLSv1\.0 {2}rejected {2}alert 70 protocol_version .*\(RFC 9846 §6\.2\), and TLSv1\.[23] is accepted with a hello of the same shape\.$/m,
		],
	},
	{
		title: 'another alert',
		script: refusing(() => alert(40)),
		shown: [
			/^TLSv1\.0 {2}rejected {2}alert 40 handshake_failure This alert can have other causes.* while TLSv1\.[23] is accepted at this address and name\.$/m,
		],
	},
	{
		title: 'resets',
		script: refusing(() => [reset]),
		shown: [
			/^TLSv1\.0 {2}rejected {2}connection reset One closed or reset connection proves nothing\..* before and after \(connections? [\d, ]+\)\.$/m,
			/with a version that is accepted in between:/,
		],
	},
	{
		title: 'another version',
		script: asked => honest({versions: all})({...asked, hello: {...asked.hello, version: 0x03_03}}),
		shown: [/^TLSv1\.0 {2}rejected {2}ServerHello selects TLSv1\.2 Only TLSv1\.0 was offered/m],
	},
	{
		title: 'a gate that lets old versions pass where supported_versions names them',
		script: asked =>
			asked.hello.supportedVersions === undefined && asked.hello.version < 0x03_03 ? [close] : honest({versions: all})(asked),
		shown: [
			/^TLSv1\.0 {2}accepted {2}TLS_\w+.*, only if offered in supported_versions The ServerHello selects TLSv1\.0\. .* in supported_versions \(RFC 9846 §4\.3\.1\), which version filters do not check\.$/m,
			/ The deciding hello has the shape listed, which these tools cannot send\.$/m,
		],
	},
	{
		title: 'TLS 1.3 in the old field alone',
		script: ({hello}) => [say(records(serverHelloMessage(hello, {legacyVersion: 0x03_04, extensions: undefined}))), hold],
		shown: [/^TLSv1\.3 {2}rejected {2}ServerHello selects TLSv1\.3, without supported_versions Only TLSv1\.3 was offered/m],
	},
	{
		title: 'silence',
		script: refusing(() => [hold]),
		options: {timeoutMs: 100},
		shown: [
			/^TLSv1\.0 {2}inconclusive {2}no answer A firewall, packet loss or a slow server.*never counts as a rejection\.$/m,
			/^The server sent nothing\.$/m,
			/^Then nothing more came, and tlsprobe closed the connection\.$/m,
		],
	},
	{
		title: 'HTTP',
		script: banner,
		shown: [
			/^TLSv1\.2 {2}inconclusive {2}not TLS: looks like HTTP The answer is not TLS/m,
			/^00000000 {2}48 54 54 50 .*\|HTTP\/1\.1 400 Bad\|$/m,
		],
	},
	{
		title: 'an alert about the name',
		script: () => alert(112),
		shown: [/^TLSv1\.2 {2}inconclusive {2}alert 112 unrecognized_name The alert unrecognized_name is about the server name/m],
	},
	{
		title: 'one alert to everything',
		script: () => alert(40),
		shown: [/^TLSv1\.2 {2}inconclusive {2}alert 40 handshake_failure No version is accepted at this address and name/m],
	},
	{
		title: 'an alert that is cut off',
		script: () => [say(alertBytes(70).subarray(0, 6)), close],
		shown: [
			/^TLSv1\.2 {2}inconclusive {2}malformed answer.* The answer starts like TLS but cannot be decoded/m,
			/^Not all bytes could be decoded: record 1 is cut off/m,
		],
	},
];

for (const {title, script, options, shown} of cases) {
	test(`${title}: the rule that was applied is reported in words, above the bytes`, async t => {
		const {port} = await serve(t, script);
		const text = explainResult(await probePort(port, {isRecorded: true, timeoutMs: 5000, ...options}), {look, isFull: false});
		// Sentences are broken to the width of the terminal.
		const unbroken = text.replaceAll(/\n {2}(?! )/g, ' ');
		for (const pattern of shown) {
			t.regex(unbroken, pattern);
		}

		t.notRegex(text, /\u001b|undefined/);
		t.is(text.match(/ <- this one decides$/gm)?.length, 4);
	});
}

test('a port without a listener has no bytes to show, and every try of it', async t => {
	const text = explainResult(await probePort(await freePort(), {isRecorded: true, retries: 1}), {look, isFull: false});
	t.regex(text, /^TLSv1\.0 {2}inconclusive {2}connection refused\n {2}There was no connection, so nothing was sent\.$/m);
	t.is(text.match(/^ {2}\d+\. TLSv1\.0 short: sent nothing; no connection, ECONNREFUSED/gm)?.length, 2);
	t.regex(text, /^Connection \d+: no byte was sent or received\.$/m);
});

test('what is asked a second time without a server name has its own evidence', async t => {
	const {port} = await serve(t, honest({versions: modern}));
	const text = explainResult(await probePort(port, {isRecorded: true, timeoutMs: 5000, alsoWithoutServerName: true}), {
		look,
		isFull: false,
	});
	const [withName, without] = text.split(/^Evidence for .*, without a server name$/m);
	t.regex(withName!, /-servername example\.com/);
	t.notRegex(without!, /-servername|HostName/);
	t.regex(without!, /-noservername/);
});

const nothing: VersionFinding = {
	status: 'inconclusive',
	reason: 'closed',
	outcome: {kind: 'closed'},
	attempt: 0,
	durationMs: 1,
	shape: 'short',
	attempts: [0],
	controls: [],
	isAcceptedWithoutServerName: false,
	samples: undefined,
	largeHello: undefined,
	startTlsRefusals: undefined,
};

const doubts: readonly {readonly reason: Reason; readonly words: RegExp}[] = [
	{
		reason: 'closed',
		words: /^No version is accepted at this address and name\. A limit, a firewall or a missing server name can also close/,
	},
	{
		reason: 'reset',
		words: /^No version is accepted at this address and name\. A limit, a firewall or a missing server name can also close/,
	},
	{reason: 'unstable', words: /^The same hello got different answers on/},
	{reason: 'unasked', words: /^This version was not tested: the time ran out before/},
	{reason: 'unanswered', words: /^The test was cut short: the time ran out before there was an answer/},
	{reason: 'proxy-refused', words: /^The proxy refused/},
	{reason: 'starttls-refused', words: /^The server did not switch to TLS/},
	{reason: 'unreachable', words: /^There was no connection/},
];

for (const {reason, words} of doubts) {
	test(`what is left open for the reason ${reason} is explained`, t => {
		t.regex(ruleInWords('TLSv1.0', {...nothing, reason}, {findings: {}, attempts: []}), words);
	});
}

test('a close that was not seen between two acceptances is reported as such', t => {
	const findings = {versions: {'TLSv1.2': {...nothing, status: 'accepted' as const}}};
	t.regex(ruleInWords('TLSv1.0', nothing, {findings, attempts: []}), /did not happen again between two connections that were accepted\.$/);
});

const place = {host: 'lab.example', port: 8443, address: '192.0.2.1', serverName: 'lab.example'};

test('there is a command of another tool for every version, to the same address and by the same name', t => {
	const commands = versionNames.map(name => otherTools(name, place).commands);
	t.deepEqual(commands, [
		['nmap -Pn -p 8443 --script +sslv2 192.0.2.1'],
		['nmap -Pn -p 8443 --script +ssl-enum-ciphers 192.0.2.1', 'openssl s_client -connect 192.0.2.1:8443 -ssl3 </dev/null'],
		[
			'openssl s_client -connect 192.0.2.1:8443 -servername lab.example -tls1 -cipher DEFAULT@SECLEVEL=0 </dev/null',
			'curl -v -k -o /dev/null --tlsv1.0 --tls-max 1.0 --ciphers DEFAULT@SECLEVEL=0 --resolve lab.example:8443:192.0.2.1 https://lab.example:8443/',
		],
		[
			'openssl s_client -connect 192.0.2.1:8443 -servername lab.example -tls1_1 -cipher DEFAULT@SECLEVEL=0 </dev/null',
			'curl -v -k -o /dev/null --tlsv1.1 --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0 --resolve lab.example:8443:192.0.2.1 https://lab.example:8443/',
		],
		[
			'openssl s_client -connect 192.0.2.1:8443 -servername lab.example -tls1_2 </dev/null',
			'curl -v -k -o /dev/null --tlsv1.2 --tls-max 1.2 --resolve lab.example:8443:192.0.2.1 https://lab.example:8443/',
		],
		[
			'openssl s_client -connect 192.0.2.1:8443 -servername lab.example -tls1_3 </dev/null',
			'curl -v -k -o /dev/null --tlsv1.3 --tls-max 1.3 --resolve lab.example:8443:192.0.2.1 https://lab.example:8443/',
		],
	]);
});

test('what a stock OpenSSL 3 cannot send is said', t => {
	const notes = versionNames.map(name => otherTools(name, place).notes.join(' '));
	t.deepEqual(
		notes.map(note => /OpenSSL 3/.test(note)),
		[true, true, true, true, false, false],
	);
});

test('an IPv6 address without a name is asked for as such', t => {
	t.deepEqual(otherTools('TLSv1.2', {...place, address: '2001:db8::1', serverName: null}).commands, [
		'openssl s_client -connect [2001:db8::1]:8443 -noservername -tls1_2 </dev/null',
		'curl -v -k -o /dev/null --tlsv1.2 --tls-max 1.2 https://[2001:db8::1]:8443/',
	]);
	t.regex(otherTools('SSLv2', {...place, address: '::1', serverName: null}).commands[0]!, /^nmap -6 /);
});
