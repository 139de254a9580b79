import type {WindowsCase} from '../run-case.js';

/** Windows sets no locale, and Wine hands ours on. */
const probe = ['set LC_ALL=', 'set LANG=', 'tlsprobe {legacy} --versions 1.0,1.2 --quiet'];
const set = (...variables: readonly string[]): readonly string[] => [
	...probe.slice(0, 2),
	...variables.map(one => `set ${one}`),
	probe[2]!,
];

/** How results look in consoles, by what these say in the environment. */
export const consoles: readonly WindowsCase[] = [
	{title: 'the old console has ASCII', script: probe, code: 1, stdout: /^[\n -~]*FAIL[\n -~]*$/},
	{title: 'Windows Terminal has more', script: set('WT_SESSION=f1d6cd53-2f9b-4a37-9ef2-6d9f2a7b1d6c'), code: 1, stdout: /✘ FAIL/},
	{title: 'so has the terminal of an editor', script: set('TERM_PROGRAM=vscode'), code: 1, stdout: /✘ FAIL/},
	{title: 'so has a shell with a locale', script: set('LANG=de_DE.UTF-8'), code: 1, stdout: /✘ FAIL/},
	{title: 'colours where they are forced', script: set('FORCE_COLOR=1'), code: 1, stdout: /\u001B\[31m/},
	{
		title: 'none where they are switched off',
		script: [...set('FORCE_COLOR=1').slice(0, -1), `${probe[2]} --no-color`],
		code: 1,
		stdout: /^[^\u001B]*FAIL[^\u001B]*$/,
	},
	{title: 'none in a file', script: set('NO_COLOR=1'), code: 1, stdout: /^[^\u001B]*FAIL[^\u001B]*$/},
	{title: 'a narrow window', script: set('COLUMNS=40'), code: 1, stdout: /^(?:.{0,60}\n)*$/},
	{title: 'a wide window', script: set('COLUMNS=160'), code: 1, stdout: /^.{90,160}$/m},
];
