import {readFileSync} from 'node:fs';
import test from 'ava';
import probeCommand from '../../../source/commands/probe.js';
import type {Report} from '../../../source/engine/report.js';
import {peers} from '../../../source/lab/peers/index.js';
import {startLab} from '../../../source/lab/start-lab.js';
import {probes} from '../../../source/probes/index.js';
import {parseProbes} from '../../../source/probes/probe-words.js';
import {makeFolder, readResults} from '../../helpers/lists.js';
import {runInProcess} from '../../helpers/run-in-process.js';

const inFull = probes.filter(({isInFull}) => isInFull).map(({name}) => name);

test('help names every word', t => {
	const [, described = ''] = /--probes LIST\s(.*?)\n {2}--full/s.exec(probeCommand.help) ?? [];
	const words = described.split(/[\s,;:]+/);
	t.deepEqual(
		probes.map(({name}) => name).filter(name => name !== 'clients' && name !== 'versions' && !words.includes(name)),
		[],
	);
});

test('words name probes, each once and in the order of the list', t => {
	const cases: readonly (readonly [texts: readonly string[], names: readonly string[] | RegExp])[] = [
		[[], []],
		[['versions'], ['versions']],
		[
			['certificate, CONFIRM', 'confirm'],
			['confirm', 'certificate'],
		],
		[['full'], inFull],
		[['full,confirm'], inFull],
		[['certificat'], /^takes versions, .*, full, not "certificat"; did you mean certificate\?$/],
		[['confirm,'], /^takes versions, /],
		[['clients'], /tlsprobe clients HOST/],
	];
	for (const [texts, names] of cases) {
		const parsed = parseProbes(texts);
		if (names instanceof RegExp) {
			t.regex(parsed.kind === 'invalid' ? parsed.problem : '', names, texts.join());
		} else {
			t.deepEqual(parsed, {kind: 'probes', probes: names as readonly (typeof inFull)[number][]}, texts.join());
		}
	}
});

for (const argv of [
	['--probes', 'confrim', 'localhost'],
	['--probes', 'confrim', '--hosts', '-'],
	['check', '--probes', 'confrim'],
	['baseline', '--probes', 'confrim', 'localhost', '-o', 'none.jsonl'],
]) {
	test(`${argv.join(' ')} is one line that names the nearest word`, async t => {
		const {code, stdout, stderr} = await runInProcess(argv);
		t.is(code, 2);
		t.is(stdout, '');
		t.regex(stderr, /^tlsprobe: --probes takes .*, not "confrim"; did you mean confirm\?\n$/);
	});
}

test('a word of a check file that is no probe is named with its place', async t => {
	const {code, stderr} = await runInProcess(['check', '-'], {input: 'endpoints:\n  - {target: localhost, probes: [versions, confrim]}\n'});
	t.is(code, 2);
	t.regex(stderr, /:2:\d+: probes takes .*did you mean confirm\?/);
});

/** What a report says that follows from its probes. */
const shownIn = ({asked, versions, certificate}: Report) => ({
	asked: asked?.probes,
	confirmed: Object.values(versions).some(({confirmed}) => confirmed !== undefined),
	certificate: certificate !== undefined,
});

test.serial('probes are asked for by the main command, lists and checks alike', async t => {
	const lab = await startLab(peers.filter(({name}) => name === 'compliant'));
	t.teardown(lab.close);
	const target = `${lab.address}:${lab.running[0]!.port}`;
	const certificate = {asked: ['versions', 'certificate'], confirmed: false, certificate: true};
	const confirm = {asked: ['versions', 'confirm'], confirmed: true, certificate: true};
	const both = {asked: ['versions', 'confirm', 'certificate'], confirmed: true, certificate: true};
	const file = (fields: string): string => `endpoints:\n  - {target: "${target}", ${fields}}\n`;
	const cases: readonly (readonly [argv: readonly string[], input: string, shown: object])[] = [
		[['--json', target], '', {asked: undefined, confirmed: false, certificate: false}],
		[['--json', '--probes', 'certificate', target], '', certificate],
		[['--json', '--probes', 'versions', '--probes', 'confirm', target], '', confirm],
		[['--json', '--probes', 'certificate', '--confirm', target], '', both],
		[['--json', '--evidence', target], '', {asked: undefined, confirmed: false, certificate: true}],
		[['--json', '--probes', 'certificate', '--hosts', '-'], target, certificate],
		[['check', '-', '--json', '--probes', 'certificate'], file('expect: default'), certificate],
		[['check', '-', '--json'], file('probes: [confirm, certificate]'), both],
		[['check', '-', '--json', '--probes', 'certificate'], file('probes: confirm'), both],
		[['check', '-', '--json', '--probes', 'certificate,confirm'], file('confirm: false'), certificate],
	];
	for (const [argv, input, shown] of cases) {
		const {stdout} = await runInProcess(argv, {input});
		t.deepEqual(readResults(stdout).map(shownIn), [shown] as never, `${argv.join(' ')} ${input}`);
	}

	for (const argv of [
		['--json', '--full', target],
		['--json', '--probes', 'full', target],
	]) {
		const [report] = readResults((await runInProcess(argv)).stdout);
		t.deepEqual(report!.asked?.probes, inFull);
		t.is(report!.skippedProbes, undefined);
	}
});

test.serial('check --init writes what a probe found as an expectation, which holds', async t => {
	const lab = await startLab(peers.filter(({name}) => name === 'tls13-only'));
	t.teardown(lab.close);
	const file = makeFolder(t)('first.yaml');
	const init = await runInProcess(['check', '--init', `${lab.address}:${lab.running[0]!.port}`, '--probes', 'cipher-suites', '-o', file]);
	t.is(init.code, 0, init.stderr);
	t.regex(
		readFileSync(file, 'utf8'),
		/^ {4}expect:\n {6}rejects: .*\n {6}accepts: .*\n {6}cipherSuites: \{"only":\["TLS_AES_[^\n]*\]\}\n$/m,
	);
	const {code, stdout} = await runInProcess(['check', file, '--json']);
	t.is(code, 0, stdout);
	t.deepEqual(
		readResults(stdout)[0]!.judgements!.map(({ruleId, status}) => `${ruleId} ${status}`),
		['rejects pass', 'accepts pass', 'cipherSuites pass'],
	);
});

for (const [text, problem] of [
	[undefined, /^tlsprobe: --ca none\.pem cannot be read: there is no such file\n$/],
	['nothing', /^tlsprobe: --ca \S+ has no certificate in PEM \(-----BEGIN CERTIFICATE-----\)\n$/],
] as const) {
	test(`authorities that are ${text ?? 'not there'} are wrong usage`, async t => {
		const file = text === undefined ? 'none.pem' : makeFolder(t)('ca.pem', text);
		const {code, stderr} = await runInProcess(['--ca', file, 'localhost']);
		t.is(code, 2);
		t.regex(stderr, problem);
	});
}
