import {existsSync} from 'node:fs';
import test from 'ava';
import {hostsFormats, recogniseFormat} from '../../../source/lists/formats/index.js';

for (const {name} of hostsFormats) {
	test(`${name} is a file of that name, and has a test`, t => {
		t.true(existsSync(`source/lists/formats/${name}.ts`));
		t.true(existsSync(`test/lists/formats/${name}.ts`));
	});
}

const cases = [
	{line: 'portal.example.com', format: 'lines'},
	{line: 'host', format: 'lines'},
	{line: 'a.example,b.example', format: 'lines'},
	{line: 'host.example:443,8443', format: 'lines'},
	{line: 'host,port', format: 'csv'},
	{line: '"Notes, old";"HOST"', format: 'csv'},
	{line: 'port\tHost', format: 'csv'},
	{line: 'sep=;', format: 'csv'},
	{line: 'Host|Port', format: 'csv'},
	{line: 'sep=|', format: 'csv'},
	{line: 'FQDN;IP Address', format: 'csv'},
	{line: 'Server Name,Owner', format: 'csv'},
	{line: 'Hostname', format: 'csv'},
	{line: '"Host"', format: 'csv'},
	{line: 'IP Address', format: 'csv'},
	{line: 'server', format: 'lines'},
	{line: 'name,port', format: 'lines'},
	{line: '1,example.com', format: 'rank-domain'},
	{line: '1\texample.com', format: 'rank-domain'},
	{line: '443,example.com', format: 'lines'},
	{line: '1,443', format: 'lines'},
	{line: 'open tcp 443 192.0.2.1 1700000000', format: 'masscan-list'},
	{line: 'open example', format: 'lines'},
	{line: '[', format: 'masscan-json'},
	{line: '[{"ip":', format: 'masscan-json'},
	{line: '{"ip":"192.0.2.1"}', format: 'masscan-json'},
	{line: '[web]', format: 'ansible-ini'},
	{line: '[all:children]', format: 'ansible-ini'},
	{line: 'web ansible_host=192.0.2.1', format: 'ansible-ini'},
	{line: '[::1]', format: 'lines'},
	{line: '[::1]:443', format: 'lines'},
	{line: '["a.example","b.example"]', format: 'lines'},
	{line: 'all:', format: 'ansible-yaml'},
	{line: '---', format: 'ansible-yaml'},
	{line: 'example.com:', format: 'lines'},
	{line: 'Timestamp: 1700000000\tHost: 127.0.0.1 ()\tPorts: 1/open/tcp////', format: 'nmap-grepable'},
	{line: 'Host: 127.0.0.1 ()\tStatus: Up', format: 'nmap-grepable'},
	{line: '<?xml version="1.0"?>', format: 'nmap-xml'},
	{line: '<nmaprun>', format: 'nmap-xml'},
] as const;

for (const {line, format} of cases) {
	test(`${JSON.stringify(line)} starts ${format}`, t => {
		t.is(recogniseFormat(line).name, format);
	});
}
