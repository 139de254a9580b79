/**
Runs the steps of the workflows here, in a clone, as far as they can be run: nothing is published, the tests are run by `.ci/run` itself, and actions
and images are the runner's. What the release consists of is checked afterwards.
*/
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {parse} from 'yaml';

const scratch = mkdtempSync(path.join(tmpdir(), 'tlsprobe-workflows-'));
const clone = path.join(scratch, 'tlsprobe');

/** What has run, and need not run again. */
const done = new Set();

/** Why a step is not run; undefined if it is. */
function reasonNot({uses, run, name = ''}) {
	if (uses !== undefined) {
		return 'an action of the runner';
	}

	if (/^Publish/.test(name)) {
		return 'it publishes';
	}

	if (/\bgo install\b/.test(run)) {
		return 'it compiles for minutes, and what is made here is not signed';
	}

	if (/\bdocker\b/.test(run)) {
		return 'it needs an image';
	}

	if (done.has(run)) {
		return 'it has run already';
	}

	return /^(?:npm test|\.ci\/run)$/.test(run.trim()) ? 'the tests run anyway' : undefined;
}

function execute(command, cwd, environment) {
	const {status, stdout, stderr} = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', command], {
		cwd,
		encoding: 'utf8',
		maxBuffer: 2 ** 28,
		env: {...process.env, ...environment},
	});
	if (status !== 0) {
		throw new Error(`${command}\nended with ${status}\n${stdout}\n${stderr}`);
	}

	return stdout;
}

function runWorkflow(file, environment) {
	const {jobs} = parse(readFileSync(path.join(clone, '.github', 'workflows', file), 'utf8'));
	for (const [job, {steps = []}] of Object.entries(jobs)) {
		for (const step of steps) {
			const title = `${file} ${job}: ${step.name ?? step.run ?? step.uses}`;
			const reason = reasonNot(step);
			if (reason === undefined) {
				const started = performance.now();
				// One executable shows that the step works; each takes a download.
				execute(step.run.replace('npm run executables', 'npm run executables linux-x64'), clone, environment);
				done.add(step.run);
				console.log(`  ok  ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
			} else {
				console.log(`  --  ${title}: not run, ${reason}`);
			}
		}
	}
}

/** @throws {Error} For what is missing. */
function checkRelease(version) {
	const folder = path.join(clone, 'release');
	const files = readdirSync(folder);
	for (const name of [`tlsprobe-${version}.tgz`, 'tlsprobe-linux-x64', 'tlsprobe.cdx.json', 'SHA256SUMS']) {
		if (!files.includes(name)) {
			throw new Error(`release/ has no ${name}: ${files.join(', ')}`);
		}
	}

	execute('sha256sum --check --strict SHA256SUMS', folder, {});
	const {components} = JSON.parse(readFileSync(path.join(folder, 'tlsprobe.cdx.json'), 'utf8'));
	const {packages} = JSON.parse(readFileSync(path.join(clone, 'package-lock.json'), 'utf8'));
	const installed = Object.entries(packages).filter(([place, item]) => place !== '' && !item.dev && !item.devOptional && !item.peer);
	const absent = installed
		.map(([place, item]) => `${place.replace(/^.*node_modules\//, '')}@${item.version}`)
		.filter(name => !components.some(component => `${component.name}@${component.version}` === name));
	if (absent.length > 0) {
		throw new Error(`the list of components has no ${absent.join(', ')}`);
	}

	if (!readFileSync(path.join(clone, 'notes.md'), 'utf8').includes('\n- ')) {
		throw new Error('the notes are empty');
	}

	console.log(`  ok  the release has ${files.join(', ')}, and notes`);
}

try {
	execute(`git clone --quiet --depth 1 "file://${process.cwd()}" "${clone}"`, '.', {});
	const {version} = JSON.parse(readFileSync(path.join(clone, 'package.json'), 'utf8'));
	const environment = {GITHUB_REF_NAME: `v${version}`, GITHUB_REPOSITORY: 'owner/tlsprobe'};
	runWorkflow('test.yml', environment);
	runWorkflow('release.yml', environment);
	checkRelease(version);
} catch (error) {
	console.error(error.message);
	process.exitCode = 1;
} finally {
	rmSync(scratch, {recursive: true, force: true});
}
