import {existsSync} from 'node:fs';
import test from 'ava';
import {hostsFormats, recogniseFormat} from '../../../source/engine/hosts/index.js';

for (const {name} of hostsFormats) {
	test(`${name} is a file of that name, and has a test`, t => {
		t.true(existsSync(`source/engine/hosts/${name}.ts`));
		t.true(existsSync(`test/engine/hosts/${name}.ts`));
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
	{line: 'Host: 127.0.0.1 ()\tStatus: Up', format: 'nmap-grepable'},
	{line: '<?xml version="1.0"?>', format: 'nmap-xml'},
	{line: '<nmaprun>', format: 'nmap-xml'},
] as const;

for (const {line, format} of cases) {
	test(`${JSON.stringify(line)} starts ${format}`, t => {
		t.is(recogniseFormat(line).name, format);
	});
}
