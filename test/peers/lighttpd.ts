import {four, hello, refusedBy, six, switchedOff} from '../helpers/peers/expected.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';
import {type LighttpdSocket, lighttpdPlan, lighttpdPrograms} from '../helpers/peers/plans/lighttpd.js';

type LighttpdCase = PeerCase & LighttpdSocket;

const noCommon = refusedBy('handshake_failure');
const http = [
	'inconclusive',
	'not-tls',
	{looksLike: {protocol: 'http', hint: 'this port speaks HTTP without TLS; TLS is usually on 443 or 8443'}},
] as const;
/** Neither library says anything to a hello of SSL 2. */
const hungUp = ['rejected', 'closed'] as const;
const only12 = four(switchedOff, switchedOff, hello(), noCommon);

/** mbedTLS 2.28, which has no TLS 1.3. */
const mbedtls: LighttpdCase[] = [
	{title: 'HTTP in clear', expected: four(http, http, http, http)},
	{title: 'TLS 1.2, asked for every version there is', commands: {MinProtocol: 'TLSv1.2'}, expected: six(hungUp, switchedOff, only12)},
	{
		title: 'a P-384 certificate',
		certificate: 'ecdsa-p384',
		commands: {MinProtocol: 'TLSv1.2'},
		expected: only12,
	},
	{
		title: 'a brainpool certificate',
		certificate: 'ecdsa-brainpool',
		commands: {MinProtocol: 'TLSv1.2'},
		expected: only12,
	},
	{
		title: 'a secp256k1 certificate',
		certificate: 'ecdsa-secp256k1',
		commands: {MinProtocol: 'TLSv1.2'},
		expected: only12,
	},
];

const wolfssl: LighttpdCase[] = [
	{title: 'HTTP in clear', expected: four(http, http, http, http)},
	{
		title: 'TLS 1.2 and 1.3, asked for every version there is',
		commands: {MinProtocol: 'TLSv1.2'},
		expected: six(hungUp, switchedOff, four(switchedOff, switchedOff, hello(), hello({group: 'x25519'}))),
	},
	{
		// Another method of wolfSSL's than a range, with other alerts.
		title: 'TLS 1.2 only',
		commands: {MinProtocol: 'TLSv1.2', MaxProtocol: 'TLSv1.2'},
		expected: four(noCommon, noCommon, hello(), noCommon),
	},
	{
		title: 'TLS 1.3 only',
		commands: {MinProtocol: 'TLSv1.3', MaxProtocol: 'TLSv1.3'},
		expected: four(switchedOff, switchedOff, switchedOff, hello({group: 'x25519'})),
	},
	{
		title: 'a P-256 certificate',
		certificate: 'ecdsa-p256',
		commands: {MinProtocol: 'TLSv1.2'},
		expected: four(switchedOff, switchedOff, hello(), hello()),
	},
];

for (const [library, cases] of [
	['mbedtls', mbedtls],
	['wolfssl', wolfssl],
] as const) {
	testPeers<LighttpdCase>({
		name: `lighttpd with ${library}`,
		programs: lighttpdPrograms(library),
		cases,
		planAll: sockets => lighttpdPlan(library, sockets),
	});
}
