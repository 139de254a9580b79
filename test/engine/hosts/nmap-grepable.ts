import test from 'ava';
import {hostsFixture, readAll} from '../../helpers/hosts.js';

const cases = [
	{
		title: 'open TCP ports that are TLS are taken, or all where none is',
		fixture: 'scan.gnmap',
		entries: [
			'3 127.0.0.1:443 {"serverName":"localhost.example"}',
			'3 127.0.0.1:8081 {"serverName":"localhost.example"}',
			'4 127.0.0.2:9000',
			'6 [2001:db8::4]:443',
		],
	},
	{
		title: 'a line that nmap does not write is named',
		fixture: 'malformed.gnmap',
		entries: [
			'1 127.0.0.1:443',
			'2 ! Host: example.com ()\\u{9}Ports: 443/open/tcp//https///: not a line of nmap -oG',
			'3 ! Nmap scan report for 127.0.0.1: not a line of nmap -oG',
		],
	},
] as const;

for (const {title, fixture, entries} of cases) {
	test(title, async t => {
		t.deepEqual(await readAll(hostsFixture(fixture)), entries);
	});
}
