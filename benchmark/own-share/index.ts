/**
What a list costs apart from its network: the command as it is, with `net.Socket` replaced. Most of the noise of a measurement is gone with the
network, so that a change of some percent shows.

`npm run bench:own`; `npm run bench:own -- OTHER/dist` takes turns with another build.
*/
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {toHex} from '../../source/bytes/hex.js';
import {buildHello} from '../../source/exchange/build-hello.js';
import {shapesOf} from '../../source/probes/versions/shapes.js';
import {all, honest} from '../../test/helpers/honest-server.js';
import {readHello} from '../../test/helpers/script.js';
import {median} from '../median.js';

const rounds = Number(process.env.ROUNDS ?? 9);
const sizes = [6000, 24_000] as const;

/** What an honest server says to the first hello of each version, in hexadecimal. */
const answers = all.map(version => {
	const hello = readHello(buildHello(shapesOf(version, undefined)[0], size => new Uint8Array(size)).bytes)!;
	const [first] = honest()({hello, connection: 0, atOnce: 1, atMs: 0});
	return first?.kind === 'say' ? toHex(first.bytes) : '';
});

const folder = mkdtempSync(join(tmpdir(), 'tlsprobe-bench-'));
try {
	compare(['dist', ...process.argv.slice(2)]);
} finally {
	rmSync(folder, {recursive: true, force: true});
}

function compare(builds: readonly string[]): void {
	const measured = builds.map(() => new Map<number, number[]>(sizes.map(size => [size, []])));
	for (let round = 0; round < rounds; round++) {
		for (const size of sizes) {
			for (const [index, build] of builds.entries()) {
				measured[index]!.get(size)!.push(run(build, size));
			}
		}
	}

	print(`Node.js ${process.version}, ${rounds} rounds in turn, medians, CPU in microseconds`);
	for (const [index, build] of builds.entries()) {
		const [few, many] = sizes.map(size => median(measured[index]!.get(size)!)) as [number, number];
		const each = (many - few) / (sizes[1] - sizes[0]);
		print(
			`${build}: ${(few / sizes[0]).toFixed(0)} a host at ${sizes[0]}, ${(many / sizes[1]).toFixed(0)} at ${sizes[1]}: ` +
				`${each.toFixed(0)} each, and ${((few - each * sizes[0]) / 1e6).toFixed(2)} s for starting and compiling`,
		);
	}
}

/** @returns User and system time of the whole process, in microseconds. */
function run(build: string, hosts: number): number {
	const list = join(folder, `${hosts}`);
	const usage = join(folder, 'usage');
	writeFileSync(
		list,
		Array.from({length: hosts}, (_, index) => `127.${1 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}\n`).join(''),
	);
	const words = [
		'--import',
		new URL('stand-in.js', import.meta.url).href,
		join(build, 'cli.cjs'),
		'--hosts',
		list,
		'--json',
		'--workers',
		'1',
	];
	const {stdout, stderr} = spawnSync(process.execPath, words, {
		env: {...process.env, ANSWERS: answers.join(), USAGE: usage},
		encoding: 'latin1',
		maxBuffer: 2 ** 30,
	});
	const passed = stdout.split('"verdict":"pass"').length - 1;
	if (passed !== hosts) {
		throw new Error(`${build}: ${passed} of ${hosts} passed\n${stderr}`);
	}

	const {user, system} = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.CpuUsage;
	return user + system;
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
