import {readFileSync} from 'node:fs';
import {Ajv2020} from 'ajv/dist/2020.js';
import test from 'ava';
import {decodeText} from '../../source/bytes/decode-text.js';
import {catalogs} from '../../source/catalogs/index.js';
import {readCatalog} from '../../source/catalogs/read-catalog.js';
import {parseVersion} from '../../source/iana/versions.js';
import {collectorScript} from '../../source/windows/collector.js';
import {readCollection} from '../../source/windows/registry-file/read-collection.js';
import {readSchema} from '../helpers/validate.js';

/** What is wrong with a text by the schema of this name; `undefined` if nothing is. A byte order mark is no part of it. */
function validatorOf(name: string): (text: string) => string | undefined {
	const ajv = new Ajv2020({strict: true, strictTypes: false, strictRequired: false});
	const validate = ajv.compile(readSchema(name));
	return text => (validate(JSON.parse(text)) ? undefined : ajv.errorsText(validate.errors));
}

const faultOfCatalog = validatorOf('catalog-file');
const entry = (fields: object): string => JSON.stringify([{hosts: ['a.example'], ...fields}]);

for (const text of [
	'["a.example", "[2001:db8::1]:8443", "{account}.example.com:465"]',
	'{"entries": ["a.example"]}',
	'{"$schema": "catalog-file.json", "name": "ours", "title": "Ours", "entries": ["a.example"], "x-owner": "mail team"}',
	entry({service: 'Shop', minimum: 'TLS 1.2', since: '2026-01-01', source: 'a page', note: 'a note', isLeftOut: 'plain HTTP'}),
	entry({minimum: 'what is current'}),
	entry({expect: 'azure'}),
	entry({expect: ['pci-dss', {rejects: ['ssl3', 'TLSv1.0'], accepts: '1.2'}, {acceptsAny: ['TLSv1.3'], minimum: 'tls1.2'}]}),
	'[{"hosts": {"public": ["a.example"], "usgov": [], "china": ["b.example"]}}]',
]) {
	test(`catalog-file: reader and schema accept ${text}`, t => {
		t.notThrows(() => readCatalog(text, 'file'));
		t.is(faultOfCatalog(text), undefined);
	});
}

for (const text of [
	'{}',
	'3',
	'[]',
	'{"entries": []}',
	'{"entries": {"a": "a.example"}}',
	'{"name": 1, "entries": ["a.example"]}',
	'{"title": ["Ours"], "entries": ["a.example"]}',
	'[1]',
	'[["a.example"]]',
	'["https://a.example/"]',
	'["a.example", {"hosts": ["*.example.com"]}]',
	'[{"service": "Shop"}]',
	'[{"hosts": "a.example"}]',
	'[{"hosts": {"germany": ["a.example"]}}]',
	'[{"hosts": {"public": "a.example"}}]',
	'[{"hosts": {"public": [1]}}]',
	'[{"host": ["a.example"]}]',
	entry({ends: []}),
	entry({note: 3}),
	entry({minimum: 1.2}),
	entry({isLeftOut: true}),
	entry({expect: []}),
	entry({expect: {}}),
	entry({expect: 'rfc1'}),
	entry({expect: [['azure']]}),
	entry({expect: {reject: ['1.0']}}),
	entry({expect: {rejects: []}}),
	entry({expect: {rejects: ['1.5']}}),
	entry({expect: {rejects: [1.2]}}),
	entry({expect: {minimum: ['1.2']}}),
]) {
	test(`catalog-file: reader and schema refuse ${text}`, t => {
		t.throws(() => readCatalog(text, 'file'), {name: 'CatalogError'});
		t.not(faultOfCatalog(text), undefined);
	});
}

test('catalog-file: the schema accepts the spellings of versions that the reader accepts, and no other', t => {
	const texts = ['', 'ssl', 'SSL', 'tls', 'Tls', 'v', 'x'].flatMap(protocol =>
		['', ' ', 'v', '_V', '-', ' v ', '.'].flatMap(between =>
			['1', '2', '3', '4', '10', '1.0', '1_1', '1-2', '13', '1.4', '2.0', '2.1', '3.0', '30', '1.22', ' 1.2 ', '1 2'].map(
				number => `${protocol}${between}${number}`,
			),
		),
	);
	t.true(texts.filter(text => parseVersion(text) !== undefined).length > 50);
	t.deepEqual(
		texts.filter(text => (faultOfCatalog(entry({expect: {accepts: text}})) === undefined) !== (parseVersion(text) !== undefined)),
		[],
	);
});

test('catalog-file: the schema has every field of an entry, and entries of the catalogs themselves are in order', t => {
	const {message} = t.throws(() => readCatalog(entry({colour: 'green'}), 'file'))!;
	const {properties} = (readSchema('catalog-file').$defs as {entry: {properties: object}}).entry;
	t.is(message, `entry 1: "colour" means nothing; there are ${Object.keys(properties).join(', ')}`);
	// The days on which versions end, and expectations by rules, are not for files.
	const entries = catalogs.flatMap(catalog => catalog.entries.map(({ends: _, expect: __, ...fields}) => fields));
	t.is(faultOfCatalog(JSON.stringify(entries)), undefined);
});

test('catalog-file: the schema accepts the example of the documentation', t => {
	const examples = [...readFileSync('docs/catalogs.md', 'utf8').matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => text!);
	t.is(examples.length, 1);
	t.notThrows(() => readCatalog(examples[0]!, 'file'));
	t.is(faultOfCatalog(examples[0]!), undefined);
});

const faultOfCollection = validatorOf('windows-collection');
const schannel = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const collection = (fields: object): string => JSON.stringify({collector: 'tlsprobe-windows', ...fields});
const item = (fields: object): string => collection({registry: [{key: schannel, ...fields}]});
const value = (type: string, data: unknown): string => item({name: 'a', type, value: data});

for (const text of [
	decodeText(readFileSync('fixtures/registry/collector/windows-server-2008-r2.json')),
	collection({}),
	collection({format: 1, os: {}, updates: [], registry: [], 'x-inventory': 7}),
	collection({updates: [{id: 'KB3140245'}, {id: 'kb976902', installedOn: '2010-11-21'}]}),
	item({}),
	item({name: '', type: 'REG_DWORD', value: 2 ** 32 - 1}),
	collection({registry: [{key: 'hkey_local_machine\\software'}, {key: 'HKCU'}, {key: ' Hklm \\a\\'}]}),
	value('REG_SZ', ''),
	value('REG_EXPAND_SZ', '%windir%'),
	value('REG_MULTI_SZ', []),
	value('REG_MULTI_SZ', ['a', 'b']),
	value('REG_QWORD', '0100000000000000'),
	value('REG_BINARY', ''),
	value('REG_NONE', 'aB'),
]) {
	test(`windows-collection: reader and schema accept ${text.slice(0, 180)}`, t => {
		t.like(readCollection(text), {problems: []});
		t.is(faultOfCollection(text), undefined);
	});
}

for (const text of [
	'{}',
	'[]',
	'{"collector": "another"}',
	collection({registry: ['HKLM\\SOFTWARE']}),
	collection({registry: [{}]}),
	collection({registry: [{key: 3}]}),
	collection({registry: [{key: 'SOFTWARE\\Microsoft'}]}),
	collection({registry: [{key: 'HKLM:\\SOFTWARE'}]}),
	collection({registry: [{key: 'HKLMX\\SOFTWARE'}]}),
	item({name: 'a'}),
	item({name: 'a', value: 1}),
	item({name: 'a', type: 'REG_DWORD'}),
	item({name: null}),
	item({name: 1, type: 'REG_DWORD', value: 1}),
	value('REG_WORD', 1),
	value('REG_DWORD', '1'),
	value('REG_DWORD', -1),
	value('REG_DWORD', 1.5),
	value('REG_DWORD', 2 ** 32),
	value('REG_SZ', 1),
	value('REG_MULTI_SZ', 'a'),
	value('REG_QWORD', 1),
	value('REG_BINARY', 'abc'),
	value('REG_BINARY', 'xy'),
]) {
	test(`windows-collection: reader and schema find something wrong in ${text}`, t => {
		const read = readCollection(text);
		t.true('problem' in read || read.problems.length === 1);
		t.not(faultOfCollection(text), undefined);
	});
}

for (const text of [
	collection({format: 2}),
	collection({os: 'Windows Server 2016'}),
	collection({os: {productType: 4}}),
	collection({updates: ['KB3140245']}),
	collection({registry: {}}),
	value('REG_MULTI_SZ', [1]),
]) {
	test(`windows-collection: the schema finds a mistake that the reader passes over in ${text}`, t => {
		t.like(readCollection(text), {problems: []});
		t.not(faultOfCollection(text), undefined);
	});
}

test('windows-collection: the schema has every field that the script writes, and the script writes every field', t => {
	const written = [...collectorScript().matchAll(/"(\w+)":/g)].map(([, name]) => name!);
	const described = JSON.stringify(readSchema('windows-collection'), (key, part: unknown) =>
		key === 'properties'
			? {...Object.fromEntries(Object.keys(part as object).map(name => [`field ${name}`, 0])), ...(part as object)}
			: part,
	);
	const fields = [...described.matchAll(/"field (\w+)":/g)].map(([, name]) => name!);
	t.true(fields.length > 10);
	t.deepEqual([...new Set(fields)].toSorted(), [...new Set(written)].toSorted());
});
