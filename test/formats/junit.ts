import test from 'ava';
import sax from 'sax';
import {manyResults, readReports, rendered, sayingEverywhere} from '../helpers/formats.js';
import {runProgram} from '../helpers/run-program.js';
import {testWith} from '../helpers/test-with.js';

const testWithXmllint = testWith({programs: ['xmllint'], debianPackage: 'libxml2-utils'});

const schemas = ['fixtures/schemas/junit-jenkins-10.xsd', 'fixtures/schemas/junit-ant.xsd'];
const inputs = {
	'all results': readReports(),
	nothing: [],
	'many targets': manyResults(50),
	'hostile text': [sayingEverywhere('<a href="x">&amp;]]><!--\x1b\x00\ufffe\ud800 \n')],
};

for (const schema of schemas) {
	for (const [title, results] of Object.entries(inputs)) {
		testWithXmllint(`${title}: valid by ${schema.replace(/^.*\//, '')}`, async t => {
			const said = runProgram('xmllint', ['--noout', '--nonet', '--schema', schema, '-'], await rendered('junit', results));
			t.is(said.text.trim(), '- validates');
			t.is(said.code, 0);
		});
	}

	testWithXmllint(`${schema.replace(/^.*\//, '')} refuses what is no report, so that its consent means something`, async t => {
		const broken = (await rendered('junit', readReports())).replace('<testcase ', '<testcase wrong="1" ');
		const said = runProgram('xmllint', ['--noout', '--nonet', '--schema', schema, '-'], broken);
		t.is(said.code, 3);
	});
}

test('a case per rule: a broken one is a failure, an open one an error, and the suite counts them', async t => {
	const result = readReports().find(({target, verdict}) => verdict === 'fail' && target.target === 'server.example.com:443')!;
	const text = await rendered('junit', [result]);
	const found = {testcase: 0, failure: 0, error: 0, tests: 0, failures: 0, errors: 0};
	const parser = sax.parser(true);
	parser.onopentag = ({name, attributes}) => {
		if (name in found) {
			found[name as keyof typeof found] += 1;
		}

		if (name === 'testsuite') {
			found.tests += Number(attributes.tests);
			found.failures += Number(attributes.failures);
			found.errors += Number(attributes.errors);
		}
	};
	parser.write(text);
	parser.close();
	t.is(found.testcase, found.tests);
	t.is(found.failure, found.failures);
	t.is(found.error, found.errors);
	t.true(found.failure > 0);
	t.regex(
		text,
		/expected that TLS 1\.0 is rejected \(RFC 8996 §4\)\. Seen: TLSv1\.0 is accepted, but should be rejected \(TLSv1\.0 accepted: TLS_ECDHE/,
	);
});
