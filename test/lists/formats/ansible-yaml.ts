import test from 'ava';
import {hostsFixture, readAll} from '../../helpers/hosts.js';

test('hosts are the keys below hosts, at any depth, and nothing else is', async t => {
	t.deepEqual(await readAll(hostsFixture('inventory.yaml')), [
		'25 ! ? complex: hosts are keys; write NAME: on its own line, without a dash',
		'27 ! - dashed.example.com: hosts are keys; write NAME: on its own line, without a dash',
		'29 ! aliased.example.com: a host with variables in braces over several lines, or in an alias, is not supported',
		'33 ! {inside.example.com: }: hosts in braces, or by an alias, are not supported; write each on its own line',
		'5 mail.example.com:443',
		'9 foo.example.com:443 {"serverName":"foo.example.com","address":"192.0.2.10"}',
		'10 bar.example.com:443 {"serverName":"bar.example.com","address":"192.0.2.11"}',
		'18 www01.example.com:443',
		'18 www02.example.com:443',
		'19 192.0.2.12:443 {"extra":{"inventory_name":"label"}}',
		'28 [2001:db8::1]:443',
		'31 only.example.com:443',
	]);
});

test('YAML of something else is named, line by line', async t => {
	t.deepEqual(await readAll('endpoints:\n  - target: a.example:443\n'), [
		'2 ! - target: a.example:443: not a line of an inventory in YAML: it has groups, with hosts and children below them',
	]);
});
