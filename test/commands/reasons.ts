import test from 'ava';
import {serveClear} from '../helpers/clear-server.js';
import {honest, modern} from '../helpers/honest-server.js';
import {runInProcess} from '../helpers/run-in-process.js';
import {hold} from '../helpers/script.js';
import {serve} from '../helpers/scripted-server.js';

type Line = {readonly versions: Readonly<Record<string, Readonly<Record<string, unknown>>>>};

const told = (stdout: string): string[] =>
	Object.values((JSON.parse(stdout) as Line).versions).map(({status, reason, because, stage}) =>
		[status, reason, because, stage].filter(Boolean).join(' '),
	);

const noAnswer = (because: string, stage = ''): string[] =>
	Array.from({length: 4}, () => `inconclusive unanswered ${because} ${stage}`.trim());

test('a hello that went out and got nothing by the deadline is reported as such, in all formats', async t => {
	const {port} = await serve(t, () => [hold]);
	const argv = [`127.0.0.1:${port}`, '--timeout', '20s', '--deadline', '400ms', '--samples', '1'];
	const {code, stdout} = await runInProcess([...argv, '--json']);
	t.deepEqual([code, told(stdout)], [3, noAnswer('deadline')]);
	for (const format of ['table', 'lines', 'csv', 'markdown', 'junit', 'tap']) {
		const printed = await runInProcess([...argv, '--format', format]);
		t.regex(printed.stdout, /no answer by the deadline/, format);
		t.notRegex(printed.stdout, /not asked/, format);
	}
});

test('what Ctrl-C cut short is interrupted, and --max-time names itself', async t => {
	let open = (): void => {};
	const opened = new Promise<void>(resolve => {
		open = resolve;
	});
	const {port} = await serve(t, () => {
		open();
		return [hold];
	});
	const interrupted = await runInProcess([`127.0.0.1:${port}`, '--timeout', '20s', '--json'], {
		async meanwhile({interrupt}) {
			await opened;
			interrupt();
		},
	});
	const kinds = new Set(told(interrupted.stdout));
	t.is(interrupted.code, 130);
	t.true(kinds.has('inconclusive unanswered cancelled'), [...kinds].join());
	const out = await runInProcess([`127.0.0.1:${port}`, '--timeout', '20s', '--max-time', '400ms', '--json']);
	t.deepEqual([out.code, told(out.stdout)], [3, noAnswer('max-time')]);
});

test('a list tells what the deadline cut short, too', async t => {
	const {port} = await serve(t, () => [hold]);
	const {stdout} = await runInProcess(['--hosts', '-', '--timeout', '20s', '--deadline', '400ms', '--format', 'lines'], {
		input: `127.0.0.1:${port}\n`,
	});
	t.regex(stdout, /\?1\.0 \?1\.1 \?1\.2 \?1\.3 .* {2}no answer by the deadline$/m);
});

test('a greeting that pauses beyond the deadline is no STARTTLS by then, and names how long to wait', async t => {
	const {port} = await serveClear(t, peer => peer.say('220-mail.example.com\r\n'));
	const argv = ['--starttls', 'smtp', `127.0.0.1:${port}`, '--retries', '0'];
	const cut = await runInProcess([...argv, '--timeout', '20s', '--deadline', '1500ms', '--json']);
	t.deepEqual(told(cut.stdout), noAnswer('deadline', 'starttls'));
	const slow = await runInProcess([...argv, '--timeout', '300ms']);
	t.regex(slow.stdout.replaceAll(/\s+/g, ' '), /pauses, as some servers do .* wait longer with --timeout 30s --deadline 120s/);
});

test('a pool of which every second server lists no STARTTLS is decided, in lists too', async t => {
	const {port} = await serveClear(t, async peer => {
		peer.say('220 mx\r\n');
		await peer.hear(/^EHLO .*\r\n/);
		const isWilling = peer.connection % 2 === 1;
		peer.say(isWilling ? '250-mx\r\n250 STARTTLS\r\n' : '250 mx\r\n');
		await peer.hear(/^STARTTLS\r\n/);
		peer.say(isWilling ? '220 go\r\n' : '502 5.5.1 not implemented\r\n');
		if (isWilling) {
			await peer.answerHello(honest({versions: modern}));
		}
	});
	const named = await runInProcess(['--starttls', 'smtp', `127.0.0.1:${port}`]);
	t.is(named.code, 0, named.stdout);
	t.regex(named.stdout.replaceAll(/\s+/g, ' '), /STARTTLS refused on \d of \d connections .* not all of them offer STARTTLS/);
	const listed = await runInProcess(['--hosts', '-', '--starttls', 'smtp', '--format', 'lines'], {input: `127.0.0.1:${port}\n`});
	t.is(listed.code, 0, listed.stdout);
	t.regex(listed.stdout, /^pass +-1\.0 -1\.1 \+1\.2 \+1\.3/);
});
