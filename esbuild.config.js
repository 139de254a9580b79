/**
Bundles `source/` into `dist/`.

Starting is most of what a run of the command costs, and finding, reading and compiling many small files is most of starting. So the command is
one file, its packages included, and CommonJS, which Node.js 20 starts 10 ms sooner. What is not needed at every start is in it too,
but is not run until it is imported. The library stays a module.
*/
import {chmod, readFile, writeFile} from 'node:fs/promises';
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
		onLoad({filter: /[\\/]meow[\\/]build[\\/]dependencies\.js$/}, async ({path}) => ({
			contents: (await readFile(path, 'utf8')).replaceAll(/^((?:(?:var|const) [\w$]+ = )?)([\w$]+\()/gm, '$1/* @__PURE__ */ $2'),
		}));
	},
};

const common = {
	bundle: true,
	platform: 'node',
	target: 'node20.19',
	legalComments: 'external',
	logLevel: 'warning',
	outdir: 'dist',
};

await build({
	...common,
	entryPoints: {main: 'source/cli.ts'},
	format: 'cjs',
	outExtension: {'.js': '.cjs'},
	define: {'import.meta': 'importMeta'},
	banner: {js: "const importMeta = {url: require('node:url').pathToFileURL(__filename).href};"},
	// Names stay: a stack trace in a bug report has to be readable.
	minifySyntax: true,
	minifyWhitespace: true,
	plugins: [meowWithoutPackages],
});
await build({...common, entryPoints: ['source/index.ts'], format: 'esm', packages: 'external'});

// From Node.js 22.1 on, what was compiled once need not be compiled again.
await writeFile(
	'dist/cli.cjs',
	"#!/usr/bin/env node\n'use strict';\nrequire('node:module').enableCompileCache?.();\nrequire('./main.cjs');\n",
);
await chmod('dist/cli.cjs', 0o755);
