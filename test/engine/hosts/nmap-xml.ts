import test from 'ava';
import {hostsFixture, readAll} from '../../helpers/hosts.js';

const cases = [
	{
		title: 'open TCP ports that are TLS are taken, a name that the user gave before one that was looked up',
		fixture: 'scan.xml',
		entries: [
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
		entries: ["5 ! : a document type other than nmap's is not read"],
	},
	{
		title: 'a document type from elsewhere is refused',
		fixture: 'external.xml',
		entries: ["1 ! : a document type other than nmap's is not read"],
	},
	{
		title: 'another XML document is named',
		fixture: 'page.xml',
		entries: ['1 ! : not what nmap -oX writes: the document is no nmaprun'],
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
