import {Reader} from '../bytes/reader.js';

/**
How many signed certificate timestamps a list holds. Whether a log has signed them is not looked at. RFC 6962 §3.3.

@param list - `SignedCertificateTimestampList`.
@throws {DecodeError} If it is none.
*/
export function countScts(list: Uint8Array): number {
	const reader = new Reader(list);
	const count = reader.prefixed(
		2,
		'sct_list',
		inner => inner.list('sct_list', item => item.prefixed(2, 'SerializedSCT', sct => sct.rest('SCT'))).length,
	);
	reader.end('SignedCertificateTimestampList');
	return count;
}
