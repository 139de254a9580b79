import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {builtinModules} from 'node:module';
import {runInNewContext} from 'node:vm';
import test from 'ava';
import {transform} from 'esbuild';
import {probes} from '../source/probes/index.js';
import {schemaNames} from '../source/schemas/index.js';
import {runCli} from './helpers/run-cli.js';

type Lock = {
	readonly packages: Readonly<Record<string, {readonly resolved?: string; readonly integrity?: string; readonly bin?: unknown}>>;
};

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const manifest = readJson('package.json') as {
	readonly [key: string]: unknown;
	readonly bin: Readonly<Record<string, string>>;
	readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
	readonly scripts: Readonly<Record<string, string>>;
	readonly dependencies: Readonly<Record<string, string>>;
	readonly peerDependencies: Readonly<Record<string, string>>;
	readonly peerDependenciesMeta: Readonly<Record<string, {readonly optional: boolean}>>;
};
const {packages} = readJson('package-lock.json') as Lock;

test('the lock file names no registry, and has the digest of every package', t => {
	const entries = Object.entries(packages).filter(([path]) => path !== '');
	t.true(entries.length > 100);
	t.deepEqual(
		entries.filter(([, {resolved}]) => resolved !== undefined).map(([path]) => path),
		[],
	);
	t.deepEqual(
		entries.filter(([, {integrity}]) => !/^sha512-/.test(integrity ?? '')).map(([path]) => path),
		[],
	);
	t.notRegex(readFileSync('package-lock.json', 'utf8'), /registry/i);
});

test('the lock file is that of package.json', t => {
	const {bin, engines, dependencies, devDependencies} = packages[''] as Readonly<Record<string, unknown>>;
	t.deepEqual(
		{bin, engines, dependencies, devDependencies},
		{bin: manifest.bin, engines: manifest.engines, dependencies: manifest.dependencies, devDependencies: manifest.devDependencies},
	);
});

test('installing it runs nothing', t => {
	const hooks = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare', 'prepublish', 'dependencies'];
	t.deepEqual(
		hooks.filter(name => name in manifest.scripts),
		[],
	);
});

test('it is a module for Node.js 20.19 and later, under the MIT licence', t => {
	t.like(manifest, {type: 'module', license: 'MIT', engines: {node: '>=20.19'}, files: ['dist', '!dist/cache', 'docs', 'CHANGELOG.md']});
	t.regex(readFileSync('LICENSE', 'utf8'), /^MIT License/);
});

test('what it names is there once it is built', t => {
	const paths = [
		...Object.values(manifest.bin),
		...Object.values(manifest.exports).flatMap(item =>
			typeof item === 'string' ? schemaNames.map(name => item.replace('*', name)) : Object.values(item),
		),
	];
	t.deepEqual(
		paths.filter(path => !statSync(path, {throwIfNoEntry: false})?.isFile()),
		[],
	);
	t.is(readFileSync(manifest.bin.tlsprobe!, 'utf8').split('\n')[0], '#!/usr/bin/env node');
});

test('it has each published schema, by its name, and no other', t => {
	t.is(manifest.exports['./schema/*.json'], './dist/schema/*.json');
	t.deepEqual(readdirSync('dist/schema').toSorted(), schemaNames.map(name => `${name}.json`).toSorted());
});

test('the package has every file that the README links to', t => {
	const files = manifest.files as readonly string[];
	const links = [...readFileSync('README.md', 'utf8').matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link!);
	t.true(links.length > 5);
	t.deepEqual(
		links.filter(link => !existsSync(link) || !files.some(name => link === name || link.startsWith(`${name}/`))),
		[],
	);
});

const entry = readFileSync(manifest.bin.tlsprobe!, 'utf8');

test('the command can be read by any Node.js: it is ECMAScript 5', async t => {
	const [old, current] = await Promise.all(['es5', 'esnext'].map(target => transform(entry, {target})));
	t.is(old!.code, current!.code);
});

for (const {version, isEnough} of [
	...['0.10.48', '8.17.0', '16.20.2', '18.20.8', '20.9.0', '20.18.3'].map(version => ({version, isEnough: false})),
	...['20.19.0', '22.0.0', '24.1.0', '100.0.0'].map(version => ({version, isEnough: true})),
]) {
	test(`on Node.js ${version} the command ${isEnough ? 'starts' : 'says in one line what it needs, and loads nothing'}`, t => {
		const loaded: string[] = [];
		let said = '';
		const process = {
			versions: {node: version},
			version: `v${version}`,
			exitCode: 0,
			stderr: {
				write(text: string) {
					said += text;
				},
			},
		};
		const require = (name: string) => {
			loaded.push(name);
			return {};
		};
		runInNewContext(entry.replace(/^#!.*/, ''), {process, require});
		const needed = `tlsprobe needs Node.js 20.19 or later; this is v${version}\n`;
		t.deepEqual(
			{said, loaded, code: process.exitCode},
			isEnough ? {said: '', loaded: ['./start.cjs'], code: 0} : {said: needed, loaded: [], code: 2},
		);
	});
}

test('all probes of --full are in one file, which takes less time to load than many', t => {
	const notInFull = probes.filter(({isInFull, isDefault}) => !isInFull && !isDefault).map(({name}) => name);
	const late = ['main.cjs', 'lists.cjs', 'deep.cjs'].flatMap(file =>
		[...readFileSync(`dist/${file}`, 'utf8').matchAll(/["']\.\/late\/probes\/([^/"']+)/g)].map(([, name]) => name!),
	);
	t.deepEqual(
		late.filter(name => !(notInFull as readonly string[]).includes(name)),
		[],
	);
});

test('what is imported late is there, in threads too', t => {
	const named = readdirSync('dist')
		.filter(file => /\.c?js$/.test(file))
		.flatMap(file =>
			[...readFileSync(`dist/${file}`, 'utf8').matchAll(/["']\.\/(late\/[^"']+\.js)["']/g)].map(([, late]) => ({file, late: late!})),
		);
	t.true(named.some(({file}) => file === 'worker.js'));
	t.deepEqual(
		named.filter(({late}) => !existsSync(`dist/${late}`)),
		[],
	);
});

test('what runs at once has nothing of completions', t => {
	t.notRegex(readFileSync('dist/main.cjs', 'utf8'), /compgen|compadd|__fish|Register-ArgumentCompleter|valueWords/);
	t.regex(readFileSync('dist/late/commands/completion.js', 'utf8'), /compgen/);
});

test('what is built loads nothing but Node.js and its dependencies', t => {
	const files = readdirSync('dist', {recursive: true, encoding: 'utf8'}).filter(name => /\.c?js$/.test(name));
	const names = files.flatMap(name => {
		const code = readFileSync(`dist/${name}`, 'utf8');
		return [...code.matchAll(/\b(?:require|import)\("([^"./][^"]*)"\)|^import [^;]*?from "([^"./][^"]*)";|^import "([^"./][^"]*)";/gm)].map(
			([, called, from, bare]) => (called ?? from ?? bare)!,
		);
	});
	const packageOf = (name: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(name)![0];
	const foreign = names.filter(name => !name.startsWith('node:') && !builtinModules.includes(name)).map(packageOf);
	t.true(foreign.includes('node-forge'));
	t.deepEqual(
		[...new Set(foreign)].filter(name => !(name in manifest.dependencies) && !(name in manifest.peerDependencies)),
		[],
	);
	// What most runs do without may be missing: it is loaded where it is wanted, and never with what is there already.
	const late = new Set(
		files.flatMap(name =>
			[...readFileSync(`dist/${name}`, 'utf8').matchAll(/(?:\bimport|createRequire\d*\(import\.meta\.url\))\("([^"./][^"]*)"\)/g)].map(
				match => match[1],
			),
		),
	);
	const early = files.filter(name => /(?:require\(|from )"(?:bullmq|ioredis)"/.test(readFileSync(`dist/${name}`, 'utf8')));
	t.deepEqual(
		Object.keys(manifest.peerDependencies).filter(name => !late.has(name)),
		[],
	);
	t.deepEqual(early, []);
	t.true(Object.values(manifest.peerDependenciesMeta).every(({optional}) => optional));
});

test('tlsprobe schema prints what the package has, and a run of a command reads none of it', async t => {
	for (const name of schemaNames) {
		const {code, stdout, stderr} = await runCli(['schema', name]);
		t.deepEqual([code, stderr], [0, '']);
		t.is(stdout, readFileSync(`dist/schema/${name}.json`, 'utf8'));
	}

	const {code, stdout} = await runCli(['schema']);
	t.is(code, 0);
	t.deepEqual(
		stdout
			.trim()
			.split('\n')
			.map(line => line.split(' ')[0]),
		schemaNames,
	);
	t.notRegex(readFileSync('dist/main.cjs', 'utf8'), /clients-list|Later versions may add fields/);
});

test('what is bundled has its licence passed on', t => {
	const licenses = readFileSync('dist/licenses.txt', 'utf8');
	for (const name of ['cli-table3', 'get-east-asian-width', 'meow', 'node-forge', 'p-limit', 'yocto-queue']) {
		t.regex(licenses, new RegExp(`^${name}\\n\\n[\\s\\S]{200}`, 'm'));
	}
});

test('--licenses prints that of tlsprobe and those of what is in it', async t => {
	const {code, stdout, stderr} = await runCli(['--licenses']);
	t.deepEqual([code, stderr], [0, '']);
	t.regex(stdout, /^MIT License\n[\s\S]*^node-forge\n/m);
});

for (const name of ['light', 'dark']) {
	test(`the ${name} picture of the README needs nothing from elsewhere, and shows a verdict`, t => {
		const picture = readFileSync(`docs/images/run-${name}.svg`, 'utf8');
		t.notRegex(picture, /<(?:image|script|style|use|foreignObject)\b|\bhref\b|url\(/i);
		t.regex(picture, />✘ FAIL</);
	});
}
