import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {generate} from '../../fixtures/iana/generate.js';

const generated = generate();

test('every table has its file, and no file was generated from a table that is gone', t => {
	const isGenerated = (name: string): boolean => readFileSync(`source/iana/${name}`, 'utf8').startsWith('// Generated from ');
	const files = readdirSync('source/iana').filter(isGenerated);
	t.deepEqual(files.map(name => `source/iana/${name}`).toSorted(), [...generated.keys()].toSorted());
	const tables = readdirSync('fixtures/iana').filter(name => name.endsWith('.csv'));
	t.deepEqual(tables.map(name => `source/iana/${name.replace(/\.csv$/, '.ts')}`).toSorted(), [...generated.keys()].toSorted());
});

for (const [path, text] of generated) {
	test(`${path} is what its table says`, t => {
		// A checkout on Windows may end lines in its own way.
		t.is(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'), text);
	});
}
