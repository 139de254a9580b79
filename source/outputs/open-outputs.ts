import {tmpdir} from 'node:os';
import {dirname} from 'node:path';
import type {TargetResult} from '../engine/probe-target.js';
import {yieldToEventLoop} from '../engine/yield-to-event-loop.js';
import type {Format, Pieces, Rendering, Setting} from '../formats/format.js';
import {type FormatName, loadFormat} from '../formats/index.js';
import {asJudged, type JudgedTarget} from '../formats/judged.js';
import type {TerminalFeatures} from '../formats/paint.js';
import type {EndpointVerdict} from '../policy/default-expectation.js';
import {makeBufferedWriter} from './buffered-writer.js';
import {lockFiles, type Unlock} from './lock-files.js';
import {type OutputFile, openOutputFile, openWholeFile} from './output-file.js';
import type {Places} from './places.js';
import {openSpool} from './spool.js';

export type OutputPlan = Places<FormatName> & {
	/** Whether files are replaced only when all results are there, also where a part of them is of use. */
	readonly isWhole?: boolean;
};

export type Outputs = {
	/** Takes a result to all places, and slows down with the slowest. */
	readonly add: (result: TargetResult) => Promise<void> | undefined;
	/** Completes everything. */
	readonly end: () => Promise<void>;
	/** Removes what was not completed. Does nothing after `end`. */
	readonly abandon: () => void;
	readonly exitCodeOf: (verdict: EndpointVerdict) => 0 | 1 | 2 | 3;
};

/** What is printed goes through these. */
export type Destination = {
	/** Writes the result. Resolves once it may go on. */
	readonly write: (text: string) => Promise<void>;
	/** How to draw on what is printed to. */
	readonly look: TerminalFeatures;
	/** Registers what is called when the process ends, even at once. @returns What takes it back. */
	readonly atExit: (cleanup: () => void) => () => void;
	readonly toolVersion: string;
};

export type OpenOptions = {
	/** How much of the one file stays: what an earlier run has finished. Undefined starts afresh. */
	readonly keepBytes?: number | undefined;
	/** Where the files are locked already. */
	readonly unlock?: Unlock;
	/** Called before something is printed. */
	readonly beforePrint?: () => void;
};

/** @throws {OutputError} Here or later, naming the file. */
export async function openOutputs(
	plan: OutputPlan,
	context: Destination,
	{keepBytes, beforePrint, ...options}: OpenOptions = {},
): Promise<Outputs> {
	const {toolVersion} = context;
	const unlock = options.unlock ?? (await lockFiles(plan.files.map(({path}) => path)));
	const fileFormats = await Promise.all(plan.files.map(({format}) => loadFormat(format)));
	const open: Open[] = [];
	try {
		for (const [index, {path}] of plan.files.entries()) {
			const format = fileFormats[index]!;
			const file = format.isAppendable && !plan.isWhole ? openOutputFile(path, keepBytes) : openWholeFile(path);
			// Where there is room for the file, there is room for what it is made of.
			open.push(openFile(file, format, {look: fileFeatures, toolVersion, openSpool: () => openSpool(dirname(path))}));
		}
	} catch (error) {
		abandonAll(open);
		unlock();
		throw error;
	}

	const abandon = (): void => {
		abandonAll(open.splice(0));
		unlock();
		forget();
	};

	const forget = context.atExit(abandon);

	// What is printed is loaded while servers think.
	const printed = plan.printed === undefined ? undefined : loadFormat(plan.printed);
	const rendering = printed?.then(format => format.start({look: context.look, toolVersion, openSpool: () => openSpool(tmpdir())}));
	let started: Rendering | undefined;
	const codes = {...usualExitCodes};
	const stdout = makeBufferedWriter(text => {
		beforePrint?.();
		return context.write(text);
	});

	const addToAll = async (judged: JudgedTarget): Promise<void> => {
		for (const item of open) {
			await item.add(judged);
		}

		if (rendering !== undefined) {
			started ??= await rendering;
			await stdout.add(await started.add(judged));
		}
	};

	return {
		add(result) {
			const judged = asJudged(result);
			if (open.length > 0 || started === undefined) {
				return addToAll(judged);
			}

			// The way of most results of a list, without a promise for each.
			const text = started.add(judged);
			return typeof text === 'string' ? stdout.add(text) : text.then(stdout.add);
		},
		async end() {
			while (open.length > 0) {
				await open[0]!.end();
				open.shift();
			}

			unlock();
			if (rendering !== undefined) {
				await endInPieces((await rendering).end(), stdout.add);
				await stdout.end();
				Object.assign(codes, (await printed)!.exitCodes);
			}
		},
		abandon,
		exitCodeOf: verdict => codes[verdict],
	};
}

const usualExitCodes: Record<EndpointVerdict, 0 | 1 | 2 | 3> = {pass: 0, fail: 1, inconclusive: 3};

/** Where a file will be read is not known. */
const fileFeatures: TerminalFeatures = {hasColor: false, hasUnicode: true, columns: 120};

type Open = {
	readonly add: (judged: JudgedTarget) => Promise<void>;
	readonly end: () => Promise<void>;
	readonly abandon: () => void;
};

function openFile(file: OutputFile, format: Format, setting: Setting): Open {
	const rendering: Rendering = format.start(setting);
	return {
		async add(judged) {
			file.write(await rendering.add(judged));
		},
		async end() {
			await endInPieces(rendering.end(), async text => file.write(text));
			file.close();
		},
		abandon: file.abandon,
	};
}

/** Long documents are written in pieces of this size, in characters. Between them, an interrupt is heard. */
const pieceSize = 65_536;

async function endInPieces(pieces: string | Pieces, write: (text: string) => Promise<void> | undefined): Promise<void> {
	if (typeof pieces === 'string') {
		await write(pieces);
		return;
	}

	let waiting = '';
	for (const piece of pieces) {
		waiting += piece;
		if (waiting.length > pieceSize) {
			await write(waiting);
			waiting = '';
			await yieldToEventLoop();
		}
	}

	await write(waiting);
}

function abandonAll(open: readonly Open[]): void {
	for (const {abandon} of open) {
		abandon();
	}
}
