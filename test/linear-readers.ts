import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {hostsFormats} from '../source/engine/hosts/index.js';
import {products} from '../source/proxies/index.js';
import {startTlsProtocols} from '../source/transport/starttls/index.js';
import {inputReaders} from './helpers/readers/index.js';

const script = fileURLToPath(new URL('./helpers/readers/measure.js', import.meta.url));

const measure = (names: readonly string[]) =>
	new Promise<{readonly code: number | null; readonly stdout: string; readonly stderr: string}>((resolve, reject) => {
		const child = spawn(process.execPath, [script, ...names]);
		let [stdout, stderr] = ['', ''];
		child.stdout.on('data', chunk => {
			stdout += chunk;
		});
		child.stderr.on('data', chunk => {
			stderr += chunk;
		});
		child.on('error', reject).on('close', code => resolve({code, stdout, stderr}));
	});

for (const folder of new Set(inputReaders.map(({name}) => name.split('/')[0]!))) {
	test(`what reads input in ${folder} takes time in proportion to it: 16, 32 and 64 KiB`, async t => {
		t.timeout(300_000);
		const names = inputReaders.map(({name}) => name).filter(name => name.startsWith(`${folder}/`));
		const {code, stdout, stderr} = await measure(names);
		const lines = stdout
			.trim()
			.split('\n')
			.map(line => JSON.parse(line) as {readonly reader?: string; readonly readers?: number});
		t.is(code, 0, stderr);
		t.is(lines.at(-1)?.readers, names.length);
		t.deepEqual(lines.slice(0, -1), []);
	});
}

test('every reader of an index has its worst inputs in test/helpers/readers', t => {
	const wanted = [
		...hostsFormats.map(({name}) => `hosts/${name}`),
		...products.map(({name}) => `proxies/${name}`),
		...startTlsProtocols.map(({name}) => `starttls/${name}`),
	];
	for (const name of wanted) {
		const reader = inputReaders.find(item => item.name === name);
		t.true(reader !== undefined && Object.keys(reader.worst).length > 0 && reader.samples.length > 0, `${name} has no row`);
	}
});
