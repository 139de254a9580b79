import type {TerminalFeatures} from '../../formats/paint.js';
import {checkDistinct} from '../../outputs/distinct-files.js';
import {lockFiles} from '../../outputs/lock-files.js';
import {openOutputFile, openWholeFile} from '../../outputs/output-file.js';
import type {Places} from '../../outputs/places.js';
import type {Context, ExitCode, Flags} from '../command.js';
import {outputFiles} from './given-files.js';
import {planPlaces} from './plan-places.js';

/** The flags of commands that print something else than results. */
export const printingFlags = {
	format: {type: 'string', value: 'text-formats'},
	output: {type: 'string', value: 'file', shortFlag: 'o', isMultiple: true},
	json: {type: 'boolean'},
} as const satisfies Flags;

type PrintingFlags = {readonly format: string | undefined; readonly output: readonly string[]; readonly json?: boolean | undefined};

/** What commands print that print something else than results. */
const allFormats = {text: {extension: '.txt'}, jsonl: {extension: '.jsonl'}, json: {extension: '.json'}} as const;

export type PrintingName = keyof typeof allFormats;

export type PrintingPlan = Places<PrintingName>;

/**
@param read - The files that the command reads; `-` is standard input.
@throws {UsageError} As `planPlaces` has it, and for a file that is read as well as written.
*/
export const planPrinting = (flags: PrintingFlags, read: readonly string[] = []): PrintingPlan =>
	checked(planPlaces(flags, {formats: allFormats, usual: 'text', unnamed: 'jsonl'}), read);

/**
For what is text alone.

@param extension - What the name of such a file ends in.
@throws {UsageError} As `planPrinting` does.
*/
export const planText = (flags: PrintingFlags, read: readonly string[] = [], extension = '.txt'): PrintingPlan =>
	checked(planPlaces<'text'>(flags, {formats: {text: {extension}}, usual: 'text', unnamed: 'text'}), read);

function checked(plan: PrintingPlan, read: readonly string[]): PrintingPlan {
	checkDistinct(
		read.map(path => ({name: 'the input', path})),
		outputFiles({output: plan.files.map(({path}) => path)}),
	);
	return plan;
}

/** One thing that a command prints, in every format. Undefined prints nothing. */
export type Printed = {
	readonly text?: ((look: TerminalFeatures) => string | Promise<string>) | undefined;
	/** One line for each object, ended by a line feed. */
	readonly json?: (() => string) | undefined;
};

export type Print = (printed: Printed) => Promise<void>;

export type PrintingOptions = {
	/** Whether there is one object, which is the whole of the JSON, and not an array of them. */
	readonly isOneObject?: boolean;
	/** Whether what is written is read while it grows. */
	readonly isStreamed?: boolean;
};

/**
Run what prints, and complete its files when it is done. What ends in an error, or is interrupted before anything was printed, leaves files as they
were.

@throws {OutputError} Naming the file.
*/
export async function withPrinting(
	plan: PrintingPlan,
	context: Context,
	run: (print: Print) => Promise<ExitCode>,
	options: PrintingOptions = {},
): Promise<ExitCode> {
	const paths = plan.files.map(({path}) => path);
	const unlock = await lockFiles(paths);
	const open: Place[] = [];
	const abandon = (): void => {
		for (const place of open.splice(0)) {
			place.abandon();
		}

		unlock();
		forget();
	};

	const forget = context.atExit(abandon);
	try {
		for (const {path, format} of plan.files) {
			const file = options.isStreamed && format !== 'json' ? openOutputFile(path) : openWholeFile(path);
			open.push({...startPlace(format, fileFeatures, options, async text => file.write(text)), close: file.close, abandon: file.abandon});
		}

		const printed = plan.printed === undefined ? [] : [startPlace(plan.printed, context.look, options, context.write)];
		let isEmpty = true;
		const code = await run(async item => {
			isEmpty = false;
			for (const place of [...open, ...printed]) {
				await place.add(item);
			}
		});
		for (const place of printed) {
			await place.end();
		}

		if (code !== 130 || !isEmpty) {
			await closeAll(open);
			warnOfFiles(plan, context);
		}

		return code;
	} finally {
		abandon();
	}
}

type Place = {readonly add: Print; readonly end: () => Promise<void>; readonly close: () => void; readonly abandon: () => void};

async function closeAll(open: Place[]): Promise<void> {
	while (open.length > 0) {
		await open[0]!.end();
		open.shift()!.close();
	}
}

const warnOfFiles = ({files}: PrintingPlan, {warn}: Context): void => {
	if (files.length > 0) {
		warn(`Results are in ${files.map(({path}) => path).join(', ')}\n`);
	}
};

/** Where a file will be read is not known. */
const fileFeatures: TerminalFeatures = {hasColor: false, hasUnicode: true, columns: 120};

function startPlace(
	format: PrintingName,
	look: TerminalFeatures,
	{isOneObject}: PrintingOptions,
	write: (text: string) => Promise<void>,
): Pick<Place, 'add' | 'end'> {
	const isArray = format === 'json' && !isOneObject;
	let before = '[\n';
	return {
		async add({text, json}) {
			const said = format === 'text' ? await text?.(look) : json?.();
			if (said === undefined || said === '') {
				return;
			}

			await write(isArray ? before + said.trimEnd().replaceAll('\n', ',\n') : said);
			before = ',\n';
		},
		async end() {
			if (isArray) {
				await write(before === ',\n' ? '\n]\n' : '[]\n');
			}
		},
	};
}
