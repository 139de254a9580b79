import type {VersionName} from '../../iana/versions.js';

/** The client bits that WinHTTP, WinINET and SCHANNEL_CRED share. W-HTTP, SCH-CRED. */
const maskBits: readonly (readonly [VersionName, number])[] = [
	['SSLv2', 0x8],
	['SSLv3', 0x20],
	['TLSv1.0', 0x80],
	['TLSv1.1', 0x2_00],
	['TLSv1.2', 0x8_00],
	['TLSv1.3', 0x20_00],
];

export const versionsOfMask = (mask: number): VersionName[] => maskBits.filter(([, bit]) => (mask & bit) !== 0).map(([version]) => version);

/** TLS 1.1 and 1.2: what Microsoft documents to write. */
export const documentedMask = 0xa_00;

/** Whether a mask names TLS 1.2 in a way that is documented to work: SSL 2 beside it excludes it. SCH-CRED. */
export const isGoodMask = (versions: readonly VersionName[]): boolean => versions.includes('TLSv1.2') && !versions.includes('SSLv2');
