import test from 'ava';
import {defaultReadOptions} from '../../../source/lists/formats/format.js';
import {hostsFixture, readAll} from '../../helpers/hosts.js';

const cases = [
	{
		title: 'columns come in any order and case, and others are carried through',
		fixture: 'commas.csv',
		entries: [
			'3 a.example:8443 {"extra":{"Notes":"the \\"old\\" one, still up"}}',
			'4 b.example:443 {"serverName":"name.example","address":"127.0.0.2","starttls":"smtp","proxy":"http://proxy.example:3128","extra":{"Notes":""}}',
			'5 c.example:443 {"extra":{"Notes":"two\\nlines"}}',
			'8 127.1.0.0 +4 :443,8443 {"extra":{"Notes":""}}',
			'9 d.example:443 {"address":"::1","extra":{"Notes":""}}',
			'10 [2001:db8::1]:443 {"extra":{"Notes":""}}',
		],
	},
	{
		title: 'semicolons separate where the header has them, and Excel may announce it',
		fixture: 'semicolons.csv',
		entries: ['3 a.example:8443 {"extra":{"note":"one, two"}}', '4 b.example:443 {"extra":{"note":"x;y"}}'],
	},
	{
		title: 'tabs separate where the header has them',
		fixture: 'tabs.tsv',
		entries: ['2 a.example:8443 {"extra":{"owner":"ops"}}', '3 b.example:443 {"extra":{"owner":""}}'],
	},
	{
		title: 'a row that is no target is named with its line, and a stray quote costs no other row',
		fixture: 'malformed.csv',
		entries: [
			'2 good.example:443',
			'3 ! bad-port.example: not a port from 1 to 65535: "99999"',
			'4 ! ,443,,,,: no host',
			'5 ! bad-address.example,443,,300.1.1.1,,: not an address: "300.1.1.1"',
			'6 ! bad-name.example,443,127.0.0.1,,,: not a server name: "127.0.0.1"',
			'7 ! too.example,443,,,,,many,cells: 8 cells, where the header has 6',
			'8 ! https://url.example/: a URL already has a port; write only the host, or leave the port out',
			'9 ! stray.example,443,"open,,,: a quote that does not enclose a whole cell',
			'10 next.example:443',
			'11 ! mid"quote.example,443,,,,: a quote that does not enclose a whole cell',
			'12 after.example:443',
			'13 ! "closed"badly,443,,,,: a quote that does not enclose a whole cell',
			'14 ! "never.example,443: a quote that is not closed',
			'15 still.example:443',
		],
	},
	{
		title: 'an export has its own names for columns: full names go before short ones, and each address of a row is probed',
		fixture: 'export.csv',
		entries: [
			'2 web01.example.com:443 {"address":"192.0.2.1","extra":{"Hostname":"web01","Owner":"Ann"}}',
			'3 web02:8443 {"address":"192.0.2.2","extra":{"Hostname":"web02","Owner":"Bob"}}',
			'4 192.0.2.3:443 {"extra":{"Hostname":"","Owner":"Cy"}}',
			'5 web04.example.com:443 {"address":"192.0.2.4","extra":{"Hostname":"web04","Owner":"Di"}}',
			'5 web04.example.com:443 {"address":"192.0.2.5","extra":{"Hostname":"web04","Owner":"Di"}}',
			'6 ! web05;web05.example.com;192.168.001.010;443;Ed: not the standard form of an address, and programs read it differently; write 192.168.1.10',
		],
	},
	{
		title: 'a table that is drawn with bars is read, its rule aside',
		fixture: 'table.txt',
		entries: ['3 a.example:443 {"address":"192.0.2.1"}', '4 b.example:8443'],
	},
	{
		title: 'a row of another protocol is none',
		fixture: 'scanner.tsv',
		entries: ['2 192.0.2.1:443 {"extra":{"Protocol":"tcp","Solution":"none"}}'],
	},
] as const;

for (const {title, fixture, entries} of cases) {
	test(title, async t => {
		t.deepEqual(await readAll(hostsFixture(fixture)), entries);
	});
}

test('a header without a host is named where CSV was asked for, and nothing else is', async t => {
	t.deepEqual(await readAll(hostsFixture('no-host.csv'), 'csv'), [
		'1 ! name,port: the header has no column of hosts; call it host, fqdn or ip',
	]);
});

test('a single column is CSV where CSV was asked for', async t => {
	t.deepEqual(await readAll('host\na.example\n', 'csv'), ['2 a.example:443']);
	t.deepEqual(await readAll('host\na.example\n'), ['1 host:443', '2 a.example:443']);
});

test('a column that comes twice makes the header invalid', async t => {
	t.deepEqual(await readAll('host,port,HOST\na.example,443,b.example\n'), ['1 ! host,port,HOST: the header has two columns host']);
});

test('columns may be called anything', async t => {
	const extra = JSON.stringify({['__proto__']: '1', constructor: '2', 'column 4': '3'});
	t.deepEqual(await readAll('host,__proto__,constructor,\na.example,1,2,3\n'), [`2 a.example:443 {"extra":${extra}}`]);
});

test('of very many columns the first are carried through, and the others are named', async t => {
	const names = Array.from({length: 300}, (_, index) => `c${index}`);
	const leftOut: string[] = [];
	const options = {...defaultReadOptions, leaveOut: (what: string, example: string) => leftOut.push(`${what}: ${example}`)};
	const carried = Object.fromEntries(names.slice(0, 256).map((name, index) => [name, index === 0 ? '1' : '']));
	t.deepEqual(await readAll(`host,${names.join(',')}\na.example,1\n`, 'csv', options), [
		`2 a.example:443 ${JSON.stringify({extra: carried})}`,
	]);
	t.deepEqual(
		leftOut,
		names.slice(256).map(name => `columns after the first 256 that are copied: ${name}`),
	);
});

test('a quote that is never closed costs its own row, however much follows', async t => {
	const rows = Array.from({length: 20_000}, (_, index) => `host-${index}.example,443`);
	const entries = await readAll(`host,port\n"open.example,443\n${rows.join('\n')}\n`);
	t.is(entries[0], '2 ! "open.example,443: a quote that is not closed');
	t.deepEqual(
		entries.slice(1),
		rows.map((row, index) => `${index + 3} ${row.replace(',', ':')}`),
	);
});

test('an overlong row is named, and the next is read', async t => {
	const entries = await readAll(`host,note\na.example,"${'x'.repeat(70_000)}"\nb.example,\n`);
	t.deepEqual(entries, [
		`2 ! a.example,"${'x'.repeat(189)}…: a row of more than 65536 characters`,
		'3 b.example:443 {"extra":{"note":""}}',
	]);
});

for (const header of [
	'Hostname',
	'HOST_NAME',
	'fqdn',
	'DNS Name',
	'dns-host-name',
	'Server Name',
	'ComputerName',
	'Domain',
	'URL',
	'IP',
	'Public IP Address',
]) {
	for (const [title, separator] of [
		['comma', ','],
		['semicolon', ';'],
		['tab', '\t'],
		['bar', '|'],
	] as const) {
		test(`${header} is the column of hosts, with a ${title}`, async t => {
			t.deepEqual(await readAll(`${header}${separator}Port\n192.0.2.1${separator}8443\n`), ['2 192.0.2.1:8443']);
		});
	}
}

test('a server name besides a host is what is asked for, and alone it is the host', async t => {
	t.deepEqual(await readAll('Host,Server Name\na.example,b.example\n'), ['2 a.example:443 {"serverName":"b.example"}']);
	t.deepEqual(await readAll('Server Name,SNI\na.example,b.example\n'), ['2 a.example:443 {"serverName":"b.example"}']);
});

test('a row cannot stand for more than its addresses and ports do', async t => {
	const many = Array.from({length: 17}, (_, index) => `127.0.0.${index}`).join(' ');
	t.deepEqual(await readAll(`host,ip\na.example,${many}\nb.example,fe80::1\n`), [
		`2 ! a.example,${many}: more than 16 addresses in a row`,
		'3 ! b.example,fe80::1: a link-local address needs its network interface; write it after a %, as in fe80::1%eth0',
	]);
});
