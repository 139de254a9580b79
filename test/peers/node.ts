import {answeredWith, four, hello, refusedBy, retry, switchedOff} from '../helpers/peers/expected.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';
import {type NodeServer, nodePlan} from '../helpers/peers/plans/node.js';

type NodeCase = PeerCase & NodeServer;

const everyVersion = {minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0'};
const noCommon = refusedBy('handshake_failure');
const all = four(hello(), hello(), hello(), hello());

const cases: NodeCase[] = [
	{title: 'every version', settings: everyVersion, expected: all},
	{title: 'its defaults', expected: four(switchedOff, switchedOff, hello(), hello())},
	{
		title: 'TLS 1.0 only',
		settings: {...everyVersion, maxVersion: 'TLSv1'},
		expected: four(hello(), answeredWith('TLSv1.0'), answeredWith('TLSv1.0'), switchedOff),
	},
	{
		title: 'TLS 1.1 only',
		settings: {...everyVersion, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1'},
		expected: four(switchedOff, hello(), answeredWith('TLSv1.1'), switchedOff),
	},
	{title: 'TLS 1.2 only', settings: {maxVersion: 'TLSv1.2'}, expected: four(switchedOff, switchedOff, hello(), switchedOff)},
	{title: 'TLS 1.3 only', settings: {minVersion: 'TLSv1.3'}, expected: four(switchedOff, switchedOff, switchedOff, hello())},
	{title: 'a client certificate required', settings: {...everyVersion, requestCert: true}, expected: all},
	{title: 'an ECDSA certificate of P-521', keys: ['ecdsa-p521'], settings: everyVersion, expected: all},
	{
		title: 'one curve',
		settings: {...everyVersion, ciphers: 'ECDHE:@SECLEVEL=0', ecdhCurve: 'secp384r1'},
		expected: four(hello({group: 'secp384r1'}), hello({group: 'secp384r1'}), hello({group: 'secp384r1'}), retry({group: 'secp384r1'})),
	},
	{
		title: 'DHE with a prime of its own alone',
		settings: {...everyVersion, maxVersion: 'TLSv1.2', ciphers: 'DHE-RSA-AES128-SHA:@SECLEVEL=0', dhparam: fixture('dh-2048')},
		expected: four(hello({group: 'DHE 2048 bits'}), hello(), hello(), switchedOff),
	},
	{
		title: 'pre-shared keys alone',
		keys: [],
		settings: {
			minVersion: 'TLSv1',
			maxVersion: 'TLSv1.2',
			ciphers: 'PSK-AES128-CBC-SHA:@SECLEVEL=0',
			pskKey: '00112233',
		},
		expected: four(hello(), hello(), hello(), switchedOff),
	},
	{
		title: 'one suite, of TLS 1.2',
		settings: {...everyVersion, maxVersion: 'TLSv1.2', ciphers: 'AES256-GCM-SHA384:@SECLEVEL=0'},
		expected: four(noCommon, noCommon, hello(), switchedOff),
	},
	{
		title: 'one signature scheme',
		settings: {...everyVersion, sigalgs: 'RSA+SHA1'},
		expected: four(hello(), hello(), hello(), noCommon),
	},
	{
		// Node.js closes the connection where its callback has no answer. A client that sends no name is served, by hellos before TLS 1.3.
		title: 'an unknown name hung up on',
		settings: {...everyVersion, onlyName: 'peer.test'},
		expected: all,
		byName: {'peer.test': all, 'other.test': four(hello(), hello(), hello(), ['inconclusive', 'closed'])},
	},
];

testPeers<NodeCase>({name: 'node', programs: [process.execPath], cases, planAll: nodePlan});
