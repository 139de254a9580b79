import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {readFlow} from '../../source/exchange/read-flow.js';
import {transcriptOf} from '../../source/exchange/replay.js';
import {honest, modern} from '../helpers/honest-server.js';
import {runInProcess} from '../helpers/run-in-process.js';
import {reset} from '../helpers/script.js';
import {serve} from '../helpers/scripted-server.js';

const script = honest({versions: modern, refuseVersion: () => [reset]});

function temporary(t: ExecutionContext): string {
	const directory = mkdtempSync(path.join(tmpdir(), 'tlsprobe-'));
	t.teardown(() => rmSync(directory, {recursive: true}));
	return directory;
}

async function target(t: ExecutionContext): Promise<{readonly port: number; readonly argv: readonly string[]}> {
	const {port} = await serve(t, script);
	return {port, argv: ['--resolve', `lab.example:${port}:127.0.0.1`, `lab.example:${port}`]};
}

test('--explain prints the evidence behind the table', async t => {
	const {port, argv} = await target(t);
	const {code, stdout, stderr} = await runInProcess([...argv, '--explain']);
	t.is(stderr, '');
	t.is(code, 0);
	const [table, evidence] = stdout.split(/^Evidence for .*\n/m);
	t.regex(table!, /PASS/);
	t.is(evidence!.match(/^TLSv1\.\d {2}(?:accepted|rejected) {2}/gm)?.length, 4);
	t.regex(evidence!, new RegExp(`openssl s_client -connect 127\\.0\\.0\\.1:${port} -servername lab\\.example -tls1 `));
	t.regex(evidence!, /^Then the server reset the connection\.$/m);
	t.regex(evidence!, /selected_version: TLSv1\.3$/m);
});

test('--explain does not go with --json, and says what does', async t => {
	const {code, stdout, stderr} = await runInProcess(['lab.example', '--json', '--explain']);
	t.is(code, 2);
	t.is(stdout, '');
	t.regex(stderr, /^tlsprobe: .*--evidence.*\n$/);
});

test('--record keeps every connection in a file whose name tells what it is, and which can be replayed', async t => {
	const {port, argv} = await target(t);
	const directory = path.join(temporary(t), 'deep', 'flows');
	const {code, stdout, stderr} = await runInProcess([...argv, '--json', '--evidence', '--record', directory]);
	t.is(stderr, '');
	t.is(code, 0);
	const names = readdirSync(directory).toSorted();
	const report = JSON.parse(stdout);
	const attempts = Object.values<{attempts: number}>(report.versions).reduce((sum, version) => sum + version.attempts, 0);
	t.true(names.length >= attempts);
	t.deepEqual(
		names.filter(
			(name, index) =>
				!new RegExp(
					`^lab\\.example_${port}-127\\.0\\.0\\.1-[\\dTZ.]+-${String(index + 1).padStart(3, '0')}-TLSv1\\.[0-3]-[\\w-]+\\.flow$`,
				).test(name),
		),
		[],
	);
	const flows = names.map(name => readFlow(readFileSync(path.join(directory, name), 'utf8')));
	t.deepEqual(
		flows.filter(
			flow => flow.target !== `lab.example:${port}` || flow.end !== (transcriptOf(flow).outcome.kind === 'reset' ? 'reset' : 'answered'),
		),
		[],
	);
	t.true(flows.some(({end}) => end === 'reset'));
});

test('--record of the same target twice keeps both', async t => {
	const {argv} = await target(t);
	const directory = temporary(t);
	const {code} = await runInProcess([...argv, argv.at(-1)!, '--versions', '1.2', '--record', directory]);
	t.is(code, 0);
	// Of each the hello, and the long one.
	t.is(readdirSync(directory).length, 4);
});

test('--pcap keeps every connection in one capture file', async t => {
	const {argv} = await target(t);
	const file = path.join(temporary(t), 'all.pcap');
	writeFileSync(file, 'something older');
	const {code, stderr} = await runInProcess([...argv, '--versions', '1.2..1.3', '--pcap', file]);
	t.is(stderr, '');
	t.is(code, 0);
	const bytes = readFileSync(file);
	t.is(bytes.subarray(0, 24).toString('hex'), 'a1b2c3d40002000400000000000000000004000000000065');
	let packets = 0;
	let offset = 24;
	for (; offset < bytes.length; packets++) {
		offset += 16 + bytes.readUInt32BE(offset + 8);
	}

	t.is(offset, bytes.length);
	// A handshake, a hello, an answer, and an end, twice.
	t.true(packets >= 16);
});

const unwritable = [
	{title: 'a directory that is a file', argv: ['--record', 'package.json'], message: /^tlsprobe: cannot write package\.json: it is a file/},
	{
		title: 'a path through a file',
		argv: ['--record', 'package.json/flows'],
		message: /^tlsprobe: cannot write package\.json.flows: a part of its path is a file/,
	},
	{
		title: 'a capture file without a directory',
		argv: ['--pcap', 'no-such-directory/all.pcap'],
		message: /^tlsprobe: cannot write no-such-directory.all\.pcap: the directory does not exist/,
	},
	{
		title: 'a capture file that is a directory',
		argv: ['--pcap', 'fixtures'],
		message: /^tlsprobe: cannot write fixtures: it is a directory/,
	},
];

for (const {title, argv, message} of unwritable) {
	test(`${title}: said before anything is asked, with exit code 74`, async t => {
		const {port, argv: where} = await target(t);
		const {code, stdout, stderr} = await runInProcess([...where, ...argv]);
		t.is(stdout, '', String(port));
		t.is(code, 74);
		t.regex(stderr, message);
	});
}
