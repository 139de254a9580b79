import {eastAsianWidth} from 'get-east-asian-width';

/** Most texts, with the signs of the table. Each of their characters takes one column. */
const isPlain = (text: string): boolean => /^[ -~✔✘→]*$/.test(text);

/** Characters that are drawn on the one before (Unicode 3.6). */
const joined = /[\p{Mn}\p{Me}]/gu;

/** How many columns a terminal takes for a safe text (`bytes/safe-text.ts`): two for a wide character (UAX #11), none for an accent that joins the one before. */
export const widthOf = (text: string): number =>
	isPlain(text)
		? text.length
		: [...text.replaceAll(joined, '')].reduce((sum, character) => sum + eastAsianWidth(character.codePointAt(0)!), 0);
