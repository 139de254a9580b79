import {mkdirSync} from 'node:fs';
import test from 'ava';
import {makeFolder} from '../helpers/lists.js';
import {runInProcess} from '../helpers/run-in-process.js';

/** What takes a file, and what it says if there is no `none.json`, and if `folder.json` is a directory. */
const readers: readonly (readonly [argv: (file: string) => readonly string[], missing: string, directory: string])[] = [
	[file => ['--hosts', file], '--hosts FILE: there is no such file', '--hosts FILE: it is a directory; name a file in it'],
	[
		file => ['--ca', file, 'a.example'],
		'--ca FILE cannot be read: there is no such file',
		'--ca FILE cannot be read: it is a directory; name a file in it',
	],
	[
		file => ['--ct-logs', file, 'a.example'],
		'--ct-logs FILE cannot be read: there is no such file',
		'--ct-logs FILE cannot be read: it is a directory; name a file in it',
	],
	[
		file => ['--catalog', file],
		'--catalog "FILE" cannot be read: there is no such file',
		'--catalog "FILE" cannot be read: it is a directory; name a file in it',
	],
	[
		file => ['clients', 'a.example', '--from', file],
		'--from "FILE" cannot be read: there is no such file',
		'--from "FILE" cannot be read: it is a directory; name a file in it',
	],
	[
		file => ['clients', 'a.example', '--client-hello', file],
		'--client-hello "FILE": there is no such file; it must be a flow, hexadecimal text or raw bytes',
		'--client-hello "FILE": it is a directory; name a file in it; it must be a flow, hexadecimal text or raw bytes',
	],
	[
		file => ['windows', file, '--os', '2016'],
		'"FILE" cannot be read: there is no such file',
		'"FILE" cannot be read: it is a directory; name a file in it',
	],
	[file => ['explain', file], 'cannot read FILE: there is no such file', 'cannot read FILE: it is a directory; name a file in it'],
	[
		file => ['check', '--config', file],
		'--config: there is no file FILE',
		'--config FILE: it is a directory; name a file in it, or set a product that reads all files of a directory: --config-type haproxy',
	],
	[
		file => ['check', '--config', file, '--config-type', 'nginx'],
		'--config: there is no file FILE',
		'--config FILE: it is a directory; name a file in it, or set a product that reads all files of a directory: --config-type haproxy',
	],
	[
		file => ['diff', file],
		'there is no file FILE; write one with tlsprobe baseline HOST -o FILE',
		'FILE is a directory; name a file in it',
	],
	[file => ['check', file], 'there is no file FILE; write one with tlsprobe check --init HOST', 'FILE is a directory; name a file in it'],
];

for (const [argvOf, missing, directory] of readers) {
	test(`tlsprobe ${argvOf('FILE').join(' ')}: says in words that there is no such file, or that it is a directory`, async t => {
		const file = makeFolder(t);
		mkdirSync(file('folder.json'));
		for (const [name, words] of [
			['none.json', missing],
			['folder.json', directory],
		] as const) {
			const {code, stdout, stderr} = await runInProcess(argvOf(file(name)));
			t.deepEqual({code, stdout}, {code: 2, stdout: ''});
			t.is(stderr, `tlsprobe: ${words.replaceAll('FILE', () => file(name))}\n`);
		}
	});
}
