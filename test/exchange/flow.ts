import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import {type Flow, FlowError, isFlow} from '../../source/exchange/flow.js';
import {readFlow} from '../../source/exchange/read-flow.js';
import {writeFlow} from '../../source/exchange/write-flow.js';

const flow: Flow = {
	target: '[2001:db8::1]:8443',
	address: '2001:db8::1',
	port: 8443,
	kind: 'hello',
	probe: undefined,
	askKey: undefined,
	completion: undefined,
	turns: undefined,
	version: 0x03_01,
	shape: 'short',
	serverName: 'portal.example.com',
	outcome: 'fatal alert 70 protocol_version',
	end: 'answered',
	failure: undefined,
	startedAt: '2026-01-02T03:04:05.678Z',
	connectedMs: 0.412,
	durationMs: 2.5,
	localAddress: '2001:db8::2',
	localPort: 50_123,
	flights: [
		{from: 'client', bytes: Uint8Array.of(0x16, 3, 1), atMs: 0.4},
		{from: 'server', bytes: Uint8Array.from({length: 40}, (_, index) => index), atMs: 2.1},
	],
};

test('a flow is a text that a person can read', t => {
	t.is(
		writeFlow({...flow, flights: [flow.flights[0]!, {from: 'server', bytes: Uint8Array.of(0x15, 3, 1, 0, 2, 2, 70), atMs: 2.1}]}),
		`# tlsprobe flow
# target: [2001:db8::1]:8443
# address: 2001:db8::1
# port: 8443
# version: TLSv1.0
# shape: short
# server name: portal.example.com
# outcome: fatal alert 70 protocol_version
# ended: answered
# started: 2026-01-02T03:04:05.678Z
# connected: 0.412 ms
# duration: 2.5 ms
# local address: 2001:db8::2
# local port: 50123

>>> client 0.4 ms
00000000  16 03 01                                         |...|

>>> server 2.1 ms
00000000  15 03 01 00 02 02 46                             |......F|
`,
	);
});

const flows = [
	{title: 'an answer', flow},
	{title: 'no server name', flow: {...flow, serverName: undefined}},
	{
		title: 'no connection',
		flow: {
			...flow,
			end: 'failed' as const,
			failure: {kind: 'unreachable', stage: 'connect', code: 'ECONNREFUSED'} as const,
			connectedMs: undefined,
			localAddress: undefined,
			localPort: undefined,
			flights: [],
		},
	},
	{
		title: 'a conversation of records',
		flow: {
			...flow,
			kind: 'records' as const,
			shape: 'heartbeat',
			turns: [
				{end: 'until' as const, sentBytes: 2, receivedBytes: 30, durationMs: 1.25},
				{
					end: 'unanswered' as const,
					because: 'deadline' as const,
					sentBytes: 1,
					receivedBytes: 10,
					durationMs: 30,
				},
			],
		},
	},
	{
		title: 'no conversation of records',
		flow: {...flow, kind: 'records' as const, end: 'reset' as const, failure: {kind: 'reset'} as const},
	},
	{
		title: 'a handshake with its secrets and turns',
		flow: {
			...flow,
			kind: 'handshake' as const,
			completion: {
				handshake: {kind: 'completed', cipherSuite: 'TLS_AES_128_GCM_SHA256'} as const,
				wantsCertificate: false,
				chain: [],
				// The bytes are those of the connection: they are not written twice.
				secrets: {keyLog: ['CLIENT_RANDOM 00 01'], sent: new Uint8Array(), received: new Uint8Array()},
				durationMs: 2,
			} as unknown as Flow['completion'],
			turns: [{end: 'until' as const, sentBytes: 1, receivedBytes: 0, applicationData: '00ff', durationMs: 1}],
		},
	},
	{
		title: 'words of a proxy',
		flow: {...flow, end: 'failed' as const, failure: {kind: 'proxy-refused', words: '403 \u001b[2J\n# ended: reset'} as const},
	},
];

for (const {title, flow: original} of flows) {
	test(`${title}: read back as it was`, t => {
		t.deepEqual(readFlow(writeFlow(original)), original);
	});
}

test('any bytes in any order are read back as they were', t => {
	const flight = fc.record({
		from: fc.constantFrom('client' as const, 'server' as const),
		bytes: fc.uint8Array({maxLength: 60}),
		atMs: fc.integer({min: 0, max: 10_000_000}).map(microseconds => microseconds / 1000),
	});
	fc.assert(
		fc.property(fc.array(flight, {maxLength: 5}), flights => {
			t.deepEqual(readFlow(writeFlow({...flow, flights})).flights, flights);
		}),
		{numRuns: 50},
	);
});

test('what a server chose cannot break out of its line', t => {
	const text = writeFlow({...flow, outcome: 'not TLS\n# ended: reset\n\u001b[2J'});
	t.is(readFlow(text).end, 'answered');
	t.notRegex(text, /\u001b/);
});

test('lines may end as on Windows, and lines of other keys are passed over', t => {
	const text = writeFlow(flow).replace('# shape', '# note: kept by hand\n# shape').replaceAll('\n', '\r\n');
	t.deepEqual(readFlow(text), flow);
});

const refused = [
	{title: 'another file', text: 'hello', message: /line 1/},
	{title: 'bytes before a section', text: '# tlsprobe flow\n00000000  16\n', message: /line 2: neither/},
	{
		title: 'a broken dump',
		text: `${writeFlow({...flow, flights: []})}>>> client\nhello\n`,
		message: /below line 15: not a line of a hex dump: hello/,
	},
	{title: 'no version', text: '# tlsprobe flow\n# shape: short\n', message: /no line "# version/},
	{title: 'an unknown version', text: '# tlsprobe flow\n# version: TLSv9\n', message: /TLSv9/},
	{title: 'an unknown end', text: '# tlsprobe flow\n# version: TLSv1.2\n# ended: soon\n', message: /soon/},
	{title: 'a port in words', text: writeFlow(flow).replace('# port: 8443', '# port: https'), message: /port: https/},
	{title: 'a failure that is none', text: writeFlow(flow).replace('# port', '# failure: {"kind":"alert"}\n# port'), message: /failure/},
	...[
		'{}',
		'[{"end":"until"}]',
		'[{"end":"soon","sentBytes":1,"receivedBytes":1,"durationMs":1}]',
		'[{"end":"until","sentBytes":-1,"receivedBytes":1,"durationMs":1}]',
		'[{"end":"until","sentBytes":1,"receivedBytes":1,"applicationData":"0","durationMs":1}]',
		'[{"end":"unanswered","because":"so","sentBytes":1,"receivedBytes":1,"durationMs":1}]',
	].map(turns => ({
		title: `turns that are none, ${turns}`,
		text: writeFlow(flow).replace('# port', `# turns: ${turns}\n# port`),
		message: /turns/,
	})),
];

for (const {title, text, message} of refused) {
	test(`${title}: refused with the place`, t => {
		t.throws(() => readFlow(text), {instanceOf: FlowError, message});
	});
}

test('every flow that is kept here is one, written as it would be now', t => {
	const files = readdirSync('fixtures/flows', {recursive: true, encoding: 'utf8'}).filter(name => name.endsWith('.flow'));
	const different = files.filter(name => {
		const text = readFileSync(`fixtures/flows/${name}`, 'utf8');
		return !isFlow(text) || writeFlow(readFlow(text)) !== text;
	});
	t.true(files.length > 20);
	t.deepEqual(different, []);
});
