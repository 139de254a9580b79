import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {isReport} from '../../engine/is-report.js';
import type {Report} from '../../engine/report.js';
import {decodeText} from '../../windows/registry-file/decode-text.js';
import {type Context, UsageError} from '../command.js';
import {readAll} from '../read-all.js';

/**
The results of a run, as `--json` or `--format json` writes them, packed with gzip or not; `-` is standard input.

@throws {UsageError} For a file that is not one of results, naming the line.
*/
export async function readResults(file: string, context: Pick<Context, 'stdin' | 'signal'>): Promise<Report[]> {
	const name = file === '-' ? 'standard input' : file;
	const text = textOf(file === '-' ? await readAll(context) : readBytes(file), name);
	const reports = /^\s*\[/.test(text) ? readList(text, name) : readLines(text, name);
	if (reports.length === 0) {
		throw new UsageError(`${name} holds no results`);
	}

	return reports;
}

function readBytes(file: string): Buffer {
	try {
		return readFileSync(file);
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		switch (code) {
			case 'ENOENT':
				throw new UsageError(`there is no file ${file}; write one with tlsprobe baseline HOST -o ${file}`);
			case 'EISDIR':
				throw new UsageError(`${file} is a folder; name a file in it`);
			default:
				throw new UsageError(`${file} cannot be read (${code})`);
		}
	}
}

function textOf(bytes: Buffer, name: string): string {
	try {
		return decodeText(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes);
	} catch {
		throw new UsageError(`${name} begins as gzip does, but cannot be unpacked`);
	}
}

const readLines = (text: string, name: string): Report[] =>
	text
		.split(/\r?\n/)
		.map((line, index) => ({line, number: index + 1}))
		.filter(({line}) => line.trim() !== '')
		.map(({line, number}) => readLine(line, `${name}:${number}`));

/** As `--format json` has them. */
function readList(text: string, name: string): Report[] {
	let values: unknown;
	try {
		values = JSON.parse(text);
	} catch {
		throw new UsageError(`${name}: a list that is not JSON, or not the whole of it`);
	}

	return (values as unknown[]).map((value, index) => {
		if (!isReport(value)) {
			throw new UsageError(`${name}: number ${index + 1} in its list is not a result of tlsprobe`);
		}

		return value;
	});
}

function readLine(line: string, place: string): Report {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		throw new UsageError(`${place}: not JSON; a run is compared by its lines of JSON, as tlsprobe baseline and --json write them`);
	}

	if (!isReport(value)) {
		throw new UsageError(`${place}: not a result of tlsprobe`);
	}

	return value;
}
