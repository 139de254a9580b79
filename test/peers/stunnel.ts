import {answeredWith, four, hello, refusedBy, retry, switchedOff} from '../helpers/peers/expected.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';

/** The lines of one service. */
type StunnelCase = PeerCase & {
	readonly lines: readonly string[];
	/** Lines of another service that serves a name of this one. */
	readonly second?: readonly string[];
};

const rsa = [`cert = ${fixture('rsa')}`];
const everyVersion = ['sslVersionMin = TLSv1', 'sslVersionMax = TLSv1.3', 'ciphers = DEFAULT:@SECLEVEL=0', 'securityLevel = 0'];
const noCommon = refusedBy('handshake_failure');
const all = four(hello(), hello(), hello(), hello());
const until12 = four(hello(), hello(), hello(), switchedOff);

const cases: StunnelCase[] = [
	{title: 'every version', lines: [...rsa, ...everyVersion], expected: all},
	// Old versions are on, but the security level of OpenSSL 3 leaves them no signature.
	{title: 'its defaults', lines: rsa, expected: four(refusedBy('internal_error'), refusedBy('internal_error'), hello(), hello())},
	{
		title: 'TLS 1.0 only',
		lines: [...rsa, ...everyVersion, 'sslVersion = TLSv1'],
		expected: four(hello(), answeredWith('TLSv1.0'), answeredWith('TLSv1.0'), switchedOff),
	},
	{
		title: 'a hole at TLS 1.2',
		lines: [...rsa, ...everyVersion, 'options = NO_TLSv1_2'],
		expected: four(hello(), hello(), answeredWith('TLSv1.1'), hello()),
	},
	{title: 'TLS 1.2 only', lines: [...rsa, 'sslVersion = TLSv1.2'], expected: four(switchedOff, switchedOff, hello(), switchedOff)},
	{title: 'TLS 1.3 only', lines: [...rsa, 'sslVersion = TLSv1.3'], expected: four(switchedOff, switchedOff, switchedOff, hello())},
	{
		title: 'a client certificate required',
		lines: [...rsa, ...everyVersion, 'verifyChain = yes', `CAfile = ${fixture('rsa')}`],
		expected: all,
	},
	{
		title: 'pre-shared keys alone',
		lines: [
			`PSKsecrets = ${fixture('psk.txt')}`,
			'sslVersionMin = TLSv1',
			'sslVersionMax = TLSv1.2',
			'ciphers = PSK:@SECLEVEL=0',
			'securityLevel = 0',
		],
		expected: until12,
	},
	{
		title: 'one curve',
		lines: [...rsa, ...everyVersion, 'ciphers = ECDHE:@SECLEVEL=0', 'curves = P-521'],
		expected: four(hello({group: 'secp521r1'}), hello({group: 'secp521r1'}), hello({group: 'secp521r1'}), retry({group: 'secp521r1'})),
	},
	{
		title: 'one suite, of TLS 1.2',
		lines: [...rsa, ...everyVersion, 'sslVersionMax = TLSv1.2', 'ciphers = AES256-CCM:@SECLEVEL=0'],
		expected: four(noCommon, noCommon, hello(), switchedOff),
	},
	{
		title: 'a name with a service of its own',
		lines: [...rsa, ...everyVersion],
		second: [...rsa, ...everyVersion, 'ciphers = ECDHE-RSA-CHACHA20-POLY1305:@SECLEVEL=0'],
		expected: all,
		byName: {'other.test': all},
	},
];

testPeers<StunnelCase>({
	name: 'stunnel',
	programs: ['stunnel'],
	cases,
	planAll: configurations => ({
		ports: configurations.length,
		command: ports => ({
			program: 'stunnel',
			argv: ['stunnel.conf'],
			files: {
				'stunnel.conf': [
					'foreground = yes',
					'pid =',
					'debug = notice',
					'syslog = no',
					...configurations.flatMap(({lines, second}, index) => [
						`[case-${index}]`,
						`accept = 127.0.0.1:${ports[index]}`,
						'connect = 127.0.0.1:1',
						...lines,
						...(second === undefined
							? []
							: [`[case-${index}-second]`, `sni = case-${index}:peer.test`, 'connect = 127.0.0.1:1', ...second]),
					]),
				].join('\n'),
			},
		}),
	}),
});
