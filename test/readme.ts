import {readFileSync} from 'node:fs';
import test from 'ava';
import {describeCommands} from '../source/commands/describing/describe-commands.js';
import {optionsOf} from '../source/commands/describing/read-help.js';
import {valueWords} from '../source/commands/describing/value-words.js';
import {commands} from '../source/commands/index.js';

const readme = readFileSync('README.md', 'utf8');

/** Rows of the tables whose first column is called that, by their cells. */
const rowsOf = (column: string): readonly (readonly string[])[] =>
	[...readme.matchAll(new RegExp(`^\\| ${column} \\|.*\\n.*\\n((?:\\|.*\\n)+)`, 'gm'))]
		.flatMap(([, rows]) => rows!.trimEnd().split('\n'))
		.map(row =>
			row
				.slice(2, -1)
				.split(/(?<!\\)\|/)
				.map(cell => cell.trim().replaceAll('\\|', '|')),
		);

const codesIn = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);

/** An option as the README has it: `--output FILE`. */
const rows = rowsOf('option').flatMap(([option, meaning, usual = '']) =>
	codesIn(option!).map(code => {
		const [spelling, placeholder] = code.split(/ (.*)/s);
		return {spelling: spelling!, placeholder, meaning: meaning!, usual};
	}),
);

const described = (await describeCommands(commands)).find(({name}) => name === 'probe')!.options;

/** What no table has. */
const elsewhere = new Set(['-h', '--help', '-V', '--version', '--color', '--colour']);

test('the tables of the README have every option of tlsprobe HOST once, and no other', t => {
	const catalogs = readme.slice(readme.indexOf('\n### Catalogs'), readme.indexOf('\n### Lists'));
	const ofCatalogs = codesIn(catalogs)
		.filter(code => !code.startsWith('tlsprobe'))
		.flatMap(code => /^--[a-z]+/.exec(code)?.[0] ?? []);
	const found = [...rows.map(({spelling}) => spelling), ...new Set(ofCatalogs)];
	const declared = described.flatMap(({spellings}) => spellings).filter(spelling => !elsewhere.has(spelling));
	t.deepEqual(found.toSorted(), declared.toSorted());
});

test('the tables of the README and the help name the values of options alike', async t => {
	const help = optionsOf((await commands.probe!.load()).default.help);
	const differing = rows.flatMap(({spelling, placeholder}) => {
		const option = help.find(({spellings}) => spellings.includes(spelling));
		const other = option?.placeholders[option.spellings.indexOf(spelling)];
		return spelling.length === 2 || option === undefined || placeholder === other
			? []
			: [`${spelling} ${placeholder}, in the help ${other}`];
	});
	t.deepEqual(differing, []);
});

test('a default that the README states is that of the help', async t => {
	const help = optionsOf((await commands.probe!.load()).default.help);
	const stated = rows.flatMap(({spelling, usual}) => {
		const word = /^`([^`]+)`$|^(\d+)$/.exec(usual);
		const inHelp = /\[([^\][]*)\]$/.exec(help.find(({spellings}) => spellings.includes(spelling))?.text ?? '')?.[1];
		return word === null ? [] : [{spelling, usual: word[1] ?? word[2], inHelp}];
	});
	t.true(stated.length >= 5);
	t.deepEqual(
		stated.filter(({usual, inHelp}) => inHelp !== undefined && usual !== inHelp),
		[],
	);
});

test('an option whose values the README lists has all of them', t => {
	// The first are long; the others are described in words.
	const listed = {
		'--policy': valueWords.policies,
		'--format': valueWords.formats,
		'--hosts-format': valueWords['hosts-formats'],
		'--only': valueWords.verdicts,
	};
	for (const [option, words] of Object.entries(listed)) {
		const {meaning} = rows.find(({spelling}) => spelling === option)!;
		t.deepEqual(
			words.filter(word => !codesIn(meaning).includes(word)),
			[],
			option,
		);
	}

	const probes = codesIn(rows.find(({spelling}) => spelling === '--probes')!.meaning);
	t.deepEqual(
		valueWords.probes.filter(name => name !== 'versions' && !probes.includes(name)),
		[],
	);
});

test('the table of commands has every command', t => {
	const found = rowsOf('command').flatMap(([command]) => codesIn(command!).map(code => /^tlsprobe ([a-z]+)/.exec(code)?.[1] ?? 'probe'));
	t.deepEqual(found.toSorted(), Object.keys(commands).toSorted());
});
