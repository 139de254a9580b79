import {InputError} from '../bytes/input-error.js';
import type {ThreadEntry} from '../engine/pool-member.js';
import type {TerminalFeatures} from '../formats/paint.js';
import type {SchemaName} from '../schemas/index.js';
import type {ValueKind} from './describing/value-kind.js';

/** What a command is given instead of `process`. */
export type Context = {
	/** Writes the result. Resolves once it may go on: a slow reader slows the command down. */
	readonly write: (text: string) => Promise<void>;
	/** Writes hints, warnings and progress: whole lines, made safe to print, without colours and without logins of URLs. */
	readonly warn: (text: string) => void;
	/** Writes to the same what a format has drawn, which is safe to print already and may have colours. */
	readonly warnPainted: (text: string) => void;
	/** Where `warn` goes, for what draws on it. */
	readonly errors: {readonly isTerminal: boolean; readonly stream: NodeJS.WritableStream};
	readonly stdin: AsyncIterable<Uint8Array>;
	readonly isInputTerminal: boolean;
	/** How to draw on stdout. */
	readonly look: TerminalFeatures;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Aborts when the user interrupts. */
	readonly signal: AbortSignal;
	/** Registers what is called when the process ends, even at once. @returns What takes it back. */
	readonly atExit: (cleanup: () => void) => () => void;
	readonly threadEntry: ThreadEntry;
	/** Tells the JavaScript engine that much of the same is to come. @param isDeep - Whether with probes of many connections each. */
	readonly expectMuch: (isDeep: boolean) => void;
	readonly toolVersion: string;
	/** The licences of what is in the program. */
	readonly readLicenses: () => string;
	/** The text of a published JSON Schema. */
	readonly readSchema: (name: SchemaName) => string;
};

/** Flags for the form of the output. */
export type OutputFlags = {
	readonly color?: boolean | undefined;
	readonly colour?: boolean | undefined;
	readonly quiet?: boolean | undefined;
};

/** @param isWanted - What holds where no flag says it. */
export const hasColor = ({color, colour}: OutputFlags, isWanted: boolean): boolean => color ?? colour ?? isWanted;

/** What `--quiet` leaves out of standard error. */
export const unlessQuiet = ({quiet}: OutputFlags, warn: (text: string) => void): ((text: string) => void) => (quiet ? () => {} : warn);

/** 0 every expectation met; 1 one broken; 2 wrong usage; 3 one undecided; 70 a bug of ours; 74 output not written; 130 interrupted, by SIGTERM 143, by SIGHUP 129. */
export type ExitCode = 0 | 1 | 2 | 3 | 70 | 74 | 130;

export type Flag =
	| {readonly type: 'boolean'; readonly shortFlag?: string}
	| {
			readonly type: 'string';
			/** What completions offer for it. */
			readonly value: ValueKind;
			/** Whether it holds several, with commas between them. */
			readonly isList?: boolean;
			readonly shortFlag?: string;
			readonly isMultiple?: boolean /** Whether `--no-NAME` means something. */;
			readonly isNegatable?: boolean;
			/** What it holds where it stands alone, if it may. */
			readonly alone?: string;
			/** For a flag with `alone`: whether the word after it is its value. */
			readonly takes?: (word: string) => boolean;
	  };

export type Flags = Readonly<Record<string, Flag>>;

/** What a flag holds once it was read. A negated string is false. */
export type FlagValues<Spec extends Flags> = {
	readonly [Name in keyof Spec]: Spec[Name] extends {type: 'boolean'}
		? boolean | undefined
		: Spec[Name] extends {isMultiple: true}
			? readonly string[]
			: Spec[Name] extends {isNegatable: true}
				? string | false | undefined
				: string | undefined;
};

export type Command<Spec extends Flags = Flags> = {
	readonly name: string;
	/** One line for the list of commands. */
	readonly summary: string;
	/** What `--help` prints. */
	readonly help: string;
	readonly flags: Spec;
	/** What the words that are no flags are. */
	readonly operands: ValueKind;
	/** @param listed - Every command, for what describes them. */
	run(input: readonly string[], flags: FlagValues<Spec>, context: Context, listed: ListedCommands): Promise<ExitCode>;
};

/** Every command by its name, in the order of the help. Each is loaded when it is wanted. */
export type ListedCommands = Readonly<
	Record<string, {readonly summary: string; readonly load: () => Promise<{readonly default: Command}>}>
>;

export const defineCommand = <const Spec extends Flags>(command: Command<Spec>): Command<Spec> => command;

/** The user asked for something that cannot be done: input that is wrong, in the words of flags. Shown as one line, without a stack; exit code 2. */
export class UsageError extends InputError {
	override readonly name = 'UsageError';
}

/** The user had enough before there was a result. Nothing is said of it. */
export class InterruptedError extends Error {
	override readonly name = 'InterruptedError';
}

/** By name: a command that is loaded late is bundled apart, with other copies of classes. */
export const isCalled = (name: 'OutputError' | 'InterruptedError', error: unknown): error is Error =>
	error instanceof Error && error.name === name;

/** Whether it is input that was wrong. By name, as above. */
export const isInputError = (error: unknown): error is InputError =>
	error instanceof Error && (error.name === 'UsageError' || error.name === 'InputError');

/** The problem, its place, and what to do instead. */
export const inputErrorText = ({message, hint}: InputError): string => (hint === undefined ? message : `${message}; ${hint}`);
