import type {AgreementCase} from '../agreement.js';
import {type AgreementProduct, anyProduct} from '../any-product.js';
import {fixture} from '../fixtures.js';
import {allowedVersions, type BotanServer, botanPlan} from '../plans/botan.js';
import {type GnutlsServer, gnutlsPlan} from '../plans/gnutls.js';
import {type GranianServer, granianPlan} from '../plans/granian.js';
import {type LighttpdSocket, lighttpdPlan, lighttpdPrograms} from '../plans/lighttpd.js';
import {type NssServer, nssPlan, nssPrograms} from '../plans/nss.js';

/*
GnuTLS, NSS, Botan, mbedTLS, wolfSSL, BoringSSL and rustls.
*/

const both = ['TLSv1.2', 'TLSv1.3'] as const;
const only12 = ['TLSv1.2'] as const;
const only13 = ['TLSv1.3'] as const;

type GnutlsCase = AgreementCase & GnutlsServer;

const modern = 'NORMAL:-VERS-TLS1.0:-VERS-TLS1.1';
const from12 = 'NORMAL:-VERS-ALL:+VERS-TLS1.2';
const psk = ['--pskpasswd', fixture('psk.txt')];
const srp = ['--srppasswd', fixture('srp-passwords.txt'), '--srppasswdconf', fixture('srp-groups.txt')];

const gnutls: GnutlsCase[] = [
	{
		title: 'every suite',
		versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		isWhole: true,
		keys: ['rsa', 'ecdsa-p256'],
		priority:
			'NORMAL:-VERS-TLS1.3:+CIPHER-ALL:+KX-ALL:+MAC-ALL:+GROUP-ALL:+SIGN-ALL:+ARCFOUR-128:+3DES-CBC:+NULL:+ANON-DH:+ANON-ECDH:+RSA:+MD5',
	},
	{title: 'its defaults', versions: both, keys: ['rsa'], priority: modern},
	{title: 'two keys', versions: both, keys: ['rsa', 'ecdsa-p256'], priority: modern},
	{title: 'SECURE256', versions: both, keys: ['rsa'], priority: 'SECURE256'},
	{title: 'its own order', versions: both, keys: ['rsa'], priority: `${modern}:%SERVER_PRECEDENCE`},
	{title: 'ECDSA with P-384', versions: both, keys: ['ecdsa-p384'], priority: modern},
	{title: 'Ed25519', versions: both, keys: ['ed25519'], priority: modern},
	{title: 'Ed448', versions: both, keys: ['ed448'], priority: modern},
	{title: 'RSA-PSS', versions: both, keys: ['rsa-pss'], priority: modern},
	{title: 'without SHA-512', versions: both, keys: ['rsa'], priority: `${modern}:-SIGN-RSA-SHA512:-SIGN-RSA-PSS-RSAE-SHA512`},
	{title: 'anonymous alone', versions: only12, keys: [], priority: `${from12}:-KX-ALL:+ANON-DH:+ANON-ECDH`},
	{title: 'pre-shared keys alone', versions: only12, keys: [], priority: `${from12}:-KX-ALL:+PSK:+DHE-PSK:+ECDHE-PSK`, argv: psk},
	{title: 'RSA-PSK alone', versions: only12, keys: ['rsa'], priority: `${from12}:-KX-ALL:+RSA-PSK`, argv: psk},
	{title: 'SRP alone', versions: only12, keys: [], priority: `${from12}:-KX-ALL:+SRP`, argv: srp},
	{
		title: 'DHE with a prime of its own',
		versions: only12,
		keys: ['rsa'],
		priority: `${from12}:-KX-ALL:+DHE-RSA`,
		argv: ['--dhparams', fixture('dh-2048')],
	},
	{title: 'ffdhe3072 alone', versions: both, keys: ['rsa'], priority: `${modern}:-KX-ALL:+DHE-RSA:-GROUP-ALL:+GROUP-FFDHE3072`},
	{
		title: 'ffdhe2048, X448 and P-192',
		versions: both,
		keys: ['rsa'],
		priority: `${modern}:-GROUP-ALL:+GROUP-FFDHE2048:+GROUP-X448:+GROUP-SECP192R1`,
	},
	{title: 'X448 alone', versions: both, keys: ['rsa'], priority: `${modern}:-KX-ALL:+ECDHE-RSA:-GROUP-ALL:+GROUP-X448`},
	{title: 'SHA-1 alone', versions: only12, keys: ['rsa'], priority: `${from12}:-KX-ALL:+ECDHE-RSA:-SIGN-ALL:+SIGN-RSA-SHA1`},
	{title: 'TLS 1.0 and 1.1', versions: ['TLSv1.0', 'TLSv1.1'], keys: ['rsa'], priority: 'NORMAL:-VERS-ALL:+VERS-TLS1.0:+VERS-TLS1.1'},
	{title: 'GOST too', versions: only12, keys: ['gost', 'rsa'], priority: `${from12}:+GOST`},
	{title: 'short CCM tags alone', versions: only12, keys: ['rsa'], priority: `${from12}:-CIPHER-ALL:+AES-128-CCM-8`},
];

const gnutlsProduct = anyProduct<GnutlsCase>({name: 'GnuTLS', programs: ['gnutls-serv'], cases: gnutls, planOne: gnutlsPlan});

type NssCase = AgreementCase & NssServer;

const nss: NssCase[] = [
	{title: 'its defaults', versions: both, argv: ['-V', 'tls1.2:tls1.3']},
	{title: 'every old version', versions: ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2'], isWhole: true, argv: ['-V', 'ssl3:tls1.2']},
	{title: 'ECDSA with P-384', versions: both, insistsOn: 0x18, certificate: 'ecdsa-p384', argv: ['-V', 'tls1.2:tls1.3']},
	{title: 'P-521 alone', versions: both, argv: ['-V', 'tls1.2:tls1.3', '-I', 'P521']},
	{title: 'P-384 and X25519', versions: both, argv: ['-V', 'tls1.2:tls1.3', '-I', 'P384,x25519']},
	{title: 'ffdhe3072 alone', versions: only13, argv: ['-V', 'tls1.3:tls1.3', '-I', 'FF3072']},
	{title: 'SHA-1 alone', versions: only12, argv: ['-V', 'tls1.2:tls1.2', '-J', 'rsa_pkcs1_sha1']},
	{title: 'RC4 and 3DES', versions: ['SSLv3', 'TLSv1.0'], argv: ['-V', 'ssl3:tls1.0', '-c', 'cd']},
];

const nssProduct = anyProduct<NssCase>({name: 'NSS', programs: nssPrograms, cases: nss, planOne: nssPlan});

type BotanCase = AgreementCase & BotanServer;

// It selects DHE and sends no parameters, where finite-field groups are listed and it has none of them: those stay undecided.
const botan: BotanCase[] = [
	{
		title: 'every suite it has',
		versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		policy: [
			...allowedVersions('10', '11', '12'),
			'ciphers = ChaCha20Poly1305 AES-256/GCM AES-128/GCM AES-256/CCM AES-128/CCM AES-256/CCM(8) AES-128/CCM(8) Camellia-256/GCM Camellia-128/GCM ARIA-256/GCM AES-256 AES-128 3DES',
			'key_exchange_methods = ECDH DH RSA',
			'key_exchange_groups = x25519 secp256r1 secp384r1 secp521r1 brainpool256r1 brainpool384r1 ffdhe/ietf/2048 ffdhe/ietf/3072',
		],
	},
	{title: 'TLS 1.2', versions: only12, open: ['groups'], policy: allowedVersions('12')},
	{title: 'ECDSA with P-256', versions: only12, certificate: 'ecdsa-p256', policy: allowedVersions('12')},
	{
		title: 'ChaCha20 alone',
		versions: only12,
		open: ['groups'],
		policy: [...allowedVersions('12'), 'ciphers = ChaCha20Poly1305', 'macs = AEAD'],
	},
	{title: 'TLS 1.0 and 1.1', versions: ['TLSv1.0', 'TLSv1.1'], open: ['groups'], policy: allowedVersions('10', '11')},
];

const botanProduct = anyProduct<BotanCase>({name: 'Botan', programs: ['botan'], cases: botan, planOne: botanPlan});

type LighttpdCase = AgreementCase & LighttpdSocket;

const min12 = {MinProtocol: 'TLSv1.2'};
const max12 = {...min12, MaxProtocol: 'TLSv1.2'};

// It reads the first twelve curves that it knows. So the curve of the certificate is not seen behind those that it refuses.
const mbedtls: LighttpdCase[] = [
	{title: 'its defaults', versions: only12, isWhole: true, commands: min12},
	{title: 'ECDSA with P-256', versions: only12, insistsOn: 0x17, open: ['groups'], certificate: 'ecdsa-p256', commands: min12},
	{title: 'ECDSA with P-384', versions: only12, insistsOn: 0x18, open: ['groups'], certificate: 'ecdsa-p384', commands: min12},
	{title: 'brainpool', versions: only12, insistsOn: 0x1a, open: ['groups'], certificate: 'ecdsa-brainpool', commands: min12},
	{title: 'secp256k1', versions: only12, insistsOn: 0x16, open: ['groups'], certificate: 'ecdsa-secp256k1', commands: min12},
	{title: 'P-384 and P-521 alone', versions: only12, commands: {...min12, Curves: 'secp384r1:secp521r1'}},
	// It closes the connection if it selects ARIA, which its build lacks. Other suites of ECDSA are refused, but its schemes are open with those.
	{title: 'HIGH', versions: only12, open: ['suites', 'schemes'], commands: {...min12, CipherString: 'HIGH'}},
];

const wolfssl: LighttpdCase[] = [
	{title: 'its defaults', versions: both, isWhole: true, commands: min12},
	{title: 'ECDSA with P-256', versions: both, certificate: 'ecdsa-p256', commands: min12},
	{title: 'ECDSA with P-384', versions: both, certificate: 'ecdsa-p384', commands: min12},
	{title: 'TLS 1.2', versions: only12, commands: max12},
	{title: 'TLS 1.3', versions: only13, commands: {MinProtocol: 'TLSv1.3', MaxProtocol: 'TLSv1.3'}},
	{title: 'P-384 alone', versions: both, commands: {...min12, Curves: 'secp384r1'}},
	{title: 'two suites', versions: only12, commands: {...max12, CipherString: 'ECDHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-SHA256'}},
	{title: 'every suite', versions: only12, commands: {...max12, CipherString: 'ALL'}},
];

const lighttpdProduct = (library: 'mbedtls' | 'wolfssl', cases: readonly LighttpdCase[]): AgreementProduct =>
	anyProduct<LighttpdCase>({
		name: `lighttpd with ${library}`,
		programs: lighttpdPrograms(library),
		cases,
		planAll: sockets => lighttpdPlan(library, sockets),
	});

type EnvoyCase = AgreementCase & {readonly keys: readonly string[]; readonly parameters?: Readonly<Record<string, unknown>>};

const envoy: EnvoyCase[] = [
	{title: 'its defaults', versions: both, keys: ['rsa']},
	{title: 'two keys', versions: both, keys: ['rsa', 'ecdsa-p256']},
	{
		title: 'old versions',
		versions: ['TLSv1.0', 'TLSv1.1', 'TLSv1.2'],
		keys: ['rsa'],
		parameters: {
			tls_minimum_protocol_version: 'TLSv1_0',
			tls_maximum_protocol_version: 'TLSv1_2',
			cipher_suites: ['ECDHE-RSA-AES128-SHA', 'ECDHE-RSA-AES256-SHA', 'AES128-SHA', 'AES256-SHA', 'ECDHE-RSA-AES128-GCM-SHA256'],
		},
	},
	{
		title: 'suites of equal preference',
		versions: only12,
		keys: ['rsa'],
		parameters: {
			tls_maximum_protocol_version: 'TLSv1_2',
			cipher_suites: ['[ECDHE-RSA-AES128-GCM-SHA256|ECDHE-RSA-CHACHA20-POLY1305]', 'ECDHE-RSA-AES256-GCM-SHA384'],
		},
	},
	{title: 'ECDSA with P-384', versions: both, insistsOn: 0x18, keys: ['ecdsa-p384']},
	{title: 'P-384 and X25519', versions: both, keys: ['rsa'], parameters: {ecdh_curves: ['P-384', 'X25519']}},
	{
		title: 'a hybrid',
		versions: only13,
		keys: ['rsa'],
		parameters: {tls_minimum_protocol_version: 'TLSv1_3', ecdh_curves: ['X25519MLKEM768', 'X25519']},
	},
	{title: 'two schemes', versions: both, keys: ['rsa'], parameters: {signature_algorithms: ['rsa_pss_rsae_sha512', 'rsa_pkcs1_sha256']}},
	{
		title: 'static RSA alone',
		versions: only12,
		keys: ['rsa'],
		parameters: {tls_maximum_protocol_version: 'TLSv1_2', cipher_suites: ['AES128-GCM-SHA256', 'AES256-SHA']},
	},
];

const typed = (name: string): string => `type.googleapis.com/envoy.extensions.${name}`;

const envoyProduct = anyProduct<EnvoyCase>({
	name: 'BoringSSL in Envoy',
	programs: ['envoy'],
	cases: envoy,
	planAll: cases => ({
		ports: cases.length,
		command: ports => ({
			program: 'envoy',
			argv: ['-c', 'envoy.json', '--disable-hot-restart', '--concurrency', '1', '--log-level', 'error'],
			files: {
				'envoy.json': JSON.stringify({
					static_resources: {
						listeners: cases.map(({keys, parameters}, index) => ({
							name: `case-${index}`,
							address: {socket_address: {address: '127.0.0.1', port_value: ports[index]}},
							filter_chains: [
								{
									filters: [
										{
											name: 'envoy.filters.network.echo',
											typed_config: {'@type': typed('filters.network.echo.v3.Echo')},
										},
									],
									transport_socket: {
										name: 'envoy.transport_sockets.tls',
										typed_config: {
											'@type': typed('transport_sockets.tls.v3.DownstreamTlsContext'),
											common_tls_context: {
												tls_params: {tls_minimum_protocol_version: 'TLSv1_2', tls_maximum_protocol_version: 'TLSv1_3', ...parameters},
												tls_certificates: keys.map(name => ({
													certificate_chain: {filename: fixture(name)},
													private_key: {filename: fixture(name)},
												})),
											},
										},
									},
								},
							],
						})),
					},
				}),
			},
		}),
	}),
});

type GranianCase = AgreementCase & GranianServer;

const from12Rustls = ['--ssl-protocol-min', 'tls1.2'];

const granian: GranianCase[] = [
	{title: 'TLS 1.2 and 1.3', versions: both, isWhole: true, argv: from12Rustls},
	{title: 'its defaults', versions: only13, argv: []},
	{title: 'ECDSA with P-256', versions: both, certificate: 'ecdsa-p256', argv: from12Rustls},
	{title: 'ECDSA with P-384', versions: both, certificate: 'ecdsa-p384', argv: from12Rustls},
	{title: 'Ed25519', versions: both, certificate: 'ed25519', argv: from12Rustls},
	{title: 'a client certificate required', versions: both, argv: [...from12Rustls, '--ssl-ca', fixture('rsa'), '--ssl-client-verify']},
];

const granianProduct = anyProduct<GranianCase>({name: 'rustls in Granian', programs: ['granian'], cases: granian, planOne: granianPlan});

export const libraryProducts: readonly AgreementProduct[] = [
	gnutlsProduct,
	nssProduct,
	botanProduct,
	lighttpdProduct('mbedtls', mbedtls),
	lighttpdProduct('wolfssl', wolfssl),
	envoyProduct,
	granianProduct,
];
