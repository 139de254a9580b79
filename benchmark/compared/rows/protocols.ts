import type {Server} from '../servers.js';
import {below, line, type Row} from './row.js';

const version = (name: string, server: Server['name'], [sslyze, testssl, other]: readonly [string, string, string], nmap: RegExp): Row => ({
	feature: `${other} accepted`,
	server,
	truth: 'accepted',
	tells: {
		tlsprobe: {found: line(name, 'accepted'), wrong: line(name, 'rejected')},
		'testssl.sh': {found: line(testssl, 'offered'), wrong: line(testssl, 'not offered')},
		sslyze: {found: below(`${sslyze} Cipher Suites`, 'accepted the following'), wrong: below(`${sslyze} Cipher Suites`, 'rejected all')},
		sslscan: {found: line(name, 'enabled'), wrong: line(name, 'disabled')},
		nmap,
	},
});

export const protocols: readonly Row[] = [
	version('SSLv2', 'old', ['SSL 2.0', 'SSLv2', 'SSL 2'], /SSLv2 supported/),
	version('SSLv3', 'old', ['SSL 3.0', 'SSLv3', 'SSL 3'], /\| {3}SSLv3:/),
	version('TLSv1\\.0', 'weak', ['TLS 1.0', 'TLS 1', 'TLS 1.0'], /\| {3}TLSv1\.0:/),
	version('TLSv1\\.1', 'weak', ['TLS 1.1', 'TLS 1\\.1', 'TLS 1.1'], /\| {3}TLSv1\.1:/),
	version('TLSv1\\.2', 'modern', ['TLS 1.2', 'TLS 1\\.2', 'TLS 1.2'], /\| {3}TLSv1\.2:/),
	version('TLSv1\\.3', 'modern', ['TLS 1.3', 'TLS 1\\.3', 'TLS 1.3'], /\| {3}TLSv1\.3:/),
	{
		feature: 'TLS 1.1 rejected',
		server: 'modern',
		truth: 'rejected',
		tells: {
			tlsprobe: {found: line('TLSv1\\.1', 'rejected'), wrong: line('TLSv1\\.1', 'accepted')},
			'testssl.sh': {found: line('TLS 1\\.1', 'not offered'), wrong: line('TLS 1\\.1', 'offered')},
			sslyze: below('TLS 1.1 Cipher Suites', 'rejected all'),
			sslscan: line('TLSv1\\.1', 'disabled'),
		},
		note: 'tlsprobe names the alert, and does not count silence as a rejection. nmap lists accepted versions only',
	},
	{
		feature: 'ALPN protocols',
		server: 'modern',
		truth: 'h2, http/1.1',
		tells: {tlsprobe: /ALPN \(h2\s+http\/1\.1/, 'testssl.sh': line('ALPN/HTTP2', 'h2, http/1\\.1'), nmap: /tls-alpn:\s+\|\s+h2/},
	},
	{
		feature: 'NPN',
		server: 'modern',
		truth: 'not offered',
		tells: {tlsprobe: /"npn":\{"status":"absent"/, 'testssl.sh': line('NPN/SPDY', 'not offered')},
		note: 'nmap (`tls-nextprotoneg`) prints nothing if it is not offered',
	},
];
