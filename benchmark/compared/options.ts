import {spawnSync} from 'node:child_process';
import {type Tool, type ToolName, tools} from './tools.js';

/** What a tool can do by its own `--help`: the pattern of the option, and how the page shows it. */
export type OptionRow = {
	readonly feature: string;
	readonly tells: Readonly<Partial<Record<ToolName, readonly [pattern: RegExp, shown: string]>>>;
};

export const optionRows: readonly OptionRow[] = [
	{
		feature: 'STARTTLS',
		tells: {
			tlsprobe: [/--starttls/, '--starttls'],
			'testssl.sh': [/--starttls/, '--starttls'],
			sslyze: [/--starttls/, '--starttls'],
			sslscan: [/--starttls-smtp/, '--starttls-smtp ...'],
		},
	},
	{
		feature: 'mail servers of a domain (MX)',
		tells: {tlsprobe: [/--mx/, '--mx'], 'testssl.sh': [/--mx/, '--mx']},
	},
	{
		feature: 'HTTP proxy',
		tells: {
			tlsprobe: [/--proxy/, '--proxy'],
			'testssl.sh': [/--proxy/, '--proxy'],
			sslyze: [/--https_tunnel/, '--https_tunnel'],
			nmap: [/--proxies/, '--proxies'],
		},
	},
	{
		feature: 'PROXY protocol',
		tells: {tlsprobe: [/--proxy-protocol/, '--proxy-protocol']},
	},
	{
		feature: 'connect with a client certificate',
		tells: {sslyze: [/--cert /, '--cert'], sslscan: [/--certs=/, '--certs']},
	},
	{
		feature: 'HTTP basic authentication',
		tells: {'testssl.sh': [/--basicauth/, '--basicauth']},
	},
	{
		feature: 'another server name (SNI)',
		tells: {
			tlsprobe: [/--servername/, '--servername'],
			'testssl.sh': [/--ip <ip>/, '--ip'],
			sslyze: [/--sni/, '--sni'],
			sslscan: [/--sni-name/, '--sni-name'],
		},
	},
	{
		feature: 'a list of targets',
		tells: {
			tlsprobe: [/--hosts/, '--hosts'],
			'testssl.sh': [/--file/, '--file'],
			sslyze: [/--targets_in/, '--targets_in'],
			sslscan: [/--targets=/, '--targets'],
			nmap: [/-iL/, '-iL'],
		},
	},
	{
		feature: 'continue an interrupted run',
		tells: {tlsprobe: [/--resume/, '--resume'], nmap: [/--resume/, '--resume']},
	},
	{
		feature: 'JSON',
		tells: {tlsprobe: [/--json/, '--json'], 'testssl.sh': [/--json/, '--json'], sslyze: [/--json_out/, '--json_out']},
	},
	{
		feature: 'XML',
		tells: {sslscan: [/--xml=/, '--xml'], nmap: [/-oX|-oN\/-oX/, '-oX']},
	},
	{
		feature: 'CSV and HTML',
		tells: {tlsprobe: [/csv[\s\S]*html/, '--format'], 'testssl.sh': [/--csv[\s\S]*--html/, '--csv, --html']},
	},
	{
		feature: 'JUnit and SARIF',
		tells: {tlsprobe: [/junit[\s\S]*sarif/, '--format']},
	},
	{
		feature: 'a policy that decides the exit code',
		tells: {tlsprobe: [/--policy/, '--policy'], sslyze: [/--mozilla_config/, '--mozilla_config']},
	},
	{
		feature: 'your own policy',
		tells: {tlsprobe: [/^\s+(?:tlsprobe )?check\b/m, 'check'], sslyze: [/--custom_tls_config/, '--custom_tls_config']},
	},
	{
		feature: 'what has changed since an earlier run',
		tells: {tlsprobe: [/\bdiff\b/, 'baseline, diff']},
	},
	{
		feature: 'the bytes behind each verdict',
		tells: {tlsprobe: [/--pcap/, '--evidence, --record, --pcap']},
	},
	{
		feature: 'the offer of a client',
		tells: {tlsprobe: [/\blisten\b/, 'listen']},
	},
	{
		feature: 'single checks',
		tells: {
			tlsprobe: [/--probes/, '--probes'],
			'testssl.sh': [/--heartbleed/, '-H, -I, ...'],
			sslyze: [/--heartbleed/, '--heartbleed ...'],
			sslscan: [/--no-heartbleed/, '--no-heartbleed ...'],
			nmap: [/--script=/, '--script'],
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
