import dgram from 'node:dgram';
import {once} from 'node:events';
import {performance} from 'node:perf_hooks';
import test from 'ava';
import {askQuestion} from '../../source/exchange/questions/ask-question.js';
import type {NameAnswer} from '../../source/exchange/questions/name-answer.js';
import {answerInBrief} from '../../source/exchange/questions/question-in-brief.js';
import type {Transcript} from '../../source/exchange/transcript.js';
import type {Question} from '../../source/wire/dns/question.js';
import {caa, cname, type DnsQuery, dnsName, dnsReply, startDnsServer, tlsa} from '../helpers/dns-server.js';

const question: Question = {name: 'www.example', type: 'CAA'};

const ask = (
	servers: readonly string[],
	more: {timeoutMs?: number; signal?: AbortSignal; deadline?: number} = {},
): Promise<Transcript<NameAnswer>> =>
	askQuestion(question, {
		servers,
		// Long enough for a busy machine; cases of silence set a shorter one.
		timeoutMs: 20_000,
		deadline: Number.POSITIVE_INFINITY,
		now: () => performance.now(),
		random: size => Uint8Array.from({length: size}, () => Math.floor(Math.random() * 256)),
		isRecorded: true,
		...more,
	});

const good = [caa('issue', 'ca.example')];
const one = '1 record';

/** A chain of pointers, and as many records that end in it as fit. */
function pointersOf(query: DnsQuery, size: number): Buffer {
	const head = dnsReply(query);
	head.writeUInt16BE(0xff_ff, 6);
	const pointers = Buffer.concat(
		Array.from({length: size / 4}, (_, index) =>
			Buffer.of(0xc0 | ((head.length + index * 2 - 2) >> 8), (head.length + index * 2 - 2) & 0xff),
		),
	);
	const last = head.length + pointers.length - 2;
	const row = Buffer.of(0xc0 | (last >> 8), last & 0xff, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0);
	return Buffer.concat([head, pointers, ...Array.from({length: Math.floor((size - pointers.length) / row.length)}, () => row)]);
}

const cases: readonly {
	readonly title: string;
	readonly respond: Parameters<typeof startDnsServer>[1];
	readonly found: string;
	/** The protocols of its queries. */
	readonly asked?: readonly string[];
	readonly timeoutMs?: number;
}[] = [
	{title: 'a record', respond: query => [dnsReply(query, {rows: good})], found: one},
	{
		title: 'one that is validated',
		respond: query => [dnsReply(query, {rows: good, isAuthentic: true})],
		found: `${one}, validated by DNSSEC`,
	},
	{title: 'no record', respond: query => [dnsReply(query)], found: '0 records'},
	{title: 'no such name', respond: query => [dnsReply(query, {code: 3})], found: 'NXDOMAIN'},
	{title: 'a failure of the server', respond: query => [dnsReply(query, {code: 2})], found: 'SERVFAIL', asked: ['udp']},
	{title: 'a refusal', respond: query => [dnsReply(query, {code: 5})], found: 'REFUSED', asked: ['udp']},
	{
		title: 'the record behind an alias, and not one of another name',
		respond: query => [
			dnsReply(query, {
				rows: [
					{...caa('issue', 'other.example'), name: 'other.example'},
					{...good[0]!, name: 'b.example'},
					cname('www.example', 'b.example'),
				],
			}),
		],
		found: one,
	},
	{title: 'records of another type', respond: query => [dnsReply(query, {rows: [tlsa(3, 1, 1, 'ab'.repeat(32))]})], found: '0 records'},
	{
		title: 'an answer to another query, before the answer',
		respond: query => [dnsReply(query, {code: 3, id: query.id ^ 1}), dnsReply(query, {rows: good})],
		found: one,
		asked: ['udp'],
	},
	{
		title: 'an answer to another question, before the answer',
		respond: query => [dnsReply(query, {code: 0, question: {name: 'other.example', type: 257}}), dnsReply(query, {rows: good})],
		found: one,
	},
	{
		title: 'an answer about another type, before the answer',
		respond: query => [dnsReply(query, {question: {name: query.name, type: 52}}), dnsReply(query, {rows: good})],
		found: one,
	},
	{title: 'the query itself, before the answer', respond: query => [query.bytes, dnsReply(query, {rows: good})], found: one},
	{title: 'the name in other letters', respond: query => [dnsReply({...query, name: 'WWW.eXample'}, {rows: good})], found: one},
	{
		title: 'an answer that is truncated, and the whole one over TCP',
		respond: query => [dnsReply(query, query.over === 'udp' ? {isTruncated: true} : {rows: good})],
		found: one,
		asked: ['udp', 'tcp'],
	},
	{
		title: 'an answer that is cut off in a record, and the whole one over TCP',
		respond: query =>
			query.over === 'udp' ? [dnsReply(query, {rows: good, isTruncated: true}).subarray(0, -3)] : [dnsReply(query, {rows: good})],
		found: one,
		asked: ['udp', 'tcp'],
	},
	{
		title: 'an answer that is truncated over TCP as well',
		respond: query => [dnsReply(query, {isTruncated: true})],
		found: 'malformed answer of the name server',
		asked: ['udp', 'tcp'],
	},
	{
		title: 'a close in the middle of an answer over TCP',
		respond: query => (query.over === 'udp' ? [dnsReply(query, {isTruncated: true})] : [{raw: Buffer.from([0, 200, 1, 2])}]),
		found: 'no answer of a name server, ECONNRESET',
	},
	{
		title: 'an answer over TCP that is too long',
		respond: query => (query.over === 'udp' ? [dnsReply(query, {isTruncated: true})] : [{raw: Buffer.alloc(70_000, 0xff)}]),
		found: 'no answer of a name server, EMSGSIZE',
	},
	{
		title: 'an answer over TCP to another query',
		respond: query => (query.over === 'udp' ? [dnsReply(query, {isTruncated: true})] : [dnsReply(query, {id: query.id ^ 1})]),
		found: 'no answer of a name server, EBADRESP',
	},
	{
		title: 'a name that points to itself',
		respond: query => {
			const reply = dnsReply(query, {rows: good});
			return [Buffer.concat([reply.subarray(0, 12), Buffer.of(0xc0, 12, 1, 1, 0, 1)])];
		},
		found: 'malformed answer of the name server',
	},
	{title: 'a chain of pointers', respond: query => [pointersOf(query, 8000)], found: 'malformed answer of the name server'},
	{
		title: 'a record that runs past the end',
		respond: query => [dnsReply(query, {rows: good}).subarray(0, -3)],
		found: 'malformed answer of the name server',
	},
	{title: 'a header alone', respond: query => [dnsReply(query).subarray(0, 12)], found: 'malformed answer of the name server'},
	{title: 'two bytes', respond: query => [dnsReply(query).subarray(0, 2)], found: 'malformed answer of the name server'},
	{title: 'silence', respond: () => [], found: 'no answer of a name server, ETIMEDOUT', timeoutMs: 300},
	{
		title: 'a datagram that is lost',
		respond: query => (query.index === 0 ? [] : [dnsReply(query, {rows: good})]),
		found: one,
		asked: ['udp', 'udp'],
		timeoutMs: 3000,
	},
];

for (const {title, respond, found, asked, timeoutMs} of cases) {
	test(`${title}: ${found}`, async t => {
		const server = await startDnsServer(t, respond);
		const {outcome, flights} = await ask([server.address], timeoutMs === undefined ? {} : {timeoutMs});
		t.is(answerInBrief(outcome), found);
		t.is(flights[0]!.from, 'client');
		t.true(server.asked.every(line => line.startsWith('CAA www.example ')));
		if (asked !== undefined) {
			t.deepEqual(
				server.asked.map(line => line.split(' ')[2]!),
				asked,
			);
		}
	});
}

test('a query asks for recursion and validation, and has the largest size of an answer', async t => {
	let query: DnsQuery | undefined;
	const server = await startDnsServer(t, asked => {
		query = asked;
		return [dnsReply(asked)];
	});
	await ask([server.address]);
	const {bytes} = query!;
	t.is(bytes.readUInt16BE(2), 0x01_20);
	t.is(bytes.toString('hex', 12), `${dnsName('www.example').toString('hex')}01010001${'00'}002904d0000000000000`);
});

/** A port of loopback that nothing listens on. */
async function closedPort(): Promise<string> {
	const socket = dgram.createSocket('udp4');
	socket.bind(0, '127.0.0.1');
	await once(socket, 'listening');
	const {port} = socket.address();
	await new Promise<void>(resolve => socket.close(resolve));
	return `127.0.0.1:${port}`;
}

test('if one server fails, the next is asked; if all fail, a reply counts more than none', async t => {
	const failing = await startDnsServer(t, query => [dnsReply(query, {code: 2})]);
	const sound = await startDnsServer(t, query => [dnsReply(query, {rows: good})]);
	const closed = await closedPort();
	t.is(answerInBrief((await ask([failing.address, sound.address])).outcome), one);
	t.is(answerInBrief((await ask([closed, sound.address])).outcome), one);
	t.is(answerInBrief((await ask([failing.address, closed])).outcome), 'SERVFAIL');
	t.is(answerInBrief((await ask([closed])).outcome), 'no answer of a name server, ECONNREFUSED');
});

test('an interruption and the deadline end it', async t => {
	const server = await startDnsServer(t, () => []);
	const abort = new AbortController();
	const pending = ask([server.address], {signal: abort.signal});
	abort.abort();
	t.is((await pending).outcome.kind, 'unanswered');
	t.is((await ask([server.address], {signal: abort.signal})).outcome.kind, 'unasked');
	t.like(await ask([server.address], {deadline: performance.now() - 1}), {outcome: {kind: 'unasked', because: 'deadline'}});
	t.like(await ask([server.address], {deadline: performance.now() + 200}), {outcome: {kind: 'unanswered', because: 'deadline'}});
});
