import tls from 'node:tls';
import test, {type ExecutionContext} from 'ava';
import type {IdentityReport} from '../../source/probes/certificates/identity-report.js';
import {certificateList} from '../helpers/certificates/crl.js';
import {explicit, implicit, oid, sequence} from '../helpers/certificates/der.js';
import {authority, extension, type Issued, issue} from '../helpers/certificates/issue.js';
import {ocspResponse} from '../helpers/certificates/ocsp.js';
import {type DocumentServer, type Served, serveDocuments} from '../helpers/document-server.js';
import {makeFolder} from '../helpers/lists.js';
import {runInProcess} from '../helpers/run-in-process.js';

const root = authority('CN=Root');
const issuer = authority('CN=Issuer', {issuer: root});

/** One version, with enough time on a busy machine. */
const patient = ['--versions', '1.2', '--timeout', '20s', '--deadline', '100s'];

type Stage = {readonly web: DocumentServer; readonly leaf: Issued; readonly ca: string; readonly at: string};

/** A server on loopback whose certificate names a responder, a list and the issuer there. */
async function start(t: ExecutionContext, documents: (leaf: Issued) => Readonly<Record<string, Served>>, chain = [issuer]): Promise<Stage> {
	const served: Record<string, Served> = {};
	const web = await serveDocuments(t, at => served[at]);
	const leaf = issue({
		issuer,
		names: ['127.0.0.1'],
		more: [
			extension(
				'1.3.6.1.5.5.7.1.1',
				sequence(
					sequence(oid('1.3.6.1.5.5.7.48.1'), implicit(6, web.url('/ocsp'))),
					sequence(oid('1.3.6.1.5.5.7.48.2'), implicit(6, web.url('/issuer'))),
				),
			),
			extension('2.5.29.31', sequence(sequence(explicit(0, explicit(0, implicit(6, web.url('/list'))))))),
		],
	});
	Object.assign(served, documents(leaf));
	const server = tls.createServer({
		key: leaf.pair.privateKey.export({format: 'pem', type: 'pkcs8'}),
		cert: [leaf, ...chain].map(({pem}) => pem).join(''),
		minVersion: 'TLSv1.2',
	});
	server.on('tlsClientError', () => {});
	t.teardown(() => server.close());
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const ca = makeFolder(t)('root.pem', root.pem);
	return {web, leaf, ca, at: `127.0.0.1:${(server.address() as {port: number}).port}`};
}

async function probe(
	{at, ca}: Stage,
	...argv: readonly string[]
): Promise<{readonly line: string; readonly certificates: readonly IdentityReport[]}> {
	const {stdout} = await runInProcess([...patient, '--ca', ca, '--json', ...argv, at]);
	return {line: stdout, certificates: JSON.parse(stdout.split('\n')[0]!).certificates};
}

test('nothing is fetched without --online, and each document once with it', async t => {
	const stage = await start(t, leaf => ({'/ocsp': () => ocspResponse({leaf, issuer}), '/list': certificateList({issuer})}));
	const plain = await probe(stage);
	t.is(plain.certificates[0]!.revocation, undefined);
	t.false(plain.line.includes('"online"'));
	t.deepEqual(stage.web.asked, []);

	const {line, certificates} = await probe(stage, '--online');
	t.true(line.includes('"online":true'));
	t.like(certificates[0]!.revocation, {status: 'good', source: 'ocsp', url: stage.web.url('/ocsp'), responder: 'CN=Issuer'});
	t.deepEqual(stage.web.asked, ['POST /ocsp']);

	const [, port] = stage.at.split(':');
	await runInProcess([...patient, '--ca', stage.ca, '--online', `127.0.0.1:${port}`, `localhost:${port}`, '-4', '--json']);
	t.deepEqual(stage.web.asked, ['POST /ocsp', 'POST /ocsp']);
});

test('a certificate in the list of its issuer is revoked, where the responder fails', async t => {
	const stage = await start(t, leaf => ({'/ocsp': {status: 500}, '/list': certificateList({issuer, revoked: [leaf.serial]})}));
	const {stdout} = await runInProcess([...patient, '--ca', stage.ca, '--online', stage.at]);
	const text = stdout.replaceAll(/\s+/g, ' ');
	t.regex(text, /error: The certificate is revoked since \d{4}-\d\d-\d\d, according to the list of revoked certificates\./);
	t.regex(text, /revocation revoked \(CRL http:\/\/127\.0\.0\.1:\d+\/list\)/);
	t.deepEqual(stage.web.asked, ['POST /ocsp', 'GET /list']);
});

test('an issuer that is not sent is fetched, and stays a problem', async t => {
	const stage = await start(t, leaf => ({'/issuer': issuer.der, '/ocsp': () => ocspResponse({leaf, issuer})}), []);
	const {certificates} = await probe(stage, '--online');
	const [identity] = certificates;
	t.like(identity, {aia: {status: 'complete', stores: ['ca']}, trust: {status: 'untrusted'}, revocation: {status: 'good'}});
	t.true(identity!.problems.some(({id}) => id === 'missing-intermediate'));
	t.deepEqual(stage.web.asked, ['GET /issuer', 'POST /ocsp']);
});

test('what cannot be fetched is inconclusive', async t => {
	const stage = await start(t, () => ({}));
	const {certificates} = await probe(stage, '--online');
	t.like(certificates[0]!.revocation, {
		status: 'inconclusive',
		because: `${stage.web.url('/ocsp')}: HTTP status 404; ${stage.web.url('/list')}: HTTP status 404`,
	});
	const {code, stdout} = await runInProcess([...patient, '--ca', stage.ca, '--online', stage.at]);
	t.is(code, 0);
	t.regex(stdout, /revocation not settled: ECDSA certificate/);
});

test('a check file demands that nothing is revoked, which only --online can show', async t => {
	let status: 'good' | 'revoked' = 'good';
	const stage = await start(t, leaf => ({'/ocsp': () => ocspResponse({leaf, issuer, status})}));
	const expect = '{accepts: [TLSv1.2], certificates: {revocation: good}}';
	const text = `endpoints:\n  - {target: '${stage.at}', timeout: 20s, deadline: 100s, expect: ${expect}}\n`;
	const file = makeFolder(t)('check.yaml', text);
	const check = (...argv: readonly string[]): ReturnType<typeof runInProcess> =>
		runInProcess(['check', file, '--ca', stage.ca, '--format', 'rules', ...argv]);
	const offline = await check();
	t.is(offline.code, 3, offline.stdout + offline.stderr);
	t.regex(offline.stdout, /revocation was not checked: online checks\s+were not asked for/);
	t.deepEqual(stage.web.asked, []);
	t.is((await check('--online')).code, 0);
	status = 'revoked';
	const revoked = await check('--online');
	t.is(revoked.code, 1);
	t.regex(revoked.stdout, /revocation: revoked/);
});
