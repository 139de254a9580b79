import type {OpensslSuite} from './openssl-suites.js';

export type Criterion = (suite: OpensslSuite) => boolean;

const exchange =
	(...names: readonly OpensslSuite['keyExchange'][]): Criterion =>
	({keyExchange}) =>
		names.includes(keyExchange);
const signed =
	(...names: readonly OpensslSuite['authentication'][]): Criterion =>
	({authentication}) =>
		names.includes(authentication);
const enciphered =
	(pattern: RegExp): Criterion =>
	({cipher}) =>
		pattern.test(cipher);
const hashed =
	(name: OpensslSuite['mac']): Criterion =>
	({mac}) =>
		mac === name;
const both =
	(one: Criterion, other: Criterion): Criterion =>
	suite =>
		one(suite) && other(suite);
const not =
	(criterion: Criterion): Criterion =>
	suite =>
		!criterion(suite);

const anonymous = signed('anon');
const ecdhe = exchange('ECDHE');
const dhe = exchange('DHE');
const isNull = enciphered(/^NULL$/);

/** Suites of `ALL` that are not in `DEFAULT`: weak and rare ones. */
const isNotInDefault: Criterion = suite =>
	(suite.authentication === 'anon' && !isNull(suite)) ||
	suite.authentication === 'DSS' ||
	suite.strength === 'MEDIUM' ||
	/^(?:CAMELLIA|ARIA)|CCM/.test(suite.cipher);

/** https://docs.openssl.org/3.0/man1/openssl-ciphers/#cipher-strings, and the aliases that only the source code documents. */
export const opensslWords: ReadonlyMap<string, Criterion> = new Map<string, Criterion>([
	['ALL', not(isNull)],
	['COMPLEMENTOFALL', isNull],
	['COMPLEMENTOFDEFAULT', isNotInDefault],
	['kRSA', exchange('RSA')],
	['kEDH', dhe],
	['kDHE', dhe],
	['DH', dhe],
	['kEECDH', ecdhe],
	['kECDHE', ecdhe],
	['ECDH', ecdhe],
	['kPSK', exchange('PSK')],
	['kRSAPSK', exchange('RSA_PSK')],
	['kECDHEPSK', exchange('ECDHE_PSK')],
	['kDHEPSK', exchange('DHE_PSK')],
	['kSRP', exchange('SRP')],
	['aRSA', signed('RSA')],
	['aDSS', signed('DSS')],
	['DSS', signed('DSS')],
	['aNULL', anonymous],
	['aECDSA', signed('ECDSA')],
	['ECDSA', signed('ECDSA')],
	['aPSK', signed('PSK')],
	['aSRP', signed('SRP')],
	['EDH', both(dhe, not(anonymous))],
	['DHE', both(dhe, not(anonymous))],
	['EECDH', both(ecdhe, not(anonymous))],
	['ECDHE', both(ecdhe, not(anonymous))],
	['NULL', isNull],
	['eNULL', isNull],
	['RSA', both(exchange('RSA'), signed('RSA'))],
	['ADH', both(dhe, anonymous)],
	['AECDH', both(ecdhe, anonymous)],
	['PSK', exchange('PSK', 'DHE_PSK', 'RSA_PSK', 'ECDHE_PSK')],
	['SRP', exchange('SRP')],
	['3DES', enciphered(/^3DES/)],
	['RC4', enciphered(/^RC4/)],
	['SEED', enciphered(/^SEED/)],
	['IDEA', enciphered(/^IDEA/)],
	['AES128', enciphered(/^AES_128/)],
	['AES256', enciphered(/^AES_256/)],
	['AES', enciphered(/^AES/)],
	['AESGCM', enciphered(/^AES_\d+_GCM/)],
	['AESCCM', enciphered(/^AES_\d+_CCM/)],
	['AESCCM8', enciphered(/^AES_\d+_CCM_8/)],
	['CAMELLIA128', enciphered(/^CAMELLIA_128/)],
	['CAMELLIA256', enciphered(/^CAMELLIA_256/)],
	['CAMELLIA', enciphered(/^CAMELLIA/)],
	['CHACHA20', enciphered(/^CHACHA20/)],
	['ARIA', enciphered(/^ARIA/)],
	['ARIAGCM', enciphered(/^ARIA_\d+_GCM/)],
	['ARIA128', enciphered(/^ARIA_128/)],
	['ARIA256', enciphered(/^ARIA_256/)],
	['CBC', enciphered(/CBC/)],
	['MD5', hashed('MD5')],
	['SHA1', hashed('SHA1')],
	['SHA', hashed('SHA1')],
	['SHA256', hashed('SHA256')],
	['SHA384', hashed('SHA384')],
	['SSLv3', ({since}) => since === 'SSLv3'],
	['TLSv1', ({since}) => since === 'TLSv1.0'],
	['TLSv1.0', ({since}) => since === 'TLSv1.0'],
	['TLSv1.2', ({since}) => since === 'TLSv1.2'],
	['FIPS', both(enciphered(/^AES_\d+_(?:GCM|CBC)|^3DES/), not(exchange('SRP')))],
	['LOW', () => false],
	['MEDIUM', ({strength}) => strength === 'MEDIUM'],
	['HIGH', ({strength}) => strength === 'HIGH'],
	['EDH-DSS-DES-CBC3-SHA', ({name}) => name === 'DHE-DSS-DES-CBC3-SHA'],
	['EDH-RSA-DES-CBC3-SHA', ({name}) => name === 'DHE-RSA-DES-CBC3-SHA'],
]);
