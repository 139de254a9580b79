import {answeredWith, four, hello, refusedBy, retry, six, switchedOff} from '../helpers/peers/expected.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';
import {type ErlangServer, erlangPlan} from '../helpers/peers/plans/erlang.js';

type ErlangCase = PeerCase & ErlangServer;

const noCommon = refusedBy('insufficient_security');
const noRecord = refusedBy('unexpected_message');
const everyVersion = "{versions, ['tlsv1', 'tlsv1.1', 'tlsv1.2', 'tlsv1.3']}";
const all = four(hello(), hello(), hello(), hello());

const cases: ErlangCase[] = [
	{title: 'every version, asked for every version there is', settings: everyVersion, expected: six(noRecord, switchedOff, all)},
	{
		title: 'TLS 1.0 and 1.1',
		settings: "{versions, ['tlsv1', 'tlsv1.1']}",
		expected: four(hello(), hello(), answeredWith('TLSv1.1'), switchedOff),
	},
	{title: 'TLS 1.2 only', settings: "{versions, ['tlsv1.2']}", expected: four(switchedOff, switchedOff, hello(), switchedOff)},
	{title: 'TLS 1.3 only', settings: "{versions, ['tlsv1.3']}", expected: four(switchedOff, switchedOff, switchedOff, hello())},
	{title: 'TLS 1.2 and 1.3', settings: "{versions, ['tlsv1.2', 'tlsv1.3']}", expected: four(switchedOff, switchedOff, hello(), hello())},
	{
		title: 'a client certificate required',
		settings: `${everyVersion}, {verify, verify_peer}, {fail_if_no_peer_cert, true}, {cacertfile, "${fixture('rsa')}"}`,
		expected: all,
	},
	{title: 'an ECDSA certificate of P-256', certificate: 'ecdsa-p256', settings: everyVersion, expected: all},
	{
		title: 'one suite, of TLS 1.2',
		settings: "{versions, ['tlsv1', 'tlsv1.1', 'tlsv1.2']}, {ciphers, [\"ECDHE-RSA-AES256-GCM-SHA384\"]}",
		expected: four(noCommon, noCommon, hello({cipherSuite: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'}), switchedOff),
	},
	{
		title: 'P-521 alone in TLS 1.3',
		settings: "{versions, ['tlsv1.3']}, {supported_groups, [secp521r1]}",
		expected: four(switchedOff, switchedOff, switchedOff, retry({group: 'secp521r1'})),
	},
];

testPeers<ErlangCase>({name: 'erlang', programs: ['escript'], cases, planAll: erlangPlan});
