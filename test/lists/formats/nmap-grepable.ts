import test from 'ava';
import {hostsFixture, readAll} from '../../helpers/hosts.js';

const cases = [
	{
		title: 'every open TCP port is taken',
		fixture: 'scan.gnmap',
		entries: [
			'3 127.0.0.1:22 {"serverName":"localhost.example"}',
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
			'2 ! Host: example.com ()\\u{9}Ports: 443/open/tcp//https///: not a line of nmap -oG or masscan -oG',
			'3 ! Nmap scan report for 127.0.0.1: not a line of nmap -oG or masscan -oG',
		],
	},
	{
		title: '-oG: what nmap 7.93 wrote of a scan of this machine is read',
		fixture: 'nmap-7.93.gnmap',
		entries: [
			...['41369', '42281', '44271'].map(port => `3 127.0.0.1:${port} {"serverName":"localhost"}`),
			...['41369', '42281', '44271'].map(port => `5 127.0.0.2:${port}`),
		],
	},
	{
		title: '-oG: what masscan 1.3.2 wrote of a scan of this machine is read',
		fixture: 'masscan-1.3.2.gnmap',
		entries: ['3 127.0.0.1:34619', '4 127.0.0.1:35195', '5 127.0.0.1:41265'],
	},
] as const;

for (const {title, fixture, entries} of cases) {
	test(title, async t => {
		t.deepEqual(await readAll(hostsFixture(fixture)), entries);
	});
}

test('what is left out is reported, and a scan can be narrowed to what it calls TLS', async t => {
	const leftOut: string[] = [];
	const leaveOut = (what: string, example: string): void => void leftOut.push(`${what}: ${example}`);
	const entries = await readAll(hostsFixture('scan.gnmap'), 'auto', {scannedPorts: 'tls', leaveOut});
	t.deepEqual(entries, [
		'3 127.0.0.1:443 {"serverName":"localhost.example"}',
		'3 127.0.0.1:8081 {"serverName":"localhost.example"}',
		'6 [2001:db8::4]:443',
	]);
	t.deepEqual(leftOut, [
		'open ports that the scan does not report as TLS: 22',
		'open ports other than TCP: 853/udp',
		'open ports that the scan does not report as TLS: 9000',
	]);
});

test('what a service said in a scan of masscan is no target', async t => {
	t.deepEqual(
		await readAll('Host: 127.0.0.1 ()\tPorts: 443/open/tcp////\nHost: 127.0.0.1 ()\tPort: 443\tService: ssl\tBanner: TLS/1.2\n'),
		['1 127.0.0.1:443'],
	);
});
