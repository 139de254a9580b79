import {gzipSync} from 'node:zlib';
import type {WindowsCase} from '../run-case.js';
import {crlf, encodings} from './encodings.js';

const two = crlf(['# machines', '{compliant}', '', '{legacy}  # old']);
const brief = ['--versions', '1.1,1.2', '--format', 'jsonl', '--ordered'];
const both = /^\{"target":"127\.0\.0\.1:\d+".*"verdict":"pass".*\n\{"target":"127\.0\.0\.1:\d+".*"verdict":"fail".*\n$/;
const counted = /^2 targets in .*: 1 pass, 1 fail,/m;

/** Lists as programs of Windows write them, and threads. */
export const lists: readonly WindowsCase[] = [
	{
		title: 'lines that end with CR LF',
		argv: ['--hosts', 'hosts.txt', ...brief],
		files: {'hosts.txt': two},
		code: 1,
		stdout: both,
		stderr: counted,
	},
	...Object.entries(encodings).map(([name, encode]) => ({
		title: `a list in ${name}`,
		argv: ['--hosts', 'hosts.txt', ...brief],
		files: {'hosts.txt': (fill: (text: string) => string) => encode(fill(two))},
		code: 1,
		stdout: both,
		stderr: counted,
	})),
	{title: 'a list from standard input', argv: ['--hosts', '-', ...brief], input: two, code: 1, stdout: both, stderr: counted},
	{
		title: 'a list with semicolons, of a spreadsheet',
		argv: ['--hosts', 'Geräte.csv', ...brief],
		files: {
			'Geräte.csv': fill =>
				encodings['UTF-8 with a mark'](fill(crlf(['Ort;Host;Port', 'Köln;127.0.0.1;{compliant.port}', 'Bonn;127.0.0.1;{legacy.port}']))),
		},
		code: 1,
		stdout: both,
		stderr: counted,
	},
	{
		title: 'a list that is compressed',
		argv: ['--hosts', 'hosts.txt.gz', ...brief],
		files: {'hosts.txt.gz': fill => gzipSync(fill(two))},
		code: 1,
		stdout: both,
		stderr: counted,
	},
	{
		title: 'an inventory of Ansible',
		argv: ['--hosts', 'inventory.ini', ...brief],
		files: {'inventory.ini': crlf(['[edge]', 'a ansible_host=127.0.0.1 ansible_port={compliant.port}'])},
		code: 3,
		stderr: /^1 target /m,
	},
	{
		title: 'a line that means nothing',
		argv: ['--hosts', 'hosts.txt', ...brief],
		files: {'hosts.txt': crlf(['{compliant}', 'C:\\no\\target'])},
		code: 3,
		stdout: /"verdict":"pass"/,
		stderr: /hosts\.txt:2/,
	},
	{
		title: 'two threads',
		argv: ['--hosts', 'hosts.txt', '--workers', '2', ...brief],
		files: {'hosts.txt': two},
		code: 1,
		stdout: both,
		stderr: counted,
	},
	{
		title: 'two threads and all that --full asks',
		argv: ['--hosts', 'hosts.txt', '--workers', '2', '--full', '--format', 'jsonl'],
		files: {'hosts.txt': crlf(['{tls13-only}'])},
		code: 0,
		stdout: /"certificate"/,
		stderr: /^1 target /m,
	},
	{
		title: 'one of two parts',
		argv: ['--hosts', 'hosts.txt', '--shard', '2/2', '--retries', '0', ...brief],
		files: {'hosts.txt': crlf(['127.0.0.1:1-20'])},
		code: 3,
		stdout: /"verdict":"inconclusive"/,
		stderr: /^(?:[1-9]|1\d) targets? in /m,
	},
];
