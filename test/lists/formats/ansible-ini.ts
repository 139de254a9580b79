import test from 'ava';
import {hostsFixture, readAll} from '../../helpers/hosts.js';

test('groups are no hosts, and ansible_host is where a host is', async t => {
	t.deepEqual(await readAll(hostsFixture('inventory.ini')), [
		'2 web01.example.com:443 {"serverName":"web01.example.com","address":"192.0.2.1"}',
		'3 web02.example.com:443',
		'3 web03.example.com:443',
		'3 web04.example.com:443',
		'6 db01.example.com:443',
	]);
});

test('hosts of no group, ranges, labels, variables and faults are distinguished', async t => {
	const ports: string[] = [];
	const leaveOut = (_: string, example: string): void => void ports.push(example);
	t.deepEqual(await readAll(hostsFixture('inventory-mixed.ini'), 'auto', {scannedPorts: 'all', leaveOut}), [
		'2 mail.example.com:443',
		'3 plain.example.com:443',
		'14 ! templated.example.com ansible_host={{ address }}: ansible_host is a template; write the address itself',
		'15 ! web[a:3].example.com: not a range of hosts: "web[a:3].example.com"; write [01:20], [a:f] or [0:10:2]',
		'16 ! two.example.com three.example.com: not a variable: "three.example.com"; write one host per line, and NAME=VALUE after it',
		'6 web01.example.com:443 {"serverName":"web01.example.com","address":"192.0.2.7"}',
		'6 web02.example.com:443',
		'6 web03.example.com:443',
		'7 db-a.example.com:443',
		'7 db-c.example.com:443',
		'8 badwolf.example.com:443',
		'9 192.0.2.50:443 {"extra":{"inventory_name":"jumper"}}',
		'11 real.example.com:443 {"extra":{"inventory_name":"alias1"}}',
		'12 [2001:db8::5]:443',
		'13 192.0.2.1:443',
		'13 192.0.2.2:443',
		'28 one.example.com:443',
	]);
	t.deepEqual(ports, ['2222', '5309', '5555', '22']);
});

test('a range has no more hosts than can be held', async t => {
	const text = `[web]\n${'a[0:99999999].example\n'.repeat(1000)}b[1:2].example\n`;
	const entries = await readAll(text);
	t.is(entries[0], '2 ! a[0:99999999].example: more than 262144 hosts in one inventory');
	t.deepEqual(entries.slice(-2), ['1002 b1.example:443', '1002 b2.example:443']);
});
