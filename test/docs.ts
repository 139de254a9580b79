import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {readCheckFile} from '../source/checks/file/read-check-file.js';
import {hostsFormatNames} from '../source/lists/formats/index.js';
import {readExpression} from '../source/lists/targets/read-expression.js';
import {policies} from '../source/policy/policies/index.js';
import type {Policy} from '../source/policy/policy.js';
import {rules} from '../source/policy/rules/index.js';
import {vulnerabilityRules} from '../source/policy/rules-of-vulnerabilities.js';
import {probes} from '../source/probes/index.js';
import {products} from '../source/server-configs/index.js';

const check = readFileSync('docs/check.md', 'utf8');

test('every rule, policy and product is described', t => {
	const words = [...rules.map(({id}) => `\`${id}\``), ...policies.map(({name}) => `\`${name}\``)];
	t.deepEqual(
		words.filter(word => !check.includes(word)),
		[],
	);
	t.deepEqual(
		products.filter(({name}) => !new RegExp(`^\\| ${name}`, 'im').test(check)),
		[],
	);
});

test('the table of probes is that of the list', t => {
	const page = readFileSync('docs/probes.md', 'utf8');
	const [, table = ''] = /\| name \| what it asks .*\n.*\n((?:\|.*\n)+)/.exec(page) ?? [];
	const rows = probes
		.filter(({name}) => name !== 'clients')
		.map(({name, title, needs, isInFull}) => {
			const needed = (needs as readonly string[]).map(item => `\`${item}\``).join(', ');
			return `| \`${name}\` | ${title} | ${needed} | ${isInFull ? 'yes' : 'no'} |\n`;
		});
	// A title may be followed by a link to the page of the probe.
	t.is(table.replaceAll(/: \[[^\]]*\]\([^)]*\)/g, ''), rows.join(''));
});

test('the table of policies lists the rules of each', t => {
	// Those of vulnerabilities are too many for a cell.
	const ofVulnerabilities = vulnerabilityRules.map(({id}) => id);
	const rulesOf = ({extends: bases = [], rules: uses}: Policy): string[] => [
		...bases.flatMap(base => rulesOf(policies.find(({name}) => name === base)!)),
		...uses.map(({rule}) => rule).filter(id => !ofVulnerabilities.includes(id)),
	];
	for (const policy of policies) {
		const [, cell = ''] = new RegExp(`^\\| \`${policy.name}\` \\|.*\\| ([^|]*) \\|$`, 'm').exec(check) ?? [];
		t.deepEqual([...cell.matchAll(/`([^`]+)`/g)].map(([, id]) => id!).toSorted(), rulesOf(policy).toSorted(), policy.name);
	}
});

test('the table of rules names the source that each rule has', t => {
	const table = check.slice(check.indexOf('| rule | what it says |'));
	const rowOf = (id: string): string => table.split('\n').find(line => line.startsWith(`| \`${id}\` |`)) ?? '';
	const own = rules.filter(({source}) => source.url !== undefined);
	t.true(own.length > 10);
	t.deepEqual(
		own.filter(({id, source}) => !rowOf(id).includes(source.name.split(',')[0]!)).map(({id}) => id),
		[],
	);
});

test('the file that the documentation shows is one', t => {
	const [, example] = /```yaml\n([\s\S]*?)```/.exec(check)!;
	t.is(readCheckFile(example!, 'check.md', {}).endpoints.length, 4);
});

test('every format of lists is described, and every kind of target is one', t => {
	const lists = readFileSync('docs/lists.md', 'utf8');
	t.deepEqual(
		hostsFormatNames.filter(name => !lists.includes(`| \`${name}\` |`)),
		[],
	);
	const [, table] = /\| written \| means \|\n([\s\S]*?)\n\n/.exec(lists)!;
	const written = [...table!.matchAll(/^\| (.*?) \|/gm)]
		.slice(1)
		.flatMap(([, cell]) => cell!.split('`, `').map(text => text.replaceAll('`', '')));
	t.true(written.length >= 12);
	t.deepEqual(
		written.filter(text => readExpression(text).kind === 'invalid'),
		[],
	);
});

for (const file of readdirSync('docs')
	.filter(name => name.endsWith('.md'))
	.map(name => `docs/${name}`)) {
	test(`what ${file} links to is there`, t => {
		const links = [...readFileSync(file, 'utf8').matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link!);
		t.deepEqual(
			links.filter(link => !existsSync(path.join('docs', link))),
			[],
		);
	});
}

test('what CONTRIBUTING.md links to is there', t => {
	const links = [...readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link]) => link!);
	t.true(links.length > 30);
	t.deepEqual(
		links.filter(link => !existsSync(link)),
		[],
	);
});
