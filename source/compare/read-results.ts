import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {decodeText} from '../bytes/decode-text.js';
import {InputError} from '../bytes/input-error.js';
import {pathAsWord} from '../bytes/quoted-path.js';
import {whyUnreadable} from '../bytes/why-unreadable.js';
import {isReport} from '../engine/is-report.js';
import type {Report} from '../engine/report.js';
import {type AnyReportPart, reportParts} from '../probes/report-parts.js';

/**
The results of a run, as lines of JSON or a JSON list of them, packed with gzip or not.

@throws {InputError} For a file that is not one of results, naming the line.
*/
export const readResults = (file: string): Report[] => parseResults(readBytes(file), file);

/**
The same of bytes.

@param name - What messages call them.
@param parts - Those that results may have, and that are compared.
@throws {InputError} For what is not results, naming the line.
*/
export function parseResults(bytes: Uint8Array, name: string, parts: readonly AnyReportPart[] = reportParts): Report[] {
	const text = textOf(bytes, name);
	const reports = /^\s*\[/.test(text) ? readList(text, name, parts) : readLines(text, name, parts);
	if (reports.length === 0) {
		throw new InputError(`${name} contains no results`);
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
				throw new InputError(`there is no file ${file}`, {hint: `write one with tlsprobe baseline HOST -o ${pathAsWord(file)}`});
			case 'EISDIR':
				throw new InputError(`${file} is a directory`, {hint: 'name a file in it'});
			default:
				throw new InputError(`${file} cannot be read: ${whyUnreadable(error)}`);
		}
	}
}

function textOf(bytes: Uint8Array, name: string): string {
	try {
		return decodeText(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes);
	} catch {
		throw new InputError(`${name} looks like gzip, but cannot be unpacked`);
	}
}

const readLines = (text: string, name: string, parts: readonly AnyReportPart[]): Report[] =>
	text
		.split(/\r?\n/)
		.map((line, index) => ({line, number: index + 1}))
		.filter(({line}) => line.trim() !== '')
		.map(({line, number}) => readLine(line, `${name}:${number}`, parts));

/** As `--format json` has them. */
function readList(text: string, name: string, parts: readonly AnyReportPart[]): Report[] {
	let values: unknown;
	try {
		values = JSON.parse(text);
	} catch {
		throw new InputError('a list that is not JSON, or is incomplete', {place: name});
	}

	return (values as unknown[]).map((value, index) => {
		if (!isReport(value, parts)) {
			throw new InputError(`number ${index + 1} in its list is not a result of tlsprobe`, {place: name});
		}

		return value;
	});
}

function readLine(line: string, place: string, parts: readonly AnyReportPart[]): Report {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		throw new InputError('not JSON', {place, hint: 'tlsprobe diff reads lines of JSON, as tlsprobe baseline and --json write them'});
	}

	if (!isReport(value, parts)) {
		throw new InputError('not a result of tlsprobe', {place});
	}

	return value;
}
