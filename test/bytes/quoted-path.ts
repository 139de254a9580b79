import test from 'ava';
import {pathAsWord, quotedPath} from '../../source/bytes/quoted-path.js';

for (const [file, expected] of [
	['results.csv', '"results.csv"'],
	['C:\\Program Files\\a.reg', '"C:\\Program Files\\a.reg"'],
	['\\\\server\\share\\a.reg', '"\\\\server\\share\\a.reg"'],
	['two\nlines', '"two\\nlines"'],
] as const) {
	test(`${JSON.stringify(file)} is quoted with single backslashes`, t => {
		t.is(quotedPath(file), expected);
	});
}

for (const [file, expected] of [
	['results.csv', 'results.csv'],
	['C:\\lists\\a-b_1.txt', 'C:\\lists\\a-b_1.txt'],
	['my lists/a.txt', '"my lists/a.txt"'],
	['C:\\my lists\\a.txt', '"C:\\my lists\\a.txt"'],
	['a&b.txt', '"a&b.txt"'],
	['(1).txt', '"(1).txt"'],
] as const) {
	test(`${JSON.stringify(file)} is one word of a command line`, t => {
		t.is(pathAsWord(file), expected);
	});
}
