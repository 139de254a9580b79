import {spawnSync} from 'node:child_process';
import process from 'node:process';

export type ToolName = 'tlsprobe' | 'testssl.sh' | 'sslyze' | 'sslscan' | 'nmap';

export type Tool = {
	readonly name: ToolName;
	/** As it is written in the page: `localhost:PORT` is the endpoint. */
	readonly command: string;
	readonly program: string;
	/** Of each command that is run. */
	readonly runs: (port: number) => readonly (readonly string[])[];
	/** Prints its options, and what else shows what it can do. */
	readonly help: readonly string[];
	/** @returns Its version; undefined if it is not installed. */
	readonly version: () => string | undefined;
};

/** The first match in what a program prints. */
function printed(program: string, argv: readonly string[], pattern: RegExp): string | undefined {
	const {error, stdout, stderr} = spawnSync(program, argv, {encoding: 'utf8', input: ''});
	return error === undefined ? (pattern.exec(`${stdout}${stderr}`)?.[1] ?? 'unknown') : undefined;
}

const isThere = (program: string): boolean => spawnSync(program, ['--help'], {stdio: 'ignore'}).error === undefined;

const sslyze = process.env.SSLYZE ?? 'sslyze';
const python = sslyze.includes('/') ? sslyze.replace(/sslyze$/, 'python3') : 'python3';

/** All of them, since some are not run by default. */
const sslyzeScans = [
	...['certinfo', 'sslv2', 'sslv3', 'tlsv1', 'tlsv1_1', 'tlsv1_2', 'tlsv1_3', 'elliptic_curves', 'ems', 'resum', 'early_data', 'reneg'],
	...['compression', 'fallback', 'heartbleed', 'openssl_ccs', 'robot', 'http_headers'],
].map(name => `--${name}`);

/** Each is asked for everything that it asks by default; nmap for its scripts about TLS and HTTP headers. Nothing but the endpoint is contacted. */
export const tools: readonly Tool[] = [
	{
		name: 'tlsprobe',
		command: 'tlsprobe --full --policy ssl-labs localhost:PORT, tlsprobe --full --json localhost:PORT, tlsprobe clients localhost:PORT',
		program: process.execPath,
		runs: port => {
			const target = ['--resolve', `localhost:${port}:127.0.0.1`, '-4', `localhost:${port}`];
			return [
				['dist/cli.cjs', '--full', '--policy', 'ssl-labs', ...target],
				['dist/cli.cjs', '--full', '--json', ...target],
				['dist/cli.cjs', 'clients', ...target],
			];
		},
		help: ['dist/cli.cjs', '--help'],
		version: () => printed(process.execPath, ['dist/cli.cjs', '--version'], /(\d\S*)/),
	},
	{
		name: 'testssl.sh',
		command: 'testssl --ip 127.0.0.1 -n none localhost:PORT',
		program: 'testssl',
		runs: port => [['--quiet', '--color', '0', '--warnings', 'off', '--ip', '127.0.0.1', '-n', 'none', `localhost:${port}`]],
		help: ['--help'],
		version: () => printed('testssl', ['-v'], /testssl\s+(\d\S*)/),
	},
	{
		name: 'sslyze',
		command: `sslyze ${sslyzeScans.join(' ')} localhost:PORT`,
		program: sslyze,
		runs: port => [[...sslyzeScans, `localhost:${port}`]],
		help: ['--help'],
		// It has no option for it.
		version: () =>
			isThere(sslyze) ? printed(python, ['-c', 'import importlib.metadata as m; print(m.version("sslyze"))'], /(\d\S*)/) : undefined,
	},
	{
		name: 'sslscan',
		command: 'sslscan --show-sigs --show-client-cas --ocsp localhost:PORT',
		program: 'sslscan',
		runs: port => [['--no-colour', '--ipv4', '--show-certificate', '--show-sigs', '--show-client-cas', '--ocsp', `localhost:${port}`]],
		help: ['--help'],
		version: () => printed('sslscan', ['--no-colour', '--version'], /(\d+\.\S*)/),
	},
	{
		name: 'nmap',
		command: 'nmap -sV --script "+ssl-*,+sslv2*,+tls-*,+rsa-vuln-roca,+http-security-headers,+http-server-header" -p PORT localhost',
		program: 'nmap',
		runs: port => [
			[
				...['-n', '-Pn', '-sV', '--script', '+ssl-*,+sslv2*,+tls-*,+rsa-vuln-roca,+http-security-headers,+http-server-header'],
				...['-p', String(port), '127.0.0.1'],
			],
		],
		help: ['--help'],
		version: () => printed('nmap', ['--version'], /version (\S+)/),
	},
];
