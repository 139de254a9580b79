import {toHex} from '../../bytes/hex.js';
import type {LaidOutExtension} from '../../exchange/hello-layout.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import {encode} from '../../wire/codec.js';
import {serverName} from '../../wire/extensions/index.js';

const [tls10, tls11, tls12, tls13] = [0x03_01, 0x03_02, 0x03_03, 0x03_04];

/** The reference draws one of the sixteen values of GREASE each time. */
const grease = 0x1a_1a;

/** The list of the reference, in its order. The suites of TLS 1.3 are among them. */
const allSuites: readonly number[] = [
	...[
		0x00_16, 0x00_33, 0x00_67, 0xc0_9e, 0xc0_a2, 0x00_9e, 0x00_39, 0x00_6b, 0xc0_9f, 0xc0_a3, 0x00_9f, 0x00_45, 0x00_be, 0x00_88, 0x00_c4,
	],
	...[
		0x00_9a, 0xc0_08, 0xc0_09, 0xc0_23, 0xc0_ac, 0xc0_ae, 0xc0_2b, 0xc0_0a, 0xc0_24, 0xc0_ad, 0xc0_af, 0xc0_2c, 0xc0_72, 0xc0_73, 0xcc_a9,
	],
	...[
		0x13_02, 0x13_01, 0xcc_14, 0xc0_07, 0xc0_12, 0xc0_13, 0xc0_27, 0xc0_2f, 0xc0_14, 0xc0_28, 0xc0_30, 0xc0_60, 0xc0_61, 0xc0_76, 0xc0_77,
	],
	...[
		0xcc_a8, 0x13_05, 0x13_04, 0x13_03, 0xcc_13, 0xc0_11, 0x00_0a, 0x00_2f, 0x00_3c, 0xc0_9c, 0xc0_a0, 0x00_9c, 0x00_35, 0x00_3d, 0xc0_9d,
	],
	...[0xc0_a1, 0x00_9d, 0x00_41, 0x00_ba, 0x00_84, 0x00_c0, 0x00_07, 0x00_04, 0x00_05],
];

const suitesBefore13 = allSuites.filter(code => code >> 8 !== 0x13);

const usualProtocols = ['http/0.9', 'http/1.0', 'http/1.1', 'spdy/1', 'spdy/2', 'spdy/3', 'h2', 'h2c', 'hq'];
const rareProtocols = usualProtocols.filter(name => name !== 'http/1.1' && name !== 'h2');

type Order = 'forward' | 'reverse' | 'top-half' | 'bottom-half' | 'middle-out';

type Row = {
	readonly version: number;
	readonly suites: readonly number[];
	readonly order: Order;
	readonly hasGrease?: true;
	readonly protocols: readonly string[];
	/** In `supported_versions`; undefined leaves it out. */
	readonly versions?: readonly number[];
	/** Of protocols and versions. */
	readonly listOrder: Order;
};

const upTo12 = [tls10, tls11, tls12];
const upTo13 = [tls10, tls11, tls12, tls13];
const [all, usual, rare] = [allSuites, usualProtocols, rareProtocols];

/** The ten hellos of JARM, in their order. */
const rows: readonly Row[] = [
	{version: tls12, suites: all, order: 'forward', protocols: usual, versions: upTo12, listOrder: 'reverse'},
	{version: tls12, suites: all, order: 'reverse', protocols: usual, versions: upTo12, listOrder: 'forward'},
	{version: tls12, suites: all, order: 'top-half', protocols: usual, listOrder: 'forward'},
	{version: tls12, suites: all, order: 'bottom-half', protocols: rare, listOrder: 'forward'},
	{version: tls12, suites: all, order: 'middle-out', hasGrease: true, protocols: rare, listOrder: 'reverse'},
	{version: tls11, suites: all, order: 'forward', protocols: usual, listOrder: 'forward'},
	{version: tls13, suites: all, order: 'forward', protocols: usual, versions: upTo13, listOrder: 'reverse'},
	{version: tls13, suites: all, order: 'reverse', protocols: usual, versions: upTo13, listOrder: 'forward'},
	{version: tls13, suites: suitesBefore13, order: 'forward', protocols: usual, versions: upTo13, listOrder: 'forward'},
	{version: tls13, suites: all, order: 'middle-out', hasGrease: true, protocols: usual, versions: upTo13, listOrder: 'reverse'},
];

/** @param name - Asked for by SNI, even if it is an address. */
export const jarmHellos = (name: string): readonly HelloSpec[] => rows.map((row, index) => helloOf(row, `jarm-${index + 1}`, name));

function helloOf({version, suites, order, hasGrease, protocols, versions, listOrder}: Row, shape: string, name: string): HelloSpec {
	const isOf = (type: number, body: string): LaidOutExtension => ({type, body});
	const names = ordered(protocols, listOrder);
	const listed = versions && [...(hasGrease ? [grease] : []), ...ordered(versions, listOrder)];
	const extensions: readonly LaidOutExtension[] = [
		...(hasGrease ? [isOf(grease, '')] : []),
		isOf(serverName.type, toHex(encode(serverName.clientHello, [{nameType: 0, name}]))),
		isOf(0x00_17, ''),
		isOf(0x00_01, '01'),
		isOf(0xff_01, '00'),
		isOf(0x00_0a, '0008001d001700180019'),
		isOf(0x00_0b, '0100'),
		isOf(0x00_23, ''),
		isOf(0x00_10, sized(2, names.map(item => sized(1, Buffer.from(item).toString('hex'))).join(''))),
		isOf(0x00_0d, '0012040308040401050308050501080606010201'),
		{type: 0x00_33, shares: [...(hasGrease ? [{group: grease, length: 1}] : []), {group: 0x00_1d, length: 32}]},
		isOf(0x00_2d, '0101'),
		...(listed === undefined ? [] : [isOf(0x00_2b, sized(1, listed.map(code => code.toString(16).padStart(4, '0')).join('')))]),
	];
	return {
		version,
		shape,
		cipherSuites: [...(hasGrease ? [grease] : []), ...ordered(suites, order)],
		layout: {
			format: 'tls',
			recordVersion: version === tls13 ? tls10 : version,
			legacyVersion: Math.min(version, tls12),
			sessionIdLength: 32,
			compressionMethods: [0],
			extensions,
		},
	};
}

/** Hexadecimal behind its length in so many bytes. */
const sized = (size: number, hex: string): string => (hex.length / 2).toString(16).padStart(size * 2, '0') + hex;

/** The orders of the reference. Of an odd number, the top half has the one in the middle. */
function ordered<Item>(items: readonly Item[], order: Order): readonly Item[] {
	const middle = Math.floor(items.length / 2);
	const isOdd = items.length % 2 === 1;
	switch (order) {
		case 'forward':
			return items;
		case 'reverse':
			return items.toReversed();
		case 'bottom-half':
			return items.slice(isOdd ? middle + 1 : middle);
		case 'top-half':
			return [...(isOdd ? [items[middle]!] : []), ...ordered(items.toReversed(), 'bottom-half')];
		case 'middle-out': {
			const [before, after] = [items.slice(0, middle).toReversed(), items.slice(isOdd ? middle + 1 : middle)];
			return [...(isOdd ? [items[middle]!] : []), ...after.flatMap((item, index) => [item, before[index]!])];
		}
		default:
			return order satisfies never;
	}
}
