import type {WindowsCase} from '../run-case.js';

const protocols = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols';
const schannel = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL';
const os = '--os "Windows Server 2012 R2" --client schannel';

/** The way of docs/windows.md, with the registry of Wine: export, read, write the remedy, import it, and read again. */
export const registry: readonly WindowsCase[] = [
	{
		title: 'an export is read, its remedy is imported, and its undo file takes it back',
		script: [
			`reg add "${protocols}\\TLS 1.2\\Client" /v Enabled /t REG_DWORD /d 0 /f > nul`,
			`reg add "${protocols}\\TLS 1.2\\Client" /v DisabledByDefault /t REG_DWORD /d 1 /f > nul`,
			`reg export ${schannel} before.reg /y > nul`,
			`tlsprobe windows before.reg ${os} --quiet --fix .\\remedy.reg > before.txt`,
			'echo %ERRORLEVEL% > before.code',
			'reg import remedy.reg > nul',
			`reg export ${schannel} after.reg /y > nul`,
			`tlsprobe windows after.reg ${os} --quiet > after.txt`,
			'echo %ERRORLEVEL% > after.code',
			'reg import remedy-undo.reg > nul',
			`reg export ${schannel} undone.reg /y > nul`,
			`tlsprobe windows undone.reg ${os} --quiet > undone.txt`,
		],
		code: 1,
		writes: {
			'before.code': /^1 ?\r\n$/,
			'before.txt': /FAIL {2}these do not reach TLS 1\.2: schannel/,
			'after.code': /^0 ?\r\n$/,
			'after.txt': /PASS/,
			'undone.txt': /FAIL {2}these do not reach TLS 1\.2: schannel/,
		},
	},
	{
		title: 'a listing of reg query, and what only a server reads',
		script: [
			`reg add "${protocols}\\TLS 1.0\\Server" /v Enabled /t REG_DWORD /d 0 /f > nul`,
			`reg query "${protocols}\\TLS 1.0" /s > listing.txt`,
			'tlsprobe windows listing.txt --os "Windows Server 2019" --role server --json --quiet',
		],
		code: 0,
		stdout: /"schannel"/,
		writes: {'listing.txt': /TLS 1\.0\\Server/},
	},
	{
		title: 'values of .NET in both views',
		script: [
			'reg add HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319 /v SchUseStrongCrypto /t REG_DWORD /d 1 /f > nul',
			'reg export HKLM\\SOFTWARE\\Microsoft\\.NETFramework dotnet.reg /y > nul',
			'tlsprobe windows dotnet.reg --os "Windows Server 2012 R2" --client dotnet-4.5 --json --quiet',
		],
		code: 1,
		stdout: /SchUseStrongCrypto/,
	},
	{
		title: 'the remedy as a script of PowerShell',
		argv: ['windows', '--os', '2008-r2', '--client', 'winhttp', '--fix', '.\\mend it.ps1', '--quiet'],
		code: 1,
		stdout: /FAIL/,
		writes: {'mend it.ps1': /DefaultSecureProtocols/, 'mend it-undo.ps1': /DefaultSecureProtocols/},
	},
	{
		title: 'the script that collects',
		script: ['tlsprobe windows --collector > collect.ps1'],
		code: 0,
		writes: {'collect.ps1': /PowerShell[\s\S]*SCHANNEL/},
	},
	{title: 'a file that is not there', argv: ['windows', 'C:\\temp\\schannel.reg'], code: 2, stderr: /^tlsprobe: .*C:\\temp\\schannel\.reg/},
];
