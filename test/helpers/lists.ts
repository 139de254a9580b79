import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import type {Report} from '../../source/engine/report.js';

/** Nobody listens there: port 1 is for root alone. */
export const nobody = '127.0.0.1:1';

/** What makes a target that refuses quick. */
export const briefly = ['--versions', '1.2', '--retries', '0'] as const;

/** A folder that is gone when the test is over. @returns The path of a file in it. */
export function makeFolder(t: Pick<ExecutionContext, 'teardown'>): (name: string, text?: string | Uint8Array) => string {
	const folder = mkdtempSync(join(tmpdir(), 'tlsprobe-'));
	t.teardown(() => rmSync(folder, {recursive: true, force: true}));
	return (name, text) => {
		const path = join(folder, name);
		if (text !== undefined) {
			writeFileSync(path, text);
		}

		return path;
	};
}

export const lines = (items: readonly string[]): string => items.map(item => `${item}\n`).join('');

/** @throws {SyntaxError} Unless every line is one of JSON, and whole. */
export function readResults(text: string): Report[] {
	const all = text.split('\n');
	if (all.pop() !== '') {
		throw new SyntaxError('the last line has no end');
	}

	return all.map(line => JSON.parse(line) as Report);
}

/** What a result says, without what two runs may differ in: `TARGET ADDRESS VERDICT STATUS:REASON...`. */
export const gist = ({target, address, verdict, reason, versions}: Report): string =>
	[target, address ?? reason, verdict, ...Object.values(versions).map(item => `${item.status}:${item.reason}`)].join(' ');

export const gists = (text: string): string[] => readResults(text).map(gist).toSorted();

/** Addresses of 127.0.0.0/8 in a row, from 127.1.0.0 on. */
export const addresses = (count: number): string[] => Array.from({length: count}, (_, index) => `127.1.${index >> 8}.${index & 255}`);
