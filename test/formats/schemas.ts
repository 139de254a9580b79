import {readFileSync, writeFileSync} from 'node:fs';
import {Ajv2020} from 'ajv/dist/2020.js';
import test from 'ava';
import type {JsonSchema} from '../../source/probes/report-part.js';
import {reportParts} from '../../source/probes/report-parts.js';
import {type Compression, fixturePart, fixtureParts, withCompression} from '../helpers/fixture-part.js';
import {readReports} from '../helpers/formats.js';
import {assembled, publishedSchemas} from '../helpers/schemas.js';
import {closed, faultsBy} from '../helpers/validate.js';

for (const [name, published] of Object.entries(publishedSchemas)) {
	/** `SCHEMAS=write npx ava build/test/formats/schemas.js && npx biome check --write source` writes what is held to here. */
	test(`${name}: the published schema has what the parts of a report add, in their order`, t => {
		const found = assembled(published, reportParts);
		if (process.env.SCHEMAS === 'write') {
			writeFileSync(published.file, found);
		}

		t.is(JSON.stringify(JSON.parse(readFileSync(published.file, 'utf8'))), JSON.stringify(JSON.parse(found)));
	});
}

const schema = JSON.parse(assembled(publishedSchemas.result, fixtureParts)) as JsonSchema;
const [result] = readReports();
const found: Compression = {methods: ['DEFLATE'], status: 'present'};
const report = withCompression(result!.recordings[0].report, found);
const faultsOf = faultsBy(schema);

test('a line with a part is as the schema has it, with the part behind versions', t => {
	t.deepEqual(faultsOf(JSON.stringify(report)), []);
	const {versions, verdict, ...others} = report;
	t.regex(faultsOf(JSON.stringify({...others, versions, verdict})).join('\n'), /in the order/);
});

test('a field of a part that is not described is refused, and so is the part where it is not in the list', t => {
	t.regex(
		faultsOf(JSON.stringify(withCompression(report, {...found, colour: 1} as Compression))).join('\n'),
		/additional properties.*colour/,
	);
	t.regex(faultsOf(JSON.stringify(withCompression(report, {...found, status: 'odd'} as never))).join('\n'), /allowed values/);
	const without = faultsBy(JSON.parse(assembled(publishedSchemas.result, [])) as JsonSchema);
	t.regex(without(JSON.stringify(report)).join('\n'), new RegExp(`additional properties.*${fixturePart.field}`));
});

test('the schema that is shipped lets later versions add fields to a part', t => {
	const options = {strict: true, strictTypes: false, strictRequired: false};
	const more = withCompression(report, {...found, colour: 1} as Compression);
	t.true(new Ajv2020(options).compile(schema)(more));
	t.false(new Ajv2020(options).compile(closed(schema) as JsonSchema)(more));
});
