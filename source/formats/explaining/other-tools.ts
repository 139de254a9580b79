import {isIP} from 'node:net';
import {bracketed} from '../../bytes/bracketed.js';
import type {Report} from '../../engine/report.js';
import type {VersionName} from '../../iana/versions.js';

/** How to ask the same with other tools: commands to run, and what to know about them. */
export type OtherTools = {readonly notes: readonly string[]; readonly commands: readonly string[]};

const opensslFlags = {'TLSv1.0': '-tls1', 'TLSv1.1': '-tls1_1', 'TLSv1.2': '-tls1_2', 'TLSv1.3': '-tls1_3'} as const;

/** @param report - Of an address that was probed. */
export function otherTools(
	name: VersionName,
	report: Pick<Report, 'host' | 'port' | 'address' | 'serverName' | 'proxy' | 'starttls'>,
): OtherTools {
	const {port, serverName} = report;
	const address = report.address ?? report.host;
	if (report.proxy !== undefined || report.starttls !== undefined) {
		return onTheWay(name, address, report);
	}

	switch (name) {
		case 'SSLv2':
			return {
				notes: ['OpenSSL 3 cannot send SSL 2, and neither can curl built with it (1.1.0 removed it). nmap can:'],
				commands: [`nmap ${family(address)}-Pn -p ${port} --script +sslv2 ${address}`],
			};
		case 'SSLv3':
			return {
				notes: ['OpenSSL 3 is usually built without SSL 3. nmap can send it, and so can openssl 1.0:'],
				commands: [
					`nmap ${family(address)}-Pn -p ${port} --script +ssl-enum-ciphers ${address}`,
					`openssl s_client -connect ${bracketed(address)}:${port} -ssl3 </dev/null`,
				],
			};
		case 'TLSv1.0':
		case 'TLSv1.1':
			return {
				notes: ['OpenSSL 3 sends this version only at security level 0, which these commands set:'],
				commands: [
					`openssl s_client -connect ${bracketed(address)}:${port} ${sni(serverName)} ${opensslFlags[name]} -cipher DEFAULT@SECLEVEL=0 </dev/null`,
					curl(name, address, port, serverName, '--ciphers DEFAULT@SECLEVEL=0 '),
				],
			};
		case 'TLSv1.2':
		case 'TLSv1.3':
			return {
				notes: [],
				commands: [
					`openssl s_client -connect ${bracketed(address)}:${port} ${sni(serverName)} ${opensslFlags[name]} </dev/null`,
					curl(name, address, port, serverName, ''),
				],
			};
		default:
			return name satisfies never;
	}
}

/** What openssl has a word for. It speaks to HTTP proxies in clear alone. */
const opensslStartTls: ReadonlySet<string> = new Set([
	'smtp',
	'lmtp',
	'imap',
	'pop3',
	'ftp',
	'ldap',
	'xmpp',
	'xmpp-server',
	'nntp',
	'sieve',
	'irc',
	'postgres',
	'mysql',
]);

function onTheWay(
	name: VersionName,
	address: string,
	{port, serverName, proxy, starttls}: Pick<Report, 'port' | 'serverName' | 'proxy' | 'starttls'>,
): OtherTools {
	const proxyAuthority = proxy === undefined ? undefined : /^http:\/\/(?:(?<login>.*)@)?(?<authority>.*)$/.exec(proxy)?.groups;
	if (name === 'SSLv2' || name === 'SSLv3') {
		return {notes: ['OpenSSL and curl cannot send this version, and nmap does not support this proxy or STARTTLS protocol.'], commands: []};
	}

	if ((proxy !== undefined && proxyAuthority === undefined) || (starttls !== undefined && !opensslStartTls.has(starttls))) {
		return {
			notes: [
				`openssl does not support ${starttls === undefined || opensslStartTls.has(starttls) ? `the proxy ${proxy}` : `STARTTLS for ${starttls}`}.`,
			],
			commands: [],
		};
	}

	const way = [
		...(proxyAuthority === undefined ? [] : [`-proxy ${proxyAuthority.authority}`]),
		...(proxyAuthority?.login === undefined
			? []
			: [`-proxy_user ${proxyAuthority.login.replace(/:.*/, '')} -proxy_pass env:PROXY_PASSWORD`]),
		...(starttls === undefined ? [] : [`-starttls ${starttls}`]),
	].join(' ');
	const level = name === 'TLSv1.0' || name === 'TLSv1.1' ? ' -cipher DEFAULT@SECLEVEL=0' : '';
	return {
		notes: [],
		commands: [
			`openssl s_client -connect ${bracketed(address)}:${port} ${way} ${sni(serverName)} ${opensslFlags[name]}${level} </dev/null`,
		],
	};
}

/** curl takes the server name from the URL, and sends none for an address. The certificate is not what is asked about. */
function curl(name: VersionName, address: string, port: number, serverName: string | null, extra: string): string {
	const number = name.replace('TLSv', '');
	const place = serverName === null ? '' : `--resolve ${serverName}:${port}:${bracketed(address)} `;
	const host = serverName ?? bracketed(address);
	return `curl -v -k -o /dev/null --tlsv${number} --tls-max ${number} ${extra}${place}https://${host}:${port}/`;
}

const sni = (serverName: string | null): string => (serverName === null ? '-noservername' : `-servername ${serverName}`);
const family = (address: string): string => (isIP(address) === 6 ? '-6 ' : '');
