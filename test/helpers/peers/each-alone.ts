import pLimit from 'p-limit';
import {cipherSuites} from '../../../source/iana/cipher-suites.js';
import {groups as groupRegistry} from '../../../source/iana/groups.js';
import {signatureSchemes} from '../../../source/iana/signature-schemes.js';
import {keyedGroups, keyFor, schemeOfFlight} from './raw-flight-13.js';
import {askRaw, type RawHello} from './raw-hello.js';

const tls13 = 0x03_04;
const atOnce = 8;

/** As clients send them, the strongest first: GnuTLS, Java and wolfSSL refuse some other orders. */
const usualSchemes = [
	0x06_03, 0x05_03, 0x04_03, 0x08_06, 0x08_05, 0x08_04, 0x06_01, 0x05_01, 0x04_01, 0x08_07, 0x08_08, 0x08_0b, 0x08_0a, 0x08_09,
];
const isWeak = (code: number): boolean => /md5|sha1$|sha224|^dsa/.test(signatureSchemes.label(code));
const otherSchemes = signatureSchemes.entries.map(({code}): number => code).filter(code => !usualSchemes.includes(code));
const everyScheme: readonly number[] = [
	...usualSchemes,
	...otherSchemes.filter(code => !isWeak(code)),
	...otherSchemes.filter(isWeak).toSorted((one, other) => other - one),
];

const codesOfGroups = groupRegistry.entries.map(({code}): number => code);
const curves = codesOfGroups.filter(code => code < 0x01_00);
const finiteFields = [0x01_00, 0x01_01, 0x01_02, 0x01_03, 0x01_04];
const groupsOf13 = codesOfGroups.filter(code => code < 0xff_00);

/** What servers draw from: these are offered to each of them. */
const usualSuites = /^TLS_(?:AES|CHACHA20)|_(?:AES|CHACHA20|3DES)_.*(?:SHA|SHA256|SHA384|CCM|CCM_8)$|_WITH_(?:RC4_128|NULL)_SHA$/;
const unusualKinds = /PSK|SRP|KRB5|ECCPWD|_DH_|_ECDH_|anon|DSS/;
const usualGroups = [0x11_ec, 0x11_eb, 0x11_ed, 0x1d, 0x17, 0x18, 0x19, 0x1e, ...finiteFields];

/** What to offer: everything, or what is usual and as much of the rest as is drawn. */
export type Extent = {readonly isWhole: boolean; readonly draw: () => number};

const drawn = (codes: readonly number[], isUsual: (code: number) => boolean, {isWhole, draw}: Extent): number[] =>
	codes.filter(code => isWhole || isUsual(code) || draw() < 1 / 5);

/** What is accepted where each code is offered alone, in the order of the codes. */
async function acceptedOf(codes: readonly number[], isAccepted: (code: number) => Promise<boolean>): Promise<readonly number[]> {
	const limit = pLimit(atOnce);
	const answers = await Promise.all(codes.map(code => limit(() => isAccepted(code))));
	return codes.filter((_, index) => answers[index]).toSorted((one, other) => one - other);
}

async function isSelected(
	port: number,
	hello: RawHello,
	check: (answer: Awaited<ReturnType<typeof askRaw>>) => boolean,
	readsOn = false,
): Promise<boolean> {
	const answer = await askRaw(port, hello, readsOn);
	return answer.version === hello.version && check(answer);
}

/** What was found is offered too. */
const withFound = (codes: readonly number[], found: readonly number[]): number[] => [...new Set([...codes, ...found])];

/** Which suites are accepted alone, in one of the hellos that such a suite may need. */
export function suitesAlone(port: number, version: number, found: readonly number[], extent: Extent): Promise<readonly number[]> {
	const all = cipherSuites.entries.filter(({offer}) => offer === (version === tls13 ? '1.3' : 'before-1.3')).map(({code}): number => code);
	const isUsual = (code: number): boolean => usualSuites.test(cipherSuites.label(code)) && !unusualKinds.test(cipherSuites.label(code));
	return acceptedOf(withFound(drawn(all, isUsual, extent), found), async code => {
		const name = cipherSuites.label(code);
		const plain: RawHello = {version, suites: [code], groups: version === tls13 ? groupsOf13 : curves, schemes: everyScheme};
		const hellos: RawHello[] =
			version === tls13
				? [plain, {...plain, shares: keyedGroups.map(group => [group, keyFor(group).share] as const)}]
				: /_DHE_|DH_anon/.test(name)
					? [plain, {...plain, groups: [...curves, ...finiteFields]}]
					: name.includes('SRP')
						? [{...plain, user: 'tlsprobe'}]
						: [plain];
		for (const hello of hellos) {
			if (await isSelected(port, hello, ({suite}) => suite === code)) {
				return true;
			}
		}

		return false;
	});
}

/**
Which groups are accepted alone.

@param suites - Accepted ones.
@param besides - A curve that the server insists on, because its certificate has it. RFC 8422 §5.1.1.
*/
export function groupsAlone(
	port: number,
	version: number,
	{suites, found, besides}: {readonly suites: readonly number[]; readonly found: readonly number[]; readonly besides?: number | undefined},
	extent: Extent,
): Promise<readonly number[]> {
	const all = version === tls13 ? groupsOf13 : [...curves, 0xff_01, 0xff_02];
	const offered =
		version === 0x03_00
			? []
			: version === tls13
				? suites
				: suites.filter(code => /_ECDHE_(?!PSK|ECCPWD)|ECDH_anon/.test(cipherSuites.label(code)));
	const isUsual = (code: number): boolean => usualGroups.includes(code);
	return acceptedOf(offered.length === 0 ? [] : withFound(drawn(all, isUsual, extent), found), async code => {
		const hello: RawHello = {
			version,
			suites: offered,
			groups: besides === undefined || code === besides ? [code] : [code, besides],
			schemes: everyScheme,
		};
		const isNamed = ({group}: {readonly group?: number}): boolean => group === code;
		if (await isSelected(port, hello, isNamed, version < tls13)) {
			return true;
		}

		return version === tls13 && keyedGroups.includes(code) && isSelected(port, {...hello, shares: [[code, keyFor(code).share]]}, isNamed);
	});
}

const schemesToOffer = (found: readonly number[], extent: Extent): number[] =>
	withFound(
		drawn(everyScheme, code => usualSchemes.includes(code), extent),
		found,
	);

/**
Which schemes a ServerKeyExchange of TLS 1.2 is signed with, where each is offered alone, with the suites of one kind of key: OpenSSL chooses a
suite by a certificate that it cannot sign with by the schemes that are left, and then refuses.
*/
export async function schemesAlone12(
	port: number,
	suites: readonly number[],
	found: readonly number[],
	extent: Extent,
): Promise<readonly number[]> {
	const all = new Set<number>();
	const schemes = schemesToOffer(found, extent);
	for (const key of ['RSA', 'ECDSA', 'DSS']) {
		const signed = suites.filter(code => new RegExp(`_(?:EC)?DHE_${key}_`).test(cipherSuites.label(code)));
		const hello = {version: 0x03_03, suites: signed, groups: curves};
		const accepted = await acceptedOf(signed.length === 0 ? [] : schemes, code =>
			isSelected(port, {...hello, schemes: [code]}, ({scheme}) => scheme === code, true),
		);
		for (const code of accepted) {
			all.add(code);
		}
	}

	return [...all];
}

/** Which schemes a CertificateVerify of TLS 1.3 is signed with. Undefined where the server has no group that this prober has keys for. */
export async function schemesAlone13(
	port: number,
	groups: readonly number[],
	found: readonly number[],
	extent: Extent,
): Promise<readonly number[] | undefined> {
	const group = keyedGroups.find(code => groups.includes(code));
	return group === undefined
		? undefined
		: acceptedOf(schemesToOffer(found, extent), async scheme => (await schemeOfFlight(port, group, scheme)) === scheme);
}

/** The suite that is chosen out of a list, by a hello that holds everything. */
export async function choiceOf(port: number, version: number, suites: readonly number[]): Promise<number | undefined> {
	const groups = version === tls13 ? groupsOf13 : curves;
	const user = suites.some(code => cipherSuites.label(code).includes('SRP')) ? 'tlsprobe' : undefined;
	const answer = await askRaw(port, {version, suites, groups, schemes: everyScheme, ...(user === undefined ? {} : {user})});
	return answer.version === version ? answer.suite : undefined;
}
