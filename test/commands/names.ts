import {createHash, X509Certificate} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {readFlow} from '../../source/exchange/read-flow.js';
import {replay} from '../../source/exchange/replay.js';
import type {NamesReport} from '../../source/probes/names/names-report.js';
import {requestProbe} from '../../source/probes/requests.js';
import {usualSamples} from '../../source/probes/versions/sample.js';
import {serveTls} from '../helpers/confirm.js';
import {caa, type DnsRow, dnsReply, echConfigs, https, startDnsServer, tlsa} from '../helpers/dns-server.js';
import {makeFolder} from '../helpers/lists.js';
import {runInProcess} from '../helpers/run-in-process.js';
import {probePort} from '../helpers/scripted-server.js';
import {checkJsonLines} from '../helpers/validate.js';

const host = 'www.shop.test';
const pem = readFileSync('fixtures/certificates/localhost.pem');
const key = new X509Certificate(pem).publicKey.export({type: 'spki', format: 'der'});

/** A server, and a name server that knows it. */
async function start(t: ExecutionContext) {
	const port = await serveTls(t, socket => socket.resume(), {minVersion: 'TLSv1.2'});
	const rows: Readonly<Record<number, Readonly<Record<string, readonly DnsRow[]>>>> = {
		1: {[host]: [{type: 1, data: Uint8Array.of(127, 0, 0, 1)}]},
		257: {'shop.test': [caa('issue', 'ca.test')]},
		52: {[`_${port}._tcp.${host}`]: [tlsa(3, 1, 1, createHash('sha256').update(key).digest('hex'))]},
		65: {[`_${port}._https.${host}`]: [https(1, '', {1: '026832', 5: echConfigs('cover.test')})]},
	};
	const names = await startDnsServer(t, query => [
		dnsReply(query, {rows: rows[query.type]?.[query.name.toLowerCase()] ?? [], isAuthentic: true}),
	]);
	return {target: `${host}:${port}`, port, names};
}

/** Long enough for a busy machine. */
const patient = ['--timeout', '20s', '--deadline', '100s'];

test('--probes names asks the servers of --dns, and its result is as the schema has it', async t => {
	const {target, port, names} = await start(t);
	const plain = await runInProcess(['--json', '--dns', names.address, ...patient, target]);
	t.is(plain.code, 0, plain.stderr);
	t.true(names.asked.every(line => /^(?:A|AAAA) /.test(line)));
	const folder = makeFolder(t)('flows');
	const {code, stdout, stderr} = await runInProcess([
		'--json',
		'--probes',
		'names',
		'--dns',
		names.address,
		'--record',
		folder,
		...patient,
		target,
	]);
	t.is(code, 0, stderr);
	const report = JSON.parse(stdout) as {readonly names: NamesReport};
	checkJsonLines(stdout);
	t.like(report.names, {
		caa: {status: 'present', name: 'shop.test', isSigned: true},
		tlsa: {status: 'present', name: `_${port}._tcp.${host}`, dane: 'match', matches: [{status: 'match', records: [0]}]},
		https: {status: 'present', name: `_${port}._https.${host}`, ech: {status: 'present', publicNames: ['cover.test']}},
		questions: 5,
	});

	const files = readdirSync(folder).filter(file => file.endsWith('.flow'));
	const flows = files.map(file => readFlow(readFileSync(path.join(folder, file), 'utf8')));
	t.deepEqual(
		flows.filter(({kind}) => kind === 'question').map(({shape, probe}) => `${probe} ${shape}`),
		['names caa-record', 'names caa-record', 'names caa-record', 'names tlsa-record', 'names https-record'],
	);
	t.is(files.filter(file => /-DNS-(?:caa|tlsa|https)-record\.flow$/.test(file)).length, 5);
	const asked = names.asked.length;
	const again = await probePort(port, {
		host,
		probes: [requestProbe('versions', {samples: usualSamples, asksLargeHello: true}), requestProbe('names')],
		network: () => replay(flows),
	});
	t.deepEqual((again.recordings[0].report as unknown as {readonly names: NamesReport}).names, report.names);
	t.is(names.asked.length, asked);
});

test('--explain names lists the questions, and a check file demands their results', async t => {
	const {target, names} = await start(t);
	const shown = await runInProcess(['--explain', 'names', '--dns', names.address, ...patient, target]);
	t.is(shown.code, 0, shown.stderr);
	t.regex(shown.stdout, /^Names$[\s\S]*^ {2}DANE +the certificates match$/m);
	t.regex(shown.stdout, /^DNS {2}5 questions\n(?: .*\n)*? {2}\d+\. CAA shop\.test: 1 record, validated by DNSSEC, [\d.]+ ms$/m);
	const file = makeFolder(t)(
		'tlsprobe.yaml',
		`endpoints:\n  - {target: "${target}", expect: {names: {issuers: [ca.test], dane: match}}}\n  - {target: "${target}", expect: {names: {ech: absent}}}\n`,
	);
	const checked = await runInProcess(['check', file, '--json', '--dns', names.address, ...patient]);
	t.is(checked.code, 1, checked.stderr);
	t.deepEqual(
		checked.stdout
			.trim()
			.split('\n')
			.map(line => (JSON.parse(line) as {readonly verdict: string}).verdict),
		['pass', 'fail'],
	);
});
