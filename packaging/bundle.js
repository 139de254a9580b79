/** What a single executable has inside. */
import {readFile} from 'node:fs/promises';
import {builtinModules} from 'node:module';
import path from 'node:path';
import {build} from 'esbuild';
import {buildCommand, licensesOf, writeSchemas} from '../esbuild.command.js';
import {notAtStart} from './not-at-start.js';

const inside = {
	name: 'inside',
	setup({onResolve, onLoad}) {
		onResolve({filter: /\/package-files\.js$/}, () => ({path: path.resolve('source/executable-assets.ts')}));
		// There is no folder of packages to load them from.
		onLoad({filter: /[\\/](?:server-configs[\\/]reading[\\/]toml-document|queue[\\/]connect)\.ts$/}, async ({path: file}) => ({
			contents: (await readFile(file, 'utf8')).replaceAll('createRequire(import.meta.url)(', 'require('),
			loader: 'ts',
		}));
	},
};

/** Few runs need them, and they are as large as half of all else. */
const queuePackages = ['bullmq', 'ioredis'];

/** For other databases than Redis, and for colours of debug messages, which are not printed. */
const neverNeeded = ['@valkey/valkey-glide', 'pg', 'supports-color'];

/** One script, with all that it loads. */
async function bundle(input, external = []) {
	const {outputFiles, metafile} = await build({
		bundle: true,
		platform: 'node',
		target: 'node22',
		format: 'cjs',
		logLevel: 'warning',
		...input,
		external,
		// `import()` of what is no part of Node.js needs a file to start from.
		supported: {'dynamic-import': false},
		write: false,
		metafile: true,
		minifySyntax: true,
		minifyWhitespace: true,
		define: {'import.meta': '{}'},
		plugins: [inside],
	});
	return {text: outputFiles[0].text, inputs: Object.keys(metafile.inputs)};
}

const bundleText = (contents, external) => bundle({stdin: {contents, resolveDir: '.'}}, external);

/** One byte for each character is half of what is read. What esbuild leaves is in regular expressions, where these escapes mean the same. */
const toAscii = text => text.replaceAll(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** As Node.js wraps a CommonJS module. */
const wrapped = text => toAscii(`((exports, require, module, __filename) => {${text}})`);

/** esbuild copies all exports of a module of Node.js for each file that imports it. The function in `source/executable.ts` copies nothing, and loads late. */
const withBuiltins = text => {
	const named = `"(?:node:)?(${builtinModules.join('|')})"`;
	const imported = new RegExp(`__toESM\\(require\\(${named}\\)(?:,1)?\\)|require\\("node:([\\w/]+)"\\)`, 'g');
	return `const builtin = require('./builtin.cjs');${text.replaceAll(imported, (_match, one, other) => `builtin("node:${one ?? other}")`)}`;
};

/**
Bundle the command for executables.

@param {string} folder - For files in between.
@param {string} packageVersion
@param {string} nodeLicense - The licences of Node.js and its parts.
@returns {Promise<Readonly<Record<string, string>>>} Files by their names. `start.cjs` is what Node.js runs.
*/
export async function bundleAll(folder, packageVersion, nodeLicense) {
	const version = {
		name: 'version',
		setup: ({initialOptions}) => {
			initialOptions.define = {...initialOptions.define, packageVersion: JSON.stringify(packageVersion)};
		},
	};
	const command = await buildCommand(folder, [inside, version], notAtStart);
	const partsOf = async name => {
		const text = withBuiltins((await readFile(path.join(folder, name), 'utf8')).replace(/^#!.*\n/, ''));
		return text.includes('importLate =')
			? text
			: `const importLate = require('./import-late.cjs');${text.replaceAll(/\bimport\((?=")/g, 'importLate(')}`;
	};
	const lateModules = Object.entries(command.lateModules).map(([name, file]) => `exports['./${name}.js'] = () => require('./${file}');\n`);
	const [start, late, thread, queue] = await Promise.all([
		bundle({entryPoints: ['source/executable.ts']}),
		bundleText(lateModules.sort().join(''), queuePackages),
		bundle({entryPoints: ['source/worker.ts']}),
		bundleText(queuePackages.map(name => `exports.${name} = require('${name}');\n`).join(''), neverNeeded),
	]);
	const licenses = await licensesOf([command, late, thread, queue].flatMap(({inputs}) => inputs));
	return {
		// It is not needed a second time, and nothing else refers to what it was compiled to.
		'start.cjs': `let loadMain = ${wrapped(await partsOf('main.cjs'))};\n${start.text}`,
		'rest.cjs': wrapped(await partsOf('rest.cjs')),
		'lists.cjs': wrapped(await partsOf('lists.cjs')),
		'deep.cjs': wrapped(await partsOf('deep.cjs')),
		'late.cjs': wrapped(late.text),
		'queue.cjs': wrapped(queue.text),
		'thread.cjs': thread.text,
		'licenses.txt': [await readFile('LICENSE', 'utf8'), licenses, nodeLicense].join(`\n${'-'.repeat(80)}\n\n`),
		...Object.fromEntries(Object.entries(await writeSchemas()).map(([name, text]) => [`schema/${name}.json`, text])),
	};
}
