import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {makeFolder} from '../helpers/lists.js';
import {runInProcess} from '../helpers/run-in-process.js';

type Client = {
	client: string;
	bits?: number;
	offers: string[];
	reachesTls12: string;
	confidence: string;
	because: string[];
	remedy: {kind: string; command: string}[];
};

const fixture = (name: string) => `fixtures/registry/${name}`;
const clientsOf = (stdout: string): readonly Client[] => (JSON.parse(stdout) as {clients: Client[]}).clients;
const clientOf = (stdout: string, name: string, bits?: number): Client =>
	clientsOf(stdout).find(item => item.client === name && item.bits === bits)!;

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
	const folder = await mkdtemp(path.join(tmpdir(), 'tlsprobe-'));
	try {
		await run(folder);
	} finally {
		await rm(folder, {recursive: true});
	}
}

test('an export of Server 2012 as it comes: .NET 4.5 offers TLS 1.0 at most, and the remedy is commands', async t => {
	const {code, stdout, stderr} = await runInProcess([
		'windows',
		fixture('windows-server-2012.reg'),
		'--os',
		'Windows Server 2012',
		'--json',
	]);
	t.is(code, 1);
	t.is(stderr, '');
	t.regex(stdout, /^\{"os":"windows-server-2012",.*\}\n$/);
	const {because, remedy, ...rest} = clientOf(stdout, 'dotnet-4.5', 64);
	t.deepEqual(rest, {client: 'dotnet-4.5', bits: 64, offers: ['SSLv3', 'TLSv1.0'], reachesTls12: 'no', confidence: 'high'});
	t.regex(because.join('\n'), /^SchUseStrongCrypto is absent in HKLM\\SOFTWARE\\Microsoft\\\.NETFramework\\v4\.0\.30319/m);
	t.deepEqual(
		remedy.map(({kind}) => kind),
		['registry', 'registry', 'registry', 'registry'],
	);
	t.regex(
		remedy[0]!.command,
		/^reg add "HKLM\\SOFTWARE\\Microsoft\\\.NETFramework\\v4\.0\.30319" \/v SystemDefaultTlsVersions \/t REG_DWORD \/d 1 \/f \/reg:64$/,
	);
});

test('32-bit programs on 64-bit Windows read WOW6432Node, and the 32-bit view alone does not help the others', async t => {
	const input = 'REGEDIT4\n[HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework\\v4.0.30319]\n"SchUseStrongCrypto"=dword:1\n';
	const {stdout} = await runInProcess(['windows', '-', '--os', '2016', '--json'], {input});
	t.is(clientOf(stdout, 'dotnet-4.5', 64).reachesTls12, 'no');
	t.is(clientOf(stdout, 'dotnet-4.5', 32).reachesTls12, 'yes');
	const x86 = await runInProcess(['windows', '--os', 'Windows 7', '--arch', 'x86', '--json']);
	t.deepEqual(
		clientsOf(x86.stdout).filter(({client, bits}) => bits === 64 || client === 'mars-agent'),
		[],
	);
	t.notRegex(x86.stdout, /WOW6432Node|\/reg:/);
});

test('which Windows it is may come from the files', async t => {
	const fromRegistry = await runInProcess(['windows', fixture('windows-7-turned-on.reg'), '--json']);
	t.regex(fromRegistry.stdout, /^\{"os":"windows-7",/);
	const fromCollector = await runInProcess(['windows', fixture('collector/windows-server-2008-r2.json'), '--json']);
	t.regex(fromCollector.stdout, /^\{"os":"windows-server-2008-r2",/);
	t.is(fromCollector.stderr, '');
	t.is(clientOf(fromCollector.stdout, 'dotnet-3.5', 64).reachesTls12, 'yes');
});

test('an update that is not given counts as not installed, and the reason says so', async t => {
	const without = await runInProcess(['windows', '--os', 'Windows Server 2012', '--json']);
	t.regex(clientOf(without.stdout, 'winhttp', 64).because.join('\n'), /KB3140245 is not given and counts as not installed/);
	const input =
		'REGEDIT4\n[HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp]\n"DefaultSecureProtocols"=dword:a00\n';
	const given = await runInProcess(['windows', '-', '--os', 'Windows Server 2012', '--update', '3140245', '--json'], {input});
	t.deepEqual(clientOf(given.stdout, 'winhttp', 64).offers, ['TLSv1.1', 'TLSv1.2']);
});

test('what a program sets itself is given by options', async t => {
	const code = await runInProcess(['windows', '--os', '2016', '--code-protocols', 'tls1.2', '--json']);
	t.deepEqual(clientOf(code.stdout, 'powershell', 64).offers, ['TLSv1.2']);
	const options = [
		'--switch',
		'DontEnableSchUseStrongCrypto=true',
		'--switch',
		'Switch.System.Net.DontEnableSystemDefaultTlsVersions=True',
	];
	const switches = await runInProcess(['windows', '--os', '2016', ...options, '--json']);
	t.deepEqual(clientOf(switches.stdout, 'dotnet-4.7', 64).offers, ['SSLv3', 'TLSv1.0']);
});

test('a policy without a suite of TLS 1.2 is found, and Azure Arc needs more than the version', async t => {
	const input =
		'REGEDIT4\n[HKLM\\SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002]\n"Functions"="TLS_AES_128_GCM_SHA256"\n';
	const policy = await runInProcess(['windows', '-', '--os', '2022', '--json'], {input});
	t.is(clientOf(policy.stdout, 'schannel').reachesTls12, 'no');
	t.is(clientOf(policy.stdout, 'schannel').remedy[0]!.kind, 'cipher-suites');
	const arc = await runInProcess(['windows', '--os', '2016', '--service', 'azure-arc', '--json']);
	t.is(clientOf(arc.stdout, 'schannel').reachesTls12, 'yes');
});

test('exit codes: 0 all reach it, 1 some do not, 3 only open ones', async t => {
	const nets = ['', 'WOW6432Node\\'].flatMap(view =>
		['v2.0.50727', 'v4.0.30319'].map(
			runtime => `[HKLM\\SOFTWARE\\${view}Microsoft\\.NETFramework\\${runtime}]\n"SystemDefaultTlsVersions"=dword:1\n`,
		),
	);
	const input = `REGEDIT4\n${nets.join('')}`;
	t.is((await runInProcess(['windows', '-', '--os', '2016'], {input})).code, 0);
	t.is((await runInProcess(['windows', '--os', '2016'])).code, 1);
	t.is((await runInProcess(['windows', '-', '--os', 'windows-10-1507'], {input})).code, 3);
});

test('the table stays within 80 columns but for keys and commands', async t => {
	const {stdout} = await runInProcess(['windows', '--os', 'Windows 7', '--update', 'KB3140245']);
	t.deepEqual(
		stdout.split('\n').filter(line => line.length > 80 && !/reg add|\\|SecurityProtocolType/.test(line)),
		[],
	);
	t.regex(stdout, /^Windows 7, 64-bit\n/);
	t.regex(stdout, /FAIL {2}these do not reach TLS 1\.2: schannel/);
});

test('--before-after shows what each step changes', async t => {
	const text = await runInProcess(['windows', '--os', '2016', '--before-after']);
	t.regex(text.stdout, /dotnet-4\.5 \(64\): no -> yes; SSL3, 1\.0 -> 1\.0, 1\.1, 1\.2; high/);
	const {stdout} = await runInProcess(['windows', '--os', '2016', '--before-after', '--json']);
	const {steps} = JSON.parse(stdout) as {steps: {kind: string; command: string; changes: unknown[]}[]};
	t.true(steps.length > 0 && steps.every(({command}) => command !== ''));
});

test('--fix writes a .reg file that, applied after the export, reaches TLS 1.2; and its undo brings back what was', async t => {
	await withFolder(async folder => {
		const [remedy, undo] = [path.join(folder, 'remedy.reg'), path.join(folder, 'remedy-undo.reg')];
		const machine = [fixture('windows-server-2008-r2.reg'), '--os', '2008 R2', '--json'];
		const before = await runInProcess(['windows', ...machine, '--fix', remedy]);
		t.is(before.code, 1);
		t.regex(before.stderr, /install KB3140245 before/);
		const after = await runInProcess([
			'windows',
			fixture('windows-server-2008-r2.reg'),
			remedy,
			...machine.slice(1),
			'--update',
			'KB3140245,KB3154518',
		]);
		t.is(after.code, 0, after.stdout);
		const back = await runInProcess(['windows', fixture('windows-server-2008-r2.reg'), remedy, undo, ...machine.slice(1)]);
		t.deepEqual(JSON.parse(back.stdout), JSON.parse(before.stdout));
		const text = (await readFile(remedy)).toString('utf16le');
		t.regex(text, /^\uFEFFWindows Registry Editor Version 5\.00\r\n/);
		t.regex(text, /First install KB3140245/);
		t.regex(text, /Restart the computer/);
		t.regex(text, /WOW6432Node/);
	});
});

test('--fix into a folder that does not exist says so in one line', async t => {
	const file = makeFolder(t);
	const remedy = file('missing/remedy.reg');
	const {code, stderr} = await runInProcess(['windows', fixture('windows-server-2008-r2.reg'), '--os', '2008 R2', '--fix', remedy]);
	t.is(code, 74);
	t.is(stderr.split('\n').at(-2), `tlsprobe: cannot write ${file('missing/remedy-undo.reg')}: the directory does not exist`);
});

test('--fix writes a script for PowerShell 2.0 that checks for the updates, and does not write over a way back', async t => {
	await withFolder(async folder => {
		const remedy = path.join(folder, 'remedy.ps1');
		t.is((await runInProcess(['windows', fixture('windows-server-2008-r2.reg'), '--os', '2008 R2', '--fix', remedy])).code, 1);
		const script = await readFile(remedy, 'utf8');
		t.regex(script, /^\uFEFF# TLS 1\.2/);
		t.regex(script, /Get-HotFix -Id KB3140245/);
		t.regex(
			script,
			/SetValue\('HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\Microsoft\\\.NETFramework\\v4\.0\.30319', 'SchUseStrongCrypto', 1, /,
		);
		t.notRegex(script, /::new\(|ConvertTo-Json|\[ordered\]|Get-CimInstance/);
		const undo = await readFile(path.join(folder, 'remedy-undo.ps1'), 'utf8');
		t.regex(undo, /'SchUseStrongCrypto', '1', \[Microsoft\.Win32\.RegistryValueKind\]::String/);
		t.regex(undo, /Remove-ItemProperty -LiteralPath 'Registry::HKEY_LOCAL_MACHINE/);
		const again = await runInProcess(['windows', '--os', '2016', '--fix', remedy]);
		t.is(again.code, 2);
		t.regex(again.stderr, /already exists/);
	});
});

test('one kind of client alone has its own verdict, its own code and the smallest remedy', async t => {
	const agent = await runInProcess(['windows', '--os', '2012 R2', '--client', 'mars-agent', '--before-after', '--json']);
	t.is(agent.code, 1);
	t.deepEqual(
		clientsOf(agent.stdout).map(({client}) => client),
		['mars-agent'],
	);
	const {steps} = JSON.parse(agent.stdout) as {steps: {command: string}[]};
	t.is(steps.length, 4);
	t.true(steps.every(({command}) => command.includes('v4.0.30319')));
	const fine = await runInProcess(['windows', '--os', '2012 R2', '--client', 'schannel,dotnet-4.6']);
	t.is(fine.code, 0);
});

test('a program leads to its kind, with a word on stderr and what it adds to the answer', async t => {
	const dotnet = await runInProcess(['windows', '--os', '2012 R2', '--client', '.NET 6', '--json']);
	t.is(dotnet.stderr, 'tlsprobe: --client ".net 6": .NET 6 is evaluated as dotnet-5\n');
	t.deepEqual(
		clientsOf(dotnet.stdout).map(({client, offers}) => [client, offers]),
		[['dotnet-5', ['TLSv1.0', 'TLSv1.1', 'TLSv1.2']]],
	);
	// .NET Framework would need its two values here, and PowerShell 7 needs none.
	t.is((await runInProcess(['windows', '--os', '2012 R2', '--client', 'pwsh'])).code, 0);
	t.is((await runInProcess(['windows', '--os', '2012 R2', '--client', 'powershell'])).code, 1);
	// And none of them helps it.
	const values = ['SchUseStrongCrypto', 'SystemDefaultTlsVersions'].map(name => `"${name}"=dword:1\n`).join('');
	const input = `REGEDIT4\n[HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319]\n${values}`;
	const seven = await runInProcess(['windows', '-', '--os', 'Windows 7', '--client', 'powershell-7', '--json'], {input});
	t.is(clientOf(seven.stdout, 'dotnet-5').reachesTls12, 'no');
	const odbc = await runInProcess(['windows', '--os', '2012 R2', '--client', 'SQL Native Client', '--json']);
	t.is(clientOf(odbc.stdout, 'schannel').confidence, 'medium');
	t.regex(clientOf(odbc.stdout, 'schannel').because.join('\n'), /older than their update for TLS 1\.2.*\[KB3135244\]/);
});

test('Entra Connect is judged where it is asked for, with what its setup checks', async t => {
	const {stdout, code} = await runInProcess(['windows', '--os', '2016', '--client', 'entra-connect', '--json']);
	const {reachesTls12, confidence, because, remedy} = clientOf(stdout, 'entra-connect', 64);
	t.deepEqual([code, reachesTls12, confidence], [0, 'yes', 'medium']);
	t.regex(because.join('\n'), /versions 2\.3\.20\.0 to 2\.4\.129\.0 stops until 8 of the values/);
	t.is(remedy.length, 8);
	t.is(remedy.filter(({command}) => command.includes('TLS 1.2\\Server')).length, 2);
	const all = await runInProcess(['windows', '--os', '2016', '--json']);
	t.false(clientsOf(all.stdout).some(({client}) => client === 'entra-connect'));
});

test('--role server: what the machine accepts, in the table, as JSON, step by step, and put right with a way back', async t => {
	const file = 'fixtures/windows/server-2008-r2-tls-1.0-off.reg';
	const machine = [file, '--os', 'Windows Server 2008 R2', '--role', 'server'];
	const text = await runInProcess(['windows', ...machine]);
	t.is(text.code, 1);
	t.is(text.stderr, '');
	t.regex(text.stdout, /^Windows Server 2008 R2, 64-bit, as a server\n/);
	t.regex(text.stdout, /^rdp +nothing +no +high$/m);
	t.regex(text.stdout, /FAIL {2}these do not accept TLS 1\.2: rdp\n/);
	t.regex(text.stdout, /install KB3080079/);
	t.deepEqual(
		text.stdout.split('\n').filter(line => line.length > 80 && !/reg add|\\/.test(line)),
		[],
	);
	const json = JSON.parse((await runInProcess(['windows', ...machine, '--json', '--before-after'])).stdout) as {
		role: string;
		servers: {server: string; accepts: string[]; acceptsTls12: string}[];
		steps: {command: string; changes: {server: string}[]}[];
	};
	t.is(json.role, 'server');
	t.deepEqual(
		json.servers.map(({server, acceptsTls12}) => `${server} ${acceptsTls12}`),
		['schannel yes', 'iis yes', 'rdp no', 'sql-server yes'],
	);
	t.deepEqual(
		json.steps.map(({command, changes}) => [command, changes.map(({server}) => server)]),
		[['install KB3080079', ['rdp']]],
	);
	t.is((await runInProcess(['windows', file, '--os', '2008 R2', '--server', 'iis', '--server', 'sql-server'])).code, 0);
	await withFolder(async folder => {
		const [remedy, undo] = [path.join(folder, 'remedy.reg'), path.join(folder, 'remedy-undo.reg')];
		const off = path.join(folder, 'off.reg');
		await writeFile(
			off,
			'REGEDIT4\n[HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server]\n"Enabled"=dword:0\n',
		);
		const rest = ['--os', '2016', '--server', 'iis', '--json'];
		const before = await runInProcess(['windows', off, ...rest, '--fix', remedy]);
		t.is(before.code, 1);
		t.is((await runInProcess(['windows', off, remedy, ...rest])).code, 0);
		t.deepEqual((await runInProcess(['windows', off, remedy, undo, ...rest])).stdout, before.stdout);
	});
});

test("what Microsoft's scripts print is judged, never as surely as what shows its types", async t => {
	const folder = 'fixtures/windows/powershell';
	const ask = async (file: string, client: string) => {
		const {stdout, stderr} = await runInProcess(['windows', `${folder}/${file}`, '--os', '2016', '--client', client, '--json']);
		const {reachesTls12, confidence, because} = clientsOf(stdout)[0]!;
		const {withoutEffect = []} = JSON.parse(stdout) as {withoutEffect?: string[]};
		return {vain: withoutEffect.join('\n'), answer: `${reachesTls12} ${confidence}`, because: because.join('\n'), stderr};
	};

	const table = await ask('entra-connect-table.txt', 'mars-agent');
	t.is(table.answer, 'yes medium');
	t.regex(table.because, /shows values without their types/);
	t.is(table.stderr, '');
	t.is((await ask('get-item-property.txt', 'mars-agent')).answer, 'yes medium');
	t.is((await ask('query-and-get-item-property.txt', 'schannel')).answer, 'no medium');
	// A path that is cut off may be of any key below what is left of it.
	const cut = await ask('entra-connect-table-of-a-narrow-window.txt', 'schannel');
	t.is(cut.answer, 'uncertain low');
	t.regex(cut.because, /^not read, so the answer may be different: HKLM\\SYSTEM\\.*\\SCHANNEL\\.* \(a path below it is cut off\)/);
	t.regex(cut.stderr, /:8: the path is cut off; run it again with \| Format-List/);
	const suites = await ask('get-tls-cipher-suite-cut.txt', 'schannel');
	t.is(suites.answer, 'uncertain low');
	t.regex(suites.because, /^not read, .*\\Local\\SSL\\00010002 \(a cipher suite is cut off\)/);
	for (const [file, key] of [
		['get-item-property-cut.txt', 'SSL\\\\00010002'],
		['get-child-item-cut.txt', 'TLS 1\\.2\\\\Client'],
	] as const) {
		const value = await ask(file, 'schannel');
		t.notRegex(value.vain, /only to the (?:client|server) side/);
		t.is(value.answer, 'uncertain low', file);
		t.regex(value.because, new RegExp(`^not read, so the answer may be different: [^,]*${key} \\(the value of \\w+ is cut off\\)`));
		t.regex(value.stderr, /the value of \w+ is cut off; run it again with \| Format-List/);
		// Values that do not decide are not missed.
		t.regex((await ask(file, 'dotnet-3.5')).answer, /^no (?:medium|high)$/, file);
	}
});

test('--role server: what a file names and does not show makes the answer uncertain, and values of clients have no effect', async t => {
	const server = ['--os', '2016', '--server', 'schannel'];
	const unread = await runInProcess(['windows', 'fixtures/windows/query-without-s.txt', ...server]);
	t.is(unread.code, 3);
	t.regex(unread.stdout, /UNCERTAIN {2}not decided: schannel/);
	t.regex(unread.stdout, /not read, so the answer may be different: HKLM.*\n?.*Server/);
	const input =
		'REGEDIT4\n[HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client]\n"Enabled"=dword:0\n';
	const text = await runInProcess(['windows', '-', ...server], {input});
	t.is(text.code, 0);
	t.regex(text.stdout, /^Without effect\n {2}- HKLM\\.*Client: it applies/m);
	const json = await runInProcess(['windows', '-', ...server, '--json'], {input});
	t.regex((JSON.parse(json.stdout) as {withoutEffect: string[]}).withoutEffect.join('\n'), /only to the client side: .*\\Server$/);
});

test('--collector prints the script and asks for nothing else', async t => {
	const {code, stdout, stderr} = await runInProcess(['windows', '--collector']);
	t.is(code, 0);
	t.is(stderr, '');
	t.regex(stdout, /Win32_OperatingSystem/);
});

test('what the files leave doubtful is said, line by line', async t => {
	const input = [
		'REGEDIT4',
		'[HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet001\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client]',
		'"Enabled"=dword:0x0',
		'"Enabled"=dword:0',
		'',
	].join('\n');
	const {stdout, stderr} = await runInProcess(['windows', '-', '--os', '2012 R2', '--json'], {input});
	t.is(clientOf(stdout, 'schannel').reachesTls12, 'no');
	t.is(
		stderr,
		[
			'tlsprobe: standard input:3: dword: takes one to eight hexadecimal digits',
			'tlsprobe: standard input: the rest of it is used',
			'tlsprobe: standard input: it has no CurrentControlSet; ControlSet001 is used instead',
			'tlsprobe: the files do not contain .NET (HKLM\\SOFTWARE\\Microsoft\\.NETFramework): treated as not set',
			'',
		].join('\n'),
	);
});

test('files of two machines are not taken for one without a word', async t => {
	const files = [fixture('collector/windows-server-2008-r2.json'), fixture('windows-7-turned-on.reg')];
	const two = await runInProcess(['windows', ...files, '--json']);
	t.is(two.stderr, `tlsprobe: ${files[1]} is from Windows 7, and is read as Windows Server 2008 R2, as the collector says\n`);
	const said = await runInProcess(['windows', files[1]!, '--os', '2016', '--json']);
	t.is(said.stderr, `tlsprobe: ${files[1]} is from Windows 7, and is read as Windows Server 2016, as --os says\n`);
});

const wrong: readonly (readonly [readonly string[], RegExp])[] = [
	[[], /name a file/],
	[[fixture('windows-server-2012.reg')], /does not say which Windows it is; give it with --os/],
	[['no-such-file.reg', '--os', '2016'], /there is no such file/],
	[['package.json', '--os', '2016'], /"package\.json": expected a \.reg export.*; on the machine, reg export HKLM\\SYSTEM/],
	[['fixtures', '--os', '2016'], /it is a directory/],
	[['--os', 'Windows 95'], /--os "Windows 95" is not a known version of Windows/],
	[['--os', 'Windows 10'], /does not contain the release that winver shows: windows-10-1507, .*windows-10-22h2$/m],
	[['--os', '2016', '--client', 'nonsense'], /--client "nonsense" is not a kind of client; there are schannel, /],
	[['--os', '2016', '--client', 'powershel'], /did you mean powershell\?/],
	[['--os', '2016', '--client', 'ie-77'], /is not a kind of client; there are schannel, /],
	[['--os', '2016', '--client', 'python'], /Python includes OpenSSL, .*tlsprobe listen/],
	[['--os', '2016', '--client', 'dotnet'], /does not say which version: dotnet-3\.5, /],
	[['--os', 'Windows Vista', '--client', 'dotnet-6'], /there is no dotnet-5 on a Windows such as Windows Vista/],
	[['--os', '2016', '--role', 'both'], /--role takes client or server, not "both"/],
	[['--os', '2016', '--role', 'client', '--server', 'iis'], /--server is about what the machine accepts/],
	[['--os', '2016', '--role', 'server', '--client', 'schannel'], /--client is about clients, .*--server schannel, iis, rdp, sql-server/],
	[['--os', '2016', '--server', 'iis', '--service', 'azure-arc'], /--service is about clients/],
	[['--os', '2016', '--server', 'apache'], /--server takes schannel, iis, rdp, sql-server, not "apache"/],
	[['--os', 'Windows 7', '--arch', 'X86', '--client', 'mars-agent'], /there is no mars-agent on a 32-bit Windows/],
	[['--os', '2016', '--update', 'latest'], /--update takes/],
	[['--os', '2016', '--arch', 'arm'], /--arch takes/],
	[['--os', '2016', '--code-protocols', '1.5'], /--code-protocols takes/],
	[['--os', '2016', '--switch', 'Nothing=true'], /--switch takes/],
	[['--os', '2016', '--service', 'aws'], /--service takes/],
	[['--os', '2016', '--fix', 'remedy.txt'], /--fix writes a \.reg or a \.ps1/],
];

for (const [argv, message] of wrong) {
	test(`wrong usage: windows ${argv.join(' ')}`, async t => {
		const {code, stdout, stderr} = await runInProcess(['windows', ...argv]);
		t.is(code, 2);
		t.is(stdout, '');
		t.regex(stderr, message);
		t.is(stderr.trimEnd().split('\n').length, 1);
	});
}

test('keys of algorithms: the suites that are left, what has no effect, and a remedy with its way back', async t => {
	await withFolder(async folder => {
		const [remedy, undo] = [path.join(folder, 'remedy.reg'), path.join(folder, 'remedy-undo.reg')];
		const machine = ['fixtures/windows/ciphers-off.reg', 'fixtures/windows/near/server-alone.reg'];
		const options = ['--os', '2016', '--client', 'schannel', '--json'];
		const before = await runInProcess(['windows', ...machine, ...options, '--fix', remedy]);
		t.is(before.code, 1, before.stderr);
		const {cipherSuites, withoutEffect} = JSON.parse(before.stdout) as {cipherSuites: string[]; withoutEffect: string[]};
		t.deepEqual(
			cipherSuites.filter(name => /_(?:AES|3DES|RC4_128)_/.test(name)),
			[],
		);
		t.regex(withoutEffect.join('\n'), /^HKLM\\SYSTEM\\.*\\TLS 1\.2\\Server: it applies only to the server side/);
		const after = await runInProcess(['windows', ...machine, remedy, ...options]);
		t.is(after.code, 0, after.stdout);
		t.true(
			(JSON.parse(after.stdout) as typeof before & {cipherSuites: string[]}).cipherSuites.includes('TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'),
		);
		const back = await runInProcess(['windows', ...machine, remedy, undo, ...options]);
		t.deepEqual(JSON.parse(back.stdout), JSON.parse(before.stdout));
	});
});

test('what has no effect stands in the report within 80 columns, and what was not read makes exit code 3', async t => {
	const near = await runInProcess(['windows', 'fixtures/windows/near/value-without-a-d.reg', '--os', '2016']);
	t.regex(near.stdout, /^Without effect\n {2}- DisableByDefault in HKLM\\\.\.\.\\SCHANNEL/m);
	t.deepEqual(
		near.stdout.split('\n').filter(line => line.length > 80 && !/reg add|\\|SecurityProtocolType/.test(line)),
		[],
	);
	const unread = await runInProcess(['windows', 'fixtures/windows/query-without-s.txt', '--os', '2016', '--client', 'schannel']);
	t.is(unread.code, 3);
	t.regex(unread.stdout, /UNCERTAIN {2}not decided: schannel/);
	t.regex(unread.stderr, /query-without-s\.txt:4: .*reg query needs \/s to show them/);
	const denied = await runInProcess(['windows', '-', '--os', '2016'], {input: 'ERROR: Access is denied.\r\n'});
	t.is(denied.code, 2);
	t.regex(denied.stderr, /access was denied: run reg query as an administrator/);
});

test('whose hive is read is said', async t => {
	const loaded = await runInProcess(['windows', 'fixtures/windows/loaded-hive.reg', '--os', '2016', '--client', 'schannel']);
	t.is(loaded.code, 1);
	t.regex(loaded.stderr, /HKEY_LOCAL_MACHINE\\BROKENSYSTEM is read as HKEY_LOCAL_MACHINE\\SYSTEM\n/);
	t.notRegex(loaded.stderr, /nothing of SChannel/);
});
