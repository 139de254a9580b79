/**
Bundles `source/` into `dist/`.

Starting is most of what a run of the command costs, and finding, reading and compiling files is most of starting. So what a plain
`tlsprobe HOST` needs is one file, its packages included, and CommonJS, which Node.js 20 starts 10 ms sooner. What lists need in addition is
a second such file, which takes from the first what both need, and what `--full` needs a third. The script of threads is one file too. All else that is imported later on and
the library are modules beside it, which share their parts.
*/
import {createHash} from 'node:crypto';
import {chmod, copyFile, mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {build} from 'esbuild';

/**
meow finds, reads and normalizes the package.json of the program it serves, unless it is given one, as it is here. Two thirds of its
code and of its loading time are for that. What is never called is left out.
*/
const meowWithoutPackages = {
	name: 'meow-without-packages',
	setup({onResolve, onLoad}) {
		const namespace = 'never-called';
		onResolve({filter: /^\.\/dependencies\.js$/}, ({importer}) =>
			/[\\/]meow[\\/]build[\\/]options\.js$/.test(importer) ? {path: 'packages', namespace} : undefined,
		);
		onLoad({filter: /./, namespace}, () => ({
			contents: "const never = () => {throw new Error('no package.json is looked for')}; export {never as a, never as n};",
		}));
		// The modules within do nothing but make what they export. Where esbuild is told so, it drops those that nobody uses.
		onLoad({filter: /[\\/]meow[\\/]build[\\/]dependencies\.js$/}, async ({path: file}) => ({
			contents: (await readFile(file, 'utf8')).replaceAll(/^((?:(?:var|const) [\w$]+ = )?)([\w$]+\()/gm, '$1/* @__PURE__ */ $2'),
		}));
	},
};

/**
cli-table3 measures each cell, for which string-width loads and compiles ten kilobytes of a regular expression for emoji. Printable ASCII,
which nearly all cells are, is as wide as it is long. Only for the rest is string-width loaded.
*/
const quickWidth = {
	name: 'quick-width',
	setup({onResolve, onLoad}) {
		const namespace = 'quick-width';
		onResolve({filter: /^string-width$/}, ({importer, resolveDir}) =>
			/[\\/]cli-table3[\\/]src[\\/]utils\.js$/.test(importer) ? {path: 'string-width', namespace, pluginData: {resolveDir}} : undefined,
		);
		onLoad({filter: /./, namespace}, ({pluginData: {resolveDir}}) => ({
			contents: "module.exports = text => (/^[ -~]*$/.test(text) ? text.length : require('string-width')(text));",
			resolveDir,
		}));
	},
};

/** What is imported late and yet is needed each time. */
const neededAtOnce = new Set(['source/commands/probe.ts', 'source/formats/table.ts', 'source/formats/versions-table.ts']);

/** What lists need in addition. */
const listsEntry = 'source/commands/probing/run-lists.ts';

/** What `--full` needs in addition, and by name what each exports. */
const deepModules = new Map(
	[
		...['certificate/read-certificate', 'confirm/confirm-versions', 'cipher-suites/ask-cipher-suites', 'groups/ask-groups'],
		...['signature-schemes/ask-signature-schemes', 'certificates/look-at-certificates', 'extensions/ask-extensions'],
	]
		.map(name => `source/probes/${name}.ts`)
		.concat(['exchange/completing/complete-handshake', 'exchange/decrypting/open-flight'].map(name => `source/${name}.ts`))
		.map(file => [file, []]),
);

const sourceOf = (target, folder) => path.relative('.', path.resolve(folder, target.replace(/\.js$/, '.ts'))).replaceAll('\\', '/');

/** The other modules that are imported late, by their names in `dist/`. */
const lateModules = {};

const late = {
	name: 'late',
	setup: ({onResolve}) =>
		onResolve({filter: /^\.{1,2}\//}, ({path: target, kind, resolveDir}) => {
			const file = sourceOf(target, resolveDir);
			if (kind !== 'dynamic-import' || !file.startsWith('source/') || neededAtOnce.has(file)) {
				return undefined;
			}

			const name = file.replace(/^source\/(.*)\.ts$/, 'late/$1');
			lateModules[name] = file;
			return {path: `./${name}.js`, external: true};
		}),
};

const common = {
	bundle: true,
	platform: 'node',
	target: 'node20.19',
	logLevel: 'warning',
	outdir: 'dist',
};

const commandOptions = {
	...common,
	metafile: true,
	format: 'cjs',
	outExtension: {'.js': '.cjs'},
	define: {'import.meta': 'importMeta'},
	banner: {js: "const importMeta = {url: require('node:url').pathToFileURL(__filename).href};"},
	// Names stay: a stack trace in a bug report has to be readable.
	minifySyntax: true,
	minifyWhitespace: true,
};

/** Modules of the first file that others take from it, by the numbers that they are exported under. */
const shared = [];

/** Build what runs at once, which also exports the modules that lists and deep probes take from it. */
function buildMain() {
	const exported = {
		name: 'exported',
		setup({onResolve, onLoad}) {
			onLoad({filter: /[\\/]source[\\/]cli\.ts$/}, async ({path: file}) => {
				const exports = shared.map((name, index) => `export * as shared${index} from '../${name}';`);
				return {contents: [await readFile(file, 'utf8'), ...exports].join('\n'), loader: 'ts'};
			});
			// To require it takes a tenth of what the loader of `import` takes.
			const namespace = 'required';
			onResolve({filter: /^\.{1,2}\//}, ({path: target, kind, resolveDir}) => {
				const file = sourceOf(target, resolveDir);
				return kind === 'dynamic-import' && (file === listsEntry || deepModules.has(file)) ? {path: file, namespace} : undefined;
			});
			onLoad({filter: /./, namespace}, ({path: file}) => ({
				contents:
					file === listsEntry
						? "module.exports = require('./lists.cjs');"
						: [`const {${deepName(file)}: all} = require('./deep.cjs');`, ...deepModules.get(file).map(exportOf)].join('\n'),
			}));
			onResolve({filter: /^\.\/(?:lists|deep)\.cjs$/}, ({path: target}) => ({path: target, external: true}));
		},
	};
	const banner = {js: `${commandOptions.banner.js}const importLate = specifier => require('./import-late.cjs')(specifier);`};
	return build({
		...commandOptions,
		banner,
		entryPoints: {main: 'source/cli.ts'},
		plugins: [meowWithoutPackages, quickWidth, exported, late],
	});
}

const deepName = file => `deep${[...deepModules.keys()].indexOf(file)}`;
const exportOf = name => (name === 'default' ? 'export default all.default;' : `export const ${name} = all.${name};`);

/** Takes modules from the first file. */
const fromMain = inMain => ({
	name: 'from-main',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^\.{1,2}\//}, ({path: target, kind, resolveDir}) => {
			const file = sourceOf(target, resolveDir);
			return kind === 'import-statement' && Object.hasOwn(inMain, file) ? {path: file, namespace: 'in-main'} : undefined;
		});
		onLoad({filter: /./, namespace: 'in-main'}, ({path: file}) => {
			if (!shared.includes(file)) {
				shared.push(file);
			}

			return {contents: `module.exports = require('./main.cjs').shared${shared.indexOf(file)};`};
		});
		onResolve({filter: /^\.\/main\.cjs$/}, () => ({path: './main.cjs', external: true}));
	},
});

const {metafile: ofDeep} = await build({
	...common,
	entryPoints: [...deepModules.keys()],
	bundle: false,
	format: 'esm',
	metafile: true,
	write: false,
});
for (const {entryPoint, exports} of Object.values(ofDeep.outputs)) {
	deepModules.set(entryPoint, exports);
}

const {metafile: alone} = await buildMain();
const plugins = [fromMain(alone.inputs), late];
const lists = await build({...commandOptions, entryPoints: {lists: listsEntry}, plugins});
const stdin = {
	contents: [...deepModules.keys()].map(file => `export * as ${deepName(file)} from './${file}';`).join('\n'),
	resolveDir: '.',
};
const deep = await build({...commandOptions, outdir: undefined, outfile: 'dist/deep.cjs', stdin, plugins});
const {metafile} = await buildMain();
await build({
	...common,
	entryPoints: {index: 'source/index.ts', assert: 'source/assert.ts', ...lateModules},
	format: 'esm',
	splitting: true,
	chunkNames: 'late/shared/[hash]',
	packages: 'external',
});

await build({...common, entryPoints: {worker: 'source/worker.ts'}, format: 'esm', plugins: [late]});

const {engines} = JSON.parse(await readFile('package.json', 'utf8'));
const least = engines.node.replace('>=', '');
const [leastMajor, leastMinor] = least.split('.');

/*
What V8 compiled earlier cannot import without a warning of Node.js. So the first file has its imports from a file that Node.js compiles.
*/
const main = (await readFile('dist/main.cjs', 'utf8')).replaceAll(/\bimport\((?=")/g, 'importLate(');
await writeFile('dist/main.cjs', main);
await writeFile('dist/import-late.cjs', 'module.exports = specifier => import(specifier);\n');
const programDigest = JSON.stringify(createHash('sha256').update(main).digest('hex').slice(0, 16));
await build({
	...commandOptions,
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
await copyFile('source/formats/result.schema.json', 'dist/schema/result.json');
await copyFile('source/checks/file/check.schema.json', 'dist/schema/check.json');

/** The licences of what is bundled ask to be passed on with it. */
async function licensesOf(paths) {
	const folders = new Set(paths.map(file => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0]).filter(Boolean));
	const texts = [...folders].sort().map(async folder => {
		const files = (await readdir(folder)).filter(name => /^licen[cs]e/i.test(name));
		const bodies = await Promise.all(files.map(name => readFile(`${folder}/${name}`, 'utf8')));
		return `${folder.replace(/^.*node_modules\//, '')}\n\n${bodies.join('\n')}`;
	});
	return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}

await writeFile(
	'dist/licenses.txt',
	await licensesOf([...Object.keys(metafile.inputs), ...Object.keys(lists.metafile.inputs), ...Object.keys(deep.metafile.inputs)]),
);
