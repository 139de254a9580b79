import {readFileSync} from 'node:fs';
import {Ajv} from 'ajv';
import test from 'ava';
import {manyResults, readReports, rendered, sayingEverywhere} from '../helpers/formats.js';

/** Ajv knows no draft 4, and of it the schema uses nothing that changed since but where it says its own name. */
const {
	$schema: _draft,
	id: _name,
	...schema
} = JSON.parse(readFileSync('fixtures/schemas/sarif-2.1.0.json', 'utf8')) as Record<string, unknown>;
const ajv = new Ajv({
	strict: false,
	allErrors: true,
	formats: {
		uri: (text: string) => URL.canParse(text),
		'uri-reference': (text: string) => /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/.test(text) && !/%(?![\da-f]{2})/i.test(text),
		'date-time': (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text),
	},
});
const validate = ajv.compile(schema);

type Log = {
	readonly runs: readonly [
		{
			readonly tool: {readonly driver: {readonly rules: readonly {readonly id: string}[]}};
			readonly results: readonly {
				readonly ruleId: string;
				readonly ruleIndex: number;
				readonly kind: string;
				readonly level: string;
				readonly message: {readonly text: string};
			}[];
		},
	];
};

const logOf = async (results: Parameters<typeof rendered>[1]): Promise<Log> => JSON.parse(await rendered('sarif', results)) as Log;

const inputs = {
	'all results': readReports(),
	nothing: [],
	'many targets': manyResults(50),
	'hostile text': [sayingEverywhere('a b"<>\\^`{|}%[1](http://x)#?\x1b\x00\ufffe\ud800 \n')],
};

for (const [title, results] of Object.entries(inputs)) {
	test(`${title}: valid by the schema of SARIF 2.1.0`, async t => {
		validate(await logOf(results));
		t.deepEqual(validate.errors ?? [], []);
	});
}

test('the schema refuses what is no log, so that its consent means something', async t => {
	t.false(validate({...(await logOf(readReports())), version: '2.0.0'}));
	t.false(validate({version: '2.1.0', runs: [{tool: {driver: {}}}]}));
});

test('every result is of a rule that is there; a failure is an error, what is open has no level, what holds is left out', async t => {
	const [{tool, results}] = (await logOf(readReports())).runs;
	t.deepEqual(
		results.filter(({ruleId, ruleIndex}) => tool.driver.rules[ruleIndex]?.id !== ruleId),
		[],
	);
	t.deepEqual([...new Set(results.map(({kind, level}) => `${kind} ${level}`))].toSorted(), ['fail error', 'open none']);
});

test('no text makes a link or a placeholder of a message', async t => {
	const [{results}] = (await logOf([sayingEverywhere('[here](https://elsewhere.example) {0}')])).runs;
	t.deepEqual(
		results.filter(({message}) => /(?<!\\)\[|(?<!\{)\{(?!\{)/.test(message.text)).map(({message}) => message.text),
		[],
	);
});
