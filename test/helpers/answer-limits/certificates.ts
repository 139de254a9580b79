import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import path from 'node:path';

/** What `openssl genpkey` makes of a name. */
const keys = {
	rsa512: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:512'],
	rsa1024: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
	rsa2048: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
	rsa3072: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:3072'],
	pss2048: ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
	p224: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp224r1'],
	p256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
	p384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp384r1'],
	p521: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp521r1'],
	k256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
	brainpool256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1'],
	ed25519: ['-algorithm', 'ED25519'],
	ed448: ['-algorithm', 'ED448'],
} as const;

type KeyName = keyof typeof keys;

type Issued = {readonly key: KeyName; readonly hash?: string; readonly isPss?: boolean; readonly via?: 'weak-key' | 'weak-hash'};

/** Certificates for localhost, by what is special about them. */
const leaves = {
	...(Object.fromEntries(Object.keys(keys).map(key => [key, {key}])) as Record<KeyName, Issued>),
	md5: {key: 'rsa2048', hash: 'md5'},
	sha1: {key: 'rsa2048', hash: 'sha1'},
	sha224: {key: 'rsa2048', hash: 'sha224'},
	sha384: {key: 'rsa2048', hash: 'sha384'},
	sha512: {key: 'rsa2048', hash: 'sha512'},
	pssSigned: {key: 'rsa2048', isPss: true},
	sha1P256: {key: 'p256', hash: 'sha1'},
	underWeakKey: {key: 'rsa2048', via: 'weak-key'},
	underWeakHash: {key: 'rsa2048', via: 'weak-hash'},
} as const satisfies Record<string, Issued>;

export type CertificateName = keyof typeof leaves;

/** Files in PEM: `key` in PKCS#8, `cert` with what is above it. */
export type CertificateFiles = {readonly key: string; readonly cert: string};

/**
Certificates of every kind, issued by an authority that is made for them.

@param folder - Where they are written to.
@returns The file of the authority's certificate, and the files of each certificate.
*/
export function issueCertificates(folder: string): {
	readonly authority: string;
	readonly files: (name: CertificateName) => CertificateFiles;
} {
	const at = (name: string): string => path.join(folder, name);
	writeFileSync(at('ca.conf'), 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n');
	writeFileSync(
		at('leaf.conf'),
		[
			'basicConstraints=critical,CA:FALSE',
			'keyUsage=critical,digitalSignature,keyEncipherment',
			'extendedKeyUsage=serverAuth',
			'subjectAltName=DNS:localhost,IP:127.0.0.1',
			'subjectKeyIdentifier=hash',
			'authorityKeyIdentifier=keyid',
			'',
		].join('\n'),
	);
	const commands: string[] = [];
	const run = (...argv: readonly string[]): void => void commands.push(['openssl', ...argv].map(quote).join(' '));
	const request = (name: string, key: string, subject: string): void =>
		run('req', '-new', '-key', `${key}.key`, '-subj', subject, '-out', `${name}.csr`);
	const sign = (name: string, issuer: string, extensions: string, more: readonly string[]): void =>
		run(
			...['x509', '-req', '-in', `${name}.csr`, '-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-days', '90'],
			...['-extfile', extensions, '-set_serial', String(commands.length + 1000), '-out', `${name}.pem`, ...more],
		);
	for (const [name, argv] of Object.entries(keys)) {
		run('genpkey', ...argv, '-out', `${name}.key`);
	}

	commands.push('cp rsa2048.key authority.key', 'cp rsa1024.key weak-key.key', 'cp rsa2048.key weak-hash.key');
	request('authority', 'authority', '/CN=Test authority');
	run(
		...[
			'x509',
			'-req',
			'-in',
			'authority.csr',
			'-signkey',
			'authority.key',
			'-days',
			'90',
			'-sha256',
			'-extfile',
			'ca.conf',
			'-out',
			'authority.pem',
		],
	);
	for (const name of ['weak-key', 'weak-hash']) {
		request(name, name, `/CN=Test authority with a ${name}`);
		sign(name, 'authority', 'ca.conf', [name === 'weak-hash' ? '-sha1' : '-sha256']);
	}

	for (const [name, {key, hash = 'sha256', isPss = false, via}] of Object.entries<Issued>(leaves)) {
		const issuer = via ?? 'authority';
		request(`leaf-${name}`, key, '/CN=localhost');
		sign(`leaf-${name}`, issuer, 'leaf.conf', [
			`-${hash}`,
			...(isPss ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest'] : []),
		]);
		commands.push(`cat leaf-${name}.pem ${via === undefined ? '' : `${via}.pem`} >chain-${name}.pem`);
	}

	execFileSync('/bin/sh', ['-e'], {
		cwd: folder,
		input: commands.join('\n'),
		stdio: ['pipe', 'ignore', 'pipe'],
		env: {...process.env, OPENSSL_CONF: '/dev/null'},
	});
	return {authority: at('authority.pem'), files: name => ({key: at(`${leaves[name].key}.key`), cert: at(`chain-${name}.pem`)})};
}

const quote = (word: string): string => (/^[\w./:=-]+$/.test(word) ? word : `'${word}'`);
