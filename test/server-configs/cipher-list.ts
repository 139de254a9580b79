import {execFileSync} from 'node:child_process';
import test from 'ava';
import {evaluateCipherList, isInLevel, orderOfCipherList, suitesOfCipherList} from '../../source/server-configs/reading/cipher-list.js';
import {demandsOf} from '../../source/server-configs/reading/configured-demands.js';
import {groupsOfList, schemesOfList} from '../../source/server-configs/reading/group-list.js';
import {opensslSuites} from '../../source/server-configs/reading/openssl-suites.js';
import {needsTool} from '../helpers/needs-tool.js';

/** Lists that are published, and lists for one rule each. */
const published: readonly string[] = [
	'ALL:COMPLEMENTOFALL',
	'ALL',
	'DEFAULT',
	'HIGH',
	'HIGH:!aNULL:!MD5',
	'HIGH:!aNULL:!eNULL:!EXPORT:!DES:!MD5:!PSK:!RC4',
	'DEFAULT:@STRENGTH',
	'ALL:@STRENGTH',
	'ALL:!ADH:!EXPORT:!LOW:!aNULL:!eNULL:!SSLv2',
	'ALL:!EXPORT:!EXPORT40:!EXPORT56:!aNULL:!LOW:!RC4:@STRENGTH',
	'EECDH+AESGCM:EDH+AESGCM',
	'EECDH+AESGCM:EDH+AESGCM:AES256+EECDH:AES256+EDH',
	'EECDH+CHACHA20:EECDH+AES128:RSA+AES128:EECDH+AES256:RSA+AES256:EECDH+3DES:RSA+3DES:!MD5',
	'EECDH+ECDSA+AESGCM:EECDH+aRSA+AESGCM:EECDH+ECDSA+SHA384:EECDH+aRSA+SHA384:EECDH:EDH+aRSA:!aNULL:!eNULL:!LOW:!3DES:!MD5:!EXP:!PSK:!SRP:!DSS',
	'ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20:ECDH+AES256:DH+AES256:ECDH+AES128:DH+AES:RSA+AESGCM:RSA+AES:!aNULL:!MD5:!DSS',
	'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:DHE-RSA-AES128-GCM-SHA256',
	'TLS_AES_128_GCM_SHA256:ECDHE-RSA-AES256-SHA',
	'kEECDH',
	'kECDHE:!aNULL',
	'ALL:!COMPLEMENTOFDEFAULT',
	'HIGH:+AES',
	'ALL:-AES:AES256',
	'ALL:-RSA:+aECDSA:RSA',
	'aRSA:+RSA',
	'SHA256',
	'SHA:SHA1',
	'CBC',
	'FIPS',
	'FIPS+HIGH:AES128-SHA',
	'PSK',
	'SRP:DSS',
	'TLSv1.2',
	'TLSv1',
	'SSLv3',
	'HIGH+SSLv3',
	'RSA:DEFAULT',
	'DEFAULT@SECLEVEL=0',
	'DEFAULT,RSA',
	'AES128-SHA:nonsense',
	'!RC4:HIGH:RC4',
	'HIGH:-SHA:SHA',
	'COMPLEMENTOFDEFAULT',
	'AESCCM:AESCCM8',
	'ARIA:CAMELLIA',
	'EDH-RSA-DES-CBC3-SHA:AES128-SHA',
	'NULL:eNULL',
	'HIGH ECDHE;AES,RSA',
	'AES256-SHA+AES:AES128-SHA',
	'ECDHE+AESGCM:+ECDHE-RSA-AES128-GCM-SHA256:@STRENGTH',
];

const words =
	`ALL HIGH DEFAULT MEDIUM LOW aNULL eNULL kRSA kDHE kEDH kEECDH ECDHE DHE EECDH EDH ECDH DH AESGCM AES AES128 AES256 CHACHA20 CAMELLIA
	CAMELLIA256 ARIA ARIAGCM AESCCM AESCCM8 SHA SHA1 SHA256 SHA384 MD5 RC4 3DES DES EXP EXPORT PSK SRP RSA aRSA ECDSA aECDSA DSS ADH AECDH kPSK kECDHEPSK
	TLSv1.2 TLSv1 SSLv3 CBC NULL FIPS COMPLEMENTOFDEFAULT COMPLEMENTOFALL nonsense ECDHE-RSA-AES128-GCM-SHA256 AES256-SHA`.split(/\s+/);

/** Generated lists, the same in each run. */
function madeUp(count: number): string[] {
	let state = 7;
	const draw = (below: number): number => {
		state = (state * 1_103_515_245 + 12_345) & 0x7f_ff_ff_ff;
		return (state >> 8) % below;
	};
	const word = (): string => words[draw(words.length)]!;
	return Array.from({length: count}, () => {
		const items = Array.from({length: 1 + draw(6)}, () => {
			const sign = ['', '', '', '!', '-', '+'][draw(6)]!;
			const more = draw(3) === 0 ? `+${word()}` : '';
			return `${sign}${word()}${more}${draw(12) === 0 ? ':@STRENGTH' : ''}${draw(15) === 0 ? `:@SECLEVEL=${draw(6)}` : ''}`;
		});
		return items.join([':', ':', ' ', ','][draw(4)]);
	}).filter(list => !list.startsWith('-'));
}

/** What OpenSSL makes of a list, without the suites of TLS 1.3; undefined where it refuses it, or leaves none. */
function byOpenssl(...argv: readonly string[]): string[] | undefined {
	try {
		const text = execFileSync('openssl', ['ciphers', ...argv], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
			env: {...process.env, OPENSSL_CONF: '/dev/null'},
		});
		const names = text
			.trim()
			.split(':')
			.filter(name => name !== '' && !name.startsWith('TLS_'));
		return names.length === 0 ? undefined : names;
	} catch {
		return undefined;
	}
}

if (needsTool('cipher lists beside openssl', ['openssl'])) {
	const built = new Set(byOpenssl('ALL:COMPLEMENTOFALL'));

	test('every suite that the installed OpenSSL has is known, by its name', t => {
		const names = new Set(opensslSuites().map(({name}) => name));
		t.true(built.size > 50);
		t.deepEqual(
			[...built].filter(name => !names.has(name)),
			[],
		);
		t.is(names.size, opensslSuites().length);
	});

	test('lists are what the installed OpenSSL makes of them, in its order', t => {
		const lists = [...published, ...madeUp(200)];
		t.true(lists.length > 180);
		for (const list of lists) {
			const found = evaluateCipherList(list)?.suites.flatMap(({name}) => (built.has(name) ? [name] : []));
			t.deepEqual(found?.length === 0 ? undefined : found, byOpenssl(list), list);
		}
	});

	test('a security level leaves what the installed OpenSSL leaves', t => {
		for (const level of [0, 1, 2, 3, 4, 5]) {
			for (const list of ['ALL:COMPLEMENTOFALL', 'HIGH', 'RSA:kDHE']) {
				const {suites} = evaluateCipherList(list)!;
				// Suites with a shared secret are left out: openssl has no secret here.
				const left = suites.filter(suite => built.has(suite.name) && isInLevel(suite, level) && !/PSK|SRP/.test(suite.keyExchange));
				const names = left.map(({name}) => name);
				t.deepEqual(names.length === 0 ? undefined : names, byOpenssl('-s', `${list}:@SECLEVEL=${level}`), `${list} ${level}`);
			}
		}
	});
}

test('what another library or the system decides is not evaluated', t => {
	for (const list of [
		'PROFILE=SYSTEM',
		'SUITEB128',
		'[ECDHE-ECDSA-AES128-GCM-SHA256|ECDHE-RSA-AES128-GCM-SHA256]',
		'HIGH:@SYSTEM',
		'HIGH:@SECLEVEL=9',
		'nonsense',
		'',
		`${'A:'.repeat(500)}HIGH`,
	]) {
		t.is(suitesOfCipherList(list), undefined, list);
	}
});

test('a suite whose class depends on the release or the build may be on', t => {
	const may = (list: string, name: string): boolean => suitesOfCipherList(list)!.some(({ianaName}) => ianaName === name);
	// OpenSSL 1.0.2 has 3DES in HIGH, and RC4 in DEFAULT.
	t.true(may('HIGH:!aNULL', 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'));
	t.true(may('DEFAULT', 'TLS_RSA_WITH_RC4_128_SHA'));
	t.false(may('HIGH:!3DES', 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'));
	t.false(may('ECDHE+AESGCM', 'TLS_RSA_WITH_AES_128_GCM_SHA256'));
	// IANA's names are read since 3.2.
	t.true(may('AES128-SHA:TLS_RSA_WITH_AES_256_CBC_SHA', 'TLS_RSA_WITH_AES_256_CBC_SHA'));
	t.false(may('ALL:@SECLEVEL=2', 'TLS_DH_anon_WITH_AES_128_CBC_SHA'));
});

/** Ranks by OpenSSL's names, of the suites of RSA certificates with AES-GCM; others are left out. */
const orders: Readonly<Record<string, string | undefined>> = {
	'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384': 'E128 > E256',
	'ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:!aNULL': 'E256 > E128',
	// One word, whose order is that of the library.
	'ECDHE+AESGCM': 'E256 E128',
	'ECDHE+AESGCM:RSA+AESGCM': 'E256 E128 > 256 128',
	'ECDHE+AESGCM:RSA+AESGCM:@STRENGTH': 'E256 > 256 > E128 > 128',
	'ECDHE+AESGCM:RSA+AESGCM:+AES256': 'E128 > 128 > E256 > 256',
	'AESGCM:-ECDHE:ECDHE+AES128': '256 128 > E128',
	'AESGCM:!AES256:+ECDHE': '128 > E128',
	// Only OpenSSL 3.2 and later read the last name. It changes nothing there either, because the suite is already on.
	'AES128-GCM-SHA256:ECDHE+AESGCM:TLS_RSA_WITH_AES_128_GCM_SHA256': '128 > E256 E128',
	// Here it does.
	'RSA+AESGCM:-AES128:TLS_RSA_WITH_AES_128_GCM_SHA256:ECDHE+AESGCM:AES128-GCM-SHA256': undefined,
	'PROFILE=SYSTEM': undefined,
	'[AES128-SHA|AES256-SHA]': undefined,
};

for (const [list, order] of Object.entries(orders)) {
	test(`the order that ${list} states`, t => {
		const short: Readonly<Record<string, string>> = {
			TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: 'E128',
			TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: 'E256',
			TLS_RSA_WITH_AES_128_GCM_SHA256: '128',
			TLS_RSA_WITH_AES_256_GCM_SHA384: '256',
		};
		const ranks = orderOfCipherList(list)?.map(names => names.flatMap(name => short[name] ?? []).join(' '));
		t.is(ranks?.filter(Boolean).join(' > '), order);
	});
}

const at = (text: string) => ({text, statedAt: 'here'});

test('lists of groups and of signature schemes, by the names of OpenSSL', t => {
	t.deepEqual(groupsOfList('X25519:prime256v1:P-384:secp521r1'), ['x25519', 'secp256r1', 'secp384r1', 'secp521r1']);
	t.deepEqual(groupsOfList('?*X25519MLKEM768/x25519:?P-256'), ['X25519MLKEM768', 'x25519', 'secp256r1']);
	for (const list of ['DEFAULT:-P-256', 'X25519:-P-256', 'nonsense', '', 'constructor']) {
		t.is(groupsOfList(list), undefined, list);
	}

	t.deepEqual(schemesOfList('RSA+SHA256:ed25519:PSS+SHA384'), ['rsa_pkcs1_sha256', 'ed25519', 'rsa_pss_rsae_sha384', 'rsa_pss_pss_sha384']);
	t.deepEqual(schemesOfList('rsa_pss_rsae_sha256:ECDSA+SHA256'), [
		'rsa_pss_rsae_sha256',
		'ecdsa_secp256r1_sha256',
		'ecdsa_brainpoolP256r1tls13_sha256',
	]);
	for (const list of ['RSA', 'SHA256', 'constructor', '']) {
		t.is(schemesOfList(list), undefined, list);
	}
});

test('a list becomes a demand, and a list that cannot be evaluated a note', t => {
	const notes: string[] = [];
	const [suites, groups, ...others] = demandsOf(
		{
			ciphers: at('ECDHE+AESGCM'),
			ciphersuites: at('TLS_AES_256_GCM_SHA384'),
			groups: at('X25519'),
			order: {side: 'server', statedAt: 'there'},
		},
		notes,
	);
	t.deepEqual([suites!.field, suites!.statedAt, suites!.demand.configuredPreference], ['cipherSuites', 'here, here, there', 'server']);
	const only = new Set(suites!.demand.only);
	t.true(only.has('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256') && only.has('TLS_AES_256_GCM_SHA384'));
	t.false(only.has('TLS_AES_128_GCM_SHA256') || only.has('TLS_RSA_WITH_AES_128_GCM_SHA256'));
	t.deepEqual(groups!.demand.only, ['x25519', 'ffdhe2048', 'ffdhe3072', 'ffdhe4096', 'ffdhe6144', 'ffdhe8192']);
	t.deepEqual([others, notes], [[], []]);

	// Nothing is said of TLS 1.3: then each of its suites may be on.
	t.true(demandsOf({ciphers: at('ECDHE+AESGCM')}, notes)[0]!.demand.only!.includes('TLS_AES_128_CCM_8_SHA256'));
	t.deepEqual(demandsOf({ciphers: at('PROFILE=SYSTEM'), groups: at('DEFAULT')}, notes), []);
	t.deepEqual(
		notes,
		Array.from({length: 2}, () => 'here: not checked: its meaning depends on the library or the system'),
	);
	t.deepEqual(demandsOf({}, []), []);
});

test('names of TLS 1.3 may have blanks around them, and an unknown name is noted', t => {
	const notes: string[] = [];
	const [suites] = demandsOf({ciphersuites: at('TLS_AES_128_GCM_SHA256 : TLS_AES_256_GCM_SHA384')}, notes);
	t.deepEqual(
		suites!.demand.only!.filter(name => name.startsWith('TLS_AES_')),
		['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384'],
	);
	t.deepEqual(demandsOf({ciphersuites: at('TLS_AES_128_GCM_SHA256:TLS_AES_1_GCM')}, notes), []);
	t.deepEqual(notes, ['here: not checked: it has a name that is not known here']);
});

test('an order is demanded where it is stated, but not of a list that cannot be evaluated', t => {
	const order = {side: 'server', statedAt: 'there'} as const;
	t.deepEqual(demandsOf({order}, []), [{field: 'cipherSuites', demand: {configuredPreference: 'server'}, statedAt: 'there'}]);
	t.deepEqual(demandsOf({ciphers: at('PROFILE=SYSTEM'), order}, []), []);
	const [listed] = demandsOf({ciphers: at('AES128-SHA:AES256-SHA'), order}, []);
	t.deepEqual(listed!.demand.configuredOrder, [['TLS_RSA_WITH_AES_128_CBC_SHA'], ['TLS_RSA_WITH_AES_256_CBC_SHA']]);
	// Where the client's order decides, that of the list means nothing.
	t.is(demandsOf({ciphers: at('AES128-SHA:AES256-SHA'), order: {...order, side: 'client'}}, [])[0]!.demand.configuredOrder, undefined);
});
