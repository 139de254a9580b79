import {line, type Row} from './row.js';

export const http: readonly Row[] = [
	{
		feature: 'HTTP status',
		server: 'modern',
		truth: '200',
		tells: {tlsprobe: line('answer', 'HTTP 200'), 'testssl.sh': line('HTTP Status Code', '200')},
	},
	{
		feature: 'HSTS',
		server: 'modern',
		truth: '730 days, with subdomains',
		tells: {
			tlsprobe: line('HSTS', '730 days includeSubDomains'),
			'testssl.sh': line('Strict Transport Security', '730 days'),
			sslyze: /Max Age:\s+63072000/,
			nmap: /Strict-Transport-Security: max-age=63072000/,
		},
	},
	{
		feature: 'Server header',
		server: 'modern',
		truth: 'nginx',
		tells: {tlsprobe: line('server', 'nginx'), 'testssl.sh': line('Server banner', 'nginx'), nmap: /http-server-header: nginx/},
	},
	{
		feature: 'cookies without Secure and HttpOnly',
		server: 'modern',
		truth: 'one',
		tells: {'testssl.sh': line('Cookie\\(s\\)', '1 issued: NOT secure')},
		note: 'not asked by tlsprobe: cookies concern HTTP and not TLS',
	},
	{
		feature: 'other security headers',
		server: 'modern',
		truth: 'X-Frame-Options',
		tells: {'testssl.sh': line('Security headers', 'X-Frame-Options'), nmap: /X-Frame-Options: DENY/},
		note: 'not asked by tlsprobe: these headers concern HTTP and not TLS',
	},
];
