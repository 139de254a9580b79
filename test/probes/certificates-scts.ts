import {execFile} from 'node:child_process';
import {once} from 'node:events';
import type {AddressInfo} from 'node:net';
import tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import {readCtLogs} from '../../source/certificates/ct-logs.js';
import {makeStore} from '../../source/certificates/stores.js';
import {assessIdentity} from '../../source/probes/certificates/assess-identity.js';
import {compareIdentities} from '../../source/probes/certificates/compare.js';
import {judgeDemand} from '../../source/probes/certificates/demand.js';
import type {IdentityReport} from '../../source/probes/certificates/identity-report.js';
import {linesOf} from '../../source/probes/certificates/lines.js';
import {certificatesSchema} from '../../source/probes/certificates/schema.js';
import {hasShape} from '../../source/probes/has-shape.js';
import {authority, type Issued, issue} from '../helpers/certificates/issue.js';
import {ocspResponse} from '../helpers/certificates/ocsp.js';
import {entryOf, listOfScts, logList, makeLog, sctOf, withScts} from '../helpers/certificates/scts.js';
import {makeFolder} from '../helpers/lists.js';
import {needsTool} from '../helpers/needs-tool.js';
import {runInProcess} from '../helpers/run-in-process.js';

const root = authority('CN=Root');
const other = authority('CN=Other');
const [log, rsaLog, strange] = [makeLog(), makeLog('rsa'), makeLog()];
const list = logList({'Example 2026h2': log, 'Example RSA': rsaLog});
const ctLogs = readCtLogs(list);
const plain = issue({issuer: root, names: ['127.0.0.1', 'server.example']});
const sct = sctOf(log, entryOf(plain, root));

type Shown = {readonly leaf?: Issued; readonly sctLists?: readonly Buffer[]; readonly staple?: Buffer; readonly roots?: readonly Issued[]};

function assess({leaf = plain, sctLists = [], staple, roots = [root]}: Shown, logs: typeof ctLogs | 'unchecked' = ctLogs): IdentityReport {
	const shown = {
		chain: [leaf.der],
		ocspResponses: [staple],
		sctLists,
		seen: [{version: 'TLSv1.2', authentication: 'ECDSA', serverName: 'server.example'}],
		isForTarget: true,
	};
	return assessIdentity(shown, {
		asked: 'server.example',
		stores: [
			makeStore(
				'ca',
				roots.map(({pem}) => pem),
			),
		],
		ctLogs: logs === 'unchecked' ? undefined : logs,
		now: new Date(),
	});
}

const sameList = listOfScts([sctOf(log, entryOf(plain))]);
const inCertificate = (...scts: readonly Buffer[]): Shown => ({leaf: withScts(plain, root, scts)});

const cases: Readonly<Record<string, readonly [shown: Shown, signatures: string]>> = {
	'in the certificate': [inCertificate(sct), 'certificate valid'],
	'of a log with an RSA key': [inCertificate(sctOf(rsaLog, entryOf(plain, root))), 'certificate valid'],
	'two of two logs': [inCertificate(sct, sctOf(rsaLog, entryOf(plain, root))), 'certificate valid, certificate valid'],
	'with a signature that does not verify': [
		inCertificate(sctOf(log, entryOf(plain, root), {breaksSignature: true})),
		'certificate invalid',
	],
	'for another certificate': [inCertificate(sctOf(log, entryOf(issue({issuer: root}), root))), 'certificate invalid'],
	'for another issuer': [inCertificate(sctOf(log, entryOf(plain, other))), 'certificate invalid'],
	'for the certificate itself, in it': [inCertificate(sctOf(log, entryOf(plain))), 'certificate invalid'],
	'of a log that is not in the list': [inCertificate(sctOf(strange, entryOf(plain, root))), 'certificate unknown-log'],
	'of another version': [inCertificate(sctOf(log, entryOf(plain, root), {version: 1})), ''],
	'where the issuer is not known': [{...inCertificate(sct), roots: [other]}, 'certificate undecided'],
	'in the handshake, of which two have the same': [{sctLists: Array.from({length: 2}, () => sameList)}, 'extension valid'],
	'in the handshake, for the certificate before it had it': [{sctLists: [listOfScts([sct])]}, 'extension invalid'],
	'in the stapled response': [
		{staple: ocspResponse({leaf: plain, issuer: root, sctList: listOfScts([sctOf(log, entryOf(plain))])})},
		'ocsp valid',
	],
	none: [{}, ''],
};

for (const [title, [shown, signatures]] of Object.entries(cases)) {
	test(`SCTs: ${title}`, t => {
		const report = assess(shown);
		t.is(report.sctSignatures!.map(({source, signature}) => `${source} ${signature}`).join(', '), signatures);
		t.is(
			report.problems.some(({id}) => id === 'sct-invalid'),
			signatures.includes('invalid'),
		);
		t.is(assess(shown, 'unchecked').sctSignatures, undefined);
		t.true(hasShape([report], certificatesSchema));
	});
}

test('what is said of SCTs: the log, the time, and how many are valid', t => {
	const report = assess(inCertificate(sct, sctOf(strange, entryOf(plain, root))));
	t.like(report.sctSignatures, [{log: 'Example 2026h2', timestamp: '2026-11-01T00:00:00.000Z'}, {log: undefined}]);
	t.true(linesOf([report]).some(({text}) => text === '2 SCTs (signatures: 1 valid, 1 of an unknown log)'));
	const judge = (scts: number, of: IdentityReport = report): string => judgeDemand([of], {scts}).status;
	t.deepEqual([judge(1), judge(2), judge(3)], ['pass', 'inconclusive', 'fail']);
	t.is(judge(2, assess(inCertificate(sct, sctOf(strange, entryOf(plain, root))), 'unchecked')), 'pass');
	// A run that has not checked them has not found that they are well.
	const wrong = assess(inCertificate(sctOf(log, entryOf(plain, root), {breaksSignature: true})));
	const {sctSignatures: _, ...unchecked} = {...wrong, problems: wrong.problems.filter(({id}) => id !== 'sct-invalid')};
	t.deepEqual(compareIdentities([wrong], [unchecked]), []);
	t.is(compareIdentities([{...unchecked, sctSignatures: []}], [wrong]).length, 1);
});

const lists: Readonly<Record<string, readonly [text: string, words: RegExp]>> = {
	'not JSON': ['{', /it is not JSON/],
	'JSON of something else': ['{"logs": []}', /it has no list "operators"/],
	'without logs': ['{"operators": [{"name": "x", "logs": []}]}', /it has no log$/],
	'a log without a key': ['{"operators": [{"logs": [{"description": "x"}]}]}', /operators\[0\]\.logs\[0\] has no "key"/],
	'a key that is not that of the log': [list.replace(/"log_id":"..../, '"log_id":"AAAA'), /"log_id" of operators\[0\]\.logs\[0\] is not/],
};

for (const [title, [text, words]] of Object.entries(lists)) {
	test(`a list of logs: ${title}`, t => {
		t.throws(() => readCtLogs(text), {message: words});
	});
}

test('logs of both kinds are read from a list', t => {
	const tiled = {operators: [{logs: [], tiled_logs: JSON.parse(list).operators[0].logs}]};
	t.deepEqual(readCtLogs(JSON.stringify(tiled)), ctLogs);
});

async function serve(t: ExecutionContext, {pem, pair}: Issued): Promise<string> {
	const server = tls.createServer({key: pair.privateKey.export({format: 'pem', type: 'pkcs8'}), cert: pem, minVersion: 'TLSv1.2'});
	server.on('tlsClientError', () => {});
	t.teardown(() => server.close());
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('--ct-logs checks what a server shows, and a file that is none is named', async t => {
	const write = makeFolder(t);
	const at = await serve(t, withScts(plain, root, [sct]));
	const argv = ['--versions', '1.2', '--timeout', '20s', '--deadline', '100s', '--ca', write('root.pem', root.pem), '--json'];
	const {stdout} = await runInProcess([...argv, '--ct-logs', write('logs.json', list), at]);
	const {asked, certificates} = JSON.parse(stdout);
	t.like(certificates[0].sctSignatures, [{source: 'certificate', log: 'Example 2026h2', signature: 'valid'}]);
	t.regex(asked.ctLogs, /^[0-9a-f]{64}$/);
	const wrong = write('wrong.json', '[]');
	const {code, stderr} = await runInProcess([...argv, '--ct-logs', wrong, at]);
	t.is(code, 2);
	t.true(stderr.includes(`--ct-logs ${wrong} is not a list of logs such as log_list.json: it has no list "operators"`), stderr);
});

if (needsTool('OpenSSL takes the same SCTs', ['openssl'])) {
	test('OpenSSL takes the same SCTs', async t => {
		const write = makeFolder(t);
		const key = ctLogs.find(({name}) => name === 'Example 2026h2')!.key;
		const file = write('logs.cnf', `enabled_logs = one\n[one]\ndescription = Example\nkey = ${key}\n`);
		const roots = write('root.pem', root.pem);
		for (const [signed, status] of [
			[sct, 'valid'],
			[sctOf(log, entryOf(plain, other)), 'invalid'],
			[sctOf(strange, entryOf(plain, root)), 'unknown log'],
		] as const) {
			const at = await serve(t, withScts(plain, root, [signed]));
			const argv = ['s_client', '-connect', at, '-CAfile', roots, '-ct', '-ctlogfile', file, '-no_ign_eof'];
			const words = await new Promise<string>(resolve => {
				const child = execFile('openssl', argv, {env: {...process.env, OPENSSL_CONF: '/dev/null'}}, (_, stdout, stderr) =>
					resolve(`${stdout}${stderr}`),
				);
				child.stdin?.end('Q\n');
			});
			t.regex(words, new RegExp(`Validation status: ${status}`, 'i'), words);
		}
	});
}
