import {isResult} from '../engine/is-report.js';
import type {Report} from '../engine/report.js';
import {type EndpointVerdict, worstVerdict} from '../policy/default-expectation.js';
import {keyOf} from './duplicates.js';
import type {Listed} from './list-targets.js';
import {createTargetSet, type TargetSet, type TargetSetOptions} from './target-set.js';

/** What an earlier run has done, by its results. */
export type Done = {
	/** What is done, by name. Duplicates are recognised by it too, because these targets come first. */
	readonly seen: TargetSet;
	/** Whether something that `seen` does not know is done: a line that is no target, or one known by its position. */
	has(listed: Listed): boolean;
	/** Targets, not lines: a target with several addresses has several lines. */
	readonly count: number;
	readonly verdicts: Readonly<Record<EndpointVerdict, number>>;
	/** Where the results end that are whole, in bytes: what follows is to be cut off. */
	readonly wholeBytes: number;
	/** Whether some are known by their positions alone, so that the lists must be as they were. */
	readonly isByPosition: boolean;
};

/** The file is not one of results, and nothing of it may be touched. */
export class NotResultsError extends Error {
	override readonly name = 'NotResultsError';
}

/**
Read the results of an earlier run, however it ended.

A line that was torn off, a target of which not every address was written, and targets that were listed as not reached at the
end are not done.

@param bytes - The file from its start, cut anywhere.
@param options - How much memory may go to the names of targets, eight bytes each. Those beyond are known by their
positions, a bit each.
@param check - Is given each result with its line, and throws where it may not be gone on with.
@throws {NotResultsError} If a line before the last is not a result.
*/
export async function readDone(
	bytes: AsyncIterable<Uint8Array>,
	options?: TargetSetOptions,
	check: (report: Report, line: number) => void = () => {},
): Promise<Done> {
	const keys = createTargetSet(options);
	const positions = makeBits();
	const verdicts = {pass: 0, fail: 0, inconclusive: 0};
	let wholeBytes = 0;
	let readBytes = 0;
	let count = 0;
	let pending: {readonly target: string; left: number; worst: EndpointVerdict} | undefined;
	let isAtUnreached = false;

	const finish = (report: Report, verdict: EndpointVerdict): void => {
		verdicts[verdict] += 1;
		count += 1;
		wholeBytes = readBytes;
		keys.add(report.reason === 'invalid-target' ? invalidKey(report.target) : keyOf(report, report.given ?? {}));
		if (keys.isFull && report.position !== undefined) {
			positions.add(report.position);
		}
	};

	const read = (line: string, number: number): void => {
		const report = parse(line, number);
		check(report, number);
		if (report.reason === 'not-reached') {
			isAtUnreached = true;
			return;
		}

		if (isAtUnreached) {
			throw new NotResultsError(`line ${number}: a result follows targets that were not reached`);
		}

		pending = pending?.target === report.target ? pending : {target: report.target, left: report.addressCount ?? 1, worst: 'pass'};
		pending.left -= 1;
		pending.worst = worstVerdict([pending.worst, report.verdict]);
		if (pending.left <= 0) {
			finish(report, pending.worst);
			pending = undefined;
		}
	};

	let number = 0;
	for await (const line of splitLines(bytes)) {
		number += 1;
		readBytes += line.length + 1;
		read(Buffer.from(line).toString('utf8'), number);
	}

	return {
		seen: keys,
		has: ({entry, position}) => (entry.kind === 'invalid' && keys.has(invalidKey(entry.text))) || positions.has(position),
		count,
		verdicts,
		wholeBytes,
		isByPosition: keys.isFull,
	};
}

const invalidKey = (text: string): string => `invalid ${text}`;

function parse(line: string, number: number): Report {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		throw new NotResultsError(`line ${number} is not JSON`);
	}

	if (!isResult(value)) {
		throw new NotResultsError(`line ${number} is not a result of tlsprobe`);
	}

	return value;
}

/** How every result begins. */
const resultStart = '{"target":';

/**
Whole lines, without their line feeds. What follows the last line feed was torn off and is left out.

@throws {NotResultsError} If the truncated text is not the beginning of a result: it is not from tlsprobe, and would be lost.
*/
async function* splitLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	let rest: Buffer = Buffer.alloc(0);
	for await (const chunk of bytes) {
		const text = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
		let start = 0;
		for (let end = text.indexOf(0x0a); end !== -1; end = text.indexOf(0x0a, start)) {
			yield text.subarray(start, end);
			start = end + 1;
		}

		rest = text.subarray(start);
		// Check before buffering more: a file that is not results may be one long line.
		checkStart(rest);
	}
}

function checkStart(line: Buffer): void {
	if (!resultStart.startsWith(line.toString('latin1', 0, resultStart.length))) {
		throw new NotResultsError('its last line is not a result');
	}
}

type Bits = {add(index: number): void; has(index: number): boolean};

/** A growing set of small numbers, a bit each. */
function makeBits(): Bits {
	let bytes = new Uint8Array(1024);
	return {
		add(index) {
			const place = Math.floor(index / 8);
			if (place >= bytes.length) {
				const larger = new Uint8Array(Math.max(place + 1, bytes.length * 2));
				larger.set(bytes);
				bytes = larger;
			}

			bytes[place]! |= 1 << (index % 8);
		},
		has: index => ((bytes[Math.floor(index / 8)] ?? 0) & (1 << (index % 8))) !== 0,
	};
}
