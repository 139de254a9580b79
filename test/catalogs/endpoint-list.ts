import {readFileSync} from 'node:fs';
import test from 'ava';
import {fillIn} from '../../source/catalogs/fill-in.js';
import {CatalogError, readCatalog} from '../../source/catalogs/read-catalog.js';

const text = readFileSync('fixtures/catalogs/microsoft-365-endpoints.json', 'utf8');

test('the list of endpoints of Microsoft 365 is a catalog: ports are kept, wildcards stay open', t => {
	const catalog = readCatalog(text, 'worldwide');
	t.is(catalog.name, 'worldwide');
	const {targets, open, leftOut} = fillIn(catalog, 'public', new Map());
	t.deepEqual(
		[...targets.keys()],
		['mail.office.example', 'mail.office365.example', 'mail.office365.example:993', 'mail.office365.example:995'],
	);
	t.deepEqual(open, [
		{pattern: '{files-example}.files.example', variables: ['files-example']},
		{pattern: '{my-files-example}-my.files.example', variables: ['my-files-example']},
		{pattern: 'autodiscover.{tenants-example}.tenants.example', variables: ['tenants-example']},
		{pattern: '{cdn-notes-example}cdn.notes.example', variables: ['cdn-notes-example']},
	]);
	t.deepEqual(leftOut, [
		{host: 'mail.office365.example:143', why: 'TLS begins by STARTTLS: probe it with --starttls imap'},
		{host: 'mail.office365.example:587', why: 'TLS begins by STARTTLS: probe it with --starttls smtp'},
		{host: 'relay.meetings.example', why: 'the list names no TCP port'},
		{host: 'crl.authority.example:80', why: 'plain HTTP by design'},
	]);
});

test('a wildcard is filled in as any pattern is, and each entry says which item it is from', t => {
	const catalog = readCatalog(text, 'worldwide');
	const {targets} = fillIn(catalog, 'public', new Map([['files-example', ['contoso']]]));
	t.true(targets.has('contoso.files.example'));
	t.deepEqual(
		targets.get('mail.office365.example:993')!.map(({service, source, note}) => [service, source, note]),
		[['Exchange Online, Allow, id 2', 'list of endpoints of Microsoft 365, id 2', 'POP3, IMAP4, SMTP client traffic']],
	);
});

const wrong: readonly (readonly [item: Readonly<Record<string, unknown>>, problem: RegExp])[] = [
	[{urls: 'mail.example'}, /^the item with id 7: "urls" is not a list/],
	[{urls: ['https://mail.example/']}, /^the item with id 7: "https:\/\/mail\.example\/" is no host/],
	[{urls: [3]}, /^the item with id 7: 3 is no host/],
	[{urls: ['mail.example'], tcpPorts: 443}, /^the item with id 7: "urls" is not a list, or "tcpPorts" is not text/],
	[{urls: ['mail.example'], tcpPorts: '443,x'}, /^the item with id 7: "x" in "tcpPorts" is no port/],
	[{ips: ['192.0.2.0/24']}, /^no item of this list of endpoints has "urls"/],
];

for (const [item, problem] of wrong) {
	test(`an item with ${JSON.stringify(item)} is refused with a reason`, t => {
		const list = JSON.stringify([{id: 7, serviceArea: 'Exchange', ...item}]);
		const error = t.throws(() => readCatalog(list, 'file'), {instanceOf: CatalogError});
		t.regex(error!.message, problem);
	});
}

test('a range of ports is left out, and a list of other objects is no list of endpoints', t => {
	const ranged = readCatalog(JSON.stringify([{id: 1, serviceArea: 'X', urls: ['a.example'], tcpPorts: '50000-50059,443'}]), 'file');
	const {targets, leftOut} = fillIn(ranged, 'public', new Map());
	t.deepEqual([...targets.keys()], ['a.example']);
	t.deepEqual(leftOut, [{host: 'a.example', why: 'the list names a range of ports, 50000-50059'}]);
	t.throws(() => readCatalog('[{"id": 1}]', 'file'), {message: /"id" means nothing/});
});
