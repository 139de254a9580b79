import {constants, deflateRawSync, inflateRawSync} from 'node:zlib';

/** More than the results of a chunk with all bytes of their connections. */
const mostBytes = 256 * 1024 * 1024;

/** Compressed text for a field in Redis: the reports of a chunk repeat the same words. */
export const pack = (value: unknown): string => deflateRawSync(JSON.stringify(value), {level: constants.Z_BEST_SPEED}).toString('base64');

/** @throws If it is not what `pack` makes, or larger than anything that a worker returns. */
export const unpack = (text: string): unknown =>
	JSON.parse(inflateRawSync(Buffer.from(text, 'base64'), {maxOutputLength: mostBytes}).toString('utf8'));
