import {readFileSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {commands} from '../../source/commands/index.js';
import {commonFlags, optionOf} from '../../source/commands/read-flags.js';
import {all as everyVersion, honest, modern} from './honest-server.js';
import {makeFolder} from './lists.js';
import {type NameServer, startNameServer} from './name-server.js';
import {type CliResult, runCli} from './run-cli.js';
import {close, hold} from './script.js';
import {type ScriptedServer, serve} from './scripted-server.js';

/** What a command is tried on. Each run has one of its own. */
export type Stage = {
	/** Refuses old versions, and counts its connections. */
	readonly good: ScriptedServer;
	/** Accepts every version. */
	readonly old: ScriptedServer;
	readonly silent: ScriptedServer;
	/** Closes every connection as soon as it is made. */
	readonly closing: ScriptedServer;
	/** Knows `named.example`. */
	readonly names: NameServer;
	/** The path of a file of the run's own folder. */
	readonly file: (name: string, text?: string) => string;
	/** What such a file holds; empty where there is none. */
	readonly read: (name: string) => string;
};

export type Seen = CliResult & {readonly stage: Stage};

export type Row =
	/** The option is refused: exit code 2, and one line that says so. */
	| {readonly refused: RegExp; readonly argv?: readonly string[]; readonly base?: (stage: Stage) => readonly string[]}
	/** The option has an effect: what is seen with it is not seen without it. */
	| {
			readonly option: readonly string[] | ((stage: Stage) => readonly string[]);
			readonly sees: (seen: Seen) => boolean;
			/** Instead of the mode's. */
			readonly base?: (stage: Stage) => readonly string[];
			readonly input?: (stage: Stage) => string;
			readonly environment?: Readonly<Record<string, string>>;
			/** Whether nothing is run without the option. */
			readonly isAlone?: boolean;
	  };

/** A way to use a command, with a row for each of its flags. */
export type Mode = {
	readonly title: string;
	readonly command: string;
	readonly base: (stage: Stage) => readonly string[];
	readonly input?: (stage: Stage) => string;
	readonly rows: Readonly<Record<string, Row>>;
};

/** What every command has. */
const commonRows = (command: string): Readonly<Record<string, Row>> => {
	const base = (): readonly string[] => [command];
	// Without the option a command that has nothing to do would wait, or say so.
	return {
		help: {option: ['--help'], base, sees: ({code, stdout}) => code === 0 && stdout.startsWith('Usage\n'), isAlone: true},
		version: {option: ['--version'], base, sees: ({code, stdout}) => code === 0 && /^\d+\.\d+\.\d+\n$/.test(stdout), isAlone: true},
	};
};

/** Of a command that prints colours. */
export const colorRows = (base?: (stage: Stage) => readonly string[]): Readonly<Record<string, Row>> =>
	Object.fromEntries(
		['color', 'colour'].map(name => [
			name,
			{
				option: [`--no-${name}`],
				sees: ({stdout}: Seen) => !stdout.includes('\u001B['),
				environment: {FORCE_COLOR: '1'},
				...(base && {base}),
			},
		]),
	);

/** Of a command, or a way to use one, that prints no colours: these options ask for what is so already. */
export const plainRows: Readonly<Record<string, 'plain'>> = {color: 'plain', colour: 'plain'};

/** The same refusal for several flags. */
export const refusedRows = (names: readonly string[], refused: RegExp): Readonly<Record<string, Row>> =>
	Object.fromEntries(names.map(name => [name, {refused}]));

/**
Test a way to use a command: each of its flags has its effect, or is refused.

@param place - The file whose table is to have the rows.
*/
export function testMode(
	{title, command, base, input, rows}: Omit<Mode, 'rows'> & {readonly rows: Readonly<Record<string, Row | 'plain'>>},
	place: string,
): void {
	const all: Readonly<Record<string, Row | 'plain'>> = {...commonRows(command), ...rows};

	test(`${title}: every option has a row`, async t => {
		const {flags} = (await commands[command]!.load()).default;
		const names = Object.keys({...flags, ...commonFlags});
		const missing = names.filter(name => !Object.hasOwn(all, name)).map(optionOf);
		t.deepEqual(missing, [], `add a row for each to "${title}" in ${place}: an option has an effect, or is refused`);
		t.deepEqual(
			Object.keys(all).filter(name => !names.includes(name)),
			[],
			`${command} has no such flags: take their rows out of "${title}" in ${place}`,
		);
	});

	for (const [name, row] of Object.entries(all)) {
		if (row === 'plain') {
			continue;
		}

		if ('refused' in row) {
			test(`${title}: ${optionOf(name)} is refused`, async t => {
				const stage = await startStage(t);
				const {flags} = (await commands[command]!.load()).default;
				const option = row.argv ?? [optionOf(name), ...(flags[name]!.type === 'string' ? ['1'] : [])];
				const {code, stdout, stderr} = await runCli([...(row.base ?? base)(stage), ...option], {input: input?.(stage) ?? ''});
				t.is(code, 2, stderr);
				t.is(stdout, '');
				t.regex(stderr, /^tlsprobe: [^\n]+\n$/);
				t.regex(stderr, row.refused);
			});
			continue;
		}

		test(`${title}: ${optionOf(name)} has its effect`, async t => {
			const [withIt, without] = await Promise.all([run(t, row, true), row.isAlone ? undefined : run(t, row, false)]);
			t.true(row.sees(withIt), `with it: ${shown(withIt)}`);
			if (without !== undefined) {
				t.false(row.sees(without), `without it: ${shown(without)}`);
			}
		});
	}

	async function run(t: ExecutionContext, row: Exclude<Row, {refused: RegExp}>, isGiven: boolean): Promise<Seen> {
		const stage = await startStage(t);
		const option = typeof row.option === 'function' ? row.option(stage) : row.option;
		const argv = [...(row.base ?? base)(stage), ...(isGiven ? option : [])];
		const result = await runCli(argv, {
			input: (row.input ?? input)?.(stage) ?? '',
			...(row.environment && {environment: row.environment}),
		});
		return {...result, stage};
	}
}

const shown = ({code, stdout, stderr}: Seen): string => `exit code ${code}\n${stdout.slice(0, 3000)}\n${stderr.slice(0, 3000)}`;

async function startStage(t: ExecutionContext): Promise<Stage> {
	const file = makeFolder(t);
	return {
		good: await serve(t, honest({versions: modern})),
		old: await serve(t, honest({versions: everyVersion})),
		silent: await serve(t, () => [hold]),
		closing: await serve(t, () => [close], {greeting: () => [close]}),
		names: await startNameServer(t, {'named.example': {A: ['127.0.0.1']}}),
		file: (name, text) => file(name, text),
		read(name) {
			try {
				return readFileSync(file(name), 'utf8');
			} catch {
				return '';
			}
		},
	};
}

export const at = ({port}: ScriptedServer): string => `127.0.0.1:${port}`;
