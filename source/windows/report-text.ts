import {groupBy} from '../bytes/group-by.js';
import type {Role} from '../clients/windows/versions.js';
import {plain} from '../formats/escape/plain.js';
import {columnsOf, hangingIndent} from '../formats/fill.js';
import {type Color, makePaint, type Paint, type TerminalFeatures} from '../formats/paint.js';
import type {VersionName} from '../iana/versions.js';
import type {ClientReport} from './assess.js';
import {clientKinds} from './clients/index.js';
import type {Machine} from './machine.js';
import type {EffectOfStep, StepEffect} from './remedy/before-after.js';
import {commandOf, mergeSteps, type Step} from './remedy/step.js';
import type {Reaches} from './rules/offer.js';
import {type Fact, inWords, sources} from './sources.js';
import {inOneLine, withoutEffect} from './without-effect.js';

export const colors: Readonly<Record<Reaches, Color>> = {yes: 'green', no: 'red', uncertain: 'yellow'};

/** Clients of 32 and 64 bits that are judged alike stand on one line. */
type Group = {readonly report: ClientReport; readonly bits: string};

/** The report for a person. cli-table3 is loaded when it is drawn. */
export async function reportText(
	machine: Machine,
	reports: readonly ClientReport[],
	effects: readonly StepEffect[] | undefined,
	look: TerminalFeatures,
): Promise<string> {
	const paint = makePaint(look);
	const groups = groupReports(reports);
	const width = Math.min(columnsOf(look), 100);
	const parts = [
		`${paint('bold', machine.os.title)}, ${machine.architecture === 'x64' ? '64-bit' : '32-bit'}\n`,
		await table(groups, paint),
		verdict(reports, paint, look, width),
		vain({machine, role: 'client', paint, width}),
		...groups.filter(isWorthTelling).map(group => reasons(group, paint, width)),
		...(effects === undefined ? [todo(machine, reports, paint)] : [stepText(machine, effects, paint)]),
		legend(
			groups.filter(isWorthTelling).flatMap(({report}) => report.because),
			paint,
			width,
		),
	];
	return `${parts.filter(Boolean).join('\n')}`;
}

function groupReports(reports: readonly ClientReport[]): Group[] {
	const alike = groupBy(reports, ({client, offers, reachesTls12, confidence, because, remedy}) =>
		JSON.stringify([client, offers, reachesTls12, confidence, because.map(({text}) => viewless(text)), remedy.length]),
	);
	return [...alike.values()].map(group => ({report: group[0]!, bits: group.flatMap(({bits}) => bits ?? []).join(', ')}));
}

const viewless = (text: string): string => text.replaceAll('WOW6432Node\\', '');

/** What reaches TLS 1.2 beyond doubt needs no words. */
const isWorthTelling = ({report}: Group): boolean =>
	report.reachesTls12 !== 'yes' || report.confidence !== 'high' || report.remedy.length > 0;

const table = (groups: readonly Group[], paint: Paint): Promise<string> =>
	drawTable(
		['Client', 'Bits', 'Offers', 'TLS 1.2', 'Sure'],
		groups.map(({report, bits}) => [
			report.client,
			bits,
			inColumn(report.offers),
			paint(colors[report.reachesTls12], report.reachesTls12),
			report.confidence,
		]),
		paint,
	);

export async function drawTable(titles: readonly string[], rows: readonly (readonly string[])[], paint: Paint): Promise<string> {
	const {default: Table} = await import('cli-table3');
	const drawn = new Table({
		head: titles.map(title => paint('dim', title)),
		chars: borderless,
		style: {head: [], border: [], 'padding-left': 0, 'padding-right': 2},
	});
	drawn.push(...rows.map(row => [...row]));
	const lines = drawn.toString().split('\n');
	return `${lines.map(line => line.trimEnd()).join('\n')}\n`;
}

const borderless = Object.fromEntries(
	['top', 'bottom', 'left', 'right', 'mid', 'middle']
		.flatMap(side => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
		.concat('left-mid', 'mid-mid', 'right-mid')
		.map(name => [name, '']),
);

/** `SSL 3, TLS 1.0`: short enough for a column. */
export const inColumn = (versions: readonly VersionName[]): string =>
	versions.length === 0 ? 'nothing' : versions.map(name => name.replace('SSLv', 'SSL').replace('TLSv', '')).join(', ');

function verdict(reports: readonly ClientReport[], paint: Paint, {hasUnicode}: TerminalFeatures, width: number): string {
	const failing = reports.filter(({reachesTls12}) => reachesTls12 === 'no');
	const open = reports.filter(({reachesTls12}) => reachesTls12 === 'uncertain');
	const names = (list: readonly ClientReport[]) => [...new Set(list.map(({client}) => client))].join(', ');
	return verdictLine(
		{
			failing: failing.length === 0 ? undefined : `these do not reach TLS 1.2: ${names(failing)}`,
			open: open.length === 0 ? undefined : `not decided: ${names(open)}`,
			fine: 'every kind of client reaches TLS 1.2',
		},
		{paint, hasUnicode, width},
	);
}

type Style = {readonly paint: Paint; readonly hasUnicode: boolean; readonly width: number};

/** One line for all: what fails, or else what is open, or else that all is fine. */
export function verdictLine(
	{failing, open, fine}: {readonly failing: string | undefined; readonly open: string | undefined; readonly fine: string},
	{paint, hasUnicode, width}: Style,
): string {
	const say = (color: Color, mark: string, word: string, text: string) => {
		const first = hasUnicode ? `${mark} ${word}` : word;
		return `${wrap(text, width, `${first}  `, '  ').replace(first, () => paint(['bold', color], first))}\n`;
	};

	if (failing !== undefined) {
		return say('red', '✘', 'FAIL', failing);
	}

	return open === undefined ? say('green', '✔', 'PASS', fine) : say('yellow', '?', 'UNCERTAIN', open);
}

function reasons({report, bits}: Group, paint: Paint, width: number): string {
	const {title} = clientKinds.find(({name}) => name === report.client)!;
	const heading = `${paint('bold', report.client)}${bits === '' ? '' : ` (${bits})`}  ${paint('dim', title)}`;
	return `${heading}\n${becauseLines(report.because, width)}`;
}

export const becauseLines = (because: readonly Fact[], width: number): string =>
	because.map(item => `${wrap(shortened(inWords(item)), width, '  - ', '    ')}\n`).join('');

const shortened = (text: string): string =>
	text.replaceAll(/(?:HKLM|HKEY_LOCAL_MACHINE)\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\(?=SCHANNEL)/g, 'HKLM\\...\\');

type VainParts = {readonly machine: Machine; readonly role: Role; readonly paint: Paint; readonly width: number};

/** What is there and does not do what its name promises: without it a person looks for the fault elsewhere. */
export function vain({machine, role, paint, width}: VainParts): string {
	const lines = withoutEffect(machine, role).map(item => `${wrap(shortened(inOneLine(item)), width, '  - ', '    ')}\n`);
	return lines.length === 0 ? '' : `${paint('bold', 'Without effect')}\n${lines.join('')}`;
}

/** All that is to be done, each once and in order. A command stays on one line, to be copied. */
export function todo(machine: Machine, reports: readonly {readonly remedy: readonly Step[]}[], paint: Paint): string {
	const steps = mergeSteps(reports.flatMap(({remedy}) => remedy));
	return steps.length === 0
		? ''
		: `${paint('bold', 'What to do')}\n${steps.map(step => `  ${stepLine(step, machine)}\n`).join('')}${restartNote(steps)}`;
}

const stepLine = (step: Step, machine: Machine): string => {
	const note = step.kind === 'script' ? 'or, in each script: ' : 'isAdvised' in step && step.isAdvised ? 'advised: ' : '';
	return plain(`${note}${commandOf(step, machine)}`);
};

const restartNote = (steps: readonly Step[]): string =>
	steps.some(({kind}) => kind === 'registry') ? '  then restart the computer; --fix FILE writes these steps, and an undo file\n' : '';

const stepText = (machine: Machine, effects: readonly StepEffect[], paint: Paint): string =>
	effectText(machine, effects, paint, ({client, bits, before, after}) => ({
		name: bits === undefined ? client : `${client} (${bits})`,
		before: {versions: before.offers, reaches: before.reachesTls12},
		after: {versions: after.offers, reaches: after.reachesTls12},
		confidence: after.confidence,
	}));

type Turn = {readonly versions: readonly VersionName[]; readonly reaches: Reaches};

/** Each step with what it changes, in the words that `describe` gives for a change. */
export function effectText<Change>(
	machine: Machine,
	effects: readonly EffectOfStep<Change>[],
	paint: Paint,
	describe: (change: Change) => {readonly name: string; readonly before: Turn; readonly after: Turn; readonly confidence: string},
): string {
	if (effects.length === 0) {
		return 'No step would change anything.\n';
	}

	return effects
		.map(({step, changes}, index) => {
			const lines = changes.map(describe).map(({name, before, after, confidence}) => {
				const turn =
					before.reaches === after.reaches
						? `still ${after.reaches}`
						: `${before.reaches} -> ${paint(colors[after.reaches], after.reaches)}`;
				return `     ${name}: ${turn}; ${inColumn(before.versions)} -> ${inColumn(after.versions)}; ${confidence}\n`;
			});
			return `${paint('bold', `${index + 1}.`)} ${stepLine(step, machine)}\n${lines.join('') || '     no change by itself\n'}`;
		})
		.join('');
}

export function legend(facts: readonly Fact[], paint: Paint, width: number): string {
	const named = new Set(facts.flatMap(item => item.sources));
	const keys = (Object.keys(sources) as (keyof typeof sources)[]).filter(key => named.has(key));
	return keys.length === 0
		? ''
		: `${paint('bold', 'Sources')}\n${keys.map(key => `${wrap(sources[key], width, `  ${key.padEnd(10)} `, ' '.repeat(13))}\n`).join('')}`;
}

/** A path that is longer than a line stays whole. */
const wrap = (text: string, width: number, first: string, indent: string): string =>
	hangingIndent(plain(text), width, first, indent, true).join('\n');
