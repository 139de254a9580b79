import test, {type ExecutionContext} from 'ava';
import type {Report} from '../../source/engine/report.js';
import {nextSteps} from '../../source/formats/advice.js';
import {type ClearServer, serveClear} from '../helpers/clear-server.js';
import {honest} from '../helpers/honest-server.js';
import {startNameServer, type Zone} from '../helpers/name-server.js';
import {runInProcess} from '../helpers/run-in-process.js';
import {probePort} from '../helpers/scripted-server.js';

const startMail = (t: ExecutionContext, versions: readonly number[]): Promise<ClearServer> =>
	serveClear(t, async peer => {
		peer.say('220 x\r\n');
		await peer.hear(/EHLO/);
		peer.say('250 STARTTLS\r\n');
		await peer.hear(/STARTTLS\r\n/);
		peer.say('220 go\r\n');
		await peer.answerHello(honest({versions}));
	});

const zone: Zone = {
	'two.example': {MX: ['20 old.example', '10 good.example', '30 GOOD.example']},
	'none.example': {MX: ['0 .']},
	'bare.example': {A: ['127.0.0.1']},
	'odd.example': {MX: ['10 a/b.example']},
	'silent.example': 'silent',
	'good.example': {A: ['127.0.0.1']},
	'old.example': {A: ['127.0.0.1']},
};

/** Every server listens on a port of its own: the name of a mail server leads there. */
async function start(t: ExecutionContext) {
	const names = await startNameServer(t, zone);
	const [good, old] = await Promise.all([startMail(t, [0x03_03, 0x03_04]), startMail(t, [0x03_01, 0x03_03])]);
	return {names, good, old};
}

const reportsIn = ({stdout}: {readonly stdout: string}): Report[] =>
	stdout
		.trim()
		.split('\n')
		.filter(line => line !== '')
		.map(line => JSON.parse(line) as Report);

const inBrief = ({target, serverName, starttls, mx, verdict, reason}: Report) => [
	target.replace(/:\d+$/, ''),
	serverName,
	starttls,
	mx?.domain,
	mx?.preference,
	verdict,
	reason,
];

test('The mail servers of a domain are probed instead of it, the preferred one first, each under its own name', async t => {
	const {names, good, old} = await start(t);
	const argv = ['--mx', '--dns', names.address, '--json', `two.example:${good.port}`];
	const result = await runInProcess(argv);
	const reports = reportsIn(result);
	t.deepEqual(reports.map(inBrief), [
		['good.example', 'good.example', 'smtp', 'two.example', 10, 'pass', undefined],
		['old.example', 'old.example', 'smtp', 'two.example', 20, 'pass', undefined],
	]);
	t.is(result.code, 0);
	t.regex(good.heard(), /EHLO/);
	t.is(old.heard(), '');
	t.deepEqual(
		names.asked.filter(question => question.startsWith('MX')),
		['MX two.example'],
	);
	const {stdout} = await runInProcess(['--mx', '--dns', names.address, `two.example:${good.port}`]);
	t.regex(stdout, /^good\.example:\d+ .*\n?.*mail of two\.example \(MX 10\)/m);
	const list = await runInProcess(['--mx', '--dns', names.address, '--json', '--hosts', '-'], {
		input: `two.example:${good.port}\nbare.example:${old.port}\n`,
	});
	t.deepEqual(reportsIn(list).map(inBrief).toSorted(), [
		['bare.example', 'bare.example', 'smtp', 'bare.example', undefined, 'fail', undefined],
		['good.example', 'good.example', 'smtp', 'two.example', 10, 'pass', undefined],
		['old.example', 'old.example', 'smtp', 'two.example', 20, 'pass', undefined],
	]);
	t.is(list.code, 1);
});

test('A domain without a mail server says why', async t => {
	const {names, good} = await start(t);
	const asked = async (domain: string, timeout = '5s') => {
		const result = await runInProcess(['--mx', '--dns', names.address, '--json', '--timeout', timeout, domain]);
		const [report] = reportsIn(result);
		return [result.code, report!.target, report!.address, report!.reason, report!.problem];
	};
	t.deepEqual(await asked('none.example'), [3, 'none.example:25', null, 'no-mail-server', 'the domain does not accept mail (null MX)']);
	t.deepEqual(await asked('odd.example'), [3, 'odd.example:25', null, 'no-mail-server', 'its MX records name no host']);
	t.deepEqual(await asked('silent.example', '400ms'), [3, 'silent.example:25', null, 'name-lookup-failed', 'ETIMEDOUT']);
	// No record of any kind: the domain would be its own mail server.
	t.deepEqual((await asked('missing.example')).slice(0, 4), [3, 'missing.example:25', null, 'name-not-found']);
	// An address needs no record.
	t.is((await asked(`127.0.0.1:${good.port}`))[0], 0);
	const resumed = await runInProcess(['--mx', '--resume', '--hosts', '-', '-o', 'x.jsonl'], {input: ''});
	t.is(resumed.code, 2);
	t.regex(resumed.stderr, /^tlsprobe: --resume needs the targets in the file, but --mx writes mail servers there/);
});

test('Where a name takes no connections on port 25, the next step names --mx', async t => {
	const [{report}] = (await probePort(1, {host: 'example.com', startTls: 'smtp', retries: 0})).recordings;
	t.false(nextSteps(report).join().includes('--mx'));
	t.true(
		nextSteps({...report, port: 25})
			.join()
			.includes('if example.com is a mail domain, use --mx to probe its mail servers'),
	);
	t.false(
		nextSteps({...report, port: 25, mx: {domain: 'example.com'}})
			.join()
			.includes('--mx'),
	);
});
