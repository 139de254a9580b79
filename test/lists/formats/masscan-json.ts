import test from 'ava';
import {hostsFixture, readAll} from '../../helpers/hosts.js';

const cases = [
	{fixture: 'masscan-1.3.2.json', entries: ['2 127.0.0.1:41265', '4 127.0.0.1:34619', '6 127.0.0.1:35195']},
	{fixture: 'masscan.json', entries: ['2 192.0.2.1:443', '4 192.0.2.2:8443']},
	{
		fixture: 'masscan-1.0.json',
		entries: [
			'2 127.0.0.1:443',
			'3 127.0.0.1:443',
			'6 ! {   "ip": "127.0.0.4",   "timestamp": "1700000001", "ports": [ {"port": 99999, "proto": "tcp", "status": "open"} ] }: not an object of masscan -oJ',
			'7 ! {   "ip": "127.0.0.5",   "timestamp": "17000: not an object of masscan -oJ',
			'8 [::1]:8443',
		],
	},
	{fixture: 'masscan.ndjson', entries: ['1 127.0.0.1:443', '2 127.0.0.1:443']},
] as const;

for (const {fixture, entries} of cases) {
	test(`${fixture}: every open TCP port is a target, and an object that is none costs no other`, async t => {
		t.deepEqual(await readAll(hostsFixture(fixture)), entries);
	});
}

test('all on one line, or each object over several, it reads the same', async t => {
	const records = [1, 2].map(index => ({ip: `127.0.0.${index}`, ports: [{port: 443, proto: 'tcp', status: 'open'}]}));
	t.deepEqual(await readAll(JSON.stringify(records)), ['1 127.0.0.1:443', '1 127.0.0.2:443']);
	t.deepEqual(await readAll(JSON.stringify(records, undefined, '\t')), ['2 127.0.0.1:443', '12 127.0.0.2:443']);
});

test('an object that is too long is named, and the next is read', async t => {
	const entries = await readAll(`[\n{"ip":"127.0.0.1","port":443},\n{"a":"${'x'.repeat(200_000)}"},\n{"ip":"127.0.0.2","port":443}]`);
	t.deepEqual(entries, ['2 127.0.0.1:443', '3 ! : an object of more than 131072 characters', '4 127.0.0.2:443']);
});

for (const [title, text, problem] of [
	['results of tlsprobe', '{"target":"a.example:443","versions":{}}', /these are results of tlsprobe/],
	['an inventory', '{\n"_meta": {"hostvars": {}},\n"all": {}\n}', /write it as YAML with ansible-inventory/],
	['something else', '[\n"a.example",\n"b.example"\n]', /not the output of masscan -oJ; write a list of one target per line/],
] as const) {
	test(`${title} in JSON is named once, with the next step`, async t => {
		const entries = await readAll(text);
		t.is(entries.length, 1);
		t.regex(entries[0]!, problem);
	});
}
