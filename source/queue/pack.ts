import {constants, deflateRawSync, inflateRawSync} from 'node:zlib';
import type {Report} from '../engine/report.js';
import {type ByColumn, fromColumns, toColumns} from './columns.js';
import type {ChunkResult, StoredResult} from './job.js';

/** More than the results of a chunk with all bytes of their connections. */
const mostBytes = 256 * 1024 * 1024;
/** Enough for most chunks: more pieces take longer. */
const pieceBytes = 256 * 1024;

type Packed = {readonly worker: string; readonly results: ByColumn};

/** Compressed text for a field in Redis. */
export const packResults = ({worker, results}: ChunkResult): string =>
	deflateRawSync(JSON.stringify({worker, results: toColumns(results.map(brief))} satisfies Packed), {
		level: constants.Z_BEST_SPEED,
		memLevel: constants.Z_MAX_MEMLEVEL,
		chunkSize: pieceBytes,
	}).toString('base64');

/** @throws If it is not what `packResults` makes, or larger than anything that a worker returns. */
export function unpackResults(text: string): ChunkResult {
	const bytes = inflateRawSync(Buffer.from(text, 'base64'), {maxOutputLength: mostBytes, chunkSize: pieceBytes});
	const {worker, results} = JSON.parse(bytes.toString('utf8')) as Packed;
	return {worker, results: fromColumns(results).map(whole)};
}

/** A result that its one report says all of is this report. */
function brief(stored: StoredResult): object {
	const [report] = stored.reports;
	return stored.reports.length === 1 && isSaid(stored, report!) ? report! : stored;
}

const isSaid = ({position, target, skipped, verdict}: StoredResult, report: Report): boolean =>
	skipped.length === 0 &&
	verdict === report.verdict &&
	position === report.position &&
	target.target === report.target &&
	target.host === report.host &&
	target.port === report.port;

function whole(packed: object): StoredResult {
	if ('reports' in packed) {
		return packed as StoredResult;
	}

	const report = packed as Report;
	const {target, host, port, position, verdict} = report;
	return {position: position!, target: {target, host, port}, reports: [report], skipped: [], verdict};
}
