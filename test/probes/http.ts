import net from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {flowOf} from '../../source/exchange/flow.js';
import {readFlow} from '../../source/exchange/read-flow.js';
import {replay} from '../../source/exchange/replay.js';
import {writeFlow} from '../../source/exchange/write-flow.js';
import {explainFlow} from '../../source/formats/explain.js';
import type {HttpFinding} from '../../source/probes/http/http-finding.js';
import {httpPart} from '../../source/probes/http/report-part.js';
import {readStrictTransportSecurity} from '../../source/probes/http/strict-transport-security.js';
import {requestProbe} from '../../source/probes/requests.js';
import {answering, listen, ok, serveTls} from '../helpers/confirm.js';
import {plainLook} from '../helpers/formats.js';
import {probePort} from '../helpers/scripted-server.js';

const policy = (maxAgeSeconds: number, includeSubDomains = false, preload = false) => ({
	policy: {maxAgeSeconds, includeSubDomains, preload},
});
const notWritten = {problem: 'it has a directive that does not conform to RFC 6797'};
const noNumber = {problem: 'its max-age is not a number of seconds'};

for (const [text, expected] of [
	// RFC 6797 §6.2.
	['max-age=31536000', policy(31_536_000)],
	['max-age=15768000 ; includeSubDomains', policy(15_768_000, true)],
	['max-age="31536000"', policy(31_536_000)],
	['max-age=0', policy(0)],
	['max-age=0; includeSubDomains', policy(0, true)],
	['MAX-AGE=1;INCLUDESUBDOMAINS;PRELOAD', policy(1, true, true)],
	[' ; max-age = 1 ;; preload ; ', policy(1, false, true)],
	['includeSubDomains; max-age=63072000; preload', policy(63_072_000, true, true)],
	['max-age=1; other; another=x; quoted="a;b\\"c"', policy(1)],
	['max-age="1\\0"', policy(10)],
	[`max-age=${'9'.repeat(30)}`, policy(Number.MAX_SAFE_INTEGER)],
	['', {problem: 'it has no max-age'}],
	['includeSubDomains', {problem: 'it has no max-age'}],
	['max-age', noNumber],
	['max-age=', notWritten],
	['max-age=-1', noNumber],
	['max-age=1.5', noNumber],
	['max-age=1 day', notWritten],
	['max-age="1', notWritten],
	['max-age=1, includeSubDomains', notWritten],
	['max-age=1; max-age=2', {problem: 'it repeats max-age'}],
	['max-age=1; preload; Preload', {problem: 'it repeats a directive'}],
	['max-age=1; includeSubDomains=true', {problem: 'its includeSubDomains has a value'}],
	['max-age=1; a b', notWritten],
	['"max-age"=1', notWritten],
] as const) {
	test(`Strict-Transport-Security: ${text.slice(0, 60)}`, t => {
		t.deepEqual(readStrictTransportSecurity(text) as unknown, expected);
	});
}

type Plain = ((socket: net.Socket, heard: string) => void) | 'none';

/** What is found of a service, and of one in clear on another port. */
async function httpOf(t: ExecutionContext, answer: string, plain?: Plain, more: Parameters<typeof probePort>[1] = {}) {
	const heard: string[] = [];
	const port = await serveTls(
		t,
		answering(() => answer),
		{minVersion: 'TLSv1.2'},
	);
	const other =
		plain === undefined || plain === 'none'
			? undefined
			: await listen(
					t,
					net.createServer(socket => hear(socket, heard, plain)),
				);
	const plainPort = plain === 'none' ? await freePort() : other;
	const [{report, attempts}] = (await probePort(port, {host: 'localhost', probes: [requestProbe('http', {plainPort})], ...more}))
		.recordings;
	return {http: (report as unknown as {readonly http: HttpFinding}).http, attempts, heard, port, plainPort, report};
}

function hear(socket: net.Socket, heard: string[], play: Exclude<Plain, 'none'>): void {
	socket.once('data', bytes => {
		heard.push(bytes.toString('latin1'));
		play(socket, bytes.toString('latin1'));
	});
}

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
	const server = net.createServer();
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as net.AddressInfo;
	await new Promise(resolve => server.close(resolve));
	return port;
}

const say =
	(text: string) =>
	(socket: net.Socket): void =>
		void socket.end(text);

const redirectTo = (location: string, status = 301): string => `HTTP/1.1 ${status} Moved\r\nLocation: ${location}\r\n\r\n`;
const withHsts =
	'HTTP/1.1 200 OK\r\nStrict-Transport-Security: max-age=63072000; includeSubDomains\r\nServer: a\r\nAlt-Svc: h3=":443"\r\n\r\n';

test('The answer behind TLS, and the redirect of the port in clear; each on one connection', async t => {
	const {http, attempts, heard, plainPort} = await httpOf(t, withHsts, say(redirectTo('https://localhost/')));
	t.deepEqual(http, {
		status: 'http',
		statusCode: 200,
		strictTransportSecurity: {maxAgeSeconds: 63_072_000, includeSubDomains: true, preload: false},
		server: 'a',
		altSvc: 'h3=":443"',
		plain: {
			port: plainPort!,
			status: 'redirects',
			statusCode: 301,
			redirect: {location: 'https://localhost/', isHttps: true, isSameHost: true},
		},
		version: 'TLSv1.3',
		connections: 2,
	});
	t.is(attempts.filter(({probe}) => probe === 'http').length, 2);
	t.regex(heard[0]!, new RegExp(`^GET / HTTP/1\\.1\\r\\nHost: localhost:${plainPort}\\r\\nUser-Agent: tlsprobe`));
});

test('With confirm, nothing is asked again behind TLS', async t => {
	const probes = [requestProbe('confirm'), requestProbe('http')];
	const {http} = await httpOf(t, withHsts, undefined, {probes});
	t.is(http.connections, 0);
	t.is(http.strictTransportSecurity!.maxAgeSeconds, 63_072_000);
});

for (const [title, plain, expected] of [
	['another host over HTTPS', say(redirectTo('https://www.localhost/', 308)), 'redirects 308 https://www.localhost/ true false'],
	['the same host in clear', say(redirectTo('/start', 302)), 'serves 302 /start false true'],
	['a page', say(ok), 'serves 200'],
	['a status that is no redirect, with a location', say(redirectTo('https://localhost/', 201)), 'serves 201'],
	['a location that is no URL', say(redirectTo('https://')), 'serves 301'],
	['a greeting', say('220 mail.example.com ESMTP\r\n'), 'not-http'],
	['nothing but a close', (socket: net.Socket) => void socket.end(), 'inconclusive'],
	['a reset', (socket: net.Socket) => void socket.resetAndDestroy(), 'inconclusive'],
	['half a head', say('HTTP/1.1 301 Moved\r\nLocation: https://localhost/\r\n'), 'inconclusive'],
	['a closed port', 'none', 'closed'],
] as const satisfies readonly (readonly [string, Plain, string])[]) {
	test(`In clear: ${title}`, async t => {
		const {plain: found} = (await httpOf(t, ok, plain)).http;
		const {redirect: to} = found!;
		t.is(
			[found!.status, found!.statusCode, to?.location, to?.isHttps, to?.isSameHost].filter(word => word !== undefined).join(' '),
			expected,
		);
	});
}

test('A port in clear that stays silent is inconclusive, and its connection ends with the timeout', async t => {
	const {http} = await httpOf(t, ok, () => {}, {timeoutMs: 500});
	t.is(http.plain!.status, 'inconclusive');
});

test('A head that comes byte by byte is read to its end, and no further', async t => {
	const text = redirectTo('https://localhost/');
	const {http} = await httpOf(t, ok, async socket => {
		for (const character of text) {
			socket.write(character);
			await new Promise(resolve => setImmediate(resolve));
		}
	});
	t.is(http.plain!.status, 'redirects');
});

test('Nothing is asked without TLS where the protocol is not HTTP', async t => {
	const {http, heard} = await httpOf(t, ok, say(ok), {alpn: ['h2']});
	t.deepEqual(http, {status: 'not-applicable', strictTransportSecurity: null, connections: 0});
	t.deepEqual(heard, []);
});

test('Another service behind TLS, and no answer, are reported', async t => {
	t.like((await httpOf(t, '220 mail.example.com ESMTP\r\n')).http, {status: 'not-http', message: 'looks like smtp', connections: 1});
	t.like((await httpOf(t, '')).http, {status: 'inconclusive', strictTransportSecurity: null, connections: 2});
});

test('The connection in clear is recorded with its port, explained, and replayed', async t => {
	const {report, attempts, port, plainPort, http} = await httpOf(t, withHsts, say(redirectTo('https://localhost/')), {isRecorded: true});
	const flows = attempts.map(attempt => readFlow(writeFlow(flowOf(attempt, {target: report.target, address: report.address!, port}, 0))));
	const inClear = flows.filter(flow => flow.port === plainPort);
	t.is(inClear.length, 1);
	t.is(flows.filter(flow => flow.port === port).length, flows.length - 1);
	t.notThrows(() => explainFlow(inClear[0]!, undefined, {look: plainLook, isFull: false}));
	const probes = [requestProbe('http', {plainPort})];
	const again = (await probePort(port, {host: 'localhost', probes, network: () => replay(flows)})).recordings[0].report;
	t.deepEqual((again as unknown as {readonly http: HttpFinding}).http, http);
});

const found: HttpFinding = {status: 'http', statusCode: 200, strictTransportSecurity: policy(86_400 * 180, true).policy, connections: 1};
const without: HttpFinding = {...found, strictTransportSecurity: null};
const serves: HttpFinding = {...found, plain: {port: 80, status: 'serves', statusCode: 200}};

test('A demand is met, broken or open', t => {
	const {parse, judge} = httpPart.demand!;
	const judged = (part: HttpFinding, value: object): string => {
		const parsed = parse(value);
		return 'problem' in parsed ? `problem: ${parsed.problem}` : Object.values(judge(part, parsed.demand)).join(': ');
	};

	t.is(judged(found, {hstsDays: 180, hstsIncludeSubDomains: true}), 'pass: HTTP is as demanded');
	t.is(judged(found, {hstsDays: 181}), 'fail: HSTS holds for 180 days, but should for 181');
	t.is(judged(found, {hstsPreload: true}), 'fail: HSTS has no preload');
	t.is(judged(without, {hstsDays: 1}), 'fail: HSTS is not sent');
	t.is(judged({...without, statusCode: 403}, {hstsDays: 1}), 'inconclusive: HSTS is not sent with an answer of status 403');
	t.is(
		judged({...without, strictTransportSecurityProblem: 'it has no max-age'}, {hstsDays: 1}),
		'fail: HSTS is ignored: it has no max-age',
	);
	t.is(judged({...without, status: 'inconclusive'}, {hstsDays: 1}), 'inconclusive: HSTS is not known, since HTTP gave no answer');
	t.is(judged({...without, status: 'not-http'}, {hstsDays: 1}), 'pass: it is not HTTP');
	t.is(judged(serves, {redirectsToHttps: true}), 'fail: port 80 answers without a redirect to HTTPS');
	t.is(judged(found, {redirectsToHttps: true}), 'inconclusive: port 80 is asked only for an endpoint on port 443');
	t.is(judged({...found, plain: {port: 80, status: 'closed'}}, {redirectsToHttps: true}), 'pass: HTTP is as demanded');
	t.is(judged(found, {hstsDays: 'two'}), 'problem: hstsDays takes a number of days, not "two"');
	t.is(judged(found, {hstsPreload: false}), 'problem: hstsPreload takes true, not false');
});

test('Problems and differences', t => {
	const problems = (part: HttpFinding): string[] => httpPart.problems(part).map(({severity, message}) => `${severity}: ${message}`);
	t.deepEqual(problems(found), []);
	t.deepEqual(problems(without), ['warning: HSTS is not sent (RFC 6797)']);
	t.deepEqual(problems({...without, statusCode: 404}), ['undecided: HSTS is not sent with an answer of status 404']);
	t.deepEqual(problems({...found, strictTransportSecurity: policy(0).policy}), ['warning: HSTS is turned off: max-age is 0 (RFC 6797)']);
	t.deepEqual(problems(serves), ['warning: port 80 answers without a redirect to HTTPS']);
	t.deepEqual(problems({...without, status: 'not-http'}), []);
	t.deepEqual(httpPart.compare!(found, without), [{effect: 'worse', message: 'HSTS 180 days includeSubDomains before, and no HSTS now'}]);
	t.deepEqual(httpPart.compare!(found, {...without, statusCode: 500}), []);
	t.deepEqual(httpPart.compare!(serves, {...found, plain: {port: 80, status: 'closed'}}), [
		{effect: 'better', message: 'port 80 leads to HTTPS, or is closed'},
	]);
});
