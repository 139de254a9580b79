import type {HelloSpec} from '../../exchange/hello-spec.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import {groups} from '../../iana/groups.js';
import {signatureSchemes} from '../../iana/signature-schemes.js';
import {ssl2CipherKinds} from '../../wire/ssl2.js';

/** More suites than this at once are refused by servers whose lists are fixed arrays. */
const mostSuites = 60;

const ssl2 = 0x00_02;
const ssl3 = 0x03_00;
const tls12 = 0x03_03;
const tls13 = 0x03_04;

/** What clients of TLS 1.2 offer, the forward-secret ones first. */
const suitesOf12 = [
	0xc0_2b, 0xc0_2f, 0xc0_2c, 0xc0_30, 0xcc_a9, 0xcc_a8, 0x00_9e, 0x00_9f, 0xc0_23, 0xc0_27, 0xc0_09, 0xc0_13, 0xc0_24, 0xc0_28, 0xc0_0a,
	0xc0_14, 0x00_9c, 0x00_9d, 0x00_3c, 0x00_3d, 0x00_2f, 0x00_35, 0x00_33, 0x00_39, 0xc0_08, 0xc0_12, 0x00_16, 0x00_0a, 0x00_05, 0x00_04,
	0xc0_11, 0xc0_07,
];

/** What clients up to TLS 1.1 offered: no GCM, no SHA-256, but DSS, Camellia, RC4, DES and export. */
const suitesBefore12 = [
	0xc0_0a, 0xc0_14, 0xc0_09, 0xc0_13, 0x00_39, 0x00_38, 0x00_33, 0x00_32, 0x00_35, 0x00_2f, 0x00_84, 0x00_41, 0xc0_08, 0xc0_12, 0x00_16,
	0x00_13, 0x00_0a, 0xc0_07, 0xc0_11, 0x00_05, 0x00_04, 0x00_15, 0x00_12, 0x00_09, 0x00_08, 0x00_06, 0x00_03,
];

const suitesOf13 = [0x13_02, 0x13_03, 0x13_01, 0x13_04, 0x13_05];

const x25519 = 0x00_1d;
const secp256r1 = 0x00_17;
const commonCurves = [x25519, secp256r1, 0x00_18, 0x00_19, 0x00_1e];
const oldCurves = [secp256r1, 0x00_18, 0x00_19];
const ffdhe = [0x01_00, 0x01_01, 0x01_02, 0x01_03, 0x01_04];

/** Curves in TLS 1.2's sense, the explicit ones too, and no ffdhe group: a server with its own parameters must refuse a client that lists only groups it does not know. RFC 7919 §4. */
const everyCurve = [...commonCurves, ...groups.entries.map(({code}) => code).filter(code => code < 0x01_00 || code >= 0xff_00)].filter(
	isFirst,
);

/** What TLS 1.3 servers have been seen to insist on: hybrids, finite fields, brainpool, SM2. */
const groupsOf13 = [...commonCurves, 0x11_ec, 0x11_eb, 0x11_ed, ...ffdhe, 0x00_1f, 0x00_20, 0x00_21, 0x00_29];
const everyGroup = [...groupsOf13, ...groups.entries.map(({code}) => code).filter(code => code < 0xff_00)].filter(isFirst);

/** Strongest hash first: some stacks refuse other orders. */
const schemesOf12 = [0x06_03, 0x08_06, 0x06_01, 0x05_03, 0x08_05, 0x05_01, 0x08_07, 0x04_03, 0x08_04, 0x04_01, 0x02_03, 0x02_01];
const schemesOf13 = [
	0x08_08, 0x06_03, 0x08_06, 0x08_0b, 0x06_01, 0x05_03, 0x08_05, 0x08_0a, 0x05_01, 0x08_07, 0x04_03, 0x08_04, 0x08_09, 0x04_01,
];
const modernSchemes = [
	0x09_06,
	0x09_05,
	0x09_04,
	...schemesOf13,
	0x08_1c,
	0x08_1b,
	0x08_1a,
	0x07_08,
	...signatureSchemes.entries.filter(({isLegacy}) => !isLegacy).map(({code}) => code),
].filter(isFirst);
/** The pairs of TLS 1.2 with SHA-1, SHA-224, MD5 and DSA come last. */
const everyScheme = [...modernSchemes, 0x02_03, 0x02_01, 0x06_02, 0x05_02, 0x04_02, 0x03_03, 0x03_01, 0x03_02, 0x02_02, 0x01_01];

const suitesFor = (era: '1.3' | 'before-1.3'): number[] => cipherSuites.entries.filter(({offer}) => offer === era).map(({code}) => code);
const suitesNamed = (pattern: RegExp): number[] => suitesFor('before-1.3').filter(code => pattern.test(cipherSuites.label(code)));

const everySuiteOf13 = [...suitesOf13, ...suitesFor('1.3')].filter(isFirst);
const dheSuites = suitesNamed(/^TLS_DHE_(?:RSA|DSS)_|^TLS_DH_anon_/).slice(0, mostSuites);
const srpSuites = suitesNamed(/^TLS_SRP_/);
const otherSuitesOf12 = chunksWithout(suitesOf12);
const otherSuitesBefore12 = chunksWithout(suitesBefore12);

/** Shapes without a name in them are the same for every host. */
const shapesWithoutSni = new Map<number, Shapes>();

/** The name of the shape that is asked only where an old version was refused by close or reset. */
export const listedShape = 'listed';

/** Never empty. The first is the hello that every version is asked with. */
export type Shapes = readonly [HelloSpec, ...HelloSpec[]];

/**
Every way of asking for a version, the likeliest to be understood first.

@param version - 0x0002 to 0x0304.
@param serverName - For SNI; undefined sends none.
*/
export function shapesOf(version: number, serverName: string | undefined): Shapes {
	if (serverName !== undefined) {
		return makeShapes(version, serverName);
	}

	const known = shapesWithoutSni.get(version) ?? makeShapes(version, undefined);
	shapesWithoutSni.set(version, known);
	return known;
}

function makeShapes(version: number, serverName: string | undefined): Shapes {
	if (version === ssl2) {
		const cipherKinds = ssl2CipherKinds.map(({code}) => code);
		return [
			{version, shape: 'short', cipherSuites: cipherKinds},
			{version, shape: 'long', cipherSuites: cipherKinds},
		];
	}

	if (version === ssl3) {
		// Extensions came with TLS 1.0.
		return [
			{version, shape: 'short', cipherSuites: suitesBefore12},
			...otherSuitesBefore12.map((suites, index) => ({version, shape: `suites-${index + 1}`, cipherSuites: suites})),
		];
	}

	return version === tls13 ? shapesOf13(serverName) : shapesBefore13(version, serverName);
}

function shapesBefore13(version: number, serverName: string | undefined): Shapes {
	const usual = version === tls12 ? suitesOf12 : suitesBefore12;
	const extensions = {serverName, groups: commonCurves, keyShares: [], signatureSchemes: schemesOf12, isRich: false};
	const all = {...extensions, groups: everyCurve, signatureSchemes: everyScheme};
	const others = version === tls12 ? otherSuitesOf12 : otherSuitesBefore12;
	return [
		{version, shape: 'short', cipherSuites: usual, extensions},
		{version, shape: 'extensionless', cipherSuites: usual},
		{version, shape: 'old-groups', cipherSuites: usual, extensions: {...extensions, groups: oldCurves, isOld: true}},
		{version, shape: 'long', cipherSuites: usual, extensions: {...all, isRich: true}},
		...others.map((suites, index) => ({version, shape: `suites-${index + 1}`, cipherSuites: suites, extensions: all})),
		{version, shape: 'ffdhe', cipherSuites: dheSuites, extensions: {...all, groups: [...commonCurves, ...ffdhe]}},
		{version, shape: 'srp', cipherSuites: srpSuites, extensions: {...all, srpUser: 'tlsprobe'}},
	];
}

/**
A hello that names an old version in `supported_versions` alone. RFC 9846 §4.3.1 has servers go by it, whatever version it names.

@param version - 0x0301 or 0x0302.
*/
export const listedHello = (version: number, serverName: string | undefined): HelloSpec => ({
	version,
	shape: listedShape,
	cipherSuites: suitesBefore12,
	extensions: {serverName, groups: commonCurves, keyShares: [], signatureSchemes: schemesOf12, supportedVersions: [version], isRich: false},
});

function shapesOf13(serverName: string | undefined): Shapes {
	const version = tls13;
	const extensions = {serverName, groups: [...commonCurves, ffdhe[0]!], keyShares: [x25519], signatureSchemes: schemesOf13, isRich: false};
	return [
		{version, shape: 'short', cipherSuites: suitesOf13, extensions},
		{version, shape: 'minimal', cipherSuites: suitesOf13, extensions: {...extensions, groups: [secp256r1, x25519], keyShares: [secp256r1]}},
		{
			version,
			shape: 'long',
			cipherSuites: everySuiteOf13,
			extensions: {...extensions, groups: groupsOf13, signatureSchemes: modernSchemes, isRich: true},
		},
		// With a share, a server that could use it says what else it objects to; without one it would ask for another hello first.
		{
			version,
			shape: 'everything',
			cipherSuites: everySuiteOf13,
			extensions: {...extensions, groups: everyGroup, signatureSchemes: everyScheme},
		},
	];
}

/** Every suite that may be offered before TLS 1.3 and is not among `usual`, in chunks. */
function chunksWithout(usual: readonly number[]): number[][] {
	const others = suitesFor('before-1.3').filter(code => !usual.includes(code));
	return Array.from({length: Math.ceil(others.length / mostSuites)}, (_, index) =>
		others.slice(index * mostSuites, (index + 1) * mostSuites),
	);
}

function isFirst(code: number, index: number, codes: readonly number[]): boolean {
	return codes.indexOf(code) === index;
}
