// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how the file writes its variables.
import {readFileSync} from 'node:fs';
import {Ajv2020} from 'ajv/dist/2020.js';
import test from 'ava';
import {parse} from 'yaml';
import {readCheckFile} from '../../../source/checks/file/read-check-file.js';
import {policies} from '../../../source/policy/policies/index.js';
import {rules} from '../../../source/policy/rules/index.js';
import {reportParts} from '../../../source/probes/report-parts.js';
import {startTlsNames} from '../../../source/transport/starttls/index.js';

const environment = {PORT: '8443', PROXY_PASSWORD: 'hunter2'};
const read = (text: string) => readCheckFile(text, 'tlsprobe.yaml', environment);

test('a whole file is read, with everything that may stand in it', t => {
	const {
		defaults,
		policies: own,
		endpoints,
	} = read(`
$schema: ./check.json
defaults:
  expect: {rejects: [TLSv1.0, 1.1], accepts: [TLSv1.2, tls1.3]}
  timeout: 2s
policies:
  strict: {extends: house, rules: [rfc9325-tls-1-3]}
  house: {title: Ours, source: Manual §7, extends: [rfc8996], minimum: 1.2}
endpoints:
  - target: edge.example.com:443
    name: public edge
    servername: Portal.Example.com
    address: 127.0.0.1:\${PORT}
    proxy: http://user:\${PROXY_PASSWORD}@127.0.0.1:3128
    starttls: smtp
    deadline: 1m
    retries: 0
    expect: {rejects: TLSv1.0, acceptsAny: [TLSv1.2, TLSv1.3]}
  - include: hosts.txt
    expect: [azure, strict]
  - bare.example.com
  - {target: '[::1]:8443', address: '::1', servername: false}
`);
	t.deepEqual(JSON.parse(JSON.stringify(defaults)), {
		timeoutMs: 2000,
		expect: [{kind: 'words', words: {rejects: ['TLSv1.0', 'TLSv1.1'], accepts: ['TLSv1.2', 'TLSv1.3']}}],
	});
	t.deepEqual(JSON.parse(JSON.stringify(own)), [
		{
			name: 'strict',
			title: 'strict',
			source: {name: 'the policy strict'},
			extends: ['house'],
			rules: [{rule: 'rfc9325-tls-1-3'}],
		},
		{
			name: 'house',
			title: 'Ours',
			source: {name: 'Manual §7'},
			extends: ['rfc8996'],
			rules: [{rule: 'minimum', parameters: {minimum: 'TLSv1.2'}}],
		},
	]);
	t.deepEqual(JSON.parse(JSON.stringify(endpoints.map(({place, ...entry}) => entry))), [
		{
			kind: 'target',
			target: {target: 'edge.example.com:443', host: 'edge.example.com', port: 443},
			address: {host: '127.0.0.1', port: 8443, text: '127.0.0.1:8443'},
			serverName: 'portal.example.com',
			deadlineMs: 60_000,
			proxy: {
				label: 'http://***@127.0.0.1:3128',
				choice: {proxy: {protocol: 'http', host: '127.0.0.1', port: 3128, user: 'user', password: 'hunter2'}, noProxy: ''},
			},
			starttls: 'smtp',
			retries: 0,
			expect: [{kind: 'words', words: {rejects: ['TLSv1.0'], acceptsAny: ['TLSv1.2', 'TLSv1.3']}}],
			name: 'public edge',
		},
		{
			kind: 'include',
			path: 'hosts.txt',
			written: 'hosts.txt',
			expect: [
				{kind: 'policy', name: 'azure'},
				{kind: 'policy', name: 'strict'},
			],
		},
		{kind: 'target', target: {target: 'bare.example.com:443', host: 'bare.example.com', port: 443}},
		{
			kind: 'target',
			target: {target: '[::1]:8443', host: '::1', port: 8443},
			address: {host: '::1', text: '::1'},
			serverName: null,
		},
	]);
});

test('the proxy of the environment is read with the file, and what is wrong with it has a place', t => {
	const text = 'endpoints:\n  - {target: a, proxy: env}\n  - {target: b, proxy: none}\n';
	const file = readCheckFile(text, 'tlsprobe.yaml', {HTTPS_PROXY: 'user:hunter2@127.0.0.1:3128', NO_PROXY: '.local'});
	t.deepEqual(
		file.endpoints.map(({proxy}) => [proxy?.label, proxy?.choice.proxy?.port, proxy?.choice.noProxy]),
		[
			['env', 3128, '.local'],
			['none', undefined, ''],
		],
	);
	t.deepEqual(file.notes, []);
	t.deepEqual(readCheckFile(text, 'tlsprobe.yaml', {}).notes, [
		'tlsprobe.yaml:2:24: proxy env: HTTPS_PROXY is not set, so targets are connected to directly',
	]);
	t.throws(() => readCheckFile(text, 'tlsprobe.yaml', {HTTPS_PROXY: 'ftp://user:hunter2@127.0.0.1'}), {
		name: 'InputError',
		message: /^tlsprobe\.yaml:2:24: proxy: env: HTTPS_PROXY: "ftp:\/\/[^h]*127\.0\.0\.1": ftp:\/\/ is not supported/,
	});
});

test('JSON is read as well, with tabs, and anchors save repetition', t => {
	t.is(read('{\n\t"endpoints": [\n\t\t{"target": "a.example.com"}\n\t]\n}').endpoints.length, 1);
	const {endpoints} = read('endpoints:\n  - {target: a, expect: &ours {minimum: 1.2}}\n  - {target: b, expect: *ours}\n');
	t.deepEqual(endpoints[0]!.expect, endpoints[1]!.expect);
});

test('what is merged stands behind what is written, wherever it is written', t => {
	const {endpoints} = read(
		'endpoints:\n  - &one {target: a, name: one, retries: 2}\n  - {<<: *one, name: two}\n  - {name: three, <<: [*one, {deadline: 1m}]}\n',
	);
	t.deepEqual(
		endpoints.map(({name, retries, deadlineMs}) => [name, retries, deadlineMs]),
		[
			['one', 2, undefined],
			['two', 2, undefined],
			['three', 2, 60_000],
		],
	);
});

test('anchors that multiply end in an error, soon', t => {
	const levels = Array.from({length: 12}, (_, level) => `x-${level + 1}: &a${level + 1} [${`*a${level},`.repeat(10)}]`);
	const error = t.throws(() => read(`x-0: &a0 [a]\n${levels.join('\n')}\nendpoints: *a12\n`), {name: 'InputError'});
	t.regex(error!.message, /more than 100000 values, with its aliases expanded/);
});

test('$${ is no variable, and a variable may stand anywhere', t => {
	const {endpoints} = read('endpoints: [{target: "a:${PORT}", name: "$${PORT} is $${ and ${PORT}"}]');
	t.is(endpoints[0]!.name, '${PORT} is ${ and 8443');
	t.is(endpoints[0]!.kind === 'target' ? endpoints[0]!.target.port : 0, 8443);
});

/** Parts of a report that something can be demanded of. */
const demandable = reportParts.filter(({demand}) => demand !== undefined).map(({field}) => field);

const faults: readonly (readonly [title: string, text: string, problems: readonly string[]])[] = [
	['an empty file', '', ['1:1: the file is empty; see tlsprobe check --help for its format, or write one with tlsprobe check --init HOST']],
	['no endpoints', 'defaults: {}', ['1:1: there are no endpoints; list them under "endpoints:"']],
	['an empty list of them', 'endpoints: []', ['1:12: there are no endpoints']],
	['a list for a file', '- a', ['1:1: the file is a mapping of fields, not a list']],
	['a slip in a field', 'endpoints:\n  - target: a\n    exepct: azure\n', ['3:5: an endpoint has no field "exepct"; did you mean expect?']],
	[
		'a slip in a word',
		'endpoints:\n  - {target: a, expect: {reject: TLSv1.0}}\n',
		['2:26: an expectation has no field "reject"; did you mean rejects?'],
	],
	[
		'a slip in a version',
		'endpoints: [{target: a, expect: {minimum: TLSv1.5}}]',
		['1:43: there is no version "TLSv1.5"; did you mean TLSv1.0?'],
	],
	['a slip in a policy', 'endpoints: [{target: a, expect: azzure}]', ['1:33: there is no policy "azzure"; did you mean azure?']],
	[
		'a slip in a policy of ones own',
		'policies: {house: {minimum: 1.2}}\nendpoints: [{target: a, expect: hose}]',
		['2:33: there is no policy "hose"; did you mean house?'],
	],
	[
		'a slip in a rule',
		'policies: {house: {rules: [rfc9325-tls-1-4]}}\nendpoints: [a]',
		['1:28: there is no rule "rfc9325-tls-1-4"; did you mean rfc9325-tls-1-2?'],
	],
	[
		'policies that extend each other',
		'policies: {a: {extends: b}, b: {extends: a}}\nendpoints: [a]',
		['1:12: the policy a extends itself', '1:29: the policy b extends itself'],
	],
	[
		'an expectation of nothing',
		'endpoints: [{target: a, expect: {}}]',
		[`1:33: the expectation is empty; it takes ${['rejects', 'accepts', 'acceptsAny', 'minimum', ...demandable].join(', ')}`],
	],
	[
		'an expectation of both',
		'endpoints: [{target: a, expect: {rejects: 1.2, accepts: [1.2]}}]',
		['1:33: TLSv1.2 is expected to be both rejected and accepted'],
	],
	['an empty list of versions', 'endpoints: [{target: a, expect: {rejects: []}}]', ['1:43: the list is empty']],
	['no target', 'endpoints:\n  - name: x\n', ['2:5: an endpoint needs a target, or include']],
	['two targets', 'endpoints:\n  - {target: a, include: b}\n', ['2:5: target and include cannot be used together; use one of them']],
	['a target that is none', 'endpoints:\n  - target: a:99999\n', ['2:13: "a:99999": not a port from 1 to 65535: "99999"']],
	[
		'an address that is none',
		'endpoints: [{target: a, address: "a b"}]',
		['1:34: "a b" is not an address to connect to; write 127.0.0.1 or 127.0.0.1:8443'],
	],
	['a name that is an address', 'endpoints: [{target: a, servername: 127.0.0.1}]', ['1:37: servername takes a host name, not "127.0.0.1"']],
	['a time that is none', 'endpoints: [{target: a, timeout: soon}]', ['1:34: timeout takes a duration such as 5s, not "soon"']],
	['a variable that is not set', 'endpoints: [{target: "${NOPE}"}]', ['1:22: the environment variable NOPE is not set']],
	['a variable that is none', 'endpoints: [{target: a, name: "${1"}]', ['1:31: not a variable: ${1; write ${NAME}, and $${ for ${ itself']],
	['a field given twice', 'endpoints: [a]\nendpoints: [b]', ['2:1: the field "endpoints" is given twice']],
	[
		'a second document',
		'endpoints: [a]\n---\nendpoints: [b]',
		['2:1: a second document begins, but a file may have only one: remove ---, or use two files'],
	],
	['syntax, a bracket too many', 'endpoints: [a]]\nx-a: [{b: 1}]\n', ['1:15: a "]" is not expected here']],
	['syntax, a word behind a list', 'endpoints: [a] b\nx-a: 1\n', ['1:16: this word is not expected here']],
	['tabs that indent', 'endpoints:\n\t- a', ['2:1: tabs are not allowed as indentation; use spaces']],
	['a tag', 'endpoints: [{target: !secret a}]', ['1:22: there is no tag !secret; an environment variable is written ${NAME}']],
	[
		'a value with a colon',
		'endpoints:\n  - target: a: b\n',
		['2:13: a field is inside a value: put the value in quotes if it contains ": ", or start the field on a new line'],
	],
	['a field that is no word', '? [a]\n: 1\n', ['1:3: the name of a field is a word']],
	[
		'very many faults',
		`endpoints:\n${'  - {tarket: a}\n'.repeat(25)}`,
		[
			...Array.from({length: 20}, (_, index) => `${index + 2}:6: an endpoint has no field "tarket"; did you mean target?`),
			' and 5 more problems',
		],
	],
	['an anchor that is not there', 'endpoints: [*a]', ['1:13: there is no anchor &a before it']],
	['an anchor that contains itself', 'endpoints: &a\n  - *a\n', ['2:5: the anchor &a contains itself']],
	['a merge of no mapping', 'endpoints: [{target: a, <<: 5}]', ['1:29: << takes a mapping, such as *name']],
	[
		'a protocol that is none',
		'endpoints: [{target: a, starttls: smpt}]',
		['1:35: there is no protocol with STARTTLS "smpt"; did you mean smtp?'],
	],
	['a header that is none', 'endpoints: [{target: a, proxyProtocol: 3}]', ['1:40: proxyProtocol is 1 or 2, not 3']],
	[
		'an expectation of both, by a minimum',
		'endpoints: [{target: a, expect: {minimum: 1.2, accepts: [1.0]}}]',
		['1:33: TLSv1.0 is expected to be both rejected and accepted'],
	],
	[
		'an expectation of both, of any',
		'endpoints: [{target: a, expect: {rejects: [1.2, 1.3], acceptsAny: [1.2, 1.3]}}]',
		['1:33: TLSv1.2 or TLSv1.3 is expected to be both rejected and accepted'],
	],
	[
		'several faults, each where it stands',
		'endpoints:\n  - target: a:0\n  - tarket: b\n',
		['2:13: "a:0": not a port from 1 to 65535: "0"', '3:5: an endpoint has no field "tarket"; did you mean target?'],
	],
];

for (const [title, text, problems] of faults) {
	test(`${title}: is said with line and column`, t => {
		const error = t.throws(() => read(text), {name: 'InputError'});
		t.deepEqual(
			error!.message.split('\n'),
			problems.map(problem => `tlsprobe.yaml:${problem}`),
		);
	});
}

for (const text of [
	'endpoints: [{target: a, proxy: "ftp://user:hunter2@127.0.0.1"}]',
	'endpoints: [{target: a, proxy: "http://user:hun/ter2@127.0.0.1:x"}]',
	'endpoints: [{target: a, proxy: "${PROXY_PASSWORD}"}]',
	'endpoints: [{target: "https://user:hunter2@example.com:port/"}]',
	'endpoints: [{target: a, timeout: "${PROXY_PASSWORD}"}]',
	'endpoints: [{target: a, expect: "${PROXY_PASSWORD}"}]',
	'endpoints: [{target: a, address: "user:${PROXY_PASSWORD}"}]',
	'endpoints: [{target: "a:${PROXY_PASSWORD}@"}]',
	'endpoints: [{target: a, starttls: "${PROXY_PASSWORD}"}]',
	'endpoints: [{target: a, proxyProtocol: "${PROXY_PASSWORD}"}]',
	'endpoints: [{target: a, proxy: "http://user:%zz${PROXY_PASSWORD}@127.0.0.1:1"}]',
	'endpoints: [{target: a, servername: "${PROXY_PASSWORD}/"}]',
	'endpoints: [{target: a, expect: {rejects: "${PROXY_PASSWORD}"}}]',
	'endpoints: ]\ndefaults: {proxy: "http://user:hunter2@127.0.0.1:1"}',
	'endpoints: [a]\n"http://user:hunter2@127.0.0.1:1"',
]) {
	test(`no secret is repeated: ${text}`, t => {
		const error = t.throws(() => read(text), {name: 'InputError'});
		t.notRegex(error!.message, /hunter2|ter2/);
	});
}

test('a file that is no file of expectations is named as what it is, in one line', t => {
	const problemOf = (text: string): string => t.throws(() => read(text), {name: 'InputError'})!.message;
	t.is(problemOf('\u007FELF\u0002\u0000\u0001: ]\n]]'), 'tlsprobe.yaml: this is binary data, not a file of expectations');
	const results = readFileSync('fixtures/formats/all.jsonl', 'utf8');
	const asResults = 'tlsprobe.yaml: these are results, not expectations; tlsprobe diff compares them with what holds now';
	t.is(problemOf(results), asResults);
	t.is(problemOf(readFileSync('fixtures/formats/all.json', 'utf8')), asResults);
});

type Schema = {
	readonly properties: {
		readonly defaults: {readonly properties: {readonly starttls: {readonly anyOf: readonly {readonly enum?: readonly string[]}[]}}};
	};
	readonly $defs: Readonly<
		Record<string, {readonly enum?: readonly string[]; readonly anyOf?: readonly {readonly enum?: readonly string[]}[]}>
	>;
};
const schema = JSON.parse(readFileSync('source/checks/file/check.schema.json', 'utf8')) as Schema;
const validate = new Ajv2020({strict: true, strictTypes: false, strictRequired: false}).compile(schema);

test('the schema knows every policy, every rule and every protocol', t => {
	const {starttls} = schema.properties.defaults.properties;
	t.deepEqual(starttls.anyOf[0]!.enum, ['auto', ...startTlsNames, 'none']);
	t.deepEqual(schema.$defs.policyName!.anyOf![0]!.enum, policies.map(({name}) => name).toSorted());
	t.deepEqual(schema.$defs.ruleId!.enum, rules.map(({id}) => id).toSorted());
});

/** Faults that lie in what a text says, not in how the file is built. */
const beyondSchema =
	/slip in a (?:version|policy)|extend each other|expectation of both|second document|tabs that|anchor that|a tag|with a colon|no word|(?:target|address|name) that is|variable that|given twice|syntax/;

test('what the schema finds wrong is wrong, and the other way round but for what words mean', t => {
	const verdicts = faults.map(([title, text]) => ({
		title,
		isValid: validate(/syntax|twice|document|tabs|anchor|a tag|colon|no word/.test(title) ? {endpoints: ['a']} : parse(text)),
	}));
	t.deepEqual(
		verdicts.filter(({title, isValid}) => isValid !== beyondSchema.test(title)),
		[],
	);
});

for (const text of [
	'endpoints: [a]',
	'endpoints: [{target: a, expect: azure}]',
	'endpoints: [{target: a, expect: [azure, {minimum: 1.2}]}]',
	'endpoints: [{target: a, servername: false, retries: 3, timeout: 5, deadline: 500ms}]',
	'endpoints: [{target: a, servername: null, address: "127.0.0.1:1", proxy: "socks5h://a:b@c:1", starttls: smtp}]',
	'x-versions: &old [1.0, 1.1]\nendpoints: [{target: a, proxy: none, starttls: false, proxyProtocol: 2, expect: {rejects: *old}}]',
	'defaults: {expect: {acceptsAny: [1.2, TLSv1.3]}, proxy: env}\nendpoints: [{include: hosts.txt, name: x}]',
	'policies: {p: {title: t, source: s, url: "https://example.com/", extends: azure, rules: rfc6176-no-ssl-2, rejects: 1.0}}\nendpoints: [{target: a, expect: p}]',
]) {
	test(`reader and schema take ${text}`, t => {
		t.notThrows(() => read(text));
		t.true(validate(parse(text)), JSON.stringify(validate.errors));
	});
}
