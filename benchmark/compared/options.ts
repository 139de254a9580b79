import {spawnSync} from 'node:child_process';
import {type Tool, type ToolName, tools} from './tools.js';

/** What a tool can do by its own `--help`: the pattern of the option, and how the page shows it. */
export type OptionRow = {
	readonly feature: string;
	readonly tells: Readonly<Partial<Record<ToolName, readonly [pattern: RegExp, shown: string]>>>;
};

/** An option as the page shows it, and where it is in the help: by its name, if nothing else is said. */
const option = (shown: string, pattern = new RegExp(shown)): readonly [RegExp, string] => [pattern, shown];

export const optionRows: readonly OptionRow[] = [
	{
		feature: 'STARTTLS',
		tells: {
			tlsprobe: option('--starttls'),
			'testssl.sh': option('--starttls'),
			sslyze: option('--starttls'),
			sslscan: option('--starttls-smtp ...', /--starttls-smtp/),
		},
	},
	{
		feature: 'mail servers of a domain (MX)',
		tells: {tlsprobe: option('--mx'), 'testssl.sh': option('--mx')},
	},
	{
		feature: 'HTTP proxy',
		tells: {
			tlsprobe: option('--proxy'),
			'testssl.sh': option('--proxy'),
			sslyze: option('--https_tunnel'),
			nmap: option('--proxies'),
		},
	},
	{
		feature: 'PROXY protocol',
		tells: {tlsprobe: option('--proxy-protocol')},
	},
	{
		feature: 'connect with a client certificate',
		tells: {sslyze: option('--cert', /--cert /), sslscan: option('--certs', /--certs=/)},
	},
	{
		feature: 'HTTP basic authentication',
		tells: {'testssl.sh': option('--basicauth')},
	},
	{
		feature: 'another server name (SNI)',
		tells: {
			tlsprobe: option('--servername'),
			'testssl.sh': option('--ip', /--ip <ip>/),
			sslyze: option('--sni'),
			sslscan: option('--sni-name'),
		},
	},
	{
		feature: 'a list of targets',
		tells: {
			tlsprobe: option('--hosts'),
			'testssl.sh': option('--file'),
			sslyze: option('--targets_in'),
			sslscan: option('--targets', /--targets=/),
			nmap: option('-iL'),
		},
	},
	{
		feature: 'continue an interrupted run',
		tells: {tlsprobe: option('--resume'), nmap: option('--resume')},
	},
	{
		feature: 'JSON',
		tells: {tlsprobe: option('--json'), 'testssl.sh': option('--json'), sslyze: option('--json_out')},
	},
	{
		feature: 'XML',
		tells: {sslscan: option('--xml', /--xml=/), nmap: option('-oX', /-oX|-oN\/-oX/)},
	},
	{
		feature: 'CSV and HTML',
		tells: {tlsprobe: option('--format', /csv[\s\S]*html/), 'testssl.sh': option('--csv, --html', /--csv[\s\S]*--html/)},
	},
	{
		feature: 'JUnit and SARIF',
		tells: {tlsprobe: option('--format', /junit[\s\S]*sarif/)},
	},
	{
		feature: 'a policy that decides the exit code',
		tells: {tlsprobe: option('--policy'), sslyze: option('--mozilla_config')},
	},
	{
		feature: 'your own policy',
		tells: {tlsprobe: option('check', /^\s+(?:tlsprobe )?check\b/m), sslyze: option('--custom_tls_config')},
	},
	{
		feature: 'what has changed since an earlier run',
		tells: {tlsprobe: option('baseline, diff', /\bdiff\b/)},
	},
	{
		feature: 'the bytes behind each verdict',
		tells: {tlsprobe: option('--evidence, --record, --pcap', /--pcap/)},
	},
	{
		feature: 'the offer of a client',
		tells: {tlsprobe: option('listen', /\blisten\b/)},
	},
	{
		feature: 'single checks',
		tells: {
			tlsprobe: option('--probes'),
			'testssl.sh': option('-H, -I, ...', /--heartbleed/),
			sslyze: option('--heartbleed ...', /--heartbleed/),
			sslscan: option('--no-heartbleed ...', /--no-heartbleed/),
			nmap: option('--script', /--script=/),
		},
	},
];

export type Help = ReadonlyMap<ToolName, string>;

/** What each installed tool prints of its options. */
export const readHelp = (): Help =>
	new Map(
		tools.flatMap((tool): [ToolName, string][] => {
			const text = helpOf(tool);
			return text === undefined ? [] : [[tool.name, text]];
		}),
	);

function helpOf({program, help}: Tool): string | undefined {
	const {error, stdout, stderr} = spawnSync(program, help, {encoding: 'utf8', input: '', maxBuffer: 16 * 1024 * 1024});
	return error === undefined ? stdout + stderr : undefined;
}

/** The option as the page shows it, or a dash. */
export function optionCell(help: Help, {tells}: OptionRow, tool: ToolName): string {
	const tell = tells[tool];
	const text = help.get(tool);
	if (text === undefined) {
		return '?';
	}

	return tell?.[0].test(text) ? `\`${tell[1]}\`` : '–';
}
