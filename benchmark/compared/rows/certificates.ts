import {line, type Row} from './row.js';

export const certificates: readonly Row[] = [
	{
		feature: 'two certificates, RSA and ECDSA',
		server: 'modern',
		truth: 'both',
		tells: {
			tlsprobe: /RSA certificate[\s\S]*ECDSA certificate/,
			'testssl.sh': /Server Certificate #2/,
			sslyze: /Number of cert chains detected:\s+2/,
			sslscan: /ASN1 OID[\s\S]*RSA Key Strength/,
			nmap: /Public Key type: ec[\s\S]*Public Key type: rsa/,
		},
	},
	{
		feature: 'key, signature, names, issuer, validity',
		server: 'weak',
		truth: 'RSA 2048, SHA-256, peer.test',
		tells: {
			tlsprobe: /RSA 2048 bits, signed with sha256WithRSAEncryption/,
			'testssl.sh': line('Signature Algorithm', 'SHA256 with RSA'),
			sslyze: /Key Size:\s+2048/,
			sslscan: /RSA Key Strength:\s+2048/,
			nmap: /Public Key bits: 2048/,
		},
	},
	{
		feature: 'serial number and fingerprints',
		server: 'weak',
		truth: 'shown',
		tells: {
			tlsprobe: /"sha256":"56bd15c1[\s\S]*"serialNumber"/,
			'testssl.sh': line('Fingerprints', 'SHA1'),
			sslyze: /SHA1 Fingerprint:/,
			sslscan: /Serial Number:/,
			nmap: /SHA-1:/,
		},
		note: 'in the JSON of tlsprobe',
	},
	{
		feature: 'the name does not fit',
		server: 'weak',
		truth: 'it does not',
		tells: {
			tlsprobe: /The certificate is not for localhost/,
			'testssl.sh': /certificate does not match supplied URI/,
			sslyze: /no matching subjectAltName/,
		},
	},
	{
		feature: 'not trusted',
		server: 'weak',
		truth: 'self-signed',
		tells: {
			tlsprobe: /signed by its own key/,
			'testssl.sh': line('Chain of trust', 'NOT ok \\(self signed\\)'),
			sslyze: /Mozilla CA Store \(.*?\):\s+FAILED/,
			sslscan: /self-signed certificate/,
		},
		note: 'sslyze judges by the stores of Android, Apple, Java, Mozilla and Windows: more than tlsprobe, which has those of Mozilla and of the system, and `--ca`. testssl.sh has several too',
	},
	{
		feature: 'a certificate of an authority as that of a server',
		server: 'modern',
		truth: 'CA:TRUE',
		tells: {tlsprobe: /CA certificate \(CA:TRUE\)/, sslyze: /basicConstraints\.cA must not be asserted/, sslscan: /CA:TRUE/},
	},
	{
		feature: 'OCSP stapling',
		server: 'modern',
		truth: 'none',
		tells: {
			tlsprobe: /"ocspStapling":\{"status":"(?:absent|not-applicable)/,
			'testssl.sh': line('OCSP stapling', 'not offered'),
			sslyze: /Server did not send back an OCSP response/,
			sslscan: /No OCSP response received/,
		},
	},
	{
		feature: 'OCSP and CRL addresses, must-staple',
		server: 'weak',
		truth: 'none',
		tells: {
			tlsprobe: /"ocspUrls":\[\],.*"crlUrls":\[\],"mustStaple":false/,
			'testssl.sh': line('OCSP must staple extension', '--'),
			sslyze: /OCSP Must-Staple:\s+NOT SUPPORTED/,
		},
	},
	{
		feature: 'certificate transparency',
		server: 'modern',
		truth: 'no SCT',
		tells: {
			tlsprobe: /"scts":0/,
			'testssl.sh': line('Certificate Transparency', '--'),
			sslyze: /Certificate Transparency:\s+NOT SUPPORTED/,
		},
	},
	{
		feature: 'private addresses in the certificate',
		server: 'weak',
		truth: '127.0.0.1',
		tells: {nmap: /ssl-cert-intaddr[\s\S]*127\.0\.0\.1/, tlsprobe: /names\s+.*127\.0\.0\.1/},
		note: 'nmap reports it as a separate finding, tlsprobe among the names',
	},
];
