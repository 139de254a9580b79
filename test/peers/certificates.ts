import {generateKeyPairSync} from 'node:crypto';
import type {IdentityReport} from '../../source/probes/certificates/identity-report.js';
import {requestProbe} from '../../source/probes/requests.js';
import {implicit, oid, sequence} from '../helpers/certificates/der.js';
import {authority, ec, extension, type Issued, issue} from '../helpers/certificates/issue.js';
import {ocspResponse} from '../helpers/certificates/ocsp.js';
import {nginxPlan} from '../helpers/peers/plans/nginx.js';
import {testBeside} from '../helpers/peers/real-server.js';
import {probePort} from '../helpers/scripted-server.js';

/* Certificates of every kind from real servers, by name and without, in TLS 1.2 and 1.3; made here, so that what is seen can be held to what was made. */

const root = authority('CN=Root');
const issuer = authority('CN=Issuer', {issuer: root});
const names = ['server.example'];
const rsa = issue({issuer, names, pair: generateKeyPairSync('rsa', {modulusLength: 2048}), keyUsage: 0xa0});
const ecdsa = issue({issuer, names});
const ed25519 = issue({issuer, names: ['other.example'], pair: generateKeyPairSync('ed25519')});
const ed448 = issue({issuer, names, pair: generateKeyPairSync('ed448')});
const pss = issue({issuer, names, pair: generateKeyPairSync('rsa-pss', {modulusLength: 2048})});
const aia = extension('1.3.6.1.5.5.7.1.1', sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), implicit(6, 'http://ocsp.example'))));
const stapled = issue({issuer, names, more: [aia]});

const keyOf = ({pair}: Issued): string => pair.privateKey.export({format: 'pem', type: 'pkcs8'}) as string;
const chainOf = (leaf: Issued): string => leaf.pem + issuer.pem;

async function certificatesAt(port: number, host = 'server.example'): Promise<readonly IdentityReport[]> {
	const probes = [requestProbe('versions', {versions: ['TLSv1.2', 'TLSv1.3']}), requestProbe('certificates', {ca: root.pem})];
	const {report} = (await probePort(port, {host, probes})).recordings[0];
	return (report as unknown as {readonly certificates: readonly IdentityReport[]}).certificates;
}

/** `RSA TLSv1.2 TLSv1.3 -TLSv1.3`, and the problems; a dash stands for no name. */
const summaryOf = ({seen, trust, leaf, problems, undecided}: IdentityReport): string =>
	[
		...new Set(seen.map(({authentication}) => authentication)),
		...seen.map(({version, serverName}) => `${serverName === null ? '-' : ''}${version}`).toSorted(),
		...(leaf === undefined ? [JSON.stringify(undecided)] : [trust!.store, trust!.status, leaf.fits ? 'fits' : 'other']),
		...problems.map(({id}) => id),
	].join(' ');

const files: Readonly<Record<string, Issued>> = {rsa, ecdsa, ed25519, stapled};
const use = (name: string): string => `ssl_certificate ${name}.pem; ssl_certificate_key ${name}.key;`;
const staple = (name: string): string => `${use('stapled')} ssl_stapling on; ssl_stapling_file ${name}.der`;

/** nginx reads a response as it starts, whatever is wrong with it. */
const responses = {
	good: ocspResponse({leaf: stapled, issuer}),
	expired: ocspResponse({leaf: stapled, issuer, from: -48, to: -24}),
	forged: ocspResponse({leaf: stapled, issuer, breaksSignature: true}),
	revoked: ocspResponse({leaf: stapled, issuer, status: 'revoked'}),
} as const;

const blocks: readonly (readonly string[])[] = [
	[`${use('rsa')} ${use('ecdsa')} server_name server.example`, `${use('ed25519')} server_name other.example`],
	...Object.keys(responses).map(name => [staple(name)]),
	[`${use('stapled')} server_name server.example`],
];

testBeside(
	{
		name: 'nginx',
		programs: ['nginx'],
		plan: nginxPlan(blocks.length, ports => ({
			files: {
				...Object.fromEntries(
					Object.entries(files).flatMap(([name, made]) => [
						[`${name}.pem`, chainOf(made)],
						[`${name}.key`, keyOf(made)],
					]),
				),
				...Object.fromEntries(Object.entries(responses).map(([name, bytes]) => [`${name}.der`, bytes])),
			},
			http: [
				'ssl_protocols TLSv1.2 TLSv1.3;',
				...blocks.flatMap((servers, index) =>
					servers.map(
						(lines, place) => `server { listen 127.0.0.1:${ports[index]} ssl${place === 0 ? ' default_server' : ''}; ${lines}; }`,
					),
				),
			],
		})),
	},
	'two kinds, by name, and stapled responses',
	async (t, [first, ...others]) => {
		t.deepEqual((await certificatesAt(first!)).map(summaryOf).toSorted(), [
			'ECDSA -TLSv1.3 TLSv1.2 TLSv1.3 ca trusted fits',
			'RSA -TLSv1.3 TLSv1.2 TLSv1.3 ca trusted fits',
		]);
		t.deepEqual((await certificatesAt(first!, 'other.example')).map(summaryOf).toSorted(), [
			'ECDSA -TLSv1.3 ca trusted other',
			'Ed25519 TLSv1.2 TLSv1.3 ca trusted fits',
			'RSA -TLSv1.3 ca trusted other',
		]);
		const found: Record<string, string> = {};
		for (const [index, name] of [...Object.keys(responses), 'none'].entries()) {
			const [only, ...more] = await certificatesAt(others[index]!);
			t.deepEqual(more, []);
			t.is(only!.leaf!.key!.curve, 'P-256');
			found[name] = [only!.ocspStapling!.status, ...only!.problems.map(({id}) => id)].join(' ');
		}

		t.deepEqual(found, {
			good: 'good',
			expired: 'expired ocsp-expired',
			forged: 'bad-signature ocsp-bad-signature',
			revoked: 'revoked ocsp-revoked',
			none: 'absent',
		});
	},
);

testBeside(
	{
		name: 'openssl',
		programs: ['openssl'],
		plan: {
			ports: 1,
			command: ([port]) => ({
				program: 'openssl',
				argv: [
					...['s_server', '-quiet', '-accept', `127.0.0.1:${port}`, '-cert', 'pss.pem', '-key', 'pss.key', '-cert_chain', 'issuer.pem'],
					...['-dcert', 'ed448.pem', '-dkey', 'ed448.key', '-dcert_chain', 'issuer.pem'],
				],
				files: {'pss.pem': pss.pem, 'pss.key': keyOf(pss), 'ed448.pem': ed448.pem, 'ed448.key': keyOf(ed448), 'issuer.pem': issuer.pem},
			}),
		},
	},
	'RSA-PSS and Ed448',
	async (t, [port]) => {
		t.deepEqual((await certificatesAt(port!)).map(summaryOf).toSorted(), [
			'Ed448 -TLSv1.3 TLSv1.2 TLSv1.3 ca trusted fits',
			'RSA-PSS -TLSv1.3 TLSv1.2 TLSv1.3 ca trusted fits',
		]);
	},
);

for (const curve of ['secp256k1', 'brainpoolP256r1', 'brainpoolP384r1']) {
	const made = issue({issuer, names, pair: ec(curve)});
	testBeside(
		{
			name: 'openssl',
			programs: ['openssl'],
			plan: {
				ports: 1,
				command: ([port]) => ({
					program: 'openssl',
					argv: [
						...[
							's_server',
							'-quiet',
							'-accept',
							`127.0.0.1:${port}`,
							'-cert',
							'ecdsa.pem',
							'-key',
							'ecdsa.key',
							'-cert_chain',
							'issuer.pem',
						],
						...['-dcert', 'rsa.pem', '-dkey', 'rsa.key', '-dcert_chain', 'issuer.pem', '-tls1_2', '-curves', `P-256:${curve}`],
					],
					files: {'ecdsa.pem': made.pem, 'ecdsa.key': keyOf(made), 'rsa.pem': rsa.pem, 'rsa.key': keyOf(rsa), 'issuer.pem': issuer.pem},
				}),
			},
		},
		`ECDSA on ${curve} beside RSA, in TLS 1.2`,
		async (t, [port]) => {
			t.deepEqual((await certificatesAt(port!)).map(summaryOf).toSorted(), [
				'ECDSA -TLSv1.2 TLSv1.2 ca trusted fits',
				'RSA -TLSv1.2 TLSv1.2 ca trusted fits',
			]);
		},
	);
}
