import {cipherSuites} from '../../iana/cipher-suites.js';
import {builds} from '../windows/versions.js';

// Microsoft's documented order (win32 documentation, "TLS Cipher Suites in Windows ..."); suffixes of curves are left out.
const seven = 'c028c027c014c013009f009e00390033009d009c003d003c0035002fc02cc02bc024c023c00ac009006a004000380032000a001300050004';
const tail1511 = 'c024c023c028c027c00ac009c014c01300390033009d009c003d003c0035002f000a006a0040003800320013';
const ten1709 = 'c02cc02bc030c02f009f009ec024c023c028c027c00ac009c014c013009d009c003d003c0035002f000a';
const ten22h2 = 'c02cc02bc030c02fc024c023c028c027c00ac009c014c013009d009c003d003c0035002f';

/** Newest first: the first whose build is not later is the list of a Windows. */
const defaults: readonly (readonly [number, string])[] = [
	[builds.eleven22h2, `13021301${ten22h2}`],
	[builds.server2022, `13021301${ten1709}`],
	[builds.ten22h2, ten22h2],
	[builds.ten1709, ten1709],
	[builds.ten1703, `${ten1709}00050004`],
	[builds.ten1511, `c02cc02bc030c02f009f009e${tail1511}00050004`],
	[builds.ten, `c030c02f${seven}`],
	[builds.eightOne, seven],
	[builds.eight, seven.replace('00390033', '')],
	[builds.seven, seven],
	[builds.vista, '002f00350005000ac009c00ac013c0140032003800130004'],
	// A set rather than an order.
	[0, '00030004000500060009000a00620064'],
];

/** The cipher suites that SChannel of a Windows offers unless told otherwise, in its order. */
export function defaultSuitesOf(build: number): readonly number[] {
	const [, list] = defaults.find(([since]) => build >= since)!;
	return Array.from({length: list.length / 4}, (_, index) => Number.parseInt(list.slice(index * 4, index * 4 + 4), 16));
}

/** Strong cryptography leaves RC4 out, and 3DES since Windows 11 and Server 2022. SSP-10, W-CS. */
export const withoutWeakSuites = (codes: readonly number[], build: number): readonly number[] =>
	codes.filter(code => {
		const name = cipherSuites.label(code);
		return !name.includes('_RC4_') && !(build >= builds.server2022 && name.includes('_3DES_'));
	});
