/** A product that inspects TLS, known by how its certificates name who issued them. */
export type Inspector = {
	readonly product: string;
	/** Found in the name of an issuer, as `O=Zscaler Inc., CN=...`. */
	readonly issuer: RegExp;
	/** `medium` for names that people also give to other products, or that a vendor's other products have. */
	readonly confidence: 'high' | 'medium';
	/** Where the name is from: a public document, or the certificate that the product makes by itself. */
	readonly source: string;
};

const chromium = 'Chromium, ssl_error_assistant.asciipb: mitm_software';
const byDefault = 'the certificate that the product makes by itself';

/**
Issuers of inspecting products, as of November 2026. A company may give its product a certificate of its own authority: then the product is not
known, and that no public root certifies the certificate is all that can be said.
*/
export const inspectors: readonly Inspector[] = [
	{product: 'Zscaler', issuer: /\bzscaler/i, confidence: 'high', source: 'https://github.com/sectigo/CTLogs/pull/57'},
	{product: 'Netskope', issuer: /\bnetskope|\bgoskope\.com/i, confidence: 'high', source: byDefault},
	{product: 'Palo Alto Networks', issuer: /\bpalo ?alto networks\b|\bprisma access\b/i, confidence: 'high', source: byDefault},
	{product: 'Fortinet FortiGate', issuer: /\bfortinet\b|\bfortigate\b/i, confidence: 'high', source: chromium},
	{product: 'Sophos', issuer: /\bsophos\b/i, confidence: 'high', source: chromium},
	{product: 'Cyberoam', issuer: /\bcyberoam\b/i, confidence: 'high', source: chromium},
	{
		product: 'Symantec (Blue Coat)',
		issuer: /\bblue ?coat\b|\bproxysg\b|O=(?:symantec|broadcom)\b.*\bcloud services\b/i,
		confidence: 'high',
		source: chromium,
	},
	{product: 'Cisco Umbrella', issuer: /\bcisco umbrella\b|\bcisco secure access\b|\bopendns\b/i, confidence: 'high', source: chromium},
	{
		product: 'Cisco Secure Web Appliance',
		issuer: /\bironport\b|\bcisco (?:secure )?web (?:security )?appliance\b/i,
		confidence: 'medium',
		source: byDefault,
	},
	{product: 'Forcepoint', issuer: /\bforcepoint\b|\bwebsense\b/i, confidence: 'high', source: chromium},
	{product: 'Skyhigh (McAfee) Web Gateway', issuer: /\bskyhigh\b|\bmcafee\b/i, confidence: 'high', source: chromium},
	{product: 'Check Point', issuer: /\bcheck ?point\b/i, confidence: 'medium', source: byDefault},
	{product: 'Cloudflare Gateway', issuer: /\bgateway ca - cloudflare\b|\bcloudflare for teams\b/i, confidence: 'high', source: byDefault},
	{product: 'Cato Networks', issuer: /\bcato networks\b/i, confidence: 'high', source: byDefault},
	{product: 'iboss', issuer: /\biboss\b/i, confidence: 'high', source: byDefault},
	{product: 'Menlo Security', issuer: /\bmenlo security\b/i, confidence: 'high', source: byDefault},
	{product: 'Barracuda', issuer: /\bbarracuda\b/i, confidence: 'high', source: byDefault},
	{product: 'SonicWall', issuer: /\bsonicwall\b/i, confidence: 'high', source: chromium},
	{product: 'WatchGuard', issuer: /\bwatchguard\b|\bfireware\b/i, confidence: 'high', source: byDefault},
	{product: 'Trend Micro', issuer: /\btrend ?micro\b|\biwsva\b/i, confidence: 'high', source: chromium},
	{product: 'Smoothwall', issuer: /\bsmoothwall\b/i, confidence: 'high', source: chromium},
	{product: 'ContentKeeper', issuer: /\bcontentkeeper\b/i, confidence: 'high', source: chromium},
	{product: 'Lightspeed', issuer: /\blightspeed (?:rocket|systems)\b/i, confidence: 'high', source: byDefault},
	{product: 'Securly', issuer: /\bsecurly\b/i, confidence: 'high', source: byDefault},
	{product: 'NetSpark', issuer: /\bnetspark\b/i, confidence: 'high', source: chromium},
	{product: 'Stormshield', issuer: /\bstormshield\b/i, confidence: 'medium', source: byDefault},
	{product: 'Untangle', issuer: /\buntangle\b/i, confidence: 'high', source: byDefault},
	{product: 'Kerio Control', issuer: /\bkerio\b/i, confidence: 'medium', source: byDefault},
	{product: 'pfSense or OPNsense', issuer: /\bpfsense\b|\bopnsense\b/i, confidence: 'medium', source: byDefault},
	{
		product: 'Squid',
		issuer: /\bsquid\b/i,
		confidence: 'medium',
		source: 'https://wiki.squid-cache.org/ConfigExamples/Intercept/SslBumpExplicit',
	},
	{product: 'Kaspersky', issuer: /\bkaspersky\b/i, confidence: 'high', source: chromium},
	{product: 'ESET', issuer: /\beset\b/i, confidence: 'high', source: byDefault},
	{product: 'Avast, AVG or Norton', issuer: /\bweb\/mail shield\b/i, confidence: 'high', source: chromium},
	{product: 'Bitdefender', issuer: /\bbitdefender\b/i, confidence: 'high', source: chromium},
	{product: 'Dr.Web', issuer: /\bdr\.?web\b|\bdoctor web\b/i, confidence: 'high', source: byDefault},
	{product: 'AdGuard', issuer: /\badguard\b/i, confidence: 'high', source: byDefault},
	{product: 'Superfish', issuer: /\bsuperfish\b/i, confidence: 'high', source: chromium},
	{product: 'mitmproxy', issuer: /\bmitmproxy\b/i, confidence: 'high', source: 'https://docs.mitmproxy.org/stable/concepts/certificates/'},
	{product: 'Charles', issuer: /\bcharles proxy\b|\bxk72\b/i, confidence: 'high', source: byDefault},
	{product: 'Fiddler', issuer: /\bdo_not_trust_fiddlerroot\b|\bfiddler root\b/i, confidence: 'high', source: byDefault},
	{product: 'Burp Suite', issuer: /\bportswigger\b/i, confidence: 'high', source: byDefault},
	{product: 'ZAP', issuer: /\bzed attack proxy\b/i, confidence: 'high', source: byDefault},
	{product: 'Proxyman', issuer: /\bproxyman\b/i, confidence: 'high', source: byDefault},
	{product: 'HTTP Toolkit', issuer: /\bhttp toolkit\b/i, confidence: 'high', source: byDefault},
];
