import test from 'ava';
import type {TargetResult} from '../../source/engine/probe-target.js';
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

const [suites, certified] = ['suites.example.com', 'portal.example.com'].map(
	host => readReports().find(({target}) => target.host === host)!,
);

test('what a probe found has its measures: when certificates expire, what is weak, which group is selected', async t => {
	const text = await rendered('prometheus', [suites!, certified!]);
	const own = (result: TargetResult): string => {
		const {target, address, serverName} = result.recordings[0].report;
		return `target="${target}",address="${address}",server_name="${serverName}"`;
	};
	const samples = [
		`weak_cipher_suites{${own(suites!)}} 4`,
		`weakest_cipher_suite_info{${own(suites!)},cipher_suite="TLS_RSA_WITH_3DES_EDE_CBC_SHA",weakness="short-blocks"} 1`,
		`undecided_cipher_suites{${own(suites!)}} 4`,
		`preferred_group_info{${own(suites!)},version="TLSv1.3",group="X25519MLKEM768"} 1`,
		`preferred_group_info{${own(suites!)},version="TLSv1.2",group="x25519"} 1`,
		`certificate_expiry_timestamp_seconds{${own(certified!)},kind="RSA"} ${Date.parse('2026-03-12T09:30:00Z') / 1000}`,
	].map(line => `tlsprobe_${line}`);
	t.deepEqual(
		samples.filter(line => !text.includes(`\n${line}\n`)),
		[],
	);
	t.is(text.match(/^# TYPE tlsprobe_certificate_expiry_timestamp_seconds gauge$/gm)?.length, 1);
});

test('of what was probed twice the later counts, whatever its labels were before', async t => {
	const {report} = suites!.recordings[0];
	const {cipherSuites: found} = report as unknown as {readonly cipherSuites: Readonly<Record<string, object>>};
	const mended = {...report, cipherSuites: {'TLSv1.3': found['TLSv1.3']}} as typeof report;
	const again = (later: typeof report): readonly TargetResult[] => [suites!, {...suites!, recordings: [{report: later, attempts: []}]}];
	t.notRegex(await rendered('prometheus', again(mended)), /weakest_cipher_suite_info|weak_cipher_suites\{.*\} [1-9]/);
	t.regex(await rendered('prometheus', again(mended).toReversed()), /weakest_cipher_suite_info\{.*\} 1\n/);
});

test('a server that accepts no version has no measures of probes', async t => {
	const {report} = suites!.recordings[0];
	const versions = Object.fromEntries(Object.entries(report.versions).map(([name, item]) => [name, {...item, status: 'inconclusive'}]));
	const text = await rendered('prometheus', [{...suites!, recordings: [{report: {...report, versions} as typeof report, attempts: []}]}]);
	t.notRegex(text, /cipher_suite|group_info/);
});
