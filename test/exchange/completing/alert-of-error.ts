import test from 'ava';
import {readAlert} from '../../../source/exchange/completing/alert-of-error.js';

const cases: readonly (readonly [code: string, alert: string | undefined])[] = [
	['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'handshake_failure'],
	['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'handshake_failure'],
	['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'protocol_version'],
	['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'certificate_required'],
	['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', 'unrecognized_name'],
	['ERR_SSL_TLSV1_ALERT_USER_CANCELLED', 'user_canceled'],
	['ERR_SSL_TLSV1_ALERT_SOMETHING_NEW', 'something_new'],
	['ERR_SSL_DH_KEY_TOO_SMALL', undefined],
	['ERR_SSL_WRONG_VERSION_NUMBER', undefined],
	['ERR_SSL_TLSV1_SOMETHING_ELSE', undefined],
	['ECONNRESET', undefined],
	['', undefined],
];

for (const [code, alert] of cases) {
	test(`${code || 'no code'} is ${alert ?? 'no alert'}`, t => t.is(readAlert(code), alert));
}
