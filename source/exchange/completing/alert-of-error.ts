import {alerts} from '../../iana/alerts.js';

/** OpenSSL spells two names differently. */
const otherSpellings: Readonly<Record<string, string>> = {user_cancelled: 'user_canceled'};

/**
The name of the alert that OpenSSL's code for an error stands for; undefined for an error that is no alert.

@param code - Such as `ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE`, which is `ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE` in newer releases of OpenSSL, or
`ERR_SSL_TLSV1_UNRECOGNIZED_NAME`. The version in it says when the alert was introduced, not what is spoken.
*/
export function readAlert(code: string): string | undefined {
	const words = /^ERR_SSL_(?:SSLV3|SSL\/TLS|TLSV1|TLSV13)_(?:(?<isAlert>ALERT)_)?(?<words>[A-Z_]+)$/.exec(code)?.groups;
	if (words === undefined) {
		return undefined;
	}

	const name = words.words!.toLowerCase();
	const known = alerts.entries.find(alert => alert.name === (otherSpellings[name] ?? name));
	return known?.name ?? (words.isAlert === undefined ? undefined : name);
}
