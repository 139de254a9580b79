import {readdirSync, readFileSync} from 'node:fs';
import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {TargetResult} from '../../source/engine/probe-target.js';
import type {Report} from '../../source/engine/report.js';
import {type AnyReportPart, fieldOf, partsIn, reportParts} from '../../source/probes/report-parts.js';
import {plainLook, readReports, rendered} from '../helpers/formats.js';

const resultOf = (name: string): TargetResult => JSON.parse(readFileSync(`fixtures/reports/${name}.json`, 'utf8')) as TargetResult;
const pass = resultOf('pass');

const withReport = (more: object): TargetResult => ({
	...pass,
	recordings: [{report: {...pass.recordings[0].report, ...more} as Report, attempts: []}],
});

/** What the fixtures have of each part; most of them with something that is weak or undecided. */
const found: Readonly<Record<string, unknown>> = Object.assign(
	{},
	...readdirSync('fixtures/reports')
		.filter(file => /^pass-.*\.json$/.test(file))
		.flatMap(file => partsIn(resultOf(file.replace('.json', '')).recordings[0].report, reportParts))
		.map(({part: {field}, value}) => ({[field]: value})),
);

const suite = {
	name: 'TLS_AES_128_GCM_SHA256',
	code: '0x1301',
	bits: 128,
	keyExchange: 'any',
	authentication: 'any',
	forwardSecrecy: true,
	aead: true,
};
const group = {name: 'x25519', code: '0x001d'};
const seen = [{version: 'TLSv1.3', authentication: 'ECDSA', serverName: 'www.example.com'}];
const leaf = {
	...{sha256: 'aa', subject: 'CN=www.example.com', issuer: 'CN=CA', names: ['www.example.com'], askedFor: 'www.example.com', fits: true},
	...{daysLeft: 60, validTo: '2027-01-30T00:00:00Z', validity: 'valid', key: {type: 'ec', bits: 256, curve: 'P-256'}},
};
const stores = [{store: 'mozilla', status: 'trusted'}];
const path = [
	{sha256: 'aa', subject: 'CN=www.example.com', from: 'sent'},
	{sha256: 'bb', subject: 'CN=CA', from: 'store'},
];

/** A server in which nothing is wrong. */
const good = {
	cipherSuites: {'TLSv1.3': {accepted: [suite], undecided: [], preference: 'not-applicable', connections: 2}},
	groups: {'TLSv1.3': {accepted: [group], undecided: [], preference: 'server', connections: 2}},
	signatureSchemes: {'TLSv1.3': {accepted: ['ecdsa_secp256r1_sha256'], undecided: [], connections: 2}},
	certificates: [{seen, leaf, chain: [], trust: {...stores[0], path, stores}, problems: []}],
	fingerprints: {jarm: `27d${'0'.repeat(59)}`, ja3s: {'TLSv1.3': '1'.repeat(32)}, connections: 12},
};

const short = `
Cipher suites     TLSv1.3: TLS_AES_128_GCM_SHA256
Groups            TLSv1.3: x25519; the server's order
Signatures        1 scheme in TLSv1.3, none weak
Certificates      EC P-256, 60 days left (until 2027-01-30)
                  for www.example.com (fits www.example.com)
                  issued by CN=CA (from the store); trusted by Mozilla's roots
JARM fingerprint  27d00000000000000000000000000000000000000000000000000000000000
Parts without a problem are shown in short; --probes NAME shows one in full.
`;

test('five parts without a problem are in short, and four are in full', async t => {
	const five = await rendered('table', [withReport(good)]);
	t.true(five.endsWith(short), five);
	const {certificates: _, ...others} = good;
	const four = await rendered('table', [withReport(others)]);
	t.regex(four, /\nCipher suites\n {2}TLSv1\.3 {2}1 cipher suite\n {4}TLS_AES_128_GCM_SHA256, 128 bits\n/);
	t.regex(four, /\n {2}JA3S {2}1{32} \(TLSv1\.3\)\n/);
	t.notRegex(four, /in short/);
});

test('what is undecided or weak is in full, before what is in short', async t => {
	const groups = {'TLSv1.3': {...good.groups['TLSv1.3'], undecided: ['secp521r1']}};
	const text = await rendered('table', [withReport({...good, groups})]);
	t.true(text.endsWith(short.replace(/^Groups.*\n/m, '')), text);
	t.regex(
		text,
		/\nGroups\n {2}TLSv1\.3 {2}x25519 \(the server's order of preference\)\n {2}TLSv1\.3 {2}undecided: secp521r1\n\nCipher suites {5}/,
	);
});

test('other formats have everything', async t => {
	for (const name of ['html', 'markdown', 'junit'] as const) {
		t.regex(await rendered(name, [withReport(good)]), /1{32} \(TLSv1\\?\.3\)/, name);
	}
});

/** Without how lines are broken and set in. */
const flat = (text: string): string => stripVTControlCharacters(text).replaceAll(/\s+/g, '');

const badLinesOf = (report: object, parts: readonly AnyReportPart[]): string[] =>
	partsIn(report, parts)
		.flatMap(({part, value}) => part.lines(value))
		.filter(({tone}) => tone === 'bad' || tone === 'open')
		.map(({text}) => text);

test('each line that is wrong, weak or undecided in any report is shown, beside however many parts that are fine', async t => {
	const reports = readReports().flatMap(({recordings}) => recordings.map(({report}) => report));
	const parts = reports.flatMap(report => partsIn(report, reportParts));
	t.true(parts.length > 10);
	let count = 0;
	const missing: string[] = [];
	for (const {part, value} of parts) {
		const all = {...good, [part.field]: value};
		const text = flat(await rendered('table', [withReport(all)]));
		const wanted = badLinesOf(all, reportParts);
		count += wanted.length;
		missing.push(...wanted.filter(line => !text.includes(flat(line))));
	}

	t.deepEqual(missing, []);
	t.true(count > 10, `${count} lines`);
});

test('each part of --full says in short what there is, and no line is wider than the terminal', async t => {
	const texts = reportParts.flatMap(part => {
		const value = fieldOf({...found, certificates: good.certificates}, part);
		return value === undefined || part.inShort === undefined ? [] : [part.inShort(value).map(({text}) => text)];
	});
	t.is(texts.length, 11);
	t.deepEqual(
		texts.filter(lines => lines.length === 0 || lines.includes('')),
		[],
	);
	for (const columns of [40, 60, 80, 120]) {
		const text = await rendered('table', [withReport(good)], reportParts, {...plainLook, columns});
		t.deepEqual(
			text.split('\n').filter(line => line.length > columns || line.endsWith(' ')),
			[],
		);
	}
});

test('colours change nothing but colours', async t => {
	const coloured = await rendered('table', [withReport(good)], reportParts, {...plainLook, hasColor: true});
	t.regex(coloured, /\u001B\[1mCipher suites +\u001B/);
	t.is(stripVTControlCharacters(coloured).replaceAll(/ +$/gm, ''), await rendered('table', [withReport(good)]));
});
