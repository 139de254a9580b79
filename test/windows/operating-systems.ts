import test from 'ava';
import {windowsVersions} from '../../source/clients/windows/versions.js';
import {operatingSystemOfBuild, parseOperatingSystem} from '../../source/windows/operating-systems.js';

const spellings: Readonly<Record<string, string | undefined>> = {
	'Windows Server 2012': 'windows-server-2012',
	'Windows Server 2012 R2 Standard': 'windows-server-2012-r2',
	'Microsoft® Windows Server® 2008 Standard': 'windows-server-2008',
	'Microsoft Windows Server 2008 R2 Enterprise Service Pack 1': 'windows-server-2008-r2',
	'2012 R2': 'windows-server-2012-r2',
	'2012r2': 'windows-server-2012-r2',
	win2012r2: 'windows-server-2012-r2',
	W2K8R2: 'windows-server-2008-r2',
	w2k3: 'windows-server-2003',
	'Windows Server 2003 R2': 'windows-server-2003',
	'server 2016': 'windows-server-2016',
	WS2019: 'windows-server-2019',
	'Windows Server 2022 Datacenter Azure Edition': 'windows-server-2022',
	'Windows 7 SP1': 'windows-7',
	'Windows 7 Professional': 'windows-7',
	win7: 'windows-7',
	'Windows 8.1 Pro': 'windows-8.1',
	'windows 8': 'windows-8',
	'Windows XP SP3': 'windows-xp',
	'Windows Vista SP2': 'windows-vista',
	'Windows 10 22H2': 'windows-10-22h2',
	'Windows 10 Enterprise, version 1809': 'windows-10-1809',
	'win10 1607': 'windows-10-1607',
	'Windows 10 Enterprise LTSC 2019': 'windows-10-1809',
	'Windows 10 Enterprise 2016 LTSB': 'windows-10-1607',
	'Windows 11 23H2': 'windows-11-23h2',
	'Windows 11 Pro 26H1': 'windows-11-26h1',
	'Windows 11 Enterprise, version 26H2': 'windows-11-26h2',
	'Windows 10': undefined,
	'Windows 11 Pro': undefined,
	'Windows 10 1234': undefined,
	'Windows Server': undefined,
	'Windows 95': undefined,
	Linux: undefined,
	'': undefined,
};

for (const [text, name] of Object.entries(spellings)) {
	test(`${JSON.stringify(text)} is ${name ?? 'none that is known'}`, t => {
		t.is(parseOperatingSystem(text)?.name, name);
	});
}

test('every name and title of the list is its own spelling', t => {
	const wrong = windowsVersions.filter(
		({name, title}) => parseOperatingSystem(name)?.name !== name || parseOperatingSystem(title)?.name !== name,
	);
	t.deepEqual(wrong, []);
});

test('every build is found again, as a server and as a desktop', t => {
	const wrong = windowsVersions.filter(({name, build, isServer}) => operatingSystemOfBuild(build, isServer)?.name !== name);
	t.deepEqual(wrong, []);
	t.is(operatingSystemOfBuild(7600, true)?.name, 'windows-server-2008-r2');
	t.is(operatingSystemOfBuild(28_000, false)?.name, 'windows-11-26h1');
	t.is(operatingSystemOfBuild(26_300, false)?.name, 'windows-11-26h2');
	t.is(operatingSystemOfBuild(1, true), undefined);
});
