import {readdirSync} from 'node:fs';
import test from 'ava';
import {type VersionName, versionNames} from '../../source/iana/versions.js';
import {evaluate} from '../../source/policy/evaluate.js';
import {clausesOf} from '../../source/policy/expectation.js';
import {policies} from '../../source/policy/policies/index.js';
import {clauseOf} from '../../source/policy/rule.js';
import {rules} from '../../source/policy/rules/index.js';
import {vulnerabilityRules} from '../../source/policy/rules-of-vulnerabilities.js';

const subject = {host: 'example.com', today: '2026-11-27'};
const filesIn = (folder: string): string[] =>
	readdirSync(folder)
		.filter(name => name !== 'index.ts')
		.map(name => name.replace(/\.ts$/, ''))
		.toSorted();

const all = (status: 'accepted' | 'rejected' | 'inconclusive') =>
	Object.fromEntries(versionNames.map(name => [name, {status}])) as Record<VersionName, {status: typeof status}>;

test('every rule and every policy is a file of its name, and is listed once', t => {
	// Those of vulnerabilities follow from the probe's list.
	const ofVulnerabilities = vulnerabilityRules.map(({id}) => id);
	t.deepEqual(rules.map(({id}) => id).toSorted(), [...filesIn('source/policy/rules'), ...ofVulnerabilities].toSorted());
	t.deepEqual(policies.map(({name}) => name).toSorted(), filesIn('source/policy/policies'));
});

for (const rule of rules) {
	const clause = clauseOf(rule, {}, subject)!;

	test(`${rule.id}: is inconclusive where nothing was found, and where nothing was decided`, t => {
		t.deepEqual(
			[{}, all('inconclusive')].map(found => evaluate({versions: found}, [clause])[0]!.status),
			['inconclusive', 'inconclusive'],
		);
	});

	test(`${rule.id}: names its source`, t => {
		t.true(rule.source.name.length > 5);
		t.true(rule.source.url === undefined || rule.source.url.startsWith('https://'));
	});

	if ('probe' in rule) {
		continue;
	}

	test(`${rule.id}: a server that does the opposite breaks it`, t => {
		const failed = [all('accepted'), all('rejected')]
			.map(found => evaluate({versions: found}, [clause])[0]!)
			.filter(({status}) => status === 'fail');
		t.true(failed.length > 0);
		t.deepEqual(
			failed.filter(({versions, message}) => versions.length === 0 || message === ''),
			[],
		);
	});
}

for (const {name} of policies) {
	test(`the policy ${name}: its rules exist, and an endpoint that was not reached does not meet it`, t => {
		const clauses = clausesOf([{kind: 'policy', name}], subject);
		t.true(clauses.length > 0);
		t.deepEqual([...new Set(evaluate({versions: {}}, clauses).map(({status}) => status))], ['inconclusive']);
	});
}
