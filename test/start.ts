import {spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {rowsOf} from './helpers/depth.js';

type Installed = {
	readonly cache: string;
	run(...argv: readonly string[]): string;
	/** @returns Its exit code. */
	runList(line: string, ...argv: readonly string[]): number | null;
};

/** The program in a folder that it may write to. */
function install(t: ExecutionContext): Installed {
	const folder = mkdtempSync(path.join(tmpdir(), 'tlsprobe-start-'));
	t.teardown(() => rmSync(folder, {recursive: true}));
	cpSync('dist', path.join(folder, 'dist'), {recursive: true, filter: source => !/[\\/](?:cache|types)$/.test(source)});
	cpSync('package.json', path.join(folder, 'package.json'));
	symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'), 'junction');
	return {
		cache: path.join(folder, 'dist/cache'),
		run(...argv) {
			const {status, stdout, stderr} = spawnSync(process.execPath, [path.join(folder, 'dist/cli.cjs'), ...argv], {encoding: 'utf8'});
			t.deepEqual([status, stderr], [0, ''], argv.join(' '));
			return stdout;
		},
		runList: (line, ...argv) =>
			spawnSync(process.execPath, [path.join(folder, 'dist/cli.cjs'), '--hosts', '-', '--quiet', ...argv], {
				input: `${line}\n`,
				stdio: 'pipe',
			}).status,
	};
}

const argv = ['catalog', 'azure-portal'];
const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
const hasOwnCache = major > 22 || (major === 22 && minor >= 1);

test('what a run compiled is kept beside the program, and the same is printed by it', t => {
	const {cache, run} = install(t);
	const first = run(...argv);
	const kept = readdirSync(cache, {recursive: true});
	t.true(kept.length > 0);
	t.is(run(...argv), first);
	t.deepEqual(readdirSync(cache, {recursive: true}), kept);
});

test('a program whose folder cannot be written to starts all the same', t => {
	const {cache, run} = install(t);
	writeFileSync(cache, 'a file, where the folder would be');
	t.true(run(...argv).includes('portal.azure.com'));
	t.true(run(...argv).includes('portal.azure.com'));
	t.is(readFileSync(cache, 'utf8'), 'a file, where the folder would be');
});

// From Node.js 22.1 on, the files are those of Node.js, which checks them.
if (!hasOwnCache) {
	test('what only the start has used is kept after a long run, too', t => {
		const collecting = path.join(mkdtempSync(path.join(tmpdir(), 'tlsprobe-collecting-')), 'collecting.cjs');
		t.teardown(() => rmSync(path.dirname(collecting), {recursive: true}));
		// What V8's collector of garbage does in a long run: `gc()` leaves code alone.
		writeFileSync(
			collecting,
			`require('node:v8').setFlagsFromString('--bytecode-old-age=1');
			process.on('exit', () => {
				for (let round = 0; round < 8; round++) {
					Array.from({length: 400_000}, (_, index) => ({index, list: [index]}));
				}
			});`,
		);
		const sizeAfter = (...options: readonly string[]): number => {
			const {cache} = install(t);
			const {status} = spawnSync(process.execPath, [...options, path.join(cache, '../cli.cjs'), ...argv]);
			t.is(status, 0);
			return statSync(path.join(cache, readdirSync(cache)[0]!)).size;
		};

		t.true(sizeAfter('--require', collecting) > 0.95 * sizeAfter());
	});

	test('what is damaged is compiled again', t => {
		const {cache, run} = install(t);
		const expected = run(...argv);
		const [name] = readdirSync(cache);
		const file = path.join(cache, name!);
		const whole = readFileSync(file);
		const inode = statSync(file).ino;
		t.is(run(...argv), expected);
		t.is(statSync(file).ino, inode, 'it was used, and not written again');

		const flipped = Buffer.from(whole);
		flipped[whole.length >> 1]! ^= 1;
		const all = [Buffer.alloc(0), whole.subarray(0, 31), whole.subarray(0, 32), whole.subarray(0, whole.length >> 1), flipped];
		for (const damaged of rowsOf(all, 3)) {
			writeFileSync(file, damaged);
			t.is(run(...argv), expected);
			t.false(readFileSync(file).equals(damaged));
			t.deepEqual(readdirSync(cache), [name]);
		}
	});

	for (const flags of [[], ['--full']]) {
		test(`what the run of a list compiled is used by others, though lists change flags of V8: ${flags.join(' ')}`, t => {
			const {cache, run, runList} = install(t);
			t.is(runList('no host', ...flags), 3);
			const [name] = readdirSync(cache);
			const file = path.join(cache, name!);
			const inode = statSync(file).ino;
			run(...argv);
			t.is(statSync(file).ino, inode, 'it was used, and not written again');
		});
	}

	test('a run that prints its version or help keeps nothing', t => {
		const {cache, run} = install(t);
		run('--version');
		run('--help');
		t.false(readdirSync(path.dirname(cache)).includes('cache'));
	});
}
