/**
Bundles `source/` into `dist/`.

Starting is most of what a run of the command costs, and finding, reading and compiling files is most of starting. So what a plain
`tlsprobe HOST` needs is one file, its packages included, and CommonJS, which Node.js 20 starts 10 ms sooner. What lists need in addition is
a second such file, and what `--full` needs in addition is a third. Both take from the first what they share with it. The script of threads is one
file too. All else that is imported later on and the library are modules beside it, which share their parts.
*/
import {createHash} from 'node:crypto';
import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises';
import {build} from 'esbuild';
import {buildCommand, commandOptions, common, findLate, licensesOf, writeSchemas} from './esbuild.command.js';

const {inputs, lateModules, main} = await buildCommand('dist');
// Threads import modules late that the command has in its files, so these are found before the modules are built.
await build({...common, outdir: 'dist', entryPoints: {worker: 'source/worker.ts'}, format: 'esm', plugins: [findLate(lateModules)]});
await build({
	...common,
	outdir: 'dist',
	entryPoints: {index: 'source/index.ts', assert: 'source/assert.ts', ...Object.fromEntries(Object.entries(lateModules).sort())},
	format: 'esm',
	splitting: true,
	chunkNames: 'late/shared/[hash]',
	packages: 'external',
});

const {engines} = JSON.parse(await readFile('package.json', 'utf8'));
const least = engines.node.replace('>=', '');
const [leastMajor, leastMinor] = least.split('.');

await writeFile('dist/import-late.cjs', 'module.exports = specifier => import(specifier);\n');
const programDigest = JSON.stringify(createHash('sha256').update(main).digest('hex').slice(0, 16));
await build({
	...commandOptions,
	outdir: 'dist',
	define: {...commandOptions.define, programDigest},
	metafile: false,
	entryPoints: {start: 'source/start.ts'},
});

/** What `bin` names: it is all that a Node.js which is too old has to understand, so it is written in ECMAScript 5. */
const entry = `#!/usr/bin/env node
'use strict';
var version = process.versions.node.split('.');
if (version[0] < ${leastMajor} || (version[0] == ${leastMajor} && version[1] < ${leastMinor})) {
	process.stderr.write('tlsprobe needs Node.js ${least} or later; this is ' + process.version + '\\n');
	process.exitCode = 2;
} else {
	require('./start.cjs');
}
`;
await writeFile('dist/cli.cjs', entry);
await chmod('dist/cli.cjs', 0o755);

await mkdir('dist/schema', {recursive: true});
for (const [name, text] of Object.entries(await writeSchemas())) {
	await writeFile(`dist/schema/${name}.json`, text);
}

await writeFile('dist/licenses.txt', await licensesOf(inputs));
