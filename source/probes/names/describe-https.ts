import type {EchConfig} from '../../wire/dns/ech-configs.js';
import type {HttpsRecord} from '../../wire/dns/record.js';
import type {EchReport, HttpsReport, NamesReport, NamesStatus} from './names-report.js';

/** @param looked - All but the records. */
export function describeHttps(
	looked: Omit<NamesReport['https'], 'records' | 'ech'>,
	records: readonly Omit<HttpsRecord, 'type'>[],
	status: NamesStatus,
): NamesReport['https'] {
	const described = records.map(({ech, ...record}): HttpsReport => ({...record, ...(ech === undefined ? {} : {ech: ech.flatMap(echOf)})}));
	const publicNames = [...new Set(described.flatMap(({ech = []}) => ech.map(({publicName}) => publicName)))];
	const isUnread = records.some(({undecodable = []}) => undecodable.includes('ech'));
	const echStatus = status !== 'present' ? status : publicNames.length > 0 ? 'present' : isUnread ? 'inconclusive' : 'absent';
	return {...looked, records: described, ech: {status: echStatus, publicNames}};
}

const hexadecimal = (code: number): string => `0x${code.toString(16).padStart(4, '0')}`;

/** Configurations of unknown versions are left out: clients do not use them. */
const echOf = ({contents}: EchConfig): readonly EchReport[] =>
	contents === undefined
		? []
		: [
				{
					...contents,
					kem: hexadecimal(contents.kem),
					cipherSuites: contents.cipherSuites.map(({kdf, aead}) => `${hexadecimal(kdf)} ${hexadecimal(aead)}`),
				},
			];
