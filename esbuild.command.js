/**
Bundles the command: what runs at once, and the parts that it loads late. The package and single executables are made of these.
*/
import {readdir, readFile, writeFile} from 'node:fs/promises';
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
		// The modules within do nothing but make what they export. With this mark esbuild drops those that are not used.
		onLoad({filter: /[\\/]meow[\\/]build[\\/]dependencies\.js$/}, async ({path: file}) => ({
			contents: (await readFile(file, 'utf8'))
				// It requires what configuration files name. There are none.
				.replace('createRequire ? createRequire(import.meta.url) : undefined', 'undefined')
				.replaceAll(/^((?:(?:var|const) [\w$]+ = )?)([\w$]+\()/gm, '$1/* @__PURE__ */ $2'),
		}));
	},
};

/**
cli-table3 measures each cell, for which string-width loads ten kilobytes of a regular expression for emoji. It measures as the other formats do
instead, so that its columns fit them. It has taken the colours out by then.
*/
const sameWidth = {
	name: 'same-width',
	setup({onResolve, onLoad}) {
		const namespace = 'same-width';
		onResolve({filter: /^string-width$/}, ({importer}) =>
			/[\\/]cli-table3[\\/]src[\\/]utils\.js$/.test(importer) ? {path: 'string-width', namespace} : undefined,
		);
		onLoad({filter: /./, namespace}, () => ({
			contents: "module.exports = require('./source/formats/text-width.ts').widthOf;",
			resolveDir: '.',
		}));
	},
};

/** cli-table3 loads colours if the style of a table names any. The formats colour what they put into a table. */
const tablesWithoutColors = {
	name: 'tables-without-colors',
	setup({onResolve, onLoad}) {
		const namespace = 'no-colors';
		onResolve({filter: /^@colors\/colors\/safe$/}, () => ({path: 'colors', namespace}));
		onLoad({filter: /./, namespace}, () => ({contents: "throw new Error('no table has a style with colours');"}));
	},
};

/** What is imported late and yet is needed each time. */
const neededAtOnce = new Set([
	'source/commands/probe.ts',
	'source/formats/table.ts',
	'source/formats/versions-table.ts',
	'source/formats/jsonl.ts',
]);

/**
The files beside the first one, what they are for, and the modules that it imports late from them. It requires these files, which takes a tenth
of what the loader of `import` takes.
*/
const parts = {
	// Lists, and the format that they print in.
	lists: ['source/commands/probing/run-lists.ts', 'source/formats/lines.ts'],
	// `--full`.
	deep: [
		'source/exchange/completing/complete-handshake.ts',
		'source/exchange/decrypting/open-flight.ts',
		'source/exchange/turns/open-records.ts',
		'source/probes/certificate/read-certificate.ts',
		'source/probes/certificates/look-at-certificates.ts',
		'source/probes/cipher-suites/ask-cipher-suites.ts',
		'source/probes/confirm/confirm-versions.ts',
		'source/probes/extensions/ask-extensions.ts',
		'source/probes/fingerprints/ask-fingerprints.ts',
		'source/probes/groups/ask-groups.ts',
		'source/probes/grade/compute-grade.ts',
		'source/probes/http/ask-http.ts',
		'source/probes/names/ask-names.ts',
		'source/probes/resumption/ask-resumption.ts',
		'source/probes/robustness/ask-robustness.ts',
		'source/probes/signature-schemes/ask-signature-schemes.ts',
		'source/probes/vulnerabilities/ask-vulnerabilities.ts',
		'source/probes/vulnerabilities/asking/ask-breach.ts',
		'source/probes/vulnerabilities/asking/ask-ccs-injection.ts',
		'source/probes/vulnerabilities/asking/ask-client-renegotiation.ts',
		'source/probes/vulnerabilities/asking/ask-crime.ts',
		'source/probes/vulnerabilities/asking/ask-fallback-scsv.ts',
		'source/probes/vulnerabilities/asking/ask-heartbleed.ts',
		'source/probes/vulnerabilities/asking/ask-insecure-renegotiation.ts',
		'source/probes/vulnerabilities/asking/ask-opossum.ts',
		'source/probes/vulnerabilities/asking/ask-robot.ts',
		'source/probes/vulnerabilities/asking/ask-start-tls-injection.ts',
		'source/probes/vulnerabilities/asking/ask-ticketbleed.ts',
		'source/probes/vulnerabilities/asking/ask-zero-stek.ts',
		'source/probes/vulnerabilities/padding/ask-openssl-padding-oracle.ts',
		'source/probes/vulnerabilities/padding/ask-padding-oracle.ts',
	],
};

/** The file that has a module, by that of the module. */
const partOf = new Map(Object.entries(parts).flatMap(([part, files]) => files.map(file => [file, part])));

const sourceOf = (target, folder) => path.relative('.', path.resolve(folder, target.replace(/\.js$/, '.ts'))).replaceAll('\\', '/');

/** @param found - Receives the other modules that are imported late, by their names in `dist/`. */
export const findLate = found => ({
	name: 'late',
	setup: ({onResolve}) =>
		onResolve({filter: /^\.{1,2}\//}, ({path: target, kind, resolveDir}) => {
			const file = sourceOf(target, resolveDir);
			if (kind !== 'dynamic-import' || !file.startsWith('source/') || neededAtOnce.has(file)) {
				return undefined;
			}

			const name = file.replace(/^source\/(.*)\.ts$/, 'late/$1');
			found[name] = file;
			return {path: `./${name}.js`, external: true};
		}),
});

export const common = {
	bundle: true,
	platform: 'node',
	target: 'node20.19',
	logLevel: 'warning',
};

export const commandOptions = {
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

/** Export whole modules, by the names of their files. Plugins find them in any order; sorted, each build of the same source is the same. */
const exportAll = (files, from) =>
	[...files]
		.sort()
		.map(file => `export * as "${file}" from '${from}${file}';`)
		.join('\n');

/** A function that returns what a module exports, by the name of its file. esbuild makes a function of each name that `export *` exports. */
async function exportModules(files) {
	const sorted = [...files].sort();
	const {metafile} = await build({entryPoints: sorted, outdir: '.', format: 'esm', write: false, metafile: true});
	const exportsOf = new Map(Object.values(metafile.outputs).map(({entryPoint, exports}) => [entryPoint, exports]));
	const imports = sorted.map((file, index) => `import * as module${index} from '../${file}';`);
	const cases = sorted.map((file, index) => {
		const fields = exportsOf.get(file).map(name => `${name}: module${index}.${name}`);
		return `case '${file}': return {${fields.join(', ')}};`;
	});
	return `${imports.join('\n')}\nexport function moduleOf(file) { switch (file) {\n${cases.join('\n')}\n} }`;
}

const meow = 'node_modules/meow/build/index.js';

/** What modules export, by their files. */
async function evaluate(files) {
	const contents = exportAll(files, './');
	const {outputFiles} = await build({...common, format: 'esm', stdin: {contents, resolveDir: '.'}, write: false});
	return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

const isPlain = value => Object(value) !== value || (Array.isArray(value) && value.every(item => Object(item) !== item));

/**
Stand-ins for what files export, which load `rest.cjs` when they are needed: functions when they are called, objects when a field is read that is not plain.
Plain values are strings, numbers, booleans and lists of these; they are there at once.

@throws {Error} If a file exports something else.
*/
const standIns = files => ({
	name: 'stand-ins',
	setup({onResolve, onLoad}) {
		const namespace = 'stand-ins';
		const evaluated = evaluate(files);
		const folder = path.resolve('.');
		onResolve({filter: /^\.{1,2}\//}, ({path: target, kind, resolveDir}) => {
			const file = sourceOf(target, resolveDir);
			return kind === 'import-statement' && files.includes(file) ? {path: file, namespace} : undefined;
		});
		onLoad({filter: /./, namespace}, async ({path: file}) => {
			const lines = Object.entries((await evaluated)[file]).map(([name, value]) => {
				const whole = `require('./rest.cjs')["${file}"].${name}`;
				const exported = name === 'default' ? 'export default' : `export const ${name} =`;
				if (typeof value === 'function' && !/^class\b/.test(value)) {
					return `${exported} (...values) => ${whole}(...values);`;
				}

				if (isPlain(value)) {
					return `${exported} ${JSON.stringify(value)};`;
				}

				if (Object.getPrototypeOf(value) !== Object.prototype) {
					throw new Error(`${file} also exports ${name}, which cannot be loaded late`);
				}

				const known = Object.fromEntries(Object.entries(value).filter(([, field]) => isPlain(field)));
				return `${exported} /* @__PURE__ */ lateObject(${JSON.stringify(known)}, () => ${whole});`;
			});
			return {contents: `import {lateObject} from './packaging/late-object.js';${lines.join('\n')}`, resolveDir: folder};
		});
	},
});

/** Imports at once what is needed each time. esbuild makes a function of each module that is imported late, and of each that such a module imports. */
const atOnce = {
	name: 'at-once',
	setup: ({onLoad}) =>
		onLoad({filter: /[\\/]source[\\/].*\.ts$/}, async ({path: file}) => {
			const text = await readFile(file, 'utf8');
			const imports = [];
			const contents = text.replaceAll(/\bimport\('([^']+)'\)/g, (late, target) => {
				if (!neededAtOnce.has(sourceOf(target, path.dirname(file)))) {
					return late;
				}

				imports.push(`import * as atOnce${imports.length} from '${target}';`);
				return `Promise.resolve(atOnce${imports.length - 1})`;
			});
			return imports.length === 0 ? undefined : {contents: `${imports.join('')}${contents}`, loader: 'ts'};
		}),
};

/** Build what runs at once. It also exports the modules that others take from it. */
function buildMain({outdir, plugins, shared, late, rest}) {
	const exported = {
		name: 'exported',
		setup({onResolve, onLoad}) {
			onLoad({filter: /[\\/]source[\\/]cli\.ts$/}, async ({path: file}) => ({
				contents: `${await readFile(file, 'utf8')}\n${await exportModules(shared)}`,
				loader: 'ts',
			}));
			const namespace = 'required';
			onResolve({filter: /^\.{1,2}\//}, ({path: target, kind, resolveDir}) => {
				const file = sourceOf(target, resolveDir);
				return kind === 'dynamic-import' && partOf.has(file) ? {path: file, namespace} : undefined;
			});
			if (rest.length > 0) {
				onResolve({filter: /^meow$/}, () => ({path: meow, namespace}));
			}

			// To those that import it, `default` is all that a CommonJS module exports.
			onLoad({filter: /./, namespace}, ({path: file}) => ({
				contents: `const all = require('./${partOf.get(file) ?? 'rest'}.cjs')["${file}"]; module.exports = all.default ?? all;`,
			}));
			onResolve({filter: /^\.\/\w+\.cjs$/}, ({path: target}) => ({path: target, external: true}));
		},
	};
	const banner = {js: `${commandOptions.banner.js}const importLate = specifier => require('./import-late.cjs')(specifier);`};
	return build({
		...commandOptions,
		outdir,
		banner,
		entryPoints: {main: 'source/cli.ts'},
		plugins: [
			...plugins,
			meowWithoutPackages,
			sameWidth,
			tablesWithoutColors,
			standIns(rest),
			exported,
			late,
			...(rest.length > 0 ? [atOnce] : []),
		],
	});
}

/** Build a file beside the first one. */
function buildPart(part, inMain, {outdir, plugins, shared, late, rest}) {
	const fromMain = {
		name: 'from-main',
		setup({onResolve, onLoad}) {
			onResolve({filter: /^\.{1,2}\//}, ({path: target, kind, resolveDir}) => {
				const file = sourceOf(target, resolveDir);
				return kind === 'import-statement' && Object.hasOwn(inMain, file) ? {path: file, namespace: 'in-main'} : undefined;
			});
			onLoad({filter: /./, namespace: 'in-main'}, ({path: file}) => {
				shared.add(file);
				return {contents: `module.exports = require('./main.cjs').moduleOf('${file}');`};
			});
			onResolve({filter: /^\.\/\w+\.cjs$/}, ({path: target}) => ({path: target, external: true}));
		},
	};
	return build({
		...commandOptions,
		outfile: `${outdir}/${part}.cjs`,
		stdin: {contents: exportAll(part === 'rest' ? [...rest, meow] : parts[part], './'), resolveDir: '.'},
		plugins: [...plugins, ...(part === 'rest' ? [meowWithoutPackages] : [standIns(rest)]), fromMain, late],
	});
}

/**
Write `main.cjs`, `lists.cjs` and `deep.cjs` into a folder.

`source/start.ts` may run the first file as a script of `node:vm`, in which `import()` works with a warning of Node.js only. So the first file
imports by a function of another file, `import-late.cjs`, which is not written.

@param plugins - Those of esbuild that change what is inside.
@param rest - Files of functions that plain runs do not call. They and meow go into `rest.cjs`, which is written if there are any.
@returns {Promise<{inputs: readonly string[], lateModules: Readonly<Record<string, string>>, main: string}>} The files that went in; the other modules
that are imported late, by their names; and the text of the first file.
*/
export async function buildCommand(outdir, plugins = [], rest = []) {
	const lateModules = {};
	// Modules of the first file that others take from it.
	const shared = new Set();
	const options = {outdir, plugins, shared, rest, late: findLate(lateModules)};
	const {metafile: alone} = await buildMain(options);
	const names = [...Object.keys(parts), ...(rest.length > 0 ? ['rest'] : [])];
	const besides = await Promise.all(names.map(part => buildPart(part, alone.inputs, options)));
	const bundled = [await buildMain(options), ...besides];
	const main = (await readFile(`${outdir}/main.cjs`, 'utf8')).replaceAll(/\bimport\((?=")/g, 'importLate(');
	await writeFile(`${outdir}/main.cjs`, main);
	return {inputs: bundled.flatMap(({metafile}) => Object.keys(metafile.inputs)), lateModules, main};
}

/** The licences of what is bundled ask to be passed on with it. */
export async function licensesOf(paths) {
	// esbuild puts the names of plugins before paths: `required:node_modules/`.
	const folders = new Set(paths.map(file => /^(?:[\w-]+:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]).filter(Boolean));
	const texts = [...folders].sort().map(async folder => {
		const files = (await readdir(folder)).filter(name => /^licen[cs]e/i.test(name));
		const bodies = await Promise.all(files.map(name => readFile(`${folder}/${name}`, 'utf8')));
		return `${folder.replace(/^.*node_modules\//, '')}\n\n${bodies.join('\n')}`;
	});
	return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}

/** Schemas that are files. All others are modules, which are run here. */
const schemaFiles = {result: 'source/formats/result.schema.json', check: 'source/checks/file/check.schema.json'};

/**
The published JSON Schemas.

@returns {Promise<Readonly<Record<string, string>>>} Their texts, by their names.
*/
export async function writeSchemas() {
	const modules = (await readdir('source/schemas')).filter(file => file.endsWith('.ts') && file !== 'index.ts').sort();
	const contents = modules.map(file => `export {default as "${file.replace(/\.ts$/, '')}"} from './${file}';`).join('\n');
	const {outputFiles} = await build({...common, format: 'esm', stdin: {contents, resolveDir: 'source/schemas'}, write: false});
	const described = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
	const read = Object.entries(schemaFiles).map(async ([name, file]) => [name, await readFile(file, 'utf8')]);
	const written = Object.entries(described).map(([name, schema]) => [name, `${JSON.stringify(schema, undefined, '\t')}\n`]);
	return Object.fromEntries([...(await Promise.all(read)), ...written]);
}
