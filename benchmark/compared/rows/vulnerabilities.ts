import type {Server} from '../servers.js';
import {below, line, type Row, script, type Tell} from './row.js';

const presentIn = (title: string): RegExp => line(title, 'present');
/** That it is among the vulnerabilities which the server does not have. A list goes on in lines that are indented. */
const absentIn = (title: string): RegExp => new RegExp(`^ {2}(?:absent|not applicable)(?:(?!^ {2}\\S)[\\s\\S])*?${title}`, 'm');

const vulnerable = (
	feature: string,
	server: Server['name'],
	title: string,
	others: Omit<Row['tells'], 'tlsprobe'>,
	note?: string,
): Row => ({
	feature,
	server,
	truth: 'vulnerable',
	tells: {tlsprobe: {found: presentIn(title), wrong: absentIn(title)}, ...others},
	...(note === undefined ? {} : {note}),
});

const sound = (feature: string, server: Server['name'], title: string, others: Omit<Row['tells'], 'tlsprobe'>, note?: string): Row => ({
	feature,
	server,
	truth: 'not vulnerable',
	tells: {tlsprobe: {found: absentIn(title), wrong: presentIn(title)}, ...others},
	...(note === undefined ? {} : {note}),
});

const testssl = (name: string, found = 'VULNERABLE', wrong = 'not vulnerable'): Tell => ({
	found: line(name, found),
	wrong: line(name, wrong),
});

export const vulnerabilities: readonly Row[] = [
	vulnerable('Heartbleed', 'old', 'Heartbleed', {
		'testssl.sh': testssl('Heartbleed \\(CVE-2014-0160\\)'),
		sslyze: {found: /VULNERABLE - Server is vulnerable to Heartbleed/, wrong: /Not vulnerable to Heartbleed/},
		sslscan: {found: /TLSv1\.2 vulnerable to heartbleed/, wrong: /TLSv1\.2 not vulnerable to heartbleed/},
		nmap: script('ssl-heartbleed'),
	}),
	sound('Heartbleed', 'modern', 'Heartbleed', {
		'testssl.sh': testssl('Heartbleed \\(CVE-2014-0160\\)', 'not vulnerable', 'VULNERABLE'),
		sslyze: /Not vulnerable to Heartbleed/,
		sslscan: /TLSv1\.2 not vulnerable to heartbleed/,
	}),
	vulnerable('CCS injection', 'old', 'CCS injection', {
		'testssl.sh': testssl('CCS \\(CVE-2014-0224\\)'),
		sslyze: {found: /VULNERABLE - Server is vulnerable to OpenSSL CCS/, wrong: /Not vulnerable to OpenSSL CCS/},
		nmap: script('ssl-ccs-injection'),
	}),
	sound('CCS injection', 'weak', 'CCS injection', {
		'testssl.sh': testssl('CCS \\(CVE-2014-0224\\)', 'not vulnerable', 'VULNERABLE'),
		sslyze: /Not vulnerable to OpenSSL CCS/,
	}),
	sound(
		'Ticketbleed',
		'weak',
		'Ticketbleed',
		{'testssl.sh': line('Ticketbleed \\(CVE-2016-9244\\).*?', 'not vulnerable')},
		'nmap (`tls-ticketbleed`) prints only what is vulnerable',
	),
	sound(
		'ROBOT',
		'weak',
		'ROBOT',
		{
			'testssl.sh': line('ROBOT', 'not vulnerable'),
			sslyze: below('ROBOT Attack', 'OK - Not vulnerable'),
		},
		'sslyze stops here because the server requests a client certificate, which it does not require',
	),
	sound('ROBOT', 'old', 'ROBOT', {
		'testssl.sh': line('ROBOT', 'not vulnerable'),
		sslyze: below('ROBOT Attack', 'OK - Not vulnerable'),
	}),
	{
		feature: 'renegotiation by clients',
		server: 'old',
		truth: 'as often as they want',
		tells: {
			tlsprobe: presentIn('renegotiation by clients'),
			'testssl.sh': testssl('Secure Client-Initiated Renegotiation'),
			sslyze: {found: /Client Renegotiation DoS Attack:\s+VULNERABLE/, wrong: /Client Renegotiation DoS Attack:\s+OK/},
		},
	},
	sound('renegotiation by clients', 'modern', 'renegotiation by clients', {
		'testssl.sh': testssl('Secure Client-Initiated Renegotiation', 'not vulnerable', 'VULNERABLE'),
		sslyze: /Client Renegotiation DoS Attack:\s+OK/,
	}),
	sound(
		'CRIME',
		'weak',
		'CRIME',
		{
			'testssl.sh': line('CRIME, TLS.*?', 'not vulnerable'),
			sslyze: below('Deflate Compression', 'OK'),
			sslscan: /Compression disabled/,
			nmap: /compressors:\s+\|\s+NULL/,
		},
		'sslscan can ask if its OpenSSL has zlib; that of Debian has not',
	),
	{
		feature: 'BREACH',
		server: 'weak',
		truth: 'the page is compressed',
		tells: {
			tlsprobe: /BREACH\s+inconclusive: [^\n]*compress/,
			'testssl.sh': line('BREACH \\(CVE-2013-3587\\)', '(?:potentially )?(?:VULNERABLE|NOT ok)'),
		},
		note: 'whether the page holds a secret is not visible, so tlsprobe does not say that it is vulnerable',
	},
	vulnerable('POODLE', 'old', 'POODLE', {
		'testssl.sh': testssl('POODLE, SSL \\(CVE-2014-3566\\)'),
		nmap: script('ssl-poodle'),
	}),
	{
		feature: 'TLS_FALLBACK_SCSV',
		server: 'old',
		truth: 'missing',
		tells: {
			tlsprobe: presentIn('downgrade without\\s+TLS_FALLBACK_SCSV'),
			'testssl.sh': line('TLS_FALLBACK_SCSV \\(RFC 7507\\)', 'Downgrade attack prevention NOT supported'),
			sslyze: {found: /TLS_FALLBACK_SCSV:\s+VULNERABLE/, wrong: /TLS_FALLBACK_SCSV:\s+OK/},
			sslscan: /does not support TLS Fallback SCSV/,
		},
	},
	vulnerable('SWEET32', 'old', 'SWEET32', {
		'testssl.sh': testssl('SWEET32.*?'),
		nmap: /vulnerable to SWEET32/,
	}),
	vulnerable('FREAK', 'export', 'FREAK', {'testssl.sh': testssl('FREAK \\(CVE-2015-0204\\)')}),
	vulnerable('DROWN', 'old', 'DROWN', {'testssl.sh': testssl('DROWN.*?'), nmap: script('sslv2-drown')}),
	vulnerable('Logjam', 'export', 'Logjam', {
		'testssl.sh': testssl('LOGJAM \\(CVE-2015-4000\\).*?'),
		nmap: script('ssl-dh-params'),
	}),
	vulnerable('BEAST', 'old', 'BEAST', {'testssl.sh': line('BEAST \\(CVE-2011-3389\\)', '(?:SSL3|TLS1|VULNERABLE)')}),
	{
		feature: 'LUCKY13',
		server: 'weak',
		truth: 'suites with CBC; nothing more can be seen',
		tells: {tlsprobe: /LUCKY13\s+inconclusive/, 'testssl.sh': line('LUCKY13.*?', 'potentially VULNERABLE')},
	},
	vulnerable('RC4', 'old', 'RC4', {
		'testssl.sh': testssl('RC4 \\(CVE-2013-2566.*?'),
		sslyze: /Legacy RC4 Algorithm\s+INSECURE/,
		nmap: /Broken cipher RC4/,
	}),
	vulnerable('OpenSSL padding oracle (CVE-2016-2107)', 'old', 'OpenSSL padding oracle', {}),
	sound('padding oracles of CBC (Zombie POODLE and others)', 'weak', 'padding oracle', {}),
	sound('ticket keys of zeros (CVE-2020-13777)', 'modern', 'zero STEK', {}),
];
