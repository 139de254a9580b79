// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how the file writes its variables.
import {Ajv2020} from 'ajv/dist/2020.js';
import test from 'ava';
import {parse} from 'yaml';
import {readCheckFile} from '../../../source/checks/file/read-check-file.js';
import type {VersionReports} from '../../../source/engine/report.js';
import {evaluate, verdictOf} from '../../../source/policy/evaluate.js';
import {clausesOf, type Expectation} from '../../../source/policy/expectation.js';
import {type Compression, fixtureParts} from '../../helpers/fixture-part.js';
import {assembled, publishedSchemas} from '../../helpers/schemas.js';

const read = (text: string, environment: Readonly<Record<string, string>> = {}) =>
	readCheckFile(text, 'tlsprobe.yaml', environment, fixtureParts);

const subject = {host: 'a.example', today: '2026-11-27'};
const source = {name: 'the expectation itself'};
const clause = {
	ruleId: 'compressionMethods',
	title: 'the expectation for Compression methods is met',
	field: 'compressionMethods',
	demand: {rejects: ['DEFLATE']},
};

test('a part is expected to be something beside words about versions, and policies hold such demands', t => {
	const {endpoints, policies} = read(
		`
policies:
  ours: {source: Manual §7, minimum: 1.2, compressionMethods: {rejects: [DEFLATE]}}
endpoints:
  - {target: a.example, expect: {rejects: 1.0, compressionMethods: {rejects: ['\${METHOD}']}}}
  - {target: b.example, expect: [{compressionMethods: {rejects: [DEFLATE]}}, ours]}
`,
		{METHOD: 'DEFLATE'},
	);
	t.deepEqual(
		endpoints.map(({expect}) => expect),
		[
			[
				{kind: 'words', words: {rejects: ['TLSv1.0']}},
				{kind: 'demand', clause: {...clause, source}},
			],
			[
				{kind: 'demand', clause: {...clause, source}},
				{kind: 'policy', name: 'ours'},
			],
		],
	);
	const own = clausesOf([{kind: 'policy', name: 'ours'}], subject, policies);
	t.deepEqual(own[1], {...clause, source: {name: 'Manual §7', url: undefined}});
	t.is(clausesOf(endpoints[1]!.expect!, subject, policies).length, 2);
});

/** Files with one fault each, and what is said of it. */
const faults: readonly (readonly [text: string, message: string])[] = [
	[
		'endpoints:\n  - target: a.example\n    expect:\n      compressionMethods: {takes: x}\n',
		'tlsprobe.yaml:4:27: compressionMethods: it takes rejects, a list of methods, not {"takes":"x"}',
	],
	[
		'endpoints:\n  - {target: a.example, expect: {compresionMethods: {rejects: []}}}\n',
		'tlsprobe.yaml:2:34: an expectation has no field "compresionMethods"; did you mean compressionMethods?',
	],
	[
		'endpoints:\n  - {target: a.example, expect: {}}\n',
		'tlsprobe.yaml:2:33: the expectation is empty; it takes rejects, accepts, acceptsAny, minimum, compressionMethods',
	],
	[
		'endpoints:\n  - {target: a.example, expect: {compressionMethods: "${SECRET}"}}\n',
		'tlsprobe.yaml:2:54: compressionMethods: it takes rejects, a list of methods, not "${SECRET}"',
	],
	[
		'policies: {p: {compressionMethods: 1}}\nendpoints: [a.example]\n',
		'tlsprobe.yaml:1:36: compressionMethods: it takes rejects, a list of methods, not 1',
	],
];

for (const [text, message] of faults) {
	test(`${JSON.stringify(text)}: the fault has its line`, t => {
		t.is(t.throws(() => read(text, {SECRET: 'hunter2'}))!.message, message);
	});
}

test('a field that no part has is no expectation', t => {
	t.throws(() => readCheckFile('endpoints: [{target: a, expect: {compressionMethods: {rejects: [x]}}}]', 'x.yaml', {}, []), {
		message: /has no field "compressionMethods"/,
	});
});

const schema = JSON.parse(assembled(publishedSchemas.check, fixtureParts)) as object;
const validate = new Ajv2020({strict: true, strictTypes: false, strictRequired: false}).compile(schema);

test('the schema of check files takes what the reader takes', t => {
	for (const expect of [
		'{compressionMethods: {rejects: [DEFLATE]}}',
		'[azure, {minimum: 1.2, compressionMethods: {rejects: [DEFLATE]}}]',
		'{compressionMethods: {takes: x}}',
		'{compressionMethods: 1}',
	]) {
		const text = `policies: {p: ${expect.startsWith('[') ? '{minimum: 1.2}' : expect}}\nendpoints: [{target: a, expect: ${expect}}]`;
		const isValid = validate(parse(text));
		t.is(isValid, expect.includes('DEFLATE'), `${expect}: ${JSON.stringify(validate.errors)}`);
		(isValid ? t.notThrows : t.throws)(() => read(text));
	}
});

const versions: VersionReports = {};
const demanding: Expectation = [{kind: 'demand', clause: {...clause, source}}];
const cases: readonly (readonly [found: Compression | undefined, verdict: string, message: string])[] = [
	[{methods: [], status: 'absent'}, 'pass', 'DEFLATE is refused'],
	[{methods: ['DEFLATE'], status: 'present'}, 'fail', 'DEFLATE is accepted, but should be refused'],
	[{methods: [], status: 'inconclusive'}, 'inconclusive', 'DEFLATE is not proved to be refused'],
	[undefined, 'inconclusive', 'there is no result for Compression methods'],
];

for (const [compressionMethods, verdict, message] of cases) {
	test(`a demand on ${JSON.stringify(compressionMethods)} is ${verdict}`, t => {
		const report = {versions, ...(compressionMethods === undefined ? {} : {compressionMethods})};
		const judgements = evaluate(report, clausesOf(demanding, subject), fixtureParts);
		t.deepEqual(judgements, [{ruleId: clause.ruleId, title: clause.title, status: verdict as 'pass', message, versions: [], source}]);
		t.is(verdictOf(judgements), verdict as 'pass');
	});
}

test('a demand on a part that is not in the list is undecided', t => {
	const report = {versions, compressionMethods: {methods: [], status: 'absent'}};
	t.is(evaluate(report, clausesOf(demanding, subject), [])[0]!.status, 'inconclusive');
});

test('the same demand of two policies is judged once, and another one of the same part as well', t => {
	const others: Expectation = [{kind: 'demand', clause: {...clause, source, demand: {rejects: ['LZS']}}}];
	t.is(clausesOf([...demanding, ...demanding, ...others], subject).length, 2);
});
