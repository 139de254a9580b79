import test from 'ava';
import {hexDump} from '../../source/bytes/hex.js';
import {safeJson, safeLines, safeText, toJson} from '../../source/bytes/safe-text.js';
import {fill, wordsOf, wrap} from '../../source/formats/fill.js';
import {formatNames} from '../../source/formats/index.js';
import {rendered, sayingEverywhere} from '../helpers/formats.js';
import {assertSafe, hiddenCharacters, hostileText, logCommands} from '../helpers/hostile.js';

/** Annotations are what this format is for. */
const own = (name: string): RegExp => (name === 'github' ? /^::(?:error|warning|notice) title=[^:]*::/ : /(?!)/);

for (const name of formatNames) {
	test(`${name}: hostile text steers no terminal and no reader of build logs`, async t => {
		for (const words of [hostileText, ...logCommands]) {
			assertSafe(t, await rendered(name, [sayingEverywhere(words)]), name, own(name));
		}
	});
}

test('json means the same as before it was made safe, and is one line', t => {
	for (const text of [hostileText, ...hiddenCharacters, ...logCommands, '\\##[x]', '"##[x]"', '##', 'é 漢 🔑']) {
		const json = toJson({[text]: [text]});
		t.deepEqual(JSON.parse(json), {[text]: [text]});
		assertSafe(t, json, JSON.stringify(text));
		t.false(json.includes('\n'));
	}

	t.is(safeJson('["é 漢 🔑 ::1"]'), '["é 漢 🔑 ::1"]');
});

const ordinary: readonly string[] = [
	...[
		'münchen.example',
		'xn--mnchen-3ya.example',
		'例え.テスト',
		'Ünïcödé – „quoted“ … €',
		'naïve café',
		'שלום',
		'مرحبا',
		'हिन्दी',
		'🔑 emoji',
	],
	...[
		'::1',
		'[::1]:443',
		'::ffff:192.0.2.1',
		'fe80::1',
		'2001:db8::cafe',
		'at ::1, then ::2',
		'std::string',
		'## heading',
		'issue #[1]',
		'#5',
		'C##',
	],
];

for (const text of ordinary) {
	test(`${text} is printed as it is`, t => {
		t.is(safeText(text, {hasUnicode: true}), text);
		t.is(safeLines(`${text}\n${text}\n`), `${text}\n${text}\n`);
	});
}

test('what is safe stays as it is', t => {
	const once = safeText(hostileText, {hasUnicode: true});
	t.is(safeText(once, {hasUnicode: true}), once);
	assertSafe(t, once, 'text');
	assertSafe(t, safeText(hostileText, {hasUnicode: false}), 'ascii');
	assertSafe(t, safeLines(logCommands.join('\n')), 'lines');
});

test('no line begins with a command, wherever lines break', t => {
	for (let columns = 40; columns < 60; columns += 1) {
		for (let length = 0; length < 62; length += 1) {
			const word = `${'x'.repeat(length)}::error::pwned`;
			const look = {hasColor: false, hasUnicode: true, columns};
			assertSafe(t, fill(wordsOf(`${word} ${word}`), look, 4), `${columns} ${length}`);
			assertSafe(t, wrap(safeText(`${word} ${'y'.repeat(length)}.::error::pwned`, look), columns - 30).join('\n'), `${columns} ${length}`);
		}
	}
});

test('the text of a dump is no command', t => {
	for (const command of logCommands) {
		assertSafe(t, hexDump(Buffer.from(command)), command);
	}

	t.regex(hexDump(Buffer.from('##[error]')), /\|#\.\[error\]\|/);
});
