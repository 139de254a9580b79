import {Writable} from 'node:stream';
import test from 'ava';
import {main, type Surroundings} from '../../source/commands/main.js';

/** A run with streams of its own. What is not to be touched throws when it is. */
async function run(argv: readonly string[], more: Partial<Surroundings> = {}) {
	const texts = {stdout: '', stderr: ''};
	const streamOf = (name: keyof typeof texts): Writable =>
		new Writable({
			write(chunk, _encoding, done) {
				texts[name] += String(chunk);
				done();
			},
		});
	const surroundings: Surroundings = {
		stdout: streamOf('stdout'),
		stderr: streamOf('stderr'),
		get stdin(): Surroundings['stdin'] {
			throw new Error('standard input is not needed');
		},
		environment: {},
		platform: 'linux',
		signal: new AbortController().signal,
		atExit: () => () => {},
		threadEntry: new URL('../../source/worker.js', import.meta.url),
		expectMuch() {},
		toolVersion: '1.2.3',
		readLicenses: () => 'MIT',
		readSchema: () => '{}',
		...more,
	};
	return {code: await main(argv, surroundings), ...texts};
}

const failing = (code: string): Writable =>
	new Writable({
		write(_chunk, _encoding, done) {
			done(Object.assign(new Error(code), {code}));
		},
	}).on('error', () => {});

test('what is asked for is on standard output alone', async t => {
	t.deepEqual(await run(['--version']), {code: 0, stdout: '1.2.3\n', stderr: ''});
});

test('wrong usage is one line on standard error, without control characters', async t => {
	t.deepEqual(await run(['--timeout', '\u001B[2Jx', 'a.test']), {
		code: 2,
		stdout: '',
		stderr: 'tlsprobe: --timeout takes a duration such as 5s, 500ms or 2m, not "\\u001b[2Jx"\n',
	});
});

test('wrong input of a file comes with what to do', async t => {
	t.deepEqual(await run(['check', 'none.yaml']), {
		code: 2,
		stdout: '',
		stderr: 'tlsprobe: there is no file none.yaml; write one with tlsprobe check --init HOST\n',
	});
});

test('output that cannot be written is exit code 74; a reader that has gone is none', async t => {
	t.deepEqual(await run(['--version'], {stdout: failing('EIO')}), {
		code: 74,
		stdout: '',
		stderr: 'tlsprobe: cannot write the result: EIO\n',
	});
	t.deepEqual(await run(['--version'], {stdout: failing('EPIPE')}), {code: 0, stdout: '', stderr: ''});
});

test('a fault of ours is exit code 70, with its stack', async t => {
	const {code, stdout, stderr} = await run(['explain', '-']);
	t.deepEqual([code, stdout], [70, '']);
	t.regex(stderr, /^tlsprobe: this is a bug, please report it\nError: standard input is not needed\n {4}at /);
});

test('a run that was interrupted is exit code 130, and says nothing', async t => {
	const stdin = (async function* (): AsyncGenerator<Buffer> {
		await new Promise(() => {});
	})();
	t.deepEqual(await run(['explain', '-'], {stdin, signal: AbortSignal.abort()}), {code: 130, stdout: '', stderr: ''});
});

const looks: readonly (readonly [title: string, more: Partial<Surroundings>, hasColor: boolean])[] = [
	['a pipe has no colours', {}, false],
	['FORCE_COLOR=1 wants colours', {environment: {FORCE_COLOR: '1'}}, true],
];

for (const [title, more, hasColor] of looks) {
	test(title, async t => {
		const {stdout} = await run(['catalog', '--due', 'any'], more);
		t.is(stdout.includes('\u001B['), hasColor);
	});
}
