import test from 'ava';
import {findClients} from '../../source/clients/find-clients.js';
import {clientProfiles} from '../../source/clients/index.js';
import {clientKinds} from '../../source/windows/clients/index.js';
import {leadOf, programName, programs} from '../../source/windows/programs.js';

/** What people call a program, and the kinds that it is judged as. */
const leads: readonly (readonly [names: readonly string[], clients: readonly string[]])[] = [
	[['dotnet-core', 'dotnet-core-3.1', '.NET Core 2.1', 'netcoreapp3.1'], ['dotnet-5']],
	[['dotnet-6', 'dotnet-7', '.NET 8', 'net8.0', 'dotnet 9', 'net10.0', 'dotnet-10', 'ASP.NET Core', '.net-12.0.1'], ['dotnet-5']],
	[['powershell-7', 'PowerShell 7.4', 'powershell-6', 'pwsh', 'pwsh-7.5.1', 'powershell-core'], ['dotnet-5']],
	[['powershell-5.1', 'PowerShell 5', 'Windows PowerShell 3.0', 'powershell-2'], ['powershell']],
	[['dotnet-4.8', 'dotnet-4.7.2', 'net472', 'net48', '.NET Framework 4.8.1'], ['dotnet-4.7']],
	[['dotnet-4.6.1', 'net462'], ['dotnet-4.6']],
	[['dotnet-4.0', 'dotnet-4', 'net45', 'net452', '.NET Framework 4.5.2'], ['dotnet-4.5']],
	[['dotnet-2.0', 'net35', '.net 3.0'], ['dotnet-3.5']],
	[['odbc', 'SQL Native Client', 'sqlncli', 'msodbcsql', 'OLE DB', 'msoledbsql', 'ADO', 'Classic ASP', 'ssms'], ['schannel']],
	[['curl', 'curl.exe', 'RDP', 'mstsc'], ['schannel']],
	[
		['msxml', 'MSXML6'],
		['winhttp', 'wininet'],
	],
	[['outlook'], ['winhttp', 'wininet', 'schannel']],
	[['azure-pipelines-agent', 'Azure Pipelines Agent'], ['dotnet-5']],
	[['Azure AD Connect', 'aadconnect'], ['entra-connect']],
];

for (const [names, clients] of leads) {
	for (const name of names) {
		test(`${name} is judged as ${clients.join(' and ')}`, t => {
			const lead = leadOf(name);
			t.is(lead?.kind, 'clients');
			t.deepEqual(lead?.kind === 'clients' ? lead.clients : [], clients as never);
			t.true(lead!.note.length > 0);
		});
	}
}

const outside = ['python', 'git', 'java', 'Node.js', 'openssl', 'go', 'chrome', 'firefox', '.NET Core 1.1', 'dotnet-core-2.0'];

for (const name of outside) {
	test(`${name} is said to be outside of what the registry decides, with a next step`, t => {
		const lead = leadOf(name);
		t.is(lead?.kind, 'outside');
		t.regex(lead!.note, /tlsprobe listen/);
	});
}

test('.NET without a version names the kinds there are', t => {
	const lead = leadOf('dotnet');
	t.is(lead?.kind, 'outside');
	t.regex(lead!.note, /dotnet-3\.5.*dotnet-5/);
});

for (const name of ['net', 'netscape', 'dotnet-1.1', 'dotnet-five', 'powershell-', 'powershell-vii', 'schannel-2', '', '.']) {
	test(`${JSON.stringify(name)} leads nowhere`, t => {
		t.is(leadOf(name), undefined);
	});
}

test('each name of the table is spelled as it is looked up, once, and is no kind itself', t => {
	const names = programs.flatMap(program => program.names);
	t.deepEqual(
		names.filter(name => programName(name) !== name),
		[],
	);
	t.is(new Set(names).size, names.length);
	t.deepEqual(
		names.filter(name => clientKinds.some(kind => kind.name === name)),
		[],
	);
});

test('each client that a note tells to replay exists', t => {
	t.true(clientProfiles.length > 0);
	const told = programs.flatMap(({lead}) => /tlsprobe clients HOST --client (?<name>[\w.-]+)/.exec(lead.note)?.groups?.name ?? []);
	t.true(told.length >= 7);
	t.deepEqual(
		told.filter(name => findClients(name).length === 0),
		[],
	);
});
