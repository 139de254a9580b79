import test, {type ExecutionContext} from 'ava';
import type {Report} from '../../source/engine/report.js';
import {peers} from '../../source/lab/peers/index.js';
import {startLab} from '../../source/lab/start-lab.js';
import {clausesOf} from '../../source/policy/expectation.js';
import {needsOf} from '../../source/policy/needs.js';
import {policies} from '../../source/policy/policies/index.js';
import {rowsOf} from '../helpers/depth.js';
import {readResults} from '../helpers/lists.js';
import {runInProcess} from '../helpers/run-in-process.js';

type Targets = Readonly<Record<string, string>>;

/** Servers of the lab, by name. @returns Where each listens. */
async function start(t: ExecutionContext, ...names: readonly string[]): Promise<Targets> {
	const lab = await startLab(peers.filter(({name}) => names.includes(name)));
	t.teardown(lab.close);
	return Object.fromEntries(lab.running.map(({peer, port}) => [peer.name, `${lab.address}:${port}`]));
}

const checkFile = (targets: Targets, expect: unknown): string =>
	JSON.stringify({endpoints: Object.values(targets).map(target => ({target, expect}))});

const judged = (stdout: string) => readResults(stdout).map(({target, verdict, judgements}: Report) => ({target, verdict, judgements}));

/** Lists are judged by the same function as targets; what differs is how it comes to them, and threads. */
const inLists: readonly string[] = ['default', 'mozilla-modern', 'azure'];

/** Whether a policy is about cipher suites, where servers with few of them are asked. */
const asksSuites = (name: string): boolean =>
	needsOf(clausesOf([{kind: 'policy', name}], {host: '', today: '2026-11-27'})).probes.length > 0;

for (const {name} of rowsOf(policies, 2, policy => (inLists.includes(policy.name) ? policy.name : asksSuites(policy.name)))) {
	test.serial(`--policy ${name} says what check says of it`, async t => {
		const targets = await start(t, ...(asksSuites(name) ? ['tls13-only', 'compliant'] : ['legacy', 'compliant', 'tls13-only', 'storage']));
		const byCheck = await runInProcess(['check', '-', '--json'], {input: checkFile(targets, name)});
		const input = Object.values(targets).join('\n');
		const others = [
			await runInProcess(['--policy', name, '--json', ...Object.values(targets)]),
			...(inLists.includes(name) ? [await runInProcess(['--policy', name, '--json', '--ordered', '--hosts', '-'], {input})] : []),
		];
		t.is(judged(byCheck.stdout).length, Object.keys(targets).length);
		t.true(judged(byCheck.stdout).every(({judgements}) => judgements!.length > 0));
		for (const {stdout, code} of others) {
			t.deepEqual(judged(stdout), judged(byCheck.stdout));
			t.is(code, byCheck.code);
		}
	});
}

for (const format of rowsOf(['rules', 'table', 'tap', 'github', 'markdown', 'nagios', 'csv'], 3)) {
	test.serial(`--format ${format} with --policy is what check prints`, async t => {
		const targets = await start(t, 'legacy', 'not-tls');
		const [byName, byCheck] = [
			await runInProcess(['--policy', 'pci-dss', '--format', format, ...Object.values(targets)]),
			await runInProcess(['check', '-', '--format', format], {input: checkFile(targets, 'pci-dss')}),
		];
		const withoutTimes = (text: string): string =>
			text.replaceAll(/time=[\d.]+|\d{4}-\d\d-\d\dT[\d:.]+Z,[\d.]+/g, '').replaceAll(/ +[\d.]+$/gm, '');
		t.regex(byCheck.stdout, /\S/);
		t.is(withoutTimes(byName.stdout), withoutTimes(byCheck.stdout));
		t.is(byName.code, byCheck.code);
	});
}

test.serial('several policies all hold, each rule once, and the worst counts', async t => {
	const {legacy = ''} = await start(t, 'legacy');
	const {code, stdout} = await runInProcess(['--policy', 'mozilla-old,default', '--policy', 'rfc8996', '--json', legacy]);
	t.is(code, 1);
	t.deepEqual(
		judged(stdout)[0]!.judgements!.map(({ruleId, status}) => `${ruleId} ${status}`),
		[
			'mozilla-old fail',
			'mozilla-old-suites pass',
			'mozilla-old-groups fail',
			'mozilla-old-certificates fail',
			'mozilla-old-ocsp-stapling pass',
			'rfc6176-no-ssl-2 pass',
			'rfc7568-no-ssl-3 pass',
			'rfc8996-no-tls-1-0 fail',
			'rfc8996-no-tls-1-1 fail',
			'accepts-any pass',
		],
	);
});

test.serial('what a policy is about is asked for beside --versions, and nothing else', async t => {
	const {compliant = ''} = await start(t, 'compliant');
	const {stdout} = await runInProcess(['--policy', 'mozilla-old', '--versions', '1.0', '--json', compliant]);
	t.deepEqual(Object.keys(readResults(stdout)[0]!.versions), ['SSLv2', 'SSLv3', 'TLSv1.0', 'TLSv1.2', 'TLSv1.3']);
});

test.serial('--only, --bail and the summary go by the policy', async t => {
	const targets = await start(t, 'legacy', 'compliant', 'not-tls');
	const input = `${targets.legacy}\n${targets['not-tls']}`;
	const only = await runInProcess(['--policy', 'mozilla-old', '--only', 'fail', '--json', '--hosts', '-'], {input});
	t.is(only.code, 1);
	t.deepEqual(
		readResults(only.stdout).map(({target}) => target),
		[targets.legacy],
	);
	// TLS 1.0 and 1.1 are accepted too, and break no rule of this policy.
	t.regex(only.stderr, /1 {2}TLSv1\.3 rejected/);
	t.notRegex(only.stderr, /TLSv1\.0 accepted/);
	const bailing = await runInProcess(['--policy', 'mozilla-modern', '--bail', '--json', targets.compliant!, targets.legacy!]);
	t.is(bailing.code, 1);
	t.deepEqual(
		readResults(bailing.stdout).map(({target}) => target),
		[targets.compliant],
	);
});

test('a line that is no target is held to nothing, and a name that is not found to every rule', async t => {
	const {code, stdout} = await runInProcess(['--policy', 'rfc8996', '--json', '--ordered', '--hosts', '-'], {
		input: 'a b\nx.invalid\n',
	});
	t.is(code, 3);
	t.deepEqual(
		judged(stdout).map(({verdict, judgements}) => [verdict, judgements?.map(({status}) => status)]),
		[
			['inconclusive', undefined],
			['inconclusive', ['inconclusive', 'inconclusive']],
		],
	);
});

test('a policy that does not exist is wrong usage, with the nearest name and all of them', async t => {
	for (const more of [['a.example'], ['--hosts', '-']]) {
		const {code, stdout, stderr} = await runInProcess(['--policy', 'mozila-modern', ...more]);
		t.is(code, 2);
		t.is(stdout, '');
		t.regex(
			stderr,
			/^tlsprobe: --policy takes default, rfc8996, .*azure-front-door, no-known-vulnerability, not "mozila-modern"; did you mean mozilla-modern\?\n$/,
		);
	}
});

test('check knows the policies of its file by --policy too', async t => {
	const {code, stdout, stderr} = await runInProcess(['check', '-', '--policy', 'house', '--json'], {
		input: 'policies: {house: {rejects: [1.0]}}\nendpoints: [{target: x.invalid, expect: rfc8996}]\n',
	});
	t.is(stderr, '');
	t.is(code, 3);
	t.deepEqual(
		judged(stdout)[0]!.judgements!.map(({ruleId}) => ruleId),
		['rfc8996-no-tls-1-0', 'rfc8996-no-tls-1-1', 'rejects'],
	);
});

test('the help names every policy', async t => {
	const {stdout} = await runInProcess(['--help']);
	t.deepEqual(
		policies.map(({name}) => name).filter(name => !new RegExp(`\\b${name}\\b`).test(stdout)),
		[],
	);
});
