import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Readable, Writable} from 'node:stream';
import test, {type ExecutionContext} from 'ava';
import {findProgram} from './peers/find-program.js';
import {type Declare, type Tool, testWith} from './test-with.js';

export type Page = {
	/** The value of an expression in the page. */
	readonly evaluate: <Value>(expression: string) => Promise<Value>;
	/** Presses and lets go of one key: `Tab`, `Enter`, or a letter. */
	readonly press: (key: string) => Promise<void>;
	readonly command: (method: string, parameters?: object) => Promise<Record<string, never>>;
};

const keys: Readonly<Record<string, object>> = {
	Tab: {code: 'Tab', windowsVirtualKeyCode: 9},
	Enter: {code: 'Enter', windowsVirtualKeyCode: 13, text: '\r'},
	Escape: {code: 'Escape', windowsVirtualKeyCode: 27},
};

/** It asks nobody for updates, and tells nobody anything: tests stay on this machine. */
const quiet = [
	...['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
	...['--disable-sync', '--disable-quic', '--disable-domain-reliability'],
];

const chromium: Tool = {programs: ['chromium', 'chromium-browser', 'google-chrome'], debianPackage: 'chromium'};

/** `test` for what needs a page. Chromium is found and driven as Linux has it; elsewhere these tests are left out. */
export const testInBrowser: Declare =
	process.platform === 'linux' ? testWith(chromium) : (title, run) => test.skip(`${title}: needs Linux`, run);

/**
A page in Chromium without a window, by its debugging protocol over pipes: no port is opened.

@throws {Error} Where there is no Chromium: `testInBrowser` declares tests that need it.
*/
export async function openPage(t: ExecutionContext, url: string): Promise<Page> {
	const program = chromium.programs.map(findProgram).find(name => name !== undefined);
	if (program === undefined) {
		throw new Error('there is no Chromium');
	}

	const profile = mkdtempSync(join(tmpdir(), 'tlsprobe-browser-'));
	const argv = ['--headless', ...quiet, '--remote-debugging-pipe', `--user-data-dir=${profile}`];
	// In a group of its own, so that its helpers end with it and write nothing into a folder that is being removed.
	const child = spawn(program, argv, {
		stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
		detached: true,
		// What it leaves behind when it is killed goes with its profile.
		env: {...process.env, TMPDIR: profile},
	});
	t.teardown(async () => {
		const ended = once(child, 'close');
		process.kill(-child.pid!, 'SIGKILL');
		await ended;
		rmSync(profile, {recursive: true, force: true, maxRetries: 10});
	});
	const {send, waitFor} = talkTo(child);
	const {targetId} = await send('Target.createTarget', {url: 'about:blank'});
	const {sessionId} = await send('Target.attachToTarget', {targetId, flatten: true});
	const command: Page['command'] = (method, parameters = {}) => send(method, parameters, sessionId);
	await command('Page.enable');
	const loaded = waitFor('Page.loadEventFired');
	await command('Page.navigate', {url});
	await loaded;
	return {
		command,
		async evaluate<Value>(expression: string) {
			const {result, exceptionDetails} = (await command('Runtime.evaluate', {expression, returnByValue: true, awaitPromise: true})) as {
				result?: {value: Value};
				exceptionDetails?: unknown;
			};
			if (exceptionDetails !== undefined) {
				throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
			}

			return result!.value;
		},
		async press(key) {
			const facts = {key, ...(keys[key] ?? {text: key})};
			await command('Input.dispatchKeyEvent', {type: 'keyDown', ...facts});
			await command('Input.dispatchKeyEvent', {type: 'keyUp', ...facts, text: undefined});
		},
	};
}

type Message = {readonly id?: number; readonly method?: string; readonly result?: Record<string, never>; readonly error?: object};

/** Messages are JSON, each ended by a zero byte. */
function talkTo(child: ChildProcess) {
	const output = child.stdio[3] as Writable;
	const input = child.stdio[4] as Readable;
	const waiting = new Map<number | string, {resolve: (value: Record<string, never>) => void; reject: (error: Error) => void}>();
	let rest = '';
	let lastId = 0;
	output.on('error', () => {});
	input.setEncoding('utf8').on('data', (chunk: string) => {
		const messages = (rest + chunk).split('\0');
		rest = messages.pop()!;
		for (const text of messages) {
			const {id, method, result, error} = JSON.parse(text) as Message;
			const key = id ?? method!;
			const one = waiting.get(key);
			waiting.delete(key);
			if (error === undefined) {
				one?.resolve(result ?? {});
			} else {
				one?.reject(new Error(JSON.stringify(error)));
			}
		}
	});
	child.on('close', () => {
		for (const {reject} of waiting.values()) {
			reject(new Error('Chromium ended'));
		}
	});
	const waitFor = (key: number | string) =>
		new Promise<Record<string, never>>((resolve, reject) => {
			waiting.set(key, {resolve, reject});
		});
	return {
		waitFor,
		send(method: string, parameters: object, sessionId?: string) {
			lastId += 1;
			const answer = waitFor(lastId);
			output.write(`${JSON.stringify({id: lastId, method, params: parameters, sessionId})}\0`);
			return answer;
		},
	};
}
