import {tmpdir} from 'node:os';
import {getHeapStatistics, setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import test from 'ava';
import type {Rendering} from '../../source/formats/format.js';
import {formatNames, loadFormat} from '../../source/formats/index.js';
import {asJudged} from '../../source/formats/judged.js';
import {openSpool} from '../../source/outputs/spool.js';
import {roundsOf} from '../helpers/depth.js';
import {manyResults, rendered} from '../helpers/formats.js';

const look = {hasColor: false, hasUnicode: true, columns: 80};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapUsed(): number {
	collectGarbage();
	return getHeapStatistics().used_heap_size;
}

async function addMany(rendering: Rendering, from: number, to: number): Promise<void> {
	for (let index = from; index < to; index++) {
		const host = `server-${index}.example.com`;
		const [{recordings, ...result}] = manyResults(1) as [ReturnType<typeof manyResults>[number]];
		const [recording] = recordings;
		const report = {...recording.report, target: `${host}:443`, host, serverName: host};
		await rendering.add(asJudged({...result, recordings: [{...recording, report}]}));
	}
}

/** Kept as they are, they take more than 7 MB. */
const more = roundsOf(2500, 1500);

for (const name of formatNames) {
	test.serial(`${name}: what is kept of results does not grow with their number`, async t => {
		const rendering = (await loadFormat(name)).start({look, toolVersion: '0.1.0', openSpool: () => openSpool(tmpdir())});
		await addMany(rendering, 0, 2500);
		const before = heapUsed();
		await addMany(rendering, 2500, 2500 + more);
		const grown = heapUsed() - before;
		t.true(grown < 4_000_000, `${grown} bytes`);
		const end = rendering.end();
		const pieces = typeof end === 'string' ? [end] : end;
		let longest = 0;
		for (const piece of pieces) {
			longest = Math.max(longest, piece.length);
		}

		t.true(longest < 2_000_000);
	});
}

test('what went through a temporary file is as complete and in the same order as what did not', async t => {
	const count = 3000;
	const html = await rendered('html', manyResults(count));
	const hosts = [...html.matchAll(/aria-label="(server-\d+)\.example\.com:443"/g)].map(([, host]) => host!);
	t.is(hosts.length, count);
	t.is(new Set(hosts).size, count);
	const verdicts = [...html.matchAll(/<tbody data-verdict="(\w+)"/g)].map(([, verdict]) => verdict!);
	t.deepEqual([...new Set(verdicts)], ['fail', 'inconclusive', 'pass']);
	t.is(verdicts.lastIndexOf('fail') + 1, verdicts.filter(verdict => verdict === 'fail').length);
	const metrics = await rendered('prometheus', manyResults(count));
	t.is(metrics.match(/^tlsprobe_probe_duration_seconds\{/gm)?.length, count);
	t.is(metrics.match(/^# TYPE /gm)?.length, 7);
});
