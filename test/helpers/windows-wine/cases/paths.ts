import type {WindowsCase} from '../run-case.js';
import {crlf} from './encodings.js';

const list = crlf(['{compliant}']);
const argv = (file: string): readonly string[] => ['--hosts', file, '--versions', '1.1,1.2', '--format', 'lines', '--quiet'];

/** How the same file may be named. */
const names: Readonly<Record<string, string>> = {
	'a relative path with a backslash': 'sub folder\\hosts.txt',
	'a relative path that begins with a dot': '.\\sub folder\\hosts.txt',
	'a relative path upwards': 'sub folder\\..\\sub folder\\hosts.txt',
	'a relative path with a slash': 'sub folder/hosts.txt',
	'a whole path': '{folder}\\sub folder\\hosts.txt',
	'other letters': '{folder}\\SUB FOLDER\\HOSTS.TXT',
};

/** Paths of Windows. */
export const paths: readonly WindowsCase[] = [
	...Object.entries(names).map(([title, file]) => ({
		title,
		argv: argv(file),
		files: {'sub folder/hosts.txt': list},
		code: 0,
		stdout: /pass/,
	})),
	{title: 'a long path of the system', argv: argv('\\\\?\\{folder}\\hosts.txt'), files: {'hosts.txt': list}, code: 0, stdout: /pass/},
	{
		title: 'the path of a drive with slashes',
		argv: argv('c:/Prüf ordner/slashes/hosts.txt'),
		files: {'../slashes/hosts.txt': list},
		code: 0,
		stdout: /pass/,
	},
	{
		title: 'a path from the root of the drive',
		argv: argv('\\Prüf ordner\\root\\hosts.txt'),
		files: {'../root/hosts.txt': list},
		code: 0,
		stdout: /pass/,
	},
	{title: 'a path from the folder of the drive', argv: argv('C:hosts.txt'), files: {'hosts.txt': list}, code: 0, stdout: /pass/},
	{
		title: 'a path behind an equals sign',
		argv: ['--hosts={folder}\\hosts.txt', '--format=lines', '--quiet'],
		files: {'hosts.txt': list},
		code: 0,
		stdout: /pass/,
	},
	{
		title: 'a share that is not there',
		argv: argv('\\\\localhost\\no-share\\hosts.txt'),
		code: 2,
		stderr: /^tlsprobe: .*\\\\localhost\\no-share\\hosts\.txt/,
	},
	{
		title: 'a file that is dropped onto the program',
		argv: ['{folder}\\sub folder\\hosts.txt'],
		files: {'sub folder/hosts.txt': list},
		code: 2,
		stderr: /^tlsprobe: [A-Z]:\\.*hosts\.txt is a file; to probe its targets: tlsprobe --hosts "[A-Z]:\\.*\\sub folder\\hosts\.txt"\r?\n$/,
	},
	{title: 'a drive that is not there', argv: argv('Q:\\hosts.txt'), code: 2, stderr: /^tlsprobe: .*Q:\\hosts\.txt/},
	{title: 'a folder in place of a list', argv: argv('{folder}'), code: 2, stderr: /^tlsprobe: .*Prüf ordner/},
	{
		title: 'connections that are kept',
		argv: ['{compliant}', '--quiet', '--versions', '1.2', '--record', '{folder}\\kept flows'],
		code: 0,
		stdout: /TLSv1\.2/,
		writes: {'kept flows/127.0.0.1_*.flow': /^# tlsprobe|>>>|Flow/m},
	},
	{
		title: 'connections of a host that is called as a device',
		argv: [
			'con.example:{compliant.port}',
			'--resolve',
			'con.example:{compliant.port}:127.0.0.1',
			'--quiet',
			'--versions',
			'1.2',
			'--record',
			'kept',
		],
		code: 0,
		stdout: /TLSv1\.2/,
		writes: {'kept/_con.example_*.flow': /con\.example/},
	},
	{
		title: 'packets that are kept',
		argv: ['{compliant}', '--quiet', '--versions', '1.2', '--pcap', '{folder}\\a b.pcap'],
		code: 0,
		stdout: /TLSv1\.2/,
		writes: {'a b.pcap': /./},
	},
	{
		title: 'the same file twice, in other letters',
		argv: ['--hosts', 'Hosts.txt', '--quiet', '-o', '{folder}\\hosts.TXT', '--format', 'jsonl'],
		files: {'Hosts.txt': list},
		code: 2,
		stderr: /^tlsprobe: /,
	},
	{
		title: 'a folder of results that is not there',
		argv: ['{compliant}', '--quiet', '-o', 'no folder\\r.csv'],
		code: 74,
		stderr: /no folder\\r\.csv.*directory does not exist/,
	},
	{
		title: 'a device in place of a file',
		argv: ['{compliant}', '--versions', '1.2', '--quiet', '--format', 'json', '-o', 'NUL.csv'],
		code: 0,
		stdout: /"verdict":/,
	},
];
