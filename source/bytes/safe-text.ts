/*
Text of servers, clients and files, made safe to print. Every output uses one of these functions: `safeText` for text, `safeJson` for JSON,
`safeLines` for standard error, and the escapes of markup and CSV, which use the same parts.
*/

/** Control, formatting, private, unassigned and unpaired characters, separators of lines, and all invisible characters (Unicode 4.4, 5.21). */
const hidden = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const outsideAscii = /[^ -~]/gu;

/**
Text that readers of build logs interpret as a command. GitHub's runner looks for `##[` anywhere in a line, and for `::name` at its start behind
white space; Azure Pipelines for `##vso[` and `##[`; TeamCity for `##teamcity[`. Lines are wrapped later, so every word counts as the start
of a line. An IPv6 address such as `::1` or `::ffff:192.0.2.1` is no command.
*/
const logCommand = /##(?=[a-z]*\[)|(?<!\S)::(?=[a-f]*[g-z_-])/gi;

/** The rest of a word that is broken between two lines, if it would begin with a command. */
export const startsLogCommand = (text: string): boolean => /^::[a-f]*[g-z_-]/i.test(text);

/** `\x1b`, or `\u{202e}` for longer numbers. */
const spelled = (character: string): string => {
	const code = character.codePointAt(0)!.toString(16);
	return code.length > 2 ? `\\u{${code}}` : `\\x${code.padStart(2, '0')}`;
};

/** Text without hidden characters; if the terminal may draw only ASCII, all other characters are escaped too. */
export const withoutHidden = (text: string, hasUnicode: boolean): string => text.replaceAll(hasUnicode ? hidden : outsideAscii, spelled);

/** Break up commands of log readers: `rewrite` escapes one of their characters, `#` or `:`. */
export const withoutLogCommands = (text: string, rewrite: (character: string) => string): string =>
	text.replaceAll(logCommand, command => `${rewrite(command[0]!)}${command[1]}`);

/** Most texts need no change. The signs are those of the table, so that its first line does not wait until the long list of characters is compiled. */
const isHarmless = (text: string, hasUnicode: boolean): boolean =>
	(hasUnicode ? /^[ -~✔✘→]*$/ : /^[ -~]*$/).test(text) && !text.includes('##') && !text.includes('::');

/**
Untrusted text as one line that cannot move the cursor, hide text, change the direction of text, or act as a command for a log reader.

@returns `\x1b` or `\u{202e}` for a character that is not printed, `\x23#[` for `##[`. Safe text does not change.
*/
export const safeText = (text: string, {hasUnicode}: {readonly hasUnicode: boolean}): string =>
	isHarmless(text, hasUnicode) ? text : withoutLogCommands(withoutHidden(text, hasUnicode), spelled);

/** Lines for standard error; line feeds are kept. */
export const safeLines = (text: string): string =>
	text
		.split('\n')
		.map(line => safeText(line, {hasUnicode: true}))
		.join('\n');

const unitEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** As `hidden`, except line feeds and tabs between the values: JSON itself escapes those within strings. */
const hiddenInJson = /[\x7f-\x9f]|(?!\p{Cc})[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
JSON that prints safely and means the same: hidden characters and commands of log readers are `\u` escapes.

@param json - Made by `JSON.stringify`, so that these characters are within strings.
*/
export function safeJson(json: string): string {
	// The usual case; the length shows it much faster than a search.
	const isAscii = Buffer.byteLength(json) === json.length && !json.includes('\x7f');
	const visible = isAscii
		? json
		: json.replaceAll(hiddenInJson, character =>
				Array.from({length: character.length}, (_, index) => unitEscape(character[index]!)).join(''),
			);
	return visible.includes('##') ? visible.replaceAll(/##(?=[a-z]*\[)/gi, '#\\u0023') : visible;
}

/** A value as safe JSON on one line, or on many with `indent`. */
export const toJson = (value: unknown, indent?: string): string => safeJson(JSON.stringify(value, undefined, indent));
