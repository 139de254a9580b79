/**
How long the whole command takes on one server on loopback, start-up included, held against bare Node.js and against sslscan.

`npm run bench`. All take turns in one run, so that a busy machine weighs on all alike; what counts are medians and their ratios.
*/
import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import tls from 'node:tls';
import {median} from './median.js';

const rounds = Number(process.env.ROUNDS ?? 41);
const goal = 2;
const startGoal = 1.4;

type Contender = {
	readonly name: string;
	readonly command: string;
	readonly args: readonly string[];
	readonly expected: RegExp;
	/** The contender that it is compared with; else the first one. */
	readonly bare?: string;
};

const bareOfExecutable = 'node -e 0 of the executable';

if (process.argv[2] === 'serve') {
	serve();
} else {
	await compare();
}

/** TLS 1.2 and 1.3, in a process of its own: it is not what is measured. */
function serve(): void {
	const pem = readFileSync('fixtures/certificates/localhost.pem');
	const server = tls.createServer({key: pem, cert: pem, minVersion: 'TLSv1.2'}, socket => socket.on('error', () => {}));
	server.on('tlsClientError', () => {});
	server.listen(0, '127.0.0.1', () => process.send!((server.address() as {port: number}).port));
	process.on('disconnect', () => process.exit());
}

async function compare(): Promise<void> {
	const server = spawn(process.execPath, [process.argv[1]!, 'serve'], {stdio: ['ignore', 'inherit', 'inherit', 'ipc']});
	try {
		const contenders = contendersFor(`127.0.0.1:${await portOf(server)}`);
		const times = contenders.map((): number[] => []);
		for (let round = -2; round < rounds; round++) {
			for (const [index, contender] of contenders.entries()) {
				const milliseconds = run(contender);
				// The first rounds warm the caches of the disk.
				if (round >= 0) {
					times[index]!.push(milliseconds);
				}
			}
		}

		print(contenders, times);
	} finally {
		server.disconnect();
	}
}

function portOf(server: ChildProcess): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('message', resolve);
		server.once('exit', code => reject(new Error(`the server ended with ${code}`)));
	});
}

function contendersFor(target: string): Contender[] {
	const cli = 'dist/cli.cjs';
	const node = process.execPath;
	const all: Contender[] = [
		{name: 'node -e 0', command: node, args: ['-e', '0'], expected: /^$/},
		{name: 'tlsprobe HOST', command: node, args: [cli, target], expected: /PASS {2}TLSv1\.0 and TLSv1\.1 rejected/},
		{name: 'tlsprobe --json HOST', command: node, args: [cli, '--json', target], expected: /"verdict":"pass"/},
		{name: 'tlsprobe --version', command: node, args: [cli, '--version'], expected: /^\d+\.\d+\.\d+\n$/},
		{name: 'sslscan HOST', command: 'sslscan', args: ['--no-colour', target], expected: /TLSv1\.3 +enabled/},
		{
			name: 'sslscan HOST, versions only',
			command: 'sslscan',
			args: [
				...['--no-colour', '--no-ciphersuites', '--no-groups', '--no-check-certificate', '--no-cipher-details'],
				...['--no-compression', '--no-fallback', '--no-heartbleed', '--no-renegotiation', target],
			],
			expected: /TLSv1\.3 +enabled/,
		},
	];
	const {program, executable} = executableHere();
	if (existsSync(executable) && existsSync(program)) {
		all.push(
			{name: bareOfExecutable, command: program, args: ['-e', '0'], expected: /^$/, bare: bareOfExecutable},
			{
				name: 'executable --version',
				command: executable,
				args: ['--version'],
				expected: /^\d+\.\d+\.\d+\n$/,
				bare: bareOfExecutable,
			},
			{
				name: 'executable HOST',
				command: executable,
				args: [target],
				expected: /PASS {2}TLSv1\.0 and TLSv1\.1 rejected/,
				bare: bareOfExecutable,
			},
		);
	}

	return all.filter(({command}) => spawnSync(command, ['--version']).error === undefined);
}

/** What `npm run executables` makes for this machine, and the Node.js in it. Both are measured if both are there. */
function executableHere(): {readonly program: string; readonly executable: string} {
	const name = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
	const ending = process.platform === 'win32' ? '.exe' : '';
	return {program: `executables/node-${name}${ending}`, executable: `executables/tlsprobe-${name}${ending}`};
}

/** @returns How long it took, in milliseconds. */
function run({name, command, args, expected}: Contender): number {
	const start = performance.now();
	const {stdout, stderr, error} = spawnSync(command, args, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
	const milliseconds = performance.now() - start;
	if (error !== undefined || !expected.test(stdout)) {
		throw new Error(`${name} did not do its work: ${error?.message ?? `${stdout}${stderr}`}`);
	}

	return milliseconds;
}

function print(contenders: readonly Contender[], times: readonly (readonly number[])[]): void {
	const [bare, whole] = times as [readonly number[], readonly number[]];
	const timesOf = (wanted: string): readonly number[] | undefined => times[contenders.findIndex(({name}) => name === wanted)];
	const write = (line: string): void => void process.stdout.write(`${line}\n`);
	write(`Node.js ${process.version}, ${availableParallelism()} processors, ${rounds} rounds in turn\n`);
	write(`${'median ms'.padStart(10)}${'least ms'.padStart(10)}${'times bare Node.js'.padStart(20)}`);
	for (const [index, {name, bare: itsBare}] of contenders.entries()) {
		const own = times[index]!;
		const cells = [
			median(own).toFixed(1).padStart(10),
			Math.min(...own)
				.toFixed(1)
				.padStart(10),
			ratio(own, (itsBare === undefined ? undefined : timesOf(itsBare)) ?? bare)
				.toFixed(2)
				.padStart(20),
		];
		write(`${cells.join('')}  ${name}`);
	}

	const node = timesOf(bareOfExecutable);
	const executable = timesOf('executable --version');
	if (node !== undefined && executable !== undefined) {
		const start = ratio(executable, node);
		write(
			`\nThe executable starts in ${start.toFixed(2)} times as long as its Node.js; the goal is at most ${startGoal}: ${start <= startGoal ? 'reached' : 'missed'}`,
		);
	}

	const reached = ratio(whole, bare);
	write(
		`\ntlsprobe HOST takes ${reached.toFixed(2)} times as long as bare Node.js; the goal is at most ${goal.toFixed(1)}: ${reached <= goal ? 'reached' : 'missed'}`,
	);
}

/** Of each round, then the median: the two ran one after the other, so a round's noise is on both. */
function ratio(one: readonly number[], other: readonly number[]): number {
	return median(one.map((value, index) => value / other[index]!));
}
