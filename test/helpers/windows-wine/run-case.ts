import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {peers} from '../../../source/lab/peers/index.js';
import {type Lab, startLab} from '../../../source/lab/start-lab.js';
import type {Folder, Machine, Run} from './machine.js';

/**
One command line on Windows. In its words, files and expectations, `{legacy}` is the address of that server of the lab, `{legacy.port}` its port,
and `{folder}` the Windows path of the case's own folder, in which the command runs.
*/
export type WindowsCase = {
	readonly title: string;
	readonly argv?: readonly string[];
	/** Lines of `cmd` instead, which call `tlsprobe` by its name. */
	readonly script?: readonly string[];
	readonly files?: Readonly<Record<string, string | ((fill: Fill) => Uint8Array)>>;
	readonly input?: string;
	readonly environment?: Readonly<Record<string, string>>;
	readonly code: number;
	readonly stdout?: RegExp;
	/** Without it, nothing may be on standard error. */
	readonly stderr?: RegExp;
	/** What files have to hold afterwards, by their path in the folder. A `*` stands for a part of a name. */
	readonly writes?: Readonly<Record<string, RegExp>>;
};

export type Fill = (text: string) => string;

export type Scene = {readonly machine: Machine; readonly lab: Lab};

/** The servers of the lab that are probed: those that answer at once. */
export const startServers = (): Promise<Lab> =>
	startLab(peers.filter(({name}) => ['legacy', 'mixed', 'compliant', 'tls13-only', 'schannel', 'not-tls'].includes(name)));

/** @returns How words of a case are filled in. */
export const fillFor =
	({lab}: Scene, {windowsPath}: Folder): Fill =>
	text =>
		text.replaceAll(/\{([a-z][a-z\d-]*)(\.port)?\}/g, (whole, name: string, port?: string) => {
			if (name === 'folder') {
				return windowsPath;
			}

			const running = lab.running.find(({peer}) => peer.name === name);
			return running === undefined ? whole : port === undefined ? `${lab.address}:${running.port}` : String(running.port);
		});

/** Write the files of a case, run it, and compare what it did. */
export async function runCase(t: ExecutionContext, scene: Scene, one: WindowsCase): Promise<Run> {
	const folder = scene.machine.folder(one.title.replaceAll(/[^\w]+/g, '-'));
	const fill = fillFor(scene, folder);
	for (const [name, content] of Object.entries(one.files ?? {})) {
		const file = path.join(folder.path, name);
		mkdirSync(path.dirname(file), {recursive: true});
		writeFileSync(file, typeof content === 'string' ? fill(content) : content(fill));
	}

	const argv = (one.argv ?? []).map(fill);
	const options = {environment: one.environment ?? {}, input: fill(one.input ?? '')};
	const run = await (one.script === undefined
		? scene.machine.command(folder, argv, options)
		: scene.machine.script(folder, one.script.map(fill), options));
	t.is(run.code, one.code, `${run.stdout}${run.stderr}`);
	t.regex(run.stdout, one.stdout ?? /^/);
	t.regex(run.stderr, one.stderr ?? /^$/);
	for (const [name, content] of Object.entries(one.writes ?? {})) {
		t.regex(readWritten(folder.path, name), content, name);
	}

	return run;
}

function readWritten(folder: string, name: string): string {
	const [start, end] = name.split('*') as [string, string | undefined];
	if (end === undefined) {
		return readFileSync(path.join(folder, name), 'utf8');
	}

	const inner = path.dirname(`${start}x`);
	const begin = start.slice(inner === '.' ? 0 : inner.length + 1);
	const found = readdirSync(path.join(folder, inner)).filter(file => file.startsWith(begin) && file.endsWith(end));
	if (found.length === 0) {
		throw new Error(`${name} is missing: ${readdirSync(path.join(folder, inner)).join(', ')}`);
	}

	return found.map(file => readFileSync(path.join(folder, inner, file), 'utf8')).join('\n');
}
