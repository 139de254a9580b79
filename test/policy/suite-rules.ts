import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import {cipherSuites} from '../../source/iana/cipher-suites.js';
import {evaluate} from '../../source/policy/evaluate.js';
import {clausesOf, ruleNamed} from '../../source/policy/expectation.js';
import {needsOf} from '../../source/policy/needs.js';
import {clauseOf, type PartRule} from '../../source/policy/rule.js';
import {rules} from '../../source/policy/rules/index.js';
import type {SuitesDemand} from '../../source/probes/cipher-suites/demand.js';
import {suiteFacts} from '../../source/probes/cipher-suites/suite-facts.js';
import type {CipherSuitesReport} from '../../source/probes/cipher-suites/suites-report.js';
import {weaknessesOf} from '../../source/probes/cipher-suites/weaknesses.js';
import {probes} from '../../source/probes/index.js';
import type {AnyProbe} from '../../source/probes/probe.js';

const subject = {host: 'example.com', today: '2026-11-27'};
const partRules = rules.filter((rule): rule is PartRule => 'probe' in rule);

test('what a rule demands of a part is what a check file may demand', t => {
	t.true(partRules.length >= 8);
	for (const {id, probe, demand} of partRules) {
		const {report} = (probes as readonly AnyProbe[]).find(({name}) => name === probe)!;
		t.deepEqual(report!.demand!.parse(demand), {demand: demand as never}, id);
	}
});

test('a policy with such a rule asks for its probe', t => {
	const needs = (name: string) => needsOf(clausesOf([{kind: 'policy', name}], subject)).probes;
	t.deepEqual(needs('mozilla-modern').toSorted(), ['certificates', 'cipher-suites', 'extensions', 'groups', 'http']);
	t.deepEqual(needs('bsi-tr-02102-2').toSorted(), [
		...['certificates', 'cipher-suites', 'extensions', 'groups'],
		...['resumption', 'signature-schemes', 'vulnerabilities'],
	]);
	t.deepEqual(needs('pci-dss').toSorted(), ['certificates', 'cipher-suites', 'vulnerabilities']);
	t.deepEqual(needs('azure-front-door'), ['cipher-suites']);
	t.deepEqual(needs('azure'), []);
	t.deepEqual(needs('pq-ready'), ['groups']);
	t.deepEqual(needs('rfc8996'), []);
	t.deepEqual(needs('default'), []);
});

type Guideline = {
	readonly version: string;
	readonly date: string;
	readonly licence: string;
	readonly rules: Readonly<Record<string, readonly string[]>>;
};

/** Which suites a document has, and the rule that states them. */
const guidelines = readdirSync('fixtures/guidelines')
	.filter(name => name.endsWith('.json'))
	.map(name => ({name, ...(JSON.parse(readFileSync(`fixtures/guidelines/${name}`, 'utf8')) as Guideline)}));

for (const {name, version, date, licence, rules: stated} of guidelines) {
	test(`${name}: its rules allow the suites that it has, and no others but those with pre-shared keys`, t => {
		t.true([version, date, licence].every(text => text !== ''));
		for (const [id, names] of Object.entries(stated)) {
			const {only} = (ruleNamed(id) as PartRule).demand as SuitesDemand;
			const added = only!.filter(suite => !names.includes(suite));
			t.deepEqual(
				names.filter(suite => !only!.includes(suite)),
				[],
				id,
			);
			t.deepEqual(
				added.filter(suite => !suite.includes('_PSK_') && !suite.includes('TLS_PSK_')),
				[],
				id,
			);
		}
	});
}

test('RFC 10015: the suites of its appendices, and no others', t => {
	const {never} = (ruleNamed('rfc10015-no-static-rsa-no-dhe') as PartRule).demand as SuitesDemand;
	for (const [suite, isForbidden] of [
		['TLS_RSA_WITH_AES_128_GCM_SHA256', true],
		['TLS_RSA_PSK_WITH_AES_128_CBC_SHA', true],
		['TLS_DH_anon_WITH_AES_128_CBC_SHA', true],
		['TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256', true],
		['TLS_PSK_DHE_WITH_AES_128_CCM_8', true],
		['TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', false],
		['TLS_ECDH_RSA_WITH_AES_128_CBC_SHA', false],
		['TLS_PSK_WITH_AES_128_CBC_SHA', false],
		['TLS_AES_128_GCM_SHA256', false],
	] as const) {
		t.is(never!.includes(suite), isForbidden, suite);
	}
});

/** A server that takes these suites in TLS 1.2. */
function accepting(names: readonly string[], undecided: readonly string[] = []): CipherSuitesReport {
	const accepted = names.map(name => {
		const facts = suiteFacts(cipherSuites.code(name as Parameters<typeof cipherSuites.code>[0]));
		const weaknesses = weaknessesOf(facts);
		return {...facts, ...(weaknesses.length === 0 ? {} : {weaknesses})};
	});
	return {'TLSv1.2': {accepted, undecided, preference: 'server', connections: 1}};
}

const [gcm, dhe, rsa, cbc, tripleDes, rc4, exporting, anonymous] = [
	'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
	'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
	'TLS_RSA_WITH_AES_128_CBC_SHA',
	'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
	'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
	'TLS_ECDHE_RSA_WITH_RC4_128_SHA',
	'TLS_RSA_EXPORT_WITH_DES40_CBC_SHA',
	'TLS_DH_anon_WITH_AES_128_CBC_SHA',
] as const;

/** Which of the suites above break which rule, each accepted beside a good one. */
const breaking: Readonly<Record<string, readonly string[]>> = {
	'mozilla-modern-suites': [gcm, dhe, rsa, cbc, tripleDes, rc4, exporting, anonymous],
	'mozilla-intermediate-suites': [dhe, rsa, cbc, tripleDes, rc4, exporting, anonymous],
	'mozilla-old-suites': [rc4, exporting, anonymous],
	'nist-sp-800-52r2-suites': [rsa, tripleDes, rc4, exporting, anonymous],
	'bsi-tr-02102-2-suites': [rsa, tripleDes, rc4, exporting, anonymous],
	'rfc9325-no-weak-suites': [rc4, exporting],
	'rfc10015-no-static-rsa-no-dhe': [dhe, rsa, tripleDes, exporting, anonymous],
	'pci-dss-no-weak-suites': [rc4, exporting, anonymous],
	'azure-front-door-suites': [dhe, rsa, tripleDes, rc4, exporting, anonymous],
};

for (const [id, broken] of Object.entries(breaking)) {
	test(`${id}: what breaks it, and what leaves it open`, t => {
		const clause = clauseOf(ruleNamed(id)!, {}, subject)!;
		const judged = (cipherSuitesFound: CipherSuitesReport) =>
			evaluate({versions: {'TLSv1.2': {status: 'accepted'}}, ...{cipherSuites: cipherSuitesFound}}, [clause])[0]!;
		const good = 'TLS_AES_128_GCM_SHA256';
		for (const suite of [gcm, dhe, rsa, cbc, tripleDes, rc4, exporting, anonymous]) {
			const isBroken = broken.includes(suite);
			t.is(judged(accepting([good, suite])).status, isBroken ? 'fail' : 'pass', suite);
			t.is(judged(accepting([good], [suite])).status, isBroken ? 'inconclusive' : 'pass', suite);
		}

		t.regex(judged(accepting([good, rc4])).message, /TLS_ECDHE_RSA_WITH_RC4_128_SHA|as demanded/);
		t.is(judged({}).status, 'inconclusive');
	});
}

test('every rule about cipher suites has a row above', t => {
	t.deepEqual(
		partRules
			.filter(({probe}) => probe === 'cipher-suites')
			.map(({id}) => id)
			.toSorted(),
		Object.keys(breaking).toSorted(),
	);
});
