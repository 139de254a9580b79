import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {roundsOf} from '../helpers/depth.js';
import {briefly, lines, makeFolder} from '../helpers/lists.js';
import {onLinux} from '../helpers/platforms.js';
import {cliPath} from '../helpers/run-cli.js';

/** Runs it, and looks at its memory as it goes. */
async function measured(argv: readonly string[]) {
	const child = spawn(process.execPath, [cliPath, ...argv], {stdio: ['ignore', 'ignore', 'pipe']});
	let stderr = '';
	let peakBytes = 0;
	child.stderr.setEncoding('utf8').on('data', chunk => {
		stderr += chunk;
	});
	const look = (): void => {
		try {
			peakBytes = Math.max(
				peakBytes,
				Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024,
			);
		} catch {
			// It has ended.
		}
	};

	const timer = setInterval(look, 100);
	const [code] = await once(child, 'close');
	clearInterval(timer);
	return {code, stderr, peakBytes};
}

onLinux('five times as many targets take no more memory', async t => {
	t.timeout(300_000);
	const at = makeFolder(t);
	const peaks: number[] = [];
	for (const count of [roundsOf(20_000, 10_000), roundsOf(100_000, 50_000)]) {
		const list = at(
			`list-${count}`,
			lines(Array.from({length: count}, (_, index) => `127.${index >> 16}.${(index >> 8) & 255}.${index & 255}:1`)),
		);
		const {code, stderr, peakBytes} = await measured(['--hosts', list, '--json', '--output', at('out'), '--workers', '1', ...briefly]);
		t.is(code, 3);
		t.regex(
			stderr,
			new RegExp(`^${count.toLocaleString('en-US')} targets in .*: 0 pass, 0 fail, ${count.toLocaleString('en-US')} inconclusive`),
		);
		t.is(
			new Set(
				readFileSync(at('out'), 'utf8')
					.split('\n')
					.map(line => line.slice(0, 32)),
			).size,
			count + 1,
		);
		peaks.push(peakBytes);
	}

	const [few, many] = peaks as [number, number];
	// Memory that is not collected yet may differ by some 30 MB; a kilobyte for each target would be 80 MB. The young generation of newer versions of
	// Node.js is larger, so the size of the heap varies more there.
	const isOlder = Number(process.versions.node.split('.')[0]) < 22;
	t.true(many < few * 1.15 + (isOlder ? 30_000_000 : 100_000_000), `${few} bytes, then ${many}`);
	t.true(many < (isOlder ? 200_000_000 : 300_000_000), `${many} bytes`);
});

onLinux('a block of 16 million addresses starts at once, and takes no memory for those that wait', async t => {
	const child = spawn(process.execPath, [cliPath, '--hosts', '-', '--json', ...briefly], {stdio: ['pipe', 'pipe', 'ignore']});
	t.teardown(() => child.kill('SIGKILL'));
	child.stdin.end('127.0.0.0/8:1\n');
	const [chunk] = await once(child.stdout, 'data');
	t.true(String(chunk).startsWith('{"target":"127.0.0.'));
	// It comes while nearly all of them wait: to ask all would take hours.
	const memory = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1];
	t.true(Number(memory) < 150_000, `${memory} kB`);
});
