import test from 'ava';
import {quotedPath} from '../../source/bytes/quoted-path.js';

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
