import {below, line, type Row} from './row.js';

const secureRenegotiation: Row['tells'] = {
	tlsprobe: /present\s+[^\n]*(?:\n\s{10,}[^\n]*)*secure renegotiation/,
	'testssl.sh': line('Secure Renegotiation \\(RFC 5746\\)', 'supported'),
	sslyze: /Secure Renegotiation:\s+OK/,
	sslscan: /Secure session renegotiation supported/,
};

export const defaults: readonly Row[] = [
	{
		feature: 'extended master secret',
		server: 'modern',
		truth: 'supported',
		tells: {
			tlsprobe: /present\s+extended master secret/,
			'testssl.sh': /extended master secret\/#23/,
			sslyze: below('TLS Extended Master Secret Extension', 'OK'),
		},
	},
	{
		feature: 'heartbeat extension',
		server: 'old',
		truth: 'supported',
		tells: {tlsprobe: /"heartbeat":\{"status":"present"/, 'testssl.sh': /heartbeat\/#15/},
	},
	{
		feature: 'lifetime of session tickets',
		server: 'modern',
		truth: '3600 s',
		tells: {tlsprobe: /lifetime 3600 s/, 'testssl.sh': line('Session Ticket RFC 5077 hint', '3600')},
	},
	{
		feature: 'resumption by session id',
		server: 'modern',
		truth: 'yes',
		tells: {
			tlsprobe: line('session id', 'resumed in'),
			'testssl.sh': /Session Resumption\s+.*ID: yes/,
			sslyze: /With Session IDs: OK/,
		},
	},
	{
		feature: 'resumption by ticket',
		server: 'old',
		truth: 'yes, and not by session id',
		tells: {
			tlsprobe: line('ticket', 'resumed in'),
			'testssl.sh': /Session Resumption\s+Tickets: yes, ID: no/,
			sslyze: /With TLS Tickets: OK/,
		},
	},
	{
		feature: 'resumption in TLS 1.3',
		server: 'modern',
		truth: 'yes',
		tells: {tlsprobe: line('PSK', 'resumed in')},
	},
	{
		feature: '0-RTT',
		server: 'modern',
		truth: 'accepted',
		tells: {tlsprobe: line('0-RTT', 'announced'), sslyze: below('TLS 1.3 Early Data', 'Server accepted early data')},
		note: 'tlsprobe reports what the server announces; sslyze sends early data, and reports that it is accepted: more than tlsprobe',
	},
	{
		feature: 'clock of the server',
		server: 'old',
		truth: 'shown in the random',
		tells: {
			tlsprobe: /"clockSkew":\{"status":"measured"/,
			'testssl.sh': line('TLS clock skew', '-?\\d+ sec'),
			nmap: /ssl-date: .*from scanner time/,
		},
	},
	{
		feature: 'client certificate',
		server: 'weak',
		truth: 'requested, not required',
		tells: {tlsprobe: /client certificate\s+requested/, sslscan: /Acceptable client certificate CA names:\s+\/CN=peer\.test/},
		note: 'sslscan names the authorities whose certificates are accepted, and does not say whether one is required. The JSON of tlsprobe has both',
	},
	{
		feature: 'secure renegotiation',
		server: 'weak',
		truth: 'supported',
		tells: secureRenegotiation,
	},
	{
		feature: 'secure renegotiation of a server with TLS 1.3 too',
		server: 'modern',
		truth: 'supported in TLS 1.2',
		tells: secureRenegotiation,
		note: 'sslscan looks at one version, which has no renegotiation here',
	},
];
