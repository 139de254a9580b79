import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {makeFolder} from '../../source/outputs/make-folder.js';
import {whyUnwritable} from '../../source/outputs/why-unwritable.js';

test('a file in the way of a file and a file in the way of a folder are distinguished', t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'tlsprobe-unwritable-'));
	t.teardown(() => rmSync(folder, {recursive: true}));
	const file = path.join(folder, 'file');
	writeFileSync(file, '');
	t.is(whyUnwritable(t.throws(() => writeFileSync(file, '', {flag: 'wx'}), {any: true})), 'it exists already');
	t.is(whyUnwritable(t.throws(() => makeFolder(file), {any: true})), 'it is a file, not a directory');
	t.is(whyUnwritable(new Error('something else')), 'something else');
});
