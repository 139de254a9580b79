import {readFileSync} from 'node:fs';
import {Ajv2020} from 'ajv/dist/2020.js';
import test from 'ava';
import {schemaNames} from '../../source/schemas/index.js';
import {fieldsOf} from '../helpers/schema-coverage.js';
import {readSchema} from '../helpers/validate.js';

/** What `result` and `check` describe, other tests hold them to. */
const described = schemaNames.filter(name => name !== 'result' && name !== 'check');

/** A slip in a file that a person writes is an error, also to the reader. */
const isOpen = (name: string): boolean => name !== 'catalog-file';

for (const name of schemaNames) {
	test(`${name}: is a JSON Schema, and says of what`, t => {
		const schema = readSchema(name);
		t.is(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
		t.regex(String(schema.title), /^[A-Z].{10,62}[^.]$/);
		t.notThrows(() => new Ajv2020({strict: true, strictTypes: false, strictRequired: false}).compile(schema));
	});
}

for (const name of described) {
	test(`${name}: says what each field is${isOpen(name) ? ', and lets later versions add some' : ''}`, t => {
		const schema = readSchema(name);
		const fields = fieldsOf(schema, '');
		t.true(fields.length >= 3);
		t.deepEqual(
			fields.filter(([{description}]) => typeof description !== 'string' || description.length < 4).map(([, place]) => place),
			[],
		);
		if (isOpen(name)) {
			t.regex(String(schema.description), /Later versions may add fields; these stay\.$/);
			t.notRegex(JSON.stringify(schema), /"(?:additional|unevaluated)Properties":false/);
		}
	});
}

test('the documentation lists each schema by its title', t => {
	const page = readFileSync('docs/formats.md', 'utf8');
	const [, table = ''] = /\| name \| describes \|\n.*\n((?:\|.*\n)+)/.exec(page) ?? [];
	t.is(table, schemaNames.map(name => `| \`${name}\` | ${readSchema(name).title} |\n`).join(''));
});
