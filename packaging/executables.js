/**
Makes single executables of the command in `executables/`: Node.js with the command inside, for systems without Node.js.

`npm run executables` makes all; `npm run executables linux-x64 win-x64` makes these. It can run on each of the systems that it makes executables for.
*/
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {chmod, copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import tls from 'node:tls';
import {inject} from 'postject';
import {bundleAll} from './bundle.js';
import {fetchNode} from './fetch-node.js';
import {run} from './run.js';
import {sign} from './sign.js';
import {nodeVersion, targets} from './targets.js';
import {modulesOf, trimBlob} from './trim-blob.js';

const output = 'executables';

/** What Node.js's documentation says of single executables: its program looks for this, and for a resource of this name. */
const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
const resource = 'NODE_SEA_BLOB';

const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !targets.some(target => target.name === name));
if (unknown.length > 0) {
	throw new Error(`there is no ${unknown.join(', ')}; there are ${targets.map(({name}) => name).join(', ')}`);
}

const host = targets.find(({platform, arch}) => platform === process.platform && arch === process.arch);
if (host === undefined) {
	throw new Error(`no executable can be made on ${process.platform} ${process.arch}`);
}

const scratch = await mkdtemp(path.join(tmpdir(), 'tlsprobe-executables-'));
try {
	await makeAll();
} finally {
	await rm(scratch, {recursive: true});
}

async function makeAll() {
	const {version} = JSON.parse(await readFile('package.json', 'utf8'));
	const hostNode = await fetchNode(host, scratch);
	const files = await bundleAll(path.join(scratch, 'command'), version, hostNode.license);
	await mkdir(path.join(scratch, 'schema'));
	await Promise.all(Object.entries(files).map(([name, text]) => writeFile(path.join(scratch, name), text)));
	const modules = await modulesOf(hostNode.program, Object.values(files));
	await mkdir(output, {recursive: true});
	// `npm run bench` compares with it.
	await copyFile(hostNode.program, path.join(output, `node-${host.name}${host.platform === 'win32' ? '.exe' : ''}`));
	process.stdout.write(`Node.js ${nodeVersion}\n`);
	const sums = [];
	for (const target of targets.filter(({name}) => wanted.length === 0 || wanted.includes(name))) {
		const {program} = target === host ? hostNode : await fetchNode(target, scratch);
		const {blob, said} = await firstThatWorks(runnerFor(target, program), hostNode.program, Object.keys(files), modules);
		const name = `tlsprobe-${target.name}${target.platform === 'win32' ? '.exe' : ''}`;
		const file = path.join(output, name);
		await copyFile(program, file);
		await inject(file, resource, blob, {sentinelFuse: fuse, machoSegmentName: target.platform === 'darwin' ? 'NODE_SEA' : undefined});
		await chmod(file, 0o755);
		const signed = target.platform === 'darwin' ? `, ${await sign(file)}` : '';
		sums.push(
			`${createHash('sha256')
				.update(await readFile(file))
				.digest('hex')}  ${name}\n`,
		);
		const {size} = await stat(file);
		process.stdout.write(`${name.padEnd(26)}${(size / 1e6).toFixed(1).padStart(6)} MB  ${said}${signed}\n`);
	}

	await writeFile(path.join(output, 'SHA256SUMS'), sums.join(''));
}

/**
How to run a target's Node.js here; undefined where this machine cannot.

@returns {readonly string[] | undefined}
*/
function runnerFor(target, program) {
	if (target === host) {
		return [program];
	}

	const hasWine = target.name === 'win-x64' && host.name === 'linux-x64' && spawnSync('wine', ['--version']).status === 0;
	return hasWine ? ['wine', program] : undefined;
}

/**
What Node.js looks for in its own program. What is in memory once the command is loaded, or has probed a server, goes in if the program of the target
can run here and make it; then the executable starts from there.
*/
async function firstThatWorks(runner, hostNode, names, modules) {
	const warmed = await attempt(() => makeBlob(runner, names, {isLoaded: true, isWarm: true}));
	if (warmed !== undefined) {
		const trimmed = await attempt(async () => trimBlob(warmed, modules));
		return {blob: trimmed ?? warmed, said: 'starts from a snapshot, compiled'};
	}

	const loaded = await attempt(() => makeBlob(runner, names, {isLoaded: true}));
	if (loaded !== undefined) {
		return {blob: loaded, said: 'starts from a snapshot'};
	}

	const compiled = await attempt(() => makeBlob(runner, names, {isCompiled: true}));
	return compiled === undefined
		? {blob: await makeBlob([hostNode], names, {}), said: 'starts from its source'}
		: {blob: compiled, said: 'starts from what was compiled'};

	async function attempt(make) {
		return runner === undefined ? undefined : make().catch(error => void process.stderr.write(`${error.message.slice(0, 2000)}\n`));
	}
}

/** It has to be made by the same version of Node.js. */
async function makeBlob([node, ...argv], names, {isLoaded = false, isWarm = false, isCompiled = false}) {
	const at = name => path.join(scratch, name);
	const assets = Object.fromEntries(names.filter(name => name !== 'start.cjs').map(name => [name, at(name)]));
	const config = {
		main: at('start.cjs'),
		output: at('blob'),
		disableExperimentalSEAWarning: true,
		useSnapshot: isLoaded,
		useCodeCache: isCompiled,
		assets,
	};
	await writeFile(at('sea.json'), JSON.stringify(config));
	const server = await serve();
	try {
		const warmUp = isWarm ? {TLSPROBE_WARM_UP: `127.0.0.1:${server.address().port}`} : {};
		const env = {...process.env, WINEDEBUG: '-all', ...warmUp};
		await run(node, [...argv, '--experimental-sea-config', at('sea.json')], {env});
	} finally {
		server.close();
	}

	return readFile(at('blob'));
}

/** A server as most are, which the command probes while it is loaded. */
async function serve() {
	const pem = await readFile('fixtures/certificates/localhost.pem');
	const server = tls.createServer({key: pem, cert: pem, minVersion: 'TLSv1.2'}, socket => socket.on('error', () => {}));
	server.on('tlsClientError', () => {});
	return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)));
}
