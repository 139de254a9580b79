import test from 'ava';
import {collectedKeys, collectorScript} from '../../source/windows/collector.js';
import {clientKey} from '../../source/windows/rules/protocol-states.js';

const script = collectorScript();

// What Windows PowerShell 2.0 does not have, and what would change something.
const missing: readonly (readonly [string, RegExp])[] = [
	['static new', /::new\(/i],
	['ConvertTo-Json', /ConvertTo-Json\b(?!Text|Value)/i],
	['-in and -notin', /\s-(?:not)?in\s/i],
	['[ordered]', /\[ordered\]/i],
	['[pscustomobject]', /\[pscustomobject\]/i],
	['CIM', /Cim/],
	['Get-ItemPropertyValue', /Get-ItemPropertyValue/i],
	['member enumeration by Where-Object without a block', /Where-Object \w/i],
	['RegistryView, which is of .NET 4', /RegistryView/i],
	['null coalescing', /\?\?/],
	[
		'writing to the registry',
		/(?:Set|New|Remove|Clear|Rename|Copy|Move)-Item|SetValue|CreateSubKey|DeleteSubKey|DeleteValue|reg(?:\.exe)? add/i,
	],
	['writing files, running or fetching things', /Out-File|Set-Content|Add-Content|Invoke-|Start-Process|Download|Install-/i],
];

test('all that the collector runs is reg.exe, to list', t => {
	t.deepEqual(
		[...script.matchAll(/&\s*(\S+ \S+)/g)].map(([, command]) => command),
		['reg.exe query', 'reg.exe query'],
	);
});

for (const [what, pattern] of missing) {
	test(`the collector does without ${what}`, t => {
		t.notRegex(script, pattern);
	});
}

test('the collector is ASCII with the line ends of Windows', t => {
	t.regex(script, /^[\r\n\x20-\x7E]*$/);
	t.deepEqual(
		script.split('\r\n').filter(line => line.includes('\n')),
		[],
	);
});

test('the brackets and braces of the collector are closed', t => {
	// Text in single quotes holds some of its own.
	const code = script.replaceAll(/#[^\r]*/g, '').replaceAll(/'[^'\r]*'/g, '');
	const count = (character: string) => code.split(character).length;
	t.deepEqual(['(', '{', '['].map(count), [')', '}', ']'].map(count));
});

test('the collector reads both views of .NET and WinHTTP, SChannel and the policies', t => {
	t.true(collectedKeys.some(key => clientKey('TLSv1.2').startsWith(key)));
	for (const part of ['.NETFramework\\v2.0.50727', '.NETFramework\\v4.0.30319', 'Internet Settings\\WinHttp']) {
		t.deepEqual(collectedKeys.filter(key => key.endsWith(part)).length, 2, part);
	}
});
