import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {hostsFormats} from '../source/lists/formats/index.js';
import {products} from '../source/server-configs/index.js';
import {startTlsProtocols} from '../source/transport/starttls/index.js';
import {depth} from './helpers/depth.js';
import {controlReaders} from './helpers/readers/control.js';
import {inputReaders} from './helpers/readers/index.js';

const script = fileURLToPath(new URL('./helpers/readers/measure.js', import.meta.url));

type Line = {readonly reader: string; readonly input: string; readonly timesMs: readonly number[]} | {readonly measured: string};

/** In a process of their own, so that its processor time is theirs alone. */
const measure = (names: readonly string[]) =>
	new Promise<{readonly code: number | null; readonly lines: readonly Line[]; readonly stderr: string}>((resolve, reject) => {
		const child = spawn(process.execPath, [script, ...names], {env: {...process.env, TEST_DEPTH: depth}});
		let [stdout, stderr] = ['', ''];
		child.stdout.on('data', chunk => {
			stdout += chunk;
		});
		child.stderr.on('data', chunk => {
			stderr += chunk;
		});
		child.on('error', reject).on('close', code => {
			const lines = stdout.split('\n').filter(Boolean);
			resolve({code, lines: lines.map(line => JSON.parse(line) as Line), stderr});
		});
	});

for (const folder of new Set(inputReaders.map(({name}) => name.split('/')[0]!))) {
	test.serial(`what reads input in ${folder} takes time in proportion to it: 16, 32 and 64 KiB`, async t => {
		t.timeout(600_000);
		const names = inputReaders.map(({name}) => name).filter(name => name.startsWith(`${folder}/`));
		const {code, lines, stderr} = await measure(names);
		t.is(code, 0, stderr);
		t.deepEqual(
			lines.flatMap(line => ('measured' in line ? [line.measured] : [])),
			names,
		);
		t.deepEqual(
			lines.filter(line => !('measured' in line)),
			[],
		);
	});
}

test.serial('what takes time that grows with the square of its input is found, and what takes much of it in proportion is not', async t => {
	t.timeout(600_000);
	const {code, lines, stderr} = await measure(controlReaders.map(({name}) => name));
	t.is(code, 0, stderr);
	t.deepEqual(
		lines.flatMap(line => ('measured' in line ? [] : [`${line.reader}: ${line.input}`])),
		['control/squared: looked at again for each line', 'control/squared: tried from every place'],
	);
});

test('every reader of an index has its worst inputs in test/helpers/readers', t => {
	const wanted = [
		...hostsFormats.map(({name}) => `hosts/${name}`),
		...products.map(({name}) => `server-configs/${name}`),
		...startTlsProtocols.map(({name}) => `starttls/${name}`),
	];
	for (const name of wanted) {
		const reader = inputReaders.find(item => item.name === name);
		t.true(reader !== undefined && Object.keys(reader.worst).length > 0 && reader.samples.length > 0, `${name} has no row`);
	}
});
