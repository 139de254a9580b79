import test from 'ava';
import {type VersionName, versionNames} from '../../source/iana/versions.js';
import {type Change, diff, type Observed} from '../../source/policy/diff.js';

const statusOf = {'+': 'accepted', '-': 'rejected', '?': 'inconclusive'} as const;

/** A server in signs, oldest version first; a space is a version that was not asked for. */
function observed(signs: string, more: Partial<Observed> = {}): Observed {
	const versions = Object.fromEntries(
		[...signs].flatMap((sign, index) => (sign === ' ' ? [] : [[versionNames[index]!, {status: statusOf[sign as keyof typeof statusOf]}]])),
	);
	return {target: 'a.test:443', address: '192.0.2.1', serverName: 'a.test', versions, verdict: 'pass', ...more};
}

const inBrief = ({effect, what, target, address, version, before, after}: Change): string =>
	[effect, what, target, address, version ?? '', before, after].join(' ').replaceAll(/ +/g, ' ');

const withSuite = (cipherSuite: string, shape = 'short'): Observed => ({
	...observed(''),
	versions: {'TLSv1.2': {status: 'accepted', cipherSuite, shape}},
});

const withService = (name: VersionName, verdict: 'served' | 'refused' | 'undecided' | 'unknown'): Observed => ({
	...observed(''),
	versions: {[name]: {status: 'accepted', confirmed: {verdict}}},
});

const nowhere: Partial<Observed> = {address: null, reason: 'name-not-found', verdict: 'inconclusive'};

const cases: readonly (readonly [title: string, before: readonly Observed[], after: readonly Observed[], changes: readonly string[]])[] = [
	['nothing', [observed('  --++')], [observed('  --++')], []],
	[
		'an old version that came back',
		[observed('  --++')],
		[observed('  +-++')],
		['worse version a.test:443 192.0.2.1 TLSv1.0 rejected accepted'],
	],
	['an old version that went', [observed(' ++   ')], [observed(' -+   ')], ['better version a.test:443 192.0.2.1 SSLv3 accepted rejected']],
	[
		'a current version that went',
		[observed('    ++')],
		[observed('    +-')],
		['worse version a.test:443 192.0.2.1 TLSv1.3 accepted rejected'],
	],
	[
		'a current version that came',
		[observed('    +-')],
		[observed('    ++')],
		['better version a.test:443 192.0.2.1 TLSv1.3 rejected accepted'],
	],
	[
		'a server that is down',
		[observed('  --')],
		[observed('  ??')],
		['lost version a.test:443 192.0.2.1 TLSv1.0 rejected inconclusive', 'lost version a.test:443 192.0.2.1 TLSv1.1 rejected inconclusive'],
	],
	['a version that is not asked for any more', [observed('  -')], [observed('')], ['lost version a.test:443 192.0.2.1 TLSv1.0 rejected ']],
	['a version that is asked for newly', [observed('')], [observed('  +')], []],
	['a server that is back', [observed('  ?')], [observed('  -')], ['gained version a.test:443 192.0.2.1 TLSv1.0 inconclusive rejected']],
	['nothing known before or after', [observed('  ?')], [observed('  ?')], []],
	[
		'another suite',
		[withSuite('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256')],
		[withSuite('TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384')],
		['changed cipher-suite a.test:443 192.0.2.1 TLSv1.2 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
	],
	[
		'a suite without forward secrecy',
		[withSuite('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256')],
		[withSuite('TLS_RSA_WITH_AES_128_GCM_SHA256')],
		['worse cipher-suite a.test:443 192.0.2.1 TLSv1.2 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 TLS_RSA_WITH_AES_128_GCM_SHA256'],
	],
	[
		'another suite to another hello',
		[withSuite('TLS_RSA_WITH_AES_128_GCM_SHA256')],
		[withSuite('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'long')],
		[],
	],
	[
		'an address that came and one that went',
		[observed('  -'), observed('  -', {address: '192.0.2.2'})],
		[observed('  -', {address: '192.0.2.3'}), observed('  -')],
		['changed address a.test:443 192.0.2.2 pass ', 'changed address a.test:443 192.0.2.3 pass'],
	],
	[
		'an address that came and fails',
		[observed('  -')],
		[observed('  -'), observed('  +', {address: '::1', verdict: 'fail'})],
		['worse address a.test:443 ::1 fail'],
	],
	[
		'a service that serves an old version again',
		[withService('TLSv1.0', 'refused')],
		[withService('TLSv1.0', 'served')],
		['worse service a.test:443 192.0.2.1 TLSv1.0 refused served'],
	],
	[
		'a service that refuses an old version now',
		[withService('TLSv1.1', 'served')],
		[withService('TLSv1.1', 'refused')],
		['better service a.test:443 192.0.2.1 TLSv1.1 served refused'],
	],
	[
		'a service that refuses a current version now',
		[withService('TLSv1.2', 'served')],
		[withService('TLSv1.2', 'refused')],
		['worse service a.test:443 192.0.2.1 TLSv1.2 served refused'],
	],
	[
		'a service that gives no answer any more',
		[withService('TLSv1.0', 'refused')],
		[withService('TLSv1.0', 'unknown')],
		['lost service a.test:443 192.0.2.1 TLSv1.0 refused unknown'],
	],
	[
		'a service that gives an answer now',
		[withService('TLSv1.0', 'undecided')],
		[withService('TLSv1.0', 'refused')],
		['gained service a.test:443 192.0.2.1 TLSv1.0 undecided refused'],
	],
	['a service that never told', [withService('TLSv1.0', 'undecided')], [withService('TLSv1.0', 'unknown')], []],
	['a service that was not asked the second time', [withService('TLSv1.0', 'refused')], [observed('  +')], []],
	['a name that is gone', [observed('  -')], [observed('', nowhere)], ['lost target a.test:443 pass name-not-found']],
	['a name that is back', [observed('', nowhere)], [observed('  -')], ['gained target a.test:443 name-not-found pass']],
	['a target that was not asked again', [observed('  -')], [], ['lost target a.test:443 pass ']],
	['a target that is new', [], [observed('  -')], ['changed target a.test:443 pass']],
	['a target that is new and fails', [], [observed('  +', {verdict: 'fail'})], ['worse target a.test:443 fail']],
	[
		'the same target by two names',
		[observed('  -'), observed('  +', {serverName: 'b.test'})],
		[observed('  -', {serverName: 'b.test'}), observed('  -')],
		['better version a.test:443 192.0.2.1 TLSv1.0 accepted rejected'],
	],
];

for (const [title, before, after, changes] of cases) {
	test(`${title}: ${changes.length === 0 ? 'no change' : changes.map(change => change.split(' ')[0]).join(', ')}`, t => {
		t.deepEqual(
			diff(before, after).map(change => inBrief(change).trimEnd()),
			changes.map(change => change.trimEnd()),
		);
	});
}
