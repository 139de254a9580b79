import test from 'ava';
import {safeText} from '../../source/bytes/safe-text.js';
import {columnsOf, fill, wordsOf, wrap} from '../../source/formats/fill.js';
import {widthOf} from '../../source/formats/text-width.js';

const plain = {hasColor: false, hasUnicode: true, columns: 40};

test('lines are filled up to the last column', t => {
	t.is(fill(wordsOf('a'.repeat(19)).concat(wordsOf('b'.repeat(20))), plain), `${'a'.repeat(19)} ${'b'.repeat(20)}\n`);
	t.is(fill(wordsOf('a'.repeat(20)).concat(wordsOf('b'.repeat(20))), plain, 2), `${'a'.repeat(20)}\n  ${'b'.repeat(20)}\n`);
});

test('a word longer than a line is broken, after an underscore if it has one', t => {
	t.deepEqual(wrap('TLS_RSA_WITH_NULL_MD5', 12), ['TLS_RSA_', 'WITH_NULL_', 'MD5']);
	t.deepEqual(wrap('x'.repeat(25), 10), ['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]);
});

test('wide characters count as two columns, joined accents as none', t => {
	t.deepEqual(wrap('証明書 証明書', 12), ['証明書', '証明書']);
	t.deepEqual(wrap('証明書 証明書', 13), ['証明書 証明書']);
	t.deepEqual(wrap('e\u0301e\u0301 e\u0301e\u0301', 5), ['e\u0301e\u0301 e\u0301e\u0301']);
	// Tangut and a clock are wide; a vowel sign of Devanagari with a place beside the letter takes one.
	t.deepEqual(['𗀀𗀀', '⌚', 'का', 'कि', 'קָ', 'é'].map(widthOf), [4, 2, 2, 2, 1, 1]);
});

const unsafe = [
	{text: '\x1b[2J', safe: '\\x1b[2J', title: 'an escape sequence'},
	{text: 'a\r\nb\t', safe: 'a\\x0d\\x0ab\\x09', title: 'line ends and tabs'},
	{text: '\x9b0m', safe: '\\x9b0m', title: 'a control character of one byte above ASCII'},
	{text: '\u202etxt.exe', safe: '\\u{202e}txt.exe', title: 'a change of direction'},
	{text: 'a\u2028b\u200bc', safe: 'a\\u{2028}b\\u{200b}c', title: 'a line separator and what cannot be seen'},
	{text: '\ud800', safe: '\\u{d800}', title: 'half a character'},
];

for (const {text, safe, title} of unsafe) {
	test(`${title} is shown, not done`, t => {
		t.is(safeText(text, {hasUnicode: true}), safe);
		t.is(safeText(text, {hasUnicode: false}), safe);
	});
}

test('other characters are kept where they can be drawn', t => {
	t.is(safeText('é 証', {hasUnicode: true}), 'é 証');
	t.is(safeText('é 証', {hasUnicode: false}), '\\xe9 \\u{8a3c}');
});

test('neighbours of one colour are painted together, and each line for itself', t => {
	const look = {...plain, hasColor: true};
	const text = fill(wordsOf(`${'a'.repeat(30)} b ${'c'.repeat(30)}`, 'red'), look, 2);
	t.is(text, `\x1b[31m${'a'.repeat(30)} b\x1b[39m\n  \x1b[31m${'c'.repeat(30)}\x1b[39m\n`);
});

test('fewer than 40 columns are taken for 40, more than 120 for 120', t => {
	t.deepEqual(
		[0, 39, 40, 120, 500].map(columns => columnsOf({columns})),
		[40, 40, 40, 120, 120],
	);
});
