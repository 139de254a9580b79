import {getHeapStatistics, setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import test from 'ava';
import {createDuplicates} from '../../source/lists/duplicates.js';
import {countPositions, type Listed, type ListOptions, listTargets} from '../../source/lists/list-targets.js';
import type {HostsInput} from '../../source/lists/read-hosts.js';
import {roundsOf} from '../helpers/depth.js';
import {hostsFixture, inChunks} from '../helpers/hosts.js';

const input = (content: string | Uint8Array): HostsInput => ({file: 'list', bytes: inChunks(Buffer.from(content)), format: 'auto'});

const nameOf = ({position, entry}: Listed): string => `${position} ${entry.kind === 'target' ? entry.target.target : `! ${entry.text}`}`;

async function list(inputs: readonly HostsInput[], options?: ListOptions): Promise<string[]> {
	const listed: string[] = [];
	for await (const batch of listTargets(inputs, options)) {
		listed.push(...batch.map(nameOf));
	}

	return listed;
}

/** The first ones, without reading on. */
async function first(count: number, content: string, options?: ListOptions): Promise<string[]> {
	const listed: string[] = [];
	for await (const batch of listTargets([input(content)], options)) {
		listed.push(...batch.map(nameOf));
		if (listed.length >= count) {
			break;
		}
	}

	return listed.slice(0, count);
}

test('blocks and ranges are listed address by address, each with all of its ports', async t => {
	t.deepEqual(await list([input('127.1.0.7/31:443,8443\n127.1.0.254-127.1.1.1\n[2001:db8::fffe]-[2001:db8::1:1]:8443\n')]), [
		'0 127.1.0.6:443',
		'1 127.1.0.6:8443',
		'2 127.1.0.7:443',
		'3 127.1.0.7:8443',
		'4 127.1.0.254:443',
		'5 127.1.0.255:443',
		'6 127.1.1.0:443',
		'7 127.1.1.1:443',
		'8 [2001:db8::fffe]:8443',
		'9 [2001:db8::ffff]:8443',
		'10 [2001:db8::1:0]:8443',
		'11 [2001:db8::1:1]:8443',
	]);
});

test('a target is listed once, however it is written and in which list', async t => {
	const lists = [
		input('A.example\n127.1.0.1\na.example:443\n127.1.0.0/30\n::1\nno good\n'),
		input('a.example.\n127.1.0.3\n[0::1]:443\nno good\nb.example\n'),
	];
	t.deepEqual(await list(lists), [
		'0 a.example:443',
		'1 127.1.0.1:443',
		'3 127.1.0.0:443',
		'5 127.1.0.2:443',
		'6 127.1.0.3:443',
		'7 [::1]:443',
		'8 ! no good',
		'12 ! no good',
		'13 b.example:443',
	]);
});

test('the same host with another name to ask for, or by another way, is another target', async t => {
	const rows =
		'host,servername,address,proxy,note\na.example,,,,x\na.example,b.example,,,\na.example,,127.0.0.1,,\na.example,,,http://p.example,\na.example,,,,y\n';
	t.deepEqual(await list([input(rows)]), ['0 a.example:443', '1 a.example:443', '2 a.example:443', '3 a.example:443']);
});

test('what a large block holds is known without being remembered one by one', async t => {
	const duplicates = createDuplicates();
	const listed = await list([input('127.2.0.5\n127.2.0.0/20\n127.2.15.255\n127.2.16.0\n127.2.0.7:8443\n127.2.8.0/21\n')], {duplicates});
	t.is(listed.length, 1 + 4095 + 2);
	t.deepEqual(listed.slice(-2), ['4098 127.2.16.0:443', '4099 127.2.0.7:8443']);
	t.is(duplicates.size, 3);
});

test('127.0.0.0/8 starts at once, and goes on from any position at once', async t => {
	t.deepEqual(await first(3, '127.0.0.0/8\n'), ['0 127.0.0.0:443', '1 127.0.0.1:443', '2 127.0.0.2:443']);
	t.deepEqual(await first(2, '127.0.0.0/8:443,8443\nlast.example', {startAt: 33_554_431}), [
		'33554431 127.255.255.255:8443',
		'33554432 last.example:443',
	]);
	t.is(await countPositions([input('a.example\n127.0.0.0/8:443,8443\nno good\n')]), 33_554_434);
});

test('blocks of IPv6 that no number counts are exact where a run can get', async t => {
	t.deepEqual(await first(2, '[2001:db8::]/64\n'), ['0 [2001:db8::]:443', '1 [2001:db8::1]:443']);
	t.deepEqual(await first(1, '::/0:443,8443\n', {startAt: 2 ** 53 - 2}), ['9007199254740990 [::f:ffff:ffff:ffff]:443']);
	t.deepEqual(await first(2, '[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]/127\n'), [
		'0 [ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe]:443',
		'1 [ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:443',
	]);
	t.is(await countPositions([input('::/0\na.example\n')]), Number.MAX_SAFE_INTEGER);
});

const mixed = `${Array.from({length: 300}, (_, index) => `host-${index % 250}.example\nbad line ${index}\n`).join('')}127.3.0.0/20:443,8443\n127.3.1.0/25\n`;

test('from any position, what is listed is the end of what is listed from the start', async t => {
	const whole = await list([input(mixed)]);
	const positions = whole.map(line => Number.parseInt(line, 10));
	const wrong: number[] = [];
	for (const startAt of [0, 1, 2, 255, 256, 499, 500, 599, 600, 601, 4000, 8791, 8792, 8800, 8919, 8920, 9000]) {
		const rest = await list([input(mixed)], {startAt});
		if (JSON.stringify(rest) !== JSON.stringify(whole.filter((_, index) => positions[index]! >= startAt))) {
			wrong.push(startAt);
		}
	}

	t.deepEqual(wrong, []);
});

for (const count of [1, 2, 5, 16]) {
	test(`${count} shards list everything between them, and nothing twice`, async t => {
		const whole = await list([input(mixed)]);
		const shards: string[][] = [];
		for (let index = 1; index <= count; index++) {
			shards.push(await list([input(mixed)], {shard: {index, count}}));
		}

		t.deepEqual(shards.flat().toSorted(), whole.toSorted());
		t.true(shards.every(shard => Math.abs(shard.length - whole.length / count) < whole.length * 0.1));
	});
}

test('a shard of a block that it has no part of lets others run', async t => {
	let turns = 0;
	const timer = setInterval(() => {
		turns += 1;
	}, 1);
	t.deepEqual(await list([input('127.0.0.0/14\n127.0.0.0/15\n')], {startAt: 262_144}), []);
	clearInterval(timer);
	t.true(turns > 0);
});

test('every fixture is listed whole, and counted as it is listed', async t => {
	const content = hostsFixture('lines-malformed.txt');
	t.is(await countPositions([input(content)]), 27);
	t.is((await list([input(content)])).length, 27);
});

const collectGarbage = (): void => {
	setFlagsFromString('--expose-gc');
	runInNewContext('gc')();
};

test.serial('any number of lines is read in flat memory', async t => {
	const lines = roundsOf(1_000_000, 300_000);
	const bytes = async function* () {
		for (let start = 0; start < lines; start += 2500) {
			yield Buffer.from(Array.from({length: 2500}, (_, index) => `host-${start + index}.example.com:8443\n`).join(''));
		}
	};
	const duplicates = createDuplicates();
	const heaps: number[] = [];
	let count = 0;
	const part = lines / 5;
	let next = part;
	const start = performance.now();
	for await (const batch of listTargets([{file: 'list', bytes: bytes(), format: 'auto'}], {duplicates})) {
		count += batch.length;
		if (count >= next) {
			next += part;
			collectGarbage();
			heaps.push(getHeapStatistics().used_heap_size);
		}
	}

	t.log(
		`${Math.round(count / ((performance.now() - start) / 1000))} lines a second, with garbage collections; heap ${heaps.map(heap => (heap / 1e6).toFixed(1)).join(', ')} MB`,
	);
	t.is(count, lines);
	t.true(heaps.at(-1)! - heaps[0]! < 4_000_000);
});
