import {readFileSync} from 'node:fs';
import test from 'ava';
import type {Report} from '../../source/engine/report.js';
import {startListTable} from '../../source/formats/list-row.js';
import {readReports} from '../helpers/formats.js';

const look = {hasColor: false, hasUnicode: true, isTerminal: true};
const version = (status: string, reason = 'alert') => ({status, reason, alert: 'protocol_version', code: 'ECONNREFUSED'});
const report = (more: Partial<Report> | object): Report =>
	({target: 'a.example:443', host: 'a.example', port: 443, address: '192.0.2.1', verdict: 'pass', ...more}) as Report;
const asked = (...statuses: string[]) => ({
	versions: Object.fromEntries(
		['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'].map((name, index) => [
			name,
			version(statuses[index]!, statuses[index] === 'inconclusive' ? 'unreachable' : undefined),
		]),
	),
});

const rows = [
	report({
		target: 'not a host',
		host: '',
		address: null,
		versions: {},
		verdict: 'inconclusive',
		reason: 'invalid-target',
		problem: 'no host name',
		source: {file: 'l.txt', line: 3},
	}),
	report({...asked('accepted', 'rejected', 'accepted', 'rejected'), verdict: 'fail'}),
	report({
		target: '192.0.2.9:8443',
		host: '192.0.2.9',
		address: '192.0.2.9',
		...asked('inconclusive', 'inconclusive', 'inconclusive', 'inconclusive'),
		verdict: 'inconclusive',
	}),
	report({target: 'a-name-that-is-longer-than-its-column.example.com:443', ...asked('rejected', 'rejected', 'accepted', 'accepted')}),
];

const drawn = (columns: number, more: object = {}): string => {
	const draw = startListTable({...look, columns, ...more});
	return rows.map(draw).join('');
};

test('a list at a terminal is a table with a legend, where a line that means nothing is reported with its place', t => {
	t.is(
		drawn(80),
		`+ accepted  - rejected  ? undecided

Verdict       1.0 1.1 1.2 1.3  Target                            Address, reason
inconclusive                   not a host
                               l.txt:3: no host name
fail           +   -   +   -   a.example:443                     192.0.2.1
inconclusive   ?   ?   ?   ?   192.0.2.9:8443
                               connection refused
pass           -   -   +   +   a-name-that-is-longer-than-its-column.example.
                               com:443  192.0.2.1
`,
	);
});

for (const columns of [40, 60, 80, 100, 132, 200]) {
	test(`on ${columns} columns no line is longer, every target stands at the same place, and nothing is lost`, t => {
		const draw = startListTable({...look, columns});
		const reports = readReports().flatMap(({recordings}) => recordings.map(item => item.report));
		const text = reports.map(draw).join('');
		t.deepEqual(
			text.split('\n').filter(line => line.length > columns || / $/.test(line)),
			[],
		);
		const squeezed = text.replaceAll(/\s+/g, '');
		t.deepEqual(
			reports.map(({target}) => target.replaceAll(/\s+/g, '')).filter(target => !squeezed.includes(target)),
			[],
		);
	});
}

test('other versions have a head of their own', t => {
	const draw = startListTable({...look, columns: 80});
	const text = draw(rows[1]!) + draw(report({versions: {SSLv3: version('rejected'), 'TLSv1.2': version('accepted')}}));
	t.deepEqual(
		text
			.split('\n')
			.filter(line => line.startsWith('Verdict'))
			.map(line =>
				line
					.slice(14, 34)
					.trim()
					.replace(/ {2}.*/, ''),
			),
		['1.0 1.1 1.2 1.3', 'ssl3 1.2'],
	);
});

test('colours move nothing, and where only ASCII can be drawn nothing else is', t => {
	const colored = drawn(80, {hasColor: true});
	t.true(colored.includes('\x1b['));
	t.is(colored.replaceAll(/\x1b\[\d+m/g, ''), drawn(80));
	const draw = startListTable({...look, columns: 80, hasUnicode: false});
	t.regex(draw(report({target: 'bücher.example:443', ...asked('rejected', 'rejected', 'accepted', 'accepted')})), /^[\n -~]*$/);
});

test('the documentation shows it', t => {
	t.true(readFileSync('docs/formats.md', 'utf8').includes('+ accepted  - rejected  ? undecided'));
});
