import test from 'ava';
import {hostsFixture, readAll} from '../../helpers/hosts.js';

const cases = [
	{
		title: 'every open TCP port is taken, and a name that the user gave goes before one that was looked up',
		fixture: 'scan.xml',
		entries: [
			'7 portal.example.com:22 {"serverName":"portal.example.com","address":"127.0.0.1"}',
			'7 portal.example.com:8081 {"serverName":"portal.example.com","address":"127.0.0.1"}',
			'7 portal.example.com:443 {"serverName":"portal.example.com","address":"127.0.0.1"}',
			'22 127.0.0.2:9000 {"serverName":"looked-up.example"}',
			'26 [2001:db8::4]:636',
		],
	},
	{
		title: 'a scan that ends too soon gives what was there, and is named',
		fixture: 'truncated.xml',
		entries: [
			'7 portal.example.com:22 {"serverName":"portal.example.com","address":"127.0.0.1"}',
			'7 portal.example.com:8081 {"serverName":"portal.example.com","address":"127.0.0.1"}',
			'7 portal.example.com:443 {"serverName":"portal.example.com","address":"127.0.0.1"}',
			'22 127.0.0.2:9000 {"serverName":"looked-up.example"}',
			'26 [2001:db8::4]:636',
			'30 ! : not well-formed XML: Unclosed root tag',
		],
	},
	{
		title: 'what is not well-formed ends the reading, and is named',
		fixture: 'malformed.xml',
		entries: ['2 127.0.0.1:443', '3 127.0.0.2:443', '3 ! : not well-formed XML: Unexpected close tag'],
	},
	{
		title: 'a document that declares entities is refused',
		fixture: 'entities.xml',
		entries: ["5 ! : only nmap's document type is supported"],
	},
	{
		title: 'a document type from elsewhere is refused',
		fixture: 'external.xml',
		entries: ["1 ! : only nmap's document type is supported"],
	},
	{
		title: 'another XML document is named',
		fixture: 'page.xml',
		entries: ['1 ! : not the output of nmap -oX or masscan -oX: the document is not an nmaprun'],
	},
	{
		title: '-oX: what nmap 7.93 wrote of a scan of this machine is read',
		fixture: 'nmap-7.93.xml',
		entries: [
			...['41369', '42281', '44271'].map(port => `9 localhost:${port} {"serverName":"localhost","address":"127.0.0.1"}`),
			...['41369', '42281', '44271'].map(port => `22 127.0.0.2:${port}`),
		],
	},
	{
		title: '-oX: what masscan 1.3.2 wrote of a scan of this machine is read',
		fixture: 'masscan-1.3.2.xml',
		entries: ['5 127.0.0.1:41265', '6 127.0.0.1:34619', '7 127.0.0.1:35195'],
	},
] as const;

for (const {title, fixture, entries} of cases) {
	test(title, async t => {
		t.deepEqual(await readAll(hostsFixture(fixture)), entries);
	});
}

test('a host that is cut off gives the ports that were there', async t => {
	const whole = new TextDecoder().decode(hostsFixture('scan.xml'));
	const cut = whole.slice(0, whole.indexOf('<port protocol="udp"'));
	t.deepEqual(await readAll(cut), [
		'7 portal.example.com:22 {"serverName":"portal.example.com","address":"127.0.0.1"}',
		'7 portal.example.com:8081 {"serverName":"portal.example.com","address":"127.0.0.1"}',
		'7 portal.example.com:443 {"serverName":"portal.example.com","address":"127.0.0.1"}',
		'18 ! : not well-formed XML: Unclosed root tag',
	]);
});

const bombs = [
	{title: 'elements without end', text: `<nmaprun>${'<a>'.repeat(100_000)}`, problem: 'elements more than 32 deep'},
	{
		title: 'attributes without end',
		text: `<nmaprun><host ${Array.from({length: 100_000}, (_, index) => `a${index}=""`).join(' ')}`,
		problem: 'an element of more than 256 attributes',
	},
	{
		title: 'an attribute without end',
		text: `<nmaprun a="${'a'.repeat(3_000_000)}`,
		problem: 'not well-formed XML: Max buffer length exceeded: attribValue',
	},
	{title: 'an entity of its own', text: '<nmaprun a="&b;">', problem: 'not well-formed XML: Invalid character entity'},
];

for (const {title, text, problem} of bombs) {
	test(`${title}: is refused`, async t => {
		t.deepEqual(await readAll(text), [`1 ! : ${problem}`]);
	});
}

test('a scan can be narrowed to the ports that it calls TLS, and what is left out is reported', async t => {
	const leftOut: string[] = [];
	const leaveOut = (_: string, example: string): void => void leftOut.push(example);
	const entries = await readAll(hostsFixture('scan.xml'), 'auto', {scannedPorts: 'tls', leaveOut});
	t.deepEqual(
		entries.map(entry => entry.split(' ')[1]),
		['portal.example.com:8081', 'portal.example.com:443', '[2001:db8::4]:636'],
	);
	t.deepEqual(leftOut, ['22', '853/udp', '9000']);
});
