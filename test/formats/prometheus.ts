import test from 'ava';
import {manyResults, readReports, rendered, sayingEverywhere} from '../helpers/formats.js';
import {runProgram} from '../helpers/run-program.js';
import {testWith} from '../helpers/test-with.js';

const testWithPromtool = testWith({programs: ['promtool'], debianPackage: 'prometheus'});

const inputs = {
	'all results': readReports(),
	'many targets': manyResults(50),
	'the same target twice': [...manyResults(1), ...manyResults(1)],
	'hostile text': [sayingEverywhere('"} 1\nevil 1\\n"\\\x1b\x00\ufffe\ud800')],
	nothing: [],
};

for (const [title, results] of Object.entries(inputs)) {
	testWithPromtool(`${title}: promtool finds nothing wrong`, async t => {
		const said = runProgram('promtool', ['check', 'metrics'], await rendered('prometheus', results));
		t.deepEqual(said, {code: 0, text: ''});
	});
}

testWithPromtool('promtool refuses what is no metric, so that its consent means something', async t => {
	const said = runProgram('promtool', ['check', 'metrics'], `${await rendered('prometheus', readReports())}evil{ 1\n`);
	t.not(said.code, 0);
});

test('no sample is there twice, whatever was probed twice', async t => {
	const lines = (await rendered('prometheus', [...manyResults(3), ...manyResults(3)])).split('\n').map(line => line.replace(/ [^ ]+$/, ''));
	const samples = lines.filter(line => line !== '' && !line.startsWith('#'));
	t.deepEqual([...new Set(samples)], samples);
});

test('what is undecided is neither accepted nor rejected, and no rule is met or broken by it', async t => {
	const text = await rendered('prometheus', [readReports().find(({target}) => target.target === 'mail.example.com:587')!]);
	for (const name of ['version_accepted', 'version_rejected', 'rule_met', 'rule_broken']) {
		t.regex(text, new RegExp(`^tlsprobe_${name}\\{.*\\} 0$`, 'm'));
		t.notRegex(text, new RegExp(`^tlsprobe_${name}\\{.*\\} 1$`, 'm'));
	}
});
