import {chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {makeFolder} from '../../source/outputs/make-folder.js';
import {onLinux} from '../helpers/platforms.js';
import {runInProcess} from '../helpers/run-in-process.js';

function folderFor(t: ExecutionContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'tlsprobe-'));
	t.teardown(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}

test('a folder is made with those above it, and one that is there is fine', t => {
	const folder = join(folderFor(t), 'one', 'two', 'three');
	makeFolder(folder);
	makeFolder(folder);
	t.true(statSync(folder).isDirectory());
});

test('a file in the way is said so', t => {
	const folder = folderFor(t);
	writeFileSync(join(folder, 'file'), '');
	t.throws(() => makeFolder(join(folder, 'file')), {message: 'it is a file, not a directory'});
	t.throws(() => makeFolder(join(folder, 'file', 'below')), {instanceOf: Error});
});

onLinux('where no folder can be made, it ends', t => {
	for (const folder of ['/proc/x', '/proc/x/y']) {
		t.throws(() => makeFolder(folder), {instanceOf: Error});
	}

	const folder = folderFor(t);
	chmodSync(folder, 0o500);
	// The rights of root know no bounds.
	if (process.getuid?.() !== 0) {
		t.throws(() => makeFolder(join(folder, 'x')), {code: 'EACCES'});
	}
});

onLinux('--record and --save end with an error where their folder cannot be made', async t => {
	const recorded = await runInProcess(['--record', '/proc/x', '127.0.0.1:1']);
	t.is(recorded.code, 74);
	t.regex(recorded.stderr, /^tlsprobe: cannot write \/proc\/x: /);
	const saved = await runInProcess(['listen', '--save', '/proc/x']);
	t.is(saved.code, 2);
	t.regex(saved.stderr, /^tlsprobe: --save "\/proc\/x" is not a writable directory: /);
	t.false(existsSync('/proc/x'));
});
