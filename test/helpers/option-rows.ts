import {readFileSync} from 'node:fs';
import test, {type ExecutionContext} from 'ava';
import {commands} from '../../source/commands/index.js';
import {commonFlags, optionOf} from '../../source/commands/read-flags.js';
import {rowsOf} from './depth.js';
import {all as everyVersion, honest, modern} from './honest-server.js';
import {makeFolder} from './lists.js';
import {type NameServer, startNameServer} from './name-server.js';
import {type CliResult, runCli} from './run-cli.js';
import {type Running, runInProcess} from './run-in-process.js';
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
	/** For what `meanwhile` sees. */
	readonly notes: string[];
};

export type Seen = CliResult & {readonly stage: Stage};

type Argv = (stage: Stage) => readonly string[];

/** What can be said of a mode, or of one of its rows instead. */
type Setting = {
	readonly base: Argv;
	readonly input?: (stage: Stage) => string;
	readonly environment?: Readonly<Record<string, string>>;
	/** What is done while the command runs. */
	readonly meanwhile?: (running: Running, stage: Stage) => Promise<void>;
};

export type Row =
	/** The option is refused: exit code 2, and one line that says so. */
	| ({readonly refused: RegExp; readonly argv?: readonly string[]} & Partial<Setting>)
	/** The option has an effect: what is seen with it is not seen without it. */
	| ({
			readonly option: readonly string[] | Argv;
			readonly sees: (seen: Seen) => boolean;
			/** Whether nothing is run without the option. */
			readonly isAlone?: boolean;
			/** Whether it takes the built command to see it. */
			readonly isBuilt?: boolean;
	  } & Partial<Setting>)
	/** The option asks for what is so already, such as no colours where there are none. */
	| 'plain';

export type Rows = Readonly<Record<string, Row>>;

/** A way to use a command, with a row for each of its flags. */
export type Mode = Setting & {readonly title: string; readonly command: string; readonly rows: Rows};

/** Of a command that prints colours. */
export const colorRows = (base?: Argv): Rows =>
	Object.fromEntries(
		['color', 'colour'].map(name => [
			name,
			{
				option: [`--no-${name}`],
				sees: ({stdout}: Seen) => !stdout.includes('\u001B['),
				environment: withColors,
				...(base && {base}),
			},
		]),
	);

const withColors = {FORCE_COLOR: '1'};

/** Of a command, or a way to use one, that prints no colours. */
export const plainRows: Rows = {color: 'plain', colour: 'plain'};

/** The same refusal for several flags. */
export const refusedRows = (names: readonly string[], refused: RegExp): Rows => Object.fromEntries(names.map(name => [name, {refused}]));

/** Flags that print something of the program itself, in every command. */
const saidByAll: ReadonlySet<string> = new Set(['help', 'version', 'licenses']);

/** Test that every command says what it is and which: once each, by the built command. */
export function testCommonFlags(): void {
	for (const command of Object.keys(commands)) {
		const words = command === 'probe' ? [] : [command];
		test(`tlsprobe ${words.join('')}: --help, --version and --licenses`, async t => {
			const help = await runCli([...words, '--help']);
			t.is(help.code, 0);
			t.regex(help.stdout, /^Usage\n/);
			t.is(help.stderr, '');
			const version = await runCli([...words, '--version']);
			t.is(version.code, 0);
			t.regex(version.stdout, /^\d+\.\d+\.\d+\n$/);
			const licenses = await runCli([...words, '--licenses']);
			t.is(licenses.code, 0);
			t.regex(licenses.stdout, /^MIT License\n/);
		});
	}
}

/**
Test a way to use a command: each of its flags has its effect, or is refused.

@param place - The file whose table is to have the rows.
*/
export function testMode({title, command, rows, ...setting}: Mode, place: string): void {
	const runs = makeRuns(setting);

	test(`${title}: every option has a row`, async t => {
		const {flags} = (await commands[command]!.load()).default;
		const names = Object.keys({...flags, ...commonFlags}).filter(name => !saidByAll.has(name));
		const missing = names.filter(name => !Object.hasOwn(rows, name)).map(optionOf);
		t.deepEqual(missing, [], `add a row for each to "${title}" in ${place}: an option has an effect, or is refused`);
		t.deepEqual(
			Object.keys(rows).filter(name => !names.includes(name)),
			[],
			`${command} has no such flags: take their rows out of "${title}" in ${place}`,
		);
	});

	for (const [name, row] of sampled(rows)) {
		if ('refused' in row) {
			test(`${title}: ${optionOf(name)} is refused`, async t => {
				const {flags} = (await commands[command]!.load()).default;
				const {code, stdout, stderr} = await runs.run(row, row.argv ?? [optionOf(name), ...(flags[name]!.type === 'string' ? ['1'] : [])]);
				t.is(code, 2, stderr);
				t.is(stdout, '');
				t.regex(stderr, /^tlsprobe: [^\n]+\n$/);
				t.regex(stderr, row.refused);
			});
			continue;
		}

		test(`${title}: ${optionOf(name)} has its effect`, async t => {
			const [withIt, without] = await Promise.all([
				runs.run(row, row.option, row.isBuilt),
				row.isAlone ? undefined : runs.without(row, row.isBuilt),
			]);
			t.true(row.sees(withIt), `with it: ${shown(withIt)}`);
			if (without !== undefined) {
				t.false(row.sees(without), `without it: ${shown(without)}`);
			}
		});
	}
}

/** Options whose effect a test of this file shows. */
const shownHere = new Set<string>();

/** In a sample, an option of several modes is tried in the first of them, and a few are tried in the others; of refusals, one of each kind. */
function sampled(rows: Rows): readonly (readonly [name: string, row: Exclude<Row, 'plain'>])[] {
	const tested = Object.entries(rows).filter((entry): entry is [string, Exclude<Row, 'plain'>] => entry[1] !== 'plain');
	const effects = tested.filter(([, row]) => !('refused' in row)).map(([name]) => name);
	const chosen = new Set(rowsOf(effects, 3, name => (shownHere.has(name) ? '' : name)));
	for (const name of effects) {
		shownHere.add(name);
	}

	const refusals = tested.flatMap(([name, row]) => ('refused' in row ? [{name, kind: row.refused.source}] : []));
	for (const {name} of rowsOf(refusals, 2, ({kind}) => kind)) {
		chosen.add(name);
	}

	return tested.filter(([name]) => chosen.has(name));
}

/** The runs of one mode. What is run without an option is run once for all rows of the same setting. */
function makeRuns(mode: Setting) {
	const cleanups: (() => unknown)[] = [];
	test.after.always(async () => {
		for (const cleanup of cleanups.toReversed()) {
			await cleanup();
		}
	});

	const known: {readonly setting: readonly unknown[]; readonly seen: Promise<Seen>}[] = [];

	async function run(row: Partial<Setting>, option: readonly string[] | Argv, isBuilt = false): Promise<Seen> {
		const {base, input, environment, meanwhile} = {...mode, ...row};
		const stage = await startStage({teardown: cleanup => void cleanups.push(cleanup)});
		const argv = [...base(stage), ...(typeof option === 'function' ? option(stage) : option)];
		const options = {
			input: input?.(stage) ?? '',
			...(environment && {environment}),
			...(meanwhile && {meanwhile: (running: Running) => meanwhile(running, stage)}),
		};
		return {...(await (isBuilt ? runCli : runInProcess)(argv, options)), stage};
	}

	function without(row: Partial<Setting>, isBuilt = false): Promise<Seen> {
		const {base, input, environment, meanwhile} = {...mode, ...row};
		const setting = [base, input, environment, meanwhile, isBuilt];
		const same = known.find(item => item.setting.every((part, index) => part === setting[index]));
		if (same !== undefined) {
			return same.seen;
		}

		const seen = run(row, [], isBuilt);
		known.push({setting, seen});
		return seen;
	}

	return {run, without};
}

const shown = ({code, stdout, stderr, stage: {good, old, silent, closing, notes}}: Seen): string =>
	`exit code ${code}\n${stdout.slice(0, 3000)}\n${stderr.slice(0, 3000)}\n${JSON.stringify({good, old, silent, closing, notes})}`;

async function startStage(t: Pick<ExecutionContext, 'teardown'>): Promise<Stage> {
	const file = makeFolder(t);
	return {
		good: await serve(t, honest({versions: modern})),
		old: await serve(t, honest({versions: everyVersion})),
		silent: await serve(t, () => [hold]),
		closing: await serve(t, () => [close], {greeting: () => [close]}),
		names: await startNameServer(t, {'named.example': {A: ['127.0.0.1']}}),
		notes: [],
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
