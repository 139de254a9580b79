import type {ServerFlight} from '../../exchange/outcome.js';
import type {VersionName} from '../../iana/versions.js';
import type {HelloKind} from './extension-hellos.js';
import type {ExtensionStatus, FoundExtension, PlainField} from './extensions-finding.js';
import {namesResponder} from './ocsp-stapling.js';
import {flightsIn, type SeenFlights, statusIn} from './see-flights.js';

/** How the answer about one extension is read. */
export type PlainRow = {
	readonly field: PlainField;
	/** @returns Undefined where the version does not have it. */
	readonly statusIn: (version: VersionName, seen: SeenFlights, more: readonly ServerFlight[]) => ExtensionStatus | undefined;
};

const has =
	(type: number) =>
	({extensions}: ServerFlight): boolean =>
		extensions.includes(type);

const isBefore13 = (version: VersionName): boolean => version !== 'TLSv1.3';

/** In the answer itself: in the ServerHello, or in EncryptedExtensions. */
const inEvery =
	(type: number, kind: HelloKind): PlainRow['statusIn'] =>
	(_, seen) =>
		statusIn(flightsIn(seen[kind]), has(type));

const before13 =
	(type: number, kind: HelloKind): PlainRow['statusIn'] =>
	(version, seen) =>
		isBefore13(version) ? statusIn(flightsIn(seen[kind]), has(type)) : undefined;

export const plainRows: readonly PlainRow[] = [
	{field: 'extendedMasterSecret', statusIn: before13(0x00_17, 'usual')},
	{
		field: 'encryptThenMac',
		statusIn(version, seen) {
			const cbc = seen['ciphers-in-cbc'];
			// Nothing to encrypt so, where every suite in CBC mode is refused and others are not.
			const isRefused = cbc !== undefined && cbc.refusals > 1 && flightsIn(seen.usual).length > 0;
			return isRefused ? 'not-applicable' : before13(0x00_16, 'ciphers-in-cbc')(version, seen, []);
		},
	},
	{field: 'secureRenegotiation', statusIn: before13(0xff_01, 'usual')},
	{field: 'sessionTicket', statusIn: before13(0x00_23, 'usual')},
	{field: 'heartbeat', statusIn: inEvery(0x00_0f, 'usual')},
	{field: 'maxFragmentLength', statusIn: inEvery(0x00_01, 'older')},
	{field: 'recordSizeLimit', statusIn: inEvery(0x00_1c, 'usual')},
	{
		field: 'ocspStapling',
		statusIn(_, seen, more) {
			const flights = [...flightsIn(seen.usual), ...more].filter(({isWhole}) => isWhole);
			const status = statusIn(flights, ({ocspResponse}) => ocspResponse !== undefined);
			return status === 'absent' && namesResponder(flights) === false ? 'not-applicable' : status;
		},
	},
	{
		field: 'signedCertificateTimestamp',
		statusIn: (_, seen) =>
			statusIn(
				flightsIn(seen.usual).filter(({isWhole}) => isWhole),
				flight => has(0x00_12)(flight) || flight.timestamps !== undefined,
			),
	},
	{
		field: 'compression',
		statusIn(version, seen) {
			const selected = (seen.older?.selections ?? []).flatMap(item => (item.kind === 'server-hello' ? [item.compressionMethod ?? 0] : []));
			const known = selected.length > 1 ? 'absent' : 'inconclusive';
			return isBefore13(version) ? (selected.some(method => method !== 0) ? 'present' : known) : undefined;
		},
	},
];

/** What one version has, the server has. Left out it is only where every version that has the extension leaves it out. */
export function merge(found: readonly {readonly name: VersionName; readonly status: ExtensionStatus}[]): FoundExtension {
	const present = found.filter(({status}) => status === 'present').map(({name}) => name);
	if (present.length > 0) {
		return {status: 'present', versions: present};
	}

	const statuses = found.map(({status}) => status);
	return {status: statuses.includes('inconclusive') ? 'inconclusive' : statuses.includes('absent') ? 'absent' : 'not-applicable'};
}
