import {rootCertificates} from 'node:tls';
import test from 'ava';
import {catalogs} from '../../source/catalogs/index.js';
import {detectInspection} from '../../source/engine/inspection/detect-inspection.js';
import {inspectors} from '../../source/engine/inspection/inspectors.js';
import {isPublicName} from '../../source/engine/inspection/public-names.js';
import {derOf, inspectedName} from '../helpers/authority.js';
import {rowsOf} from '../helpers/depth.js';

/** As the certificates of the products name them. */
const issuers: readonly (readonly [issuer: string, product: string])[] = [
	['C=US, O=Zscaler Inc., OU=Zscaler Inc., CN=Zscaler Intermediate Root CA (zscalertwo.net) (t)', 'Zscaler'],
	['O=Netskope, OU=certadmin, CN=caadmin.netskope.com', 'Netskope'],
	['O=Palo Alto Networks, CN=Decryption CA', 'Palo Alto Networks'],
	['C=US, O=Fortinet, OU=Certificate Authority, CN=FG100E4Q17000000', 'Fortinet FortiGate'],
	['C=GB, O=Sophos, CN=Sophos SSL CA_C1234', 'Sophos'],
	['O=Cyberoam Certificate Authority, CN=Cyberoam SSL CA', 'Cyberoam'],
	['O=Blue Coat ProxySG, CN=192.0.2.1', 'Symantec (Blue Coat)'],
	['O=Symantec Corporation, CN=Cloud Services CA', 'Symantec (Blue Coat)'],
	['O=Cisco, CN=Cisco Umbrella Primary SubCA', 'Cisco Umbrella'],
	['O=Cisco, CN=IronPort Web Proxy', 'Cisco Secure Web Appliance'],
	['O=Forcepoint LLC, CN=Forcepoint Cloud CA', 'Forcepoint'],
	['O=McAfee, CN=McAfee Web Gateway', 'Skyhigh (McAfee) Web Gateway'],
	['CN=Check Point Outbound CA', 'Check Point'],
	['O=Cloudflare, CN=Gateway CA - Cloudflare Managed G1', 'Cloudflare Gateway'],
	['O=Cato Networks, CN=Cato Networks CA', 'Cato Networks'],
	['O=iboss, CN=iboss Network Security', 'iboss'],
	['O=Menlo Security Inc, CN=Menlo Security Intermediate CA', 'Menlo Security'],
	['O=Barracuda Networks, CN=Barracuda Web Security', 'Barracuda'],
	['O=HTTPS Management Certificate for SonicWALL (self-signed), CN=SonicWall Firewall DPI-SSL', 'SonicWall'],
	['O=WatchGuard_Technologies, OU=Fireware, CN=Fireware HTTPS Proxy CA', 'WatchGuard'],
	['O=Trend Micro Inc, CN=IWSVA', 'Trend Micro'],
	['CN=Smoothwall Root CA', 'Smoothwall'],
	['O=ContentKeeper Technologies, CN=ContentKeeper Appliance CA', 'ContentKeeper'],
	['O=Lightspeed Systems, CN=Lightspeed Rocket', 'Lightspeed'],
	['CN=*.securly.com', 'Securly'],
	['CN=NetSpark CA', 'NetSpark'],
	['CN=Stormshield SSL proxy default authority', 'Stormshield'],
	['O=Untangle, CN=www.untangle.com', 'Untangle'],
	['CN=Kerio Control Local Authority', 'Kerio Control'],
	['CN=pfSense-CA', 'pfSense or OPNsense'],
	['O=Squid, CN=proxy.example', 'Squid'],
	['O=AO Kaspersky Lab, CN=Kaspersky Anti-Virus Personal Root Certificate', 'Kaspersky'],
	['O=ESET\\, spol. s r. o., CN=ESET SSL Filter CA', 'ESET'],
	['O=Avast Web/Mail Shield, CN=Avast Web/Mail Shield Root', 'Avast, AVG or Norton'],
	['OU=IDS, O=Bitdefender, CN=Bitdefender Personal CA.Net-Defender', 'Bitdefender'],
	['O=Doctor Web Ltd., CN=Dr.Web CA', 'Dr.Web'],
	['O=AdGuard Ltd, CN=Adguard Personal CA', 'AdGuard'],
	['O=Superfish\\, Inc., CN=Superfish', 'Superfish'],
	['CN=mitmproxy, O=mitmproxy', 'mitmproxy'],
	['O=XK72 Ltd, CN=Charles Proxy CA (1 Jan 2026)', 'Charles'],
	['OU=Created by http://www.fiddler2.com, O=DO_NOT_TRUST, CN=DO_NOT_TRUST_FiddlerRoot', 'Fiddler'],
	['C=PortSwigger, O=PortSwigger, OU=PortSwigger CA, CN=PortSwigger CA', 'Burp Suite'],
	['OU=OWASP Root CA, O=OWASP Root CA, CN=OWASP Zed Attack Proxy Root CA', 'ZAP'],
	['O=Proxyman LLC, CN=Proxyman CA', 'Proxyman'],
	['CN=HTTP Toolkit CA', 'HTTP Toolkit'],
];

const detected = (issuer: string) => {
	const {own, authority} = inspectedName('portal.azure.com', issuer.replace('C=PortSwigger', 'C=UK'));
	return detectInspection([derOf(own), derOf(authority)], 'portal.azure.com');
};

for (const [issuer, product] of rowsOf(issuers, 12)) {
	test(`${issuer} is ${product}`, t => {
		t.is(detected(issuer)?.product, product);
	});
}

test('every product of the table is known by some issuer', t => {
	const tried = new Set(issuers.map(([, product]) => product));
	t.deepEqual(
		inspectors.filter(({product}) => !tried.has(product)),
		[],
	);
});

test("an authority of a company's own is no public one, even by the name of one", t => {
	t.is(detected('O=Example Ltd, CN=Example Issuing CA 1')?.product, null);
	t.is(detected('C=US, O=DigiCert Inc, CN=DigiCert Global Root G2')?.product, null);
});

test('no root of Mozilla is taken for an inspector, nor are those of Windows', t => {
	t.true(rootCertificates.length > 50);
	t.deepEqual(
		rootCertificates.filter(pem => detectInspection([derOf(pem)], 'portal.azure.com') !== undefined),
		[],
	);
	t.is(detected('C=US, O=Microsoft Corporation, CN=Microsoft Root Certificate Authority 2011'), undefined);
	t.is(detected('C=US, O=Microsoft Corporation, CN=Microsoft ECC Product Root Certificate Authority 2018'), undefined);
});

test('nothing is said of what is no certificate', t => {
	t.is(detectInspection([], 'portal.azure.com'), undefined);
	t.is(detectInspection([Buffer.from('no certificate')], 'portal.azure.com'), undefined);
});

test('every host of the catalogs is a public name', t => {
	const hosts = catalogs
		.flatMap(({entries}) => entries)
		.flatMap(entry => Object.values(entry.hosts).flat())
		.filter(host => !/^\{[\w-]+\}(?::\d+)?$/.test(host))
		.map(host =>
			host
				.replaceAll('{region}', 'eu-west-1')
				.replaceAll(/\{[\w-]+\}/g, 'x')
				.replace(/:\d+$/, ''),
		);
	t.true(hosts.length > 100);
	t.deepEqual([...new Set(hosts.filter(host => !isPublicName(host)))], []);
});

for (const host of [
	'localhost',
	'127.0.0.1',
	'::1',
	'microsoft.com.example',
	'notmicrosoft.com',
	'vm.westeurope.cloudapp.azure.com',
	'ec2-192-0-2-1.compute-1.amazonaws.com',
	'ec2-192-0-2-1.eu-west-1.compute.amazonaws.com',
	'db.abc.eu-west-1.rds.amazonaws.com',
	'balancer-1.eu-west-1.elb.amazonaws.com',
	'azure.com',
	'',
]) {
	test(`${JSON.stringify(host)} is no public name`, t => {
		t.false(isPublicName(host));
	});
}

test('a certificate for another name is that of another server, and no inspection', t => {
	const {own, authority} = inspectedName('localhost', 'O=Example Ltd, CN=Example CA');
	t.is(detectInspection([derOf(own), derOf(authority)], 'portal.azure.com'), undefined);
});
