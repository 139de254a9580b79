import test from 'ava';
import {isForTls12Alone} from '../../source/server-configs/reading/suites-of-list.js';

const cases: readonly (readonly [list: string, isForTls12Alone: boolean])[] = [
	['ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384', true],
	['ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:DHE-RSA-AES128-GCM-SHA256', true],
	['ECDHE-RSA-AES256-GCM-SHA384:@SECLEVEL=0', true],
	['ECDHE-RSA-AES128-SHA256:AES256-SHA256', true],
	['AES128-CCM8:AES256-CCM', true],
	['EECDH+AESGCM:EDH+AESGCM', true],
	['EECDH+CHACHA20:EECDH+ECDSA+AESGCM:!RC4', true],
	['TLSv1.2:!aNULL', true],
	['HIGH:!aNULL:!SHA1', true],
	['ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA', false],
	['ECDHE-RSA-AES128-GCM-SHA256:HIGH:!aNULL', false],
	['HIGH:!aNULL:!MD5', false],
	['DEFAULT:@SECLEVEL=0', false],
	['ALL:!SHA1', false],
	['EECDH+AES', false],
	['PROFILE=SYSTEM', false],
	['PSK-AES128-CBC-SHA256', false],
	['!SHA1', false],
	['', false],
];

for (const [list, isAlone] of cases) {
	test(`${JSON.stringify(list)} ${isAlone ? 'has' : 'may have more than'} suites of TLS 1.2 alone`, t => {
		t.is(isForTls12Alone(list), isAlone);
	});
}
