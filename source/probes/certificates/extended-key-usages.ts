/** RFC 5280 §4.2.1.12, and what others are seen in certificates of servers. */
const names: Readonly<Record<string, string>> = {
	'1.3.6.1.5.5.7.3.1': 'serverAuth',
	'1.3.6.1.5.5.7.3.2': 'clientAuth',
	'1.3.6.1.5.5.7.3.3': 'codeSigning',
	'1.3.6.1.5.5.7.3.4': 'emailProtection',
	'1.3.6.1.5.5.7.3.8': 'timeStamping',
	'1.3.6.1.5.5.7.3.9': 'OCSPSigning',
	'2.5.29.37.0': 'anyExtendedKeyUsage',
	'1.3.6.1.5.5.7.3.17': 'ipsecIKE',
	'1.3.6.1.5.2.3.5': 'kdcAuth',
	'1.3.6.1.4.1.311.54.1.2': 'remoteDesktopAuth',
};

/** Its name; the object identifier where it is not known here. */
export const extendedKeyUsageName = (oid: string): string => names[oid] ?? oid;
