import {readFileSync} from 'node:fs';
import test from 'ava';
import {fromHex} from '../../source/bytes/hex.js';
import {blocks} from '../../source/probes/signature-schemes/scheme-lists.js';
import type {SchemesFinding} from '../../source/probes/signature-schemes/schemes-finding.js';
import {askSchemesBefore13} from '../helpers/ask-schemes-before-13.js';
import {groupServer} from '../helpers/group-server.js';
import {tls12, tls13} from '../helpers/honest-server.js';
import {playGroups} from '../helpers/play-groups.js';
import {acceptedBy, exchangeWith, playSuites} from '../helpers/play-suites.js';
import {schemeServer} from '../helpers/scheme-server.js';
import {type Asked, alert, close, type Move, type Script, say} from '../helpers/script.js';
import {suiteServer} from '../helpers/suite-server.js';

/*
Servers that refuse otherwise than by an alert in the place of the ServerHello. Real ones that do so are in test/agreement/.
*/

const bytesOf = (name: string): Uint8Array => fromHex(readFileSync(`fixtures/answers/${name}.hex`, 'utf8').replaceAll(/#.*/g, ''));
const sorted = (codes: readonly number[]): number[] => codes.toSorted((one, other) => one - other);
const rsa = [0x08_04, 0x04_01, 0x02_01];

/** The schemes of TLS 1.2 with an RSA key. */
function schemesOf(script: Script): SchemesFinding {
	const conversation = askSchemesBefore13(acceptedBy(script, tls12, undefined), undefined, undefined);
	let connection = 0;
	let step = conversation.next([]);
	while (!step.done) {
		step = conversation.next(
			step.value.map(({hello}) => ({
				outcome: exchangeWith(script, hello, {connection: connection++, atOnce: 1}),
				attempt: connection,
				durationMs: 1,
			})),
		);
	}

	// Without suites that are known the other keys are asked for too.
	const ofRsa = blocks.find(({key}) => key === 'RSA')!.schemes;
	return {...step.value, undecided: step.value.undecided.filter(code => ofRsa.includes(code))};
}

const goAnswer = bytesOf('go-alert-behind-certificate');

test('an alert behind ServerHello and Certificate refuses the schemes that were offered', t => {
	const {accepted, undecided} = schemesOf(schemeServer({keys: {RSA: rsa}, refuse: () => [say(goAnswer), close]}));
	t.deepEqual([sorted(accepted), undecided], [sorted(rsa), []]);
});

test('a connection that is closed behind ServerHello and Certificate refuses, where this happens each time and controls are accepted', t => {
	const closing = [say(goAnswer.subarray(0, -7)), close];
	const {accepted, undecided} = schemesOf(schemeServer({keys: {RSA: rsa}, refuse: () => closing}));
	t.deepEqual([sorted(accepted), undecided], [sorted(rsa), []]);
	// Where it happens by chance too nothing is refused.
	const chance = ({connection}: Asked): readonly Move[] | undefined => (connection % 4 === 3 ? closing : undefined);
	const unsteady = schemesOf(schemeServer({keys: {RSA: rsa}, first: chance, refuse: () => closing}));
	t.deepEqual(sorted(unsteady.accepted), sorted(rsa));
	t.true(unsteady.undecided.length > 0);
});

test('internal_error refuses what it is the answer to each time, and only that', t => {
	const java = schemesOf(schemeServer({keys: {RSA: rsa}, refuse: () => alert(80)}));
	t.deepEqual([sorted(java.accepted), java.undecided], [sorted(rsa), []]);
	const suites = [0xc0_2f, 0xc0_30];
	// There are hundreds of suites: so many are not asked for alone.
	const found = playSuites(suiteServer({suites, refuse: () => alert(80)}), tls12);
	t.deepEqual(sorted(found.accepted), suites);
	t.true(found.undecided.length > 100);
});

test('internal_error for one code does not refuse the others of its list', t => {
	// A server that cannot sign with one of its keys fails wherever it would choose it.
	const order = [0xc0_2f, 0xc0_2b, 0xc0_30, 0xc0_13];
	const broken: Script = asked =>
		order.find(code => asked.hello.suites.includes(code)) === 0xc0_2b
			? alert(80)
			: suiteServer({suites: order, refuse: () => alert(80)})(asked);
	const {accepted, undecided} = playSuites(broken, tls12);
	t.deepEqual(
		[0xc0_2f, 0xc0_30, 0xc0_13].filter(code => !accepted.includes(code) && !undecided.includes(code)),
		[],
	);
	t.true(accepted.includes(0xc0_2f));

	// The same where few codes are asked for: all are found.
	const failing: Script = asked =>
		asked.hello.schemes?.[0] === 0x04_01 ? alert(80) : schemeServer({keys: {RSA: rsa}, refuse: () => alert(80)})(asked);
	const found = schemesOf(failing);
	t.deepEqual(
		[0x08_04, 0x02_01].filter(code => !found.accepted.includes(code) && !found.undecided.includes(code)),
		[],
	);
});

test('a scheme that was not offered is not accepted, though it is selected where others fail', t => {
	const other = 0x02_03;
	const unoffered: Script = asked => schemeServer({keys: {RSA: [other]}})({...asked, hello: {...asked.hello, schemes: [other]}});
	const refuse = (asked: Asked): readonly Move[] =>
		asked.hello.schemes?.length === 1 && asked.hello.schemes[0] !== other ? unoffered(asked) : alert(80);
	const {accepted, undecided} = schemesOf(schemeServer({keys: {RSA: rsa}, refuse}));
	t.deepEqual(sorted(accepted), sorted(rsa));
	t.true(undecided.length > 0);
});

test('internal_error by chance refuses nothing', t => {
	for (const every of [2, 3, 4, 5]) {
		const first = ({connection}: Asked): readonly Move[] | undefined => (connection % every === every - 1 ? alert(80) : undefined);
		const {accepted, undecided} = schemesOf(schemeServer({keys: {RSA: rsa}, first, refuse: () => alert(80)}));
		t.deepEqual(
			rsa.filter(code => !accepted.includes(code) && !undecided.includes(code)),
			[],
			`one connection in ${every}`,
		);
		t.deepEqual(
			accepted.filter(code => !rsa.includes(code)),
			[],
		);
	}
});

test('a HelloRetryRequest without a group refuses the groups that were offered', t => {
	const groups = [0x1d, 0x17];
	const answer = bytesOf('wolfssl-retry-without-a-group');
	const refuse = ({hello}: Asked): readonly Move[] => {
		// With the session id of the hello that it answers.
		const bytes = Uint8Array.from(answer);
		bytes.set(hello.sessionId, 5 + 4 + 35);
		return [say(bytes)];
	};
	const {accepted, undecided, preference} = playGroups(groupServer({version: tls13, groups, refuse}), tls13, [0x13_01, 0x13_02]);
	t.deepEqual([accepted, undecided, preference], [groups, [], 'server']);
});

test('a list that is refused by how it is offered is not taken for two servers that take turns', t => {
	// What was chosen goes to the end of its list, and mbedTLS refuses some of these orders.
	const suites = [0xc0_2b, 0xc0_2c, 0xc0_ad];
	const first = ({hello}: Asked): readonly Move[] | undefined => (hello.groups?.at(-1) === 23 ? alert(40) : undefined);
	const {accepted, undecided} = playSuites(suiteServer({suites, first}), tls12);
	t.deepEqual([sorted(accepted), undecided], [suites, []]);
});

test('ChaCha20 for clients that do not put AES-GCM first is an exception from the order of the server', t => {
	const [aes, aes256, cbc, chaCha20]: readonly number[] = [0xc0_2f, 0xc0_30, 0xc0_13, 0xcc_a8];
	const order = [aes!, aes256!, chaCha20!, cbc!];
	const otherOrder = [chaCha20!, aes!, aes256!, cbc!];
	const goLike: Script = asked => {
		const head = asked.hello.suites.find(code => order.includes(code));
		return suiteServer({suites: head === aes || head === aes256 ? order : otherOrder})(asked);
	};
	t.is(playSuites(goLike, tls12).preference, 'server-except-chacha20');
});
