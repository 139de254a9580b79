import {formats} from '../../../../source/formats/index.js';
import type {WindowsCase} from '../run-case.js';

const marks: Readonly<Record<string, RegExp>> = {
	'.jsonl': /^\{"target":.*"verdict":"fail".*\}\n$/,
	'.json': /^\[[\s\S]*"verdict"[\s\S]*\]\n$/,
	'.csv': /^target,.*\r\n127\.0\.0\.1:/,
	'.html': /^<!doctype html>[\s\S]*<\/html>\n$/i,
};

const extensions = Object.values(formats).flatMap(({extension}) => extension ?? []);

/** Files of every format that has an extension, and the others on standard output. */
export const outputs: readonly WindowsCase[] = [
	{
		title: 'a file of every extension',
		argv: [
			'{legacy}',
			'--quiet',
			'--versions',
			'1.0,1.2',
			...extensions.flatMap(extension => ['-o', `{folder}\\out put\\results${extension}`]),
		],
		files: {'out put/.keep': ''},
		code: 1,
		writes: Object.fromEntries(extensions.map(extension => [`out put/results${extension}`, marks[extension] ?? /127\.0\.0\.1/])),
	},
	...['github', 'nagios', 'rules'].map(format => ({
		title: `the format ${format} on standard output`,
		argv: ['{legacy}', '--versions', '1.0,1.2', '--format', format],
		code: format === 'nagios' ? 2 : 1,
		stdout: /127\.0\.0\.1/,
	})),
	{
		title: 'a file that another program is sent',
		script: ['tlsprobe {legacy} --versions 1.0,1.2 --format csv > results.csv', 'tlsprobe diff --help > help.txt'],
		code: 0,
		writes: {'results.csv': /^target,.*\r\n127\.0\.0\.1:/, 'help.txt': /^Usage/},
	},
	{
		title: 'results that are compared with an earlier run',
		script: ['tlsprobe {legacy} --quiet -o old.jsonl', 'tlsprobe diff .\\old.jsonl'],
		code: 0,
		stdout: /./,
	},
];
