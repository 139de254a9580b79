import {readFileSync} from 'node:fs';
import type {Report} from '../../engine/report.js';
import {UsageError} from '../command.js';

/**
The results of a run, as `--json` writes them.

@throws {UsageError} For a file that is not one of results, naming the line.
*/
export function readResults(file: string): Report[] {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
		throw new UsageError(
			isMissing ? `there is no file ${file}; write one with tlsprobe baseline HOST -o ${file}` : `${file} cannot be read`,
		);
	}

	const reports = text
		.split(/\r?\n/)
		.map((line, index) => ({line, number: index + 1}))
		.filter(({line}) => line.trim() !== '')
		.map(({line, number}) => readLine(line, `${file}:${number}`));
	if (reports.length === 0) {
		throw new UsageError(`${file} holds no results`);
	}

	return reports;
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

function isReport(value: unknown): value is Report {
	if (typeof value !== 'object' || value === null) {
		return false;
	}

	const {target, host, port, address, versions, verdict} = value as Partial<Report>;
	return (
		typeof target === 'string' &&
		typeof host === 'string' &&
		typeof port === 'number' &&
		(address === null || typeof address === 'string') &&
		typeof versions === 'object' &&
		versions !== null &&
		typeof verdict === 'string'
	);
}
