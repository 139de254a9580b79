import {execFileSync} from 'node:child_process';
import {answeredWith, four, hello, refusedBy, retry, switchedOff, undecidedBy} from '../helpers/peers/expected.js';
import {findProgram} from '../helpers/peers/find-program.js';
import {fixture} from '../helpers/peers/fixtures.js';
import {type PeerCase, testPeers} from '../helpers/peers/peer-tests.js';
import {type GoServer, goPlan} from '../helpers/peers/plans/go.js';

type GoCase = PeerCase & GoServer;

const [tls10, tls11, tls12, tls13] = [0x03_01, 0x03_02, 0x03_03, 0x03_04] as const;
const noCommon = refusedBy('handshake_failure');
const all = four(hello(), hello(), hello(), hello());

const cases: GoCase[] = [
	{title: 'every version', settings: {Min: tls10}, expected: all},
	{title: 'TLS 1.2 and 1.3', settings: {Min: tls12}, expected: four(switchedOff, switchedOff, hello(), hello())},
	{
		title: 'TLS 1.0 only',
		settings: {Min: tls10, Max: tls10},
		expected: four(hello(), answeredWith('TLSv1.0'), answeredWith('TLSv1.0'), switchedOff),
	},
	{
		title: 'TLS 1.1 only',
		settings: {Min: tls11, Max: tls11},
		expected: four(switchedOff, hello(), answeredWith('TLSv1.1'), switchedOff),
	},
	{title: 'TLS 1.3 only', settings: {Min: tls13}, expected: four(switchedOff, switchedOff, switchedOff, hello())},
	{title: 'a client certificate required', settings: {Min: tls10, ClientAuth: true}, expected: all},
	{title: 'an ECDSA certificate', settings: {Min: tls10, Certificate: fixture('ecdsa-p256')}, expected: all},
	{
		// Go selects old versions too before it finds that it cannot sign: no handshake needs to be finished.
		title: 'an Ed25519 certificate',
		settings: {Min: tls10, Certificate: fixture('ed25519')},
		expected: all,
	},
	{
		title: 'RC4 alone, without TLS 1.3',
		settings: {Min: tls10, Max: tls12, Suites: [0x00_05]},
		expected: four(
			...(([1, 2, 3] as const).map(() => hello({cipherSuite: 'TLS_RSA_WITH_RC4_128_SHA'})) as [
				ReturnType<typeof hello>,
				ReturnType<typeof hello>,
				ReturnType<typeof hello>,
			]),
			switchedOff,
		),
	},
	{
		title: '3DES alone, without TLS 1.3',
		settings: {Min: tls10, Max: tls12, Suites: [0x00_0a]},
		expected: four(hello(), hello(), hello(), switchedOff),
	},
	{
		title: 'a suite of TLS 1.2 alone, though older versions are on',
		settings: {Min: tls10, Suites: [0xcc_a8]},
		expected: four(noCommon, noCommon, hello(), hello()),
	},
	{
		title: 'P-521 alone',
		settings: {Min: tls12, Groups: [0x00_19]},
		expected: four(switchedOff, switchedOff, hello(), retry({group: 'secp521r1'})),
	},
	{
		title: 'versions of its own for a name',
		settings: {Min: tls10, StrictMax: tls12},
		expected: all,
		byName: {'strict.test': four(switchedOff, switchedOff, hello(), switchedOff)},
	},
	{
		// A retry is asked for before the name is looked at, so TLS 1.3 is seen; the alert says nothing of the other versions.
		title: 'an unknown name refused',
		settings: {Min: tls10, OnlyName: 'peer.test'},
		expected: four(undecidedBy('internal_error'), undecidedBy('internal_error'), undecidedBy('internal_error'), retry()),
		byName: {'peer.test': all},
	},
];

/** Hybrid groups alone, by the release of Go that brought them. */
const hybrids = (
	[
		['X25519MLKEM768', 0x11_ec, 24],
		['SecP256r1MLKEM768', 0x11_eb, 26],
		['SecP384r1MLKEM1024', 0x11_ed, 26],
	] as const
)
	.filter(([, , since]) => since <= minorVersion())
	.map(
		([group, code]): GoCase => ({
			title: `${group} alone`,
			settings: {Min: tls13, Groups: [code]},
			expected: four(switchedOff, switchedOff, switchedOff, retry({group})),
		}),
	);

/** Of Go 1; 0 where it is not installed. */
function minorVersion(): number {
	const program = findProgram('go');
	const words =
		program === undefined ? '' : execFileSync(program, ['version'], {encoding: 'utf8', env: {...process.env, GOTOOLCHAIN: 'local'}});
	return Number(/go1\.(?<minor>\d+)/.exec(words)?.groups?.minor ?? 0);
}

testPeers<GoCase>({name: 'go', programs: ['go'], cases: [...cases, ...hybrids], planAll: goPlan});
