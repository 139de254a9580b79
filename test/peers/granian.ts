import {four, hello, refusedBy, six, switchedOff} from '../helpers/peers/expected.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';
import {type GranianServer, granianPlan} from '../helpers/peers/plans/granian.js';

type GranianCase = PeerCase & GranianServer;

const from12 = ['--ssl-protocol-min', 'tls1.2'];
/** What it says to hellos of old versions, which have no extensions of TLS 1.2. */
const tooOld = refusedBy('handshake_failure');
const modern = four(tooOld, tooOld, hello(), hello({group: 'x25519'}));

/** The TLS of Rust, which has no version before TLS 1.2. */
const cases: GranianCase[] = [
	{title: 'every version it has, asked for every version there is', argv: from12, expected: six(refusedBy('decode_error'), tooOld, modern)},
	{title: 'TLS 1.3 only', argv: [], expected: four(tooOld, tooOld, switchedOff, hello({group: 'x25519'}))},
	{title: 'a client certificate required', argv: [...from12, '--ssl-ca', fixture('rsa'), '--ssl-client-verify'], expected: modern},
];

testPeers<GranianCase>({name: 'rustls in Granian', programs: ['granian'], cases, planOne: granianPlan});
