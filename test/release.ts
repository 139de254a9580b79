import {spawnSync} from 'node:child_process';
import {copyFileSync, mkdirSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {parse} from 'yaml';
import {makeFolder} from './helpers/lists.js';
import {needsTool} from './helpers/needs-tool.js';
import {onPosix} from './helpers/platforms.js';

type Step = {readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, unknown>>};

type Job = {
	readonly steps?: readonly Step[];
	readonly permissions?: Readonly<Record<string, string>>;
	readonly strategy?: {readonly matrix: Readonly<Record<string, readonly string[]>>};
};

type Workflow = {readonly permissions: Readonly<Record<string, string>>; readonly jobs: Readonly<Record<string, Job>>};

const folder = path.join('.github', 'workflows');
const texts = readdirSync(folder).map(name => [name, readFileSync(path.join(folder, name), 'utf8')] as const);
const workflows = texts.map(([file, text]) => ({...(parse(text) as Workflow), file}));
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {version: string; engines: {node: string}};

/** The report of a linter, which is empty. */
const lint = (program: string, argv: readonly string[]) => {
	const {status, stdout, stderr} = spawnSync(program, argv, {encoding: 'utf8'});
	return {status, said: stdout + stderr};
};

if (needsTool('actionlint finds nothing in the workflows', ['actionlint'])) {
	test('actionlint finds nothing in the workflows', t => {
		t.deepEqual(lint('actionlint', []), {status: 0, said: ''});
	});
}

if (needsTool('hadolint finds nothing in the Containerfile', ['hadolint'])) {
	test('hadolint finds nothing in the Containerfile', t => {
		t.deepEqual(lint('hadolint', ['Containerfile']), {status: 0, said: ''});
	});
}

test('an action is named by its commit, with its version beside it', t => {
	const uses = texts
		.flatMap(([, text]) => [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action!))
		.filter(action => !action.startsWith('./'));
	t.true(uses.length > 5);
	t.deepEqual(
		uses.filter(action => !/^[\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(action)),
		[],
	);
	// One action has one version in all of them.
	t.is(new Set(uses).size, new Set(uses.map(action => action.split('@')[0])).size);
});

test('a job may only read, but for what it publishes', t => {
	const writing = workflows.flatMap(({file, permissions, jobs}) => [
		...Object.entries(permissions).map(([scope, access]) => `${file}: ${scope} ${access}`),
		...Object.entries(jobs).flatMap(([job, item]) =>
			Object.entries(item.permissions ?? {}).map(([scope, access]) => `${file} ${job}: ${scope} ${access}`),
		),
	]);
	t.deepEqual(writing.filter(item => !item.endsWith('contents read')).toSorted(), [
		'release.yml container: packages write',
		'release.yml github: contents write',
		'release.yml npm: id-token write',
	]);
	const checkouts = workflows.flatMap(({jobs}) =>
		Object.values(jobs).flatMap(({steps = []}) => steps.filter(({uses}) => uses?.startsWith('actions/checkout@'))),
	);
	t.true(checkouts.length > 2);
	t.true(checkouts.every(step => step.with?.['persist-credentials'] === false));
});

test('no step has an expression in its script, which could be more than a word', t => {
	const scripts = workflows.flatMap(({jobs}) => Object.values(jobs).flatMap(({steps = []}) => steps.flatMap(({run}) => run ?? [])));
	t.true(scripts.length > 8);
	t.deepEqual(
		scripts.filter(script => script.includes('${{')),
		[],
	);
});

test('the tests run on the oldest Node.js that is supported, on every system', t => {
	const {os, node} = workflows.find(({file}) => file === 'test.yml')!.jobs.systems!.strategy!.matrix;
	t.deepEqual(
		os!.map(name => name.split('-')[0]),
		['ubuntu', 'windows', 'macos'],
	);
	t.is(`>=${node![0]}`, manifest.engines.node);
});

onPosix('the tag of the version in package.json has its notes', t => {
	const {version} = manifest;
	const {status, stdout, stderr} = spawnSync('bash', [path.join('.ci', 'release-notes'), `v${version}`], {encoding: 'utf8'});
	t.deepEqual({status, stderr}, {status: 0, stderr: ''});
	t.regex(stdout, /^- /m);
});

onPosix('the notes of a release are the section of its version, and there is none without one', t => {
	const file = makeFolder(t);
	mkdirSync(file('.ci'));
	copyFileSync(path.join('.ci', 'release-notes'), file('.ci/release-notes'));
	file(
		'CHANGELOG.md',
		'# Changelog\n\n## [Unreleased]\n\n- later\n\n## [0.2.0] - 2027-01-01\n\n### Added\n\n- this\n\n## [0.1.0]\n\n- first\n',
	);
	const notesOf = (version: string) => {
		const {status, stdout, stderr} = spawnSync('bash', [file('.ci/release-notes'), version], {encoding: 'utf8'});
		return {status, stdout, stderr};
	};
	t.deepEqual(notesOf('v0.2.0'), {status: 0, stdout: '\n### Added\n\n- this\n\n', stderr: ''});
	t.deepEqual(notesOf('v0.1.0'), {status: 0, stdout: '\n- first\n', stderr: ''});
	t.deepEqual(notesOf('v0.2'), {status: 1, stdout: '', stderr: 'CHANGELOG.md has no section "## [0.2]"\n'});
});
