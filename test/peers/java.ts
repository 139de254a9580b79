import {answeredWith, type ExpectedVersion, four, hello, refusedBy, six, switchedOff, undecidedBy} from '../helpers/peers/expected.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';
import {type JavaServer, javaKeys, javaPlan} from '../helpers/peers/plans/java.js';

type JavaCase = PeerCase & JavaServer;

const {rsa, dsa, p384} = javaKeys;
const everyVersion = 'protocols=SSLv3,TLSv1,TLSv1.1,TLSv1.2,TLSv1.3';
const older = 'protocols=SSLv3,TLSv1,TLSv1.1,TLSv1.2';

const all = four(hello(), hello(), hello(), hello());

/** A suite by its name in Java, alone, and what comes of TLS 1.1 and 1.2, for which Java drops the weakest suites. */
const alone = (javaName: string, tls11?: ExpectedVersion, tls12?: ExpectedVersion): JavaCase => {
	const accepted = hello({cipherSuite: javaName.replace(/^SSL_/, 'TLS_')});
	return {
		title: `${javaName} alone`,
		settings: `${rsa} ${older} suites=${javaName}`,
		expected: {SSLv3: accepted, ...four(accepted, tls11 ?? accepted, tls12 ?? accepted, switchedOff)},
	};
};

const cases: JavaCase[] = [
	{title: 'every version there is', settings: `${rsa} ${everyVersion}`, expected: six(refusedBy('handshake_failure'), hello(), all)},
	{
		title: 'SSL 3 only',
		settings: `${rsa} protocols=SSLv3`,
		expected: {SSLv3: hello(), ...four(answeredWith('SSLv3'), answeredWith('SSLv3'), answeredWith('SSLv3'), switchedOff)},
	},
	{
		title: 'TLS 1.0 only',
		settings: `${rsa} protocols=TLSv1`,
		expected: four(hello(), answeredWith('TLSv1.0'), answeredWith('TLSv1.0'), switchedOff),
	},
	{title: 'TLS 1.2 only', settings: `${rsa} protocols=TLSv1.2`, expected: four(switchedOff, switchedOff, hello(), switchedOff)},
	{title: 'TLS 1.3 only', settings: `${rsa} protocols=TLSv1.3`, expected: four(switchedOff, switchedOff, switchedOff, hello())},
	{
		title: 'TLS 1.1 and 1.3',
		settings: `${rsa} protocols=TLSv1.1,TLSv1.3`,
		expected: four(switchedOff, hello(), answeredWith('TLSv1.1'), hello()),
	},
	{title: 'a client certificate required', settings: `${rsa} ${everyVersion} clientAuth=true`, expected: all},
	{title: 'an ECDSA certificate of P-384', settings: `${p384} ${everyVersion}`, expected: all},
	// TLS 1.3 is selected before Java finds that it cannot sign: no handshake needs to be finished.
	{title: 'a DSA certificate', settings: `${dsa} ${everyVersion}`, expected: all},
	alone('SSL_RSA_WITH_RC4_128_MD5'),
	alone('SSL_RSA_WITH_3DES_EDE_CBC_SHA'),
	alone('SSL_DH_anon_WITH_RC4_128_MD5'),
	alone('TLS_ECDH_anon_WITH_NULL_SHA'),
	alone('SSL_RSA_EXPORT_WITH_RC4_40_MD5', answeredWith('TLSv1.0'), answeredWith('TLSv1.0')),
	alone('SSL_RSA_WITH_DES_CBC_SHA', undefined, answeredWith('TLSv1.1')),
	alone('SSL_DHE_RSA_WITH_DES_CBC_SHA', undefined, answeredWith('TLSv1.1')),
	{
		title: 'an unknown name refused',
		settings: `${rsa} ${everyVersion} name=peer.test`,
		expected: all,
		byName: {
			'peer.test': all,
			'other.test': four(
				undecidedBy('unrecognized_name'),
				undecidedBy('unrecognized_name'),
				undecidedBy('unrecognized_name'),
				undecidedBy('unrecognized_name'),
			),
		},
	},
];

testPeers<JavaCase>({name: 'java', programs: ['java'], cases, planAll: javaPlan});
