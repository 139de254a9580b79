import {plain} from '../formats/escape/plain.js';
import {columnsOf, hang} from '../formats/fill.js';
import {type Color, type Look, makePaint, type Paint} from '../formats/paint.js';
import type {ClientReport} from './assess.js';
import {clientKinds} from './clients/index.js';
import {groupBy} from './group-by.js';
import type {Machine} from './machine.js';
import type {StepEffect} from './remedy/before-after.js';
import {commandOf, mergeSteps, type Step} from './remedy/step.js';
import type {Reaches} from './rules/offer.js';
import {inWords, sources} from './sources.js';
import {inOneLine, withoutEffect} from './without-effect.js';

const colors: Readonly<Record<Reaches, Color>> = {yes: 'green', no: 'red', uncertain: 'yellow'};

/** Clients of 32 and 64 bits that are judged alike stand on one line. */
type Group = {readonly report: ClientReport; readonly bits: string};

/** The report for a person. cli-table3 is loaded when it is drawn. */
export async function reportText(
	machine: Machine,
	reports: readonly ClientReport[],
	effects: readonly StepEffect[] | undefined,
	look: Look,
): Promise<string> {
	const paint = makePaint(look);
	const groups = groupReports(reports);
	const width = Math.min(columnsOf(look), 100);
	const parts = [
		`${paint('bold', machine.os.title)}, ${machine.architecture === 'x64' ? '64-bit' : '32-bit'}\n`,
		await table(groups, paint),
		verdict(reports, paint, look, width),
		vain(machine, paint, width),
		...groups.filter(isWorthTelling).map(group => reasons(group, paint, width)),
		...(effects === undefined ? [todo(machine, reports, paint)] : [stepText(machine, effects, paint)]),
		legend(groups.filter(isWorthTelling), paint, width),
	];
	return `${parts.filter(Boolean).join('\n')}`;
}

function groupReports(reports: readonly ClientReport[]): Group[] {
	const alike = groupBy(reports, ({client, offers, reachesTls12, confidence, because, remedy}) =>
		JSON.stringify([client, offers, reachesTls12, confidence, because.map(({text}) => viewless(text)), remedy.length]),
	);
	return alike.map(group => ({report: group[0]!, bits: group.flatMap(({bits}) => bits ?? []).join(', ')}));
}

const viewless = (text: string): string => text.replaceAll('WOW6432Node\\', '');

/** What reaches TLS 1.2 beyond doubt needs no words. */
const isWorthTelling = ({report}: Group): boolean =>
	report.reachesTls12 !== 'yes' || report.confidence !== 'high' || report.remedy.length > 0;

async function table(groups: readonly Group[], paint: Paint): Promise<string> {
	const {default: Table} = await import('cli-table3');
	const drawn = new Table({
		head: ['Client', 'Bits', 'Offers', 'TLS 1.2', 'Sure'].map(title => paint('dim', title)),
		chars: borderless,
		style: {head: [], border: [], 'padding-left': 0, 'padding-right': 2},
	});
	drawn.push(
		...groups.map(({report, bits}) => [
			report.client,
			bits,
			offersInWords(report),
			paint(colors[report.reachesTls12], report.reachesTls12),
			report.confidence,
		]),
	);
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
const offersInWords = ({offers}: Pick<ClientReport, 'offers'>): string =>
	offers.length === 0 ? 'nothing' : offers.map(name => name.replace('SSLv', 'SSL').replace('TLSv', '')).join(', ');

function verdict(reports: readonly ClientReport[], paint: Paint, {hasUnicode}: Look, width: number): string {
	const failing = reports.filter(({reachesTls12}) => reachesTls12 === 'no');
	const open = reports.filter(({reachesTls12}) => reachesTls12 === 'uncertain');
	const names = (list: readonly ClientReport[]) => [...new Set(list.map(({client}) => client))].join(', ');
	const say = (color: Color, mark: string, word: string, text: string) => {
		const first = hasUnicode ? `${mark} ${word}` : word;
		return `${wrap(text, width, `${first}  `, '  ').replace(first, () => paint(['bold', color], first))}\n`;
	};

	if (failing.length > 0) {
		return say('red', '✘', 'FAIL', `these do not reach TLS 1.2: ${names(failing)}`);
	}

	return open.length > 0
		? say('yellow', '?', 'UNCERTAIN', `not decided: ${names(open)}`)
		: say('green', '✔', 'PASS', 'every kind of client reaches TLS 1.2');
}

function reasons({report, bits}: Group, paint: Paint, width: number): string {
	const {title} = clientKinds.find(({name}) => name === report.client)!;
	const heading = `${paint('bold', report.client)}${bits === '' ? '' : ` (${bits})`}  ${paint('dim', title)}`;
	return `${heading}\n${report.because.map(item => `${wrap(shortened(inWords(item)), width, '  - ', '    ')}\n`).join('')}`;
}

const shortened = (text: string): string =>
	text.replaceAll(/(?:HKLM|HKEY_LOCAL_MACHINE)\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\(?=SCHANNEL)/g, 'HKLM\\...\\');

/** What is there and does not do what its name promises: without it a person looks for the fault elsewhere. */
function vain(machine: Machine, paint: Paint, width: number): string {
	const lines = withoutEffect(machine).map(item => `${wrap(shortened(inOneLine(item)), width, '  - ', '    ')}\n`);
	return lines.length === 0 ? '' : `${paint('bold', 'Without effect')}\n${lines.join('')}`;
}

/** All that is to be done, each once and in order. A command stays on one line, to be copied. */
function todo(machine: Machine, reports: readonly ClientReport[], paint: Paint): string {
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
	steps.some(({kind}) => kind === 'registry') ? '  then restart the computer; --fix FILE writes all this, with a way back\n' : '';

function stepText(machine: Machine, effects: readonly StepEffect[], paint: Paint): string {
	if (effects.length === 0) {
		return 'No step would change anything.\n';
	}

	return effects
		.map(({step, changes}, index) => {
			const lines = changes.map(({client, bits, before, after}) => {
				const name = bits === undefined ? client : `${client} (${bits})`;
				const turn =
					before.reachesTls12 === after.reachesTls12
						? `still ${after.reachesTls12}`
						: `${before.reachesTls12} -> ${paint(colors[after.reachesTls12], after.reachesTls12)}`;
				return `     ${name}: ${turn}; ${offersInWords(before)} -> ${offersInWords(after)}; ${after.confidence}\n`;
			});
			return `${paint('bold', `${index + 1}.`)} ${stepLine(step, machine)}\n${lines.join('') || '     no change by itself\n'}`;
		})
		.join('');
}

function legend(groups: readonly Group[], paint: Paint, width: number): string {
	const named = new Set(groups.flatMap(({report}) => report.because.flatMap(item => item.sources)));
	const keys = (Object.keys(sources) as (keyof typeof sources)[]).filter(key => named.has(key));
	return keys.length === 0
		? ''
		: `${paint('bold', 'Sources')}\n${keys.map(key => `${wrap(sources[key], width, `  ${key.padEnd(10)} `, ' '.repeat(13))}\n`).join('')}`;
}

/** A path that is longer than a line stays whole. */
const wrap = (text: string, width: number, first: string, indent: string): string =>
	hang(plain(text), width, first, indent, true).join('\n');
