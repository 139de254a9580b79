import type {WindowsCase} from '../run-case.js';

/** One or more targets on the command line. */
export const targets: readonly WindowsCase[] = [
	{title: 'the version', argv: ['--version'], code: 0, stdout: /^\d+\.\d+\.\d+\n$/},
	{title: 'the help', argv: ['--help'], code: 0, stdout: /^Usage\n[\s\S]*--hosts/},
	{
		title: 'a server that passes',
		argv: ['{compliant}'],
		code: 0,
		stdout: /PASS {2}TLSv1\.0 and TLSv1\.1 rejected; TLSv1\.2 and TLSv1\.3 accepted/,
	},
	{title: 'a server that fails', argv: ['{legacy}'], code: 1, stdout: /FAIL {2}TLSv1\.0 and TLSv1\.1 accepted/},
	{title: 'a port that is closed', argv: ['127.0.0.1:1', '--retries', '0', '--format', 'lines'], code: 3, stdout: /connection refused/},
	{title: 'a server that resets', argv: ['{schannel}', '--format', 'lines'], code: 0, stdout: /pass/},
	{title: 'a server without TLS', argv: ['{not-tls}', '--retries', '0'], code: 3, stdout: /looks like HTTP/},
	{title: 'a URL', argv: ['https://localhost:{compliant.port}/path', '-4'], code: 0, stdout: /^localhost:\d+ {2}127\.0\.0\.1/},
	{title: 'the name localhost', argv: ['localhost:{compliant.port}', '-4', '--format', 'lines'], code: 0, stdout: /localhost/},
	{
		title: 'a name and its address',
		argv: ['portal.example:{compliant.port}', '--resolve', 'portal.example:{compliant.port}:127.0.0.1', '--json'],
		code: 0,
		stdout: /"host":"portal\.example".*"address":"127\.0\.0\.1".*"verdict":"pass"/,
	},
	{title: 'a handshake that is completed', argv: ['{compliant}', '--confirm'], code: 0, stdout: /PASS/},
	{
		title: 'its own certificates are not trusted',
		argv: ['{compliant}', '--probes', 'certificates', '--versions', '1.2'],
		code: 0,
		stdout: /self-signed|not trusted|untrusted/i,
	},
	{
		title: 'bytes of each connection',
		argv: ['{compliant}', '--explain', '--versions', '1.2'],
		code: 0,
		stdout: /ClientHello[\s\S]*ServerHello/,
	},
	{title: 'an option that does not exist', argv: ['{compliant}', '--polcy', 'azure'], code: 2, stderr: /--policy/},
	{title: 'two targets', argv: ['{compliant}', '{legacy}', '--format', 'tap'], code: 1, stdout: /^not ok 4/m},
	{
		title: 'clients of Windows',
		argv: ['clients', '{legacy}', '--client', 'windows-10-1809'],
		code: 0,
		stdout: /connects/,
	},
];
