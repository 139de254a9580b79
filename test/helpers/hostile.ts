import type {ExecutionContext} from 'ava';

/** Commands of the readers of build logs. */
export const logCommands: readonly string[] = [
	'##[error]pwned',
	'###[add-mask]pwned',
	'##vso[task.setvariable variable=x]pwned',
	'##VSO[task.complete result=Succeeded;]pwned',
	"##teamcity[buildStatus status='SUCCESS']",
	'::error::pwned',
	'::add-mask::pwned',
	'::stop-commands::pwned',
];

/** What steers a terminal, turns text round or hides it; each is one character, but for the lone surrogates. */
export const hiddenCharacters: readonly string[] = [
	...['\x00', '\x07', '\x08', '\x0b', '\x1b', '\x7f', '\x85', '\x9b', '\x9d'],
	...[
		'\u00ad',
		'\u034f',
		'\u061c',
		'\u115f',
		'\u180e',
		'\u200b',
		'\u200d',
		'\u200e',
		'\u2028',
		'\u2029',
		'\u202e',
		'\u2060',
		'\u2066',
		'\u2069',
	],
	...['\u3164', '\ufe0f', '\ufeff', '\uffa0', '\ufffe', '\u{e0041}', '\u{e007f}', '\u{e0100}', '\u{f0000}'],
	...['\ud800', '\udfff'],
];

/** All of it in one text, with enough room between for lines to break before any of it. */
export const hostileText = [
	'\x1b[31mred\x9b32m',
	...logCommands.flatMap((command, index) => [command, 'word '.repeat(index + 1).trim(), `long_and.${command}`]),
	hiddenCharacters.join('x'),
].join(' ');

/** Written apart from what it checks. */
const dangers: readonly (readonly [name: string, pattern: RegExp])[] = [
	['a control character', /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/],
	[
		'a formatting character',
		/\u034f|\u17b4|\u17b5|\u180b|\u180e|\ufe0f|[\u00ad\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]/,
	],
	['a private or an unassigned character', /[\ufffe\uffff]|[\u{e0000}-\u{e0fff}\u{f0000}-\u{10ffff}]/u],
	['half a character', /\p{Cs}/u],
	['a command in brackets', /##(?:vso|teamcity)?\[/i],
	['a command at the start of a line', /^\s*::[a-z-]+(?: [^\n]*)?::/im],
];

/**
Holds an output to what must not be in it.

@param own - Lines that are commands of ours.
*/
export function assertSafe(t: ExecutionContext, text: string, title: string, own = /(?!)/): void {
	const rest = text
		.split('\n')
		.map(line => line.replace(/\r$/, ''))
		.filter(line => !own.test(line))
		.join('\n');
	for (const [name, pattern] of dangers) {
		const found = pattern.exec(rest);
		t.is(found, null, `${title}: ${name}: ${JSON.stringify(rest.slice(Math.max(0, (found?.index ?? 0) - 40), (found?.index ?? 0) + 40))}`);
	}

	t.notRegex(rest, /\r/, `${title}: a carriage return`);
}
