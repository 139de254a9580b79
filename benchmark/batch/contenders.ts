/** What is measured, how it is run, and how its answers are read. */
import {spawn, spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import type {Report} from '../../source/engine/report.js';
import {type Host, truths} from './population.js';

export type Run = {
	readonly elapsedMs: number;
	/** Of the contender's processes together, user and system, in microseconds. Undefined without GNU time. */
	readonly cpu: number | undefined;
	/** Of its largest process. */
	readonly peakBytes: number | undefined;
	readonly stdout: string;
};

export type Contender = {
	readonly name: string;
	readonly command: string;
	/** @param list - The path of a file with a target a line. */
	readonly args: (list: string, hosts: readonly Host[]) => readonly string[];
	/** @returns By target, what it said of TLS 1.0 to 1.3: `- - + +`. */
	readonly read: (stdout: string, hosts: readonly Host[]) => ReadonlyMap<string, string>;
};

const versionsOnly = [
	...['--no-colour', '--no-ciphersuites', '--no-cipher-details', '--no-check-certificate', '--no-compression', '--no-fallback'],
	...['--no-groups', '--no-heartbleed', '--no-renegotiation'],
];

export const tlsprobe = (name: string, ...more: readonly string[]): Contender => tlsprobeOf('dist', name, ...more);

/** @param dist - The folder of a build. */
const tlsprobeOf = (dist: string, name: string, ...more: readonly string[]): Contender => ({
	name,
	command: process.execPath,
	args: list => [`${dist}/cli.cjs`, '--hosts', list, '--json', ...more],
	read: readJson,
});

export type Choice = {
	readonly isWithNmap: boolean;
	/** The `dist` folder of another build, which takes turns with this one. */
	readonly against?: string | undefined;
};

/** Those that are installed here. */
export const contenders = ({isWithNmap, against}: Choice): Contender[] =>
	[
		...(against === undefined ? [] : [tlsprobeOf(against, `${against} --workers 1`, '--workers', '1'), tlsprobeOf(against, against)]),
		tlsprobe('tlsprobe --workers 1', '--workers', '1'),
		tlsprobe('tlsprobe'),
		{name: 'sslscan --targets', command: 'sslscan', args: (list: string) => [...versionsOnly, `--targets=${list}`], read: readSslscan},
		{
			name: 'xargs -P 32 -n 1 sslscan',
			command: 'xargs',
			args: (list: string) => ['-a', list, '-P', '32', '-n', '1', 'sslscan', ...versionsOnly],
			read: readSslscan,
		},
		{
			name: 'nmap --script ssl-enum-ciphers',
			command: 'nmap',
			args: (_list: string, hosts: readonly Host[]) => [
				...['-Pn', '-n', '-T4', '--script', 'ssl-enum-ciphers', '-oX', '-'],
				...['-p', [...new Set(hosts.map(({target}) => target.split(':')[1]))].join(',')],
				...hosts.map(({target}) => target.split(':')[0]!),
			],
			read: readNmap,
		},
	].filter(({name, command}) => isInstalled(command === 'xargs' ? 'sslscan' : command) && (isWithNmap || !name.startsWith('nmap')));

export const isInstalled = (command: string): boolean => spawnSync(command, ['--version'], {stdio: 'ignore'}).error === undefined;

const hasTime = (): boolean => spawnSync('/usr/bin/time', ['-f', '%M', 'true'], {stdio: 'ignore'}).status === 0;

export function run({command, args}: Contender, hosts: readonly Host[], folder: string): Promise<Run> {
	const list = `${folder}/list`;
	const usage = `${folder}/usage`;
	writeFileSync(list, hosts.map(({target}) => `${target}\n`).join(''));
	const [program, ...words] = hasTime() ? ['/usr/bin/time', '-o', usage, '-f', '%U %S %M', command] : [command];
	const startedAt = performance.now();
	return new Promise((resolve, reject) => {
		const child = spawn(program!, [...words, ...args(list, hosts)], {stdio: ['ignore', 'pipe', 'ignore']});
		const chunks: Buffer[] = [];
		child.stdout.on('data', chunk => chunks.push(chunk));
		child.on('error', reject);
		child.on('close', () => {
			const elapsedMs = performance.now() - startedAt;
			const [user, system, kilobytes] = hasTime() ? readFileSync(usage, 'utf8').trim().split('\n').at(-1)!.split(' ').map(Number) : [];
			resolve({
				elapsedMs,
				cpu: user === undefined ? undefined : (user + system!) * 1_000_000,
				peakBytes: kilobytes === undefined ? undefined : kilobytes * 1024,
				stdout: Buffer.concat(chunks).toString('latin1'),
			});
		});
	});
}

/** How many hosts it said something else of than what is true, or nothing at all. */
export function countWrong(answers: ReadonlyMap<string, string>, hosts: readonly Host[]): number {
	return hosts.filter(({kind, target}) => answers.get(target) !== truths[kind]).length;
}

const marks = {accepted: '+', rejected: '-', inconclusive: '?'} as const;

function readJson(stdout: string): ReadonlyMap<string, string> {
	const reports = stdout
		.split('\n')
		.filter(Boolean)
		.map(line => JSON.parse(line) as Report);
	return new Map(
		reports.map(({target, versions}) => [
			target,
			Object.values(versions)
				.map(({status}) => marks[status])
				.join(' '),
		]),
	);
}

/** It has nothing but enabled and disabled; a host that it cannot connect to, it says so of. Of several at once, the lines of one host stay together. */
function readSslscan(stdout: string): ReadonlyMap<string, string> {
	const answers = new Map<string, string>();
	for (const part of stdout.split(/^Testing SSL server /m).slice(1)) {
		const [, address, port] = /^(\S+) on port (\d+)/.exec(part) ?? [];
		const statuses = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'].map(
			name => new RegExp(`^${name} +(enabled|disabled)`, 'm').exec(part)?.[1],
		);
		answers.set(`${address}:${port}`, statuses.map(status => (status === undefined ? '?' : status === 'enabled' ? '+' : '-')).join(' '));
	}

	return answers;
}

/** It lists what is accepted, and keeps quiet about the rest: whether that was refused or not answered is not told. */
function readNmap(stdout: string, hosts: readonly Host[]): ReadonlyMap<string, string> {
	const answers = new Map<string, string>(hosts.map(({target}) => [target, '? ? ? ?']));
	for (const part of stdout.split('<host ').slice(1)) {
		const address = /addr="([^"]+)"/.exec(part)?.[1];
		for (const port of part.split('<port ').slice(1)) {
			const number = /portid="(\d+)"/.exec(port)?.[1];
			const statuses = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'].map(name => (port.includes(`key="${name}"`) ? '+' : '-'));
			answers.set(`${address}:${number}`, statuses.includes('+') ? statuses.join(' ') : '? ? ? ?');
		}
	}

	return answers;
}
