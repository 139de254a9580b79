import {tryDecode} from '../../bytes/decode-error.js';
import type {Certificate} from '../../certificates/certificate.js';
import {type CtLog, idOf} from '../../certificates/ct-logs.js';
import type {OcspFacts} from '../../certificates/ocsp-response.js';
import {readScts, type Sct} from '../../certificates/scts.js';
import {precertEntry, type SignedEntry, sctListIn, verifySct} from '../../certificates/verify-sct.js';
import type {CertificateProblem, SctReport} from './identity-report.js';

/** Where signed certificate timestamps were found. */
export type FoundScts = {
	readonly leaf: Certificate;
	/** Undefined where it is not known. */
	readonly issuer: Certificate | undefined;
	readonly staple: OcspFacts | undefined;
	/** Of the extension in the handshakes. */
	readonly sctLists: readonly Uint8Array[];
};

/** A certificate has two to five. Each costs a signature. */
const mostInSource = 20;

/** Check the signature of each signed certificate timestamp. RFC 6962 §5.2. */
export function checkScts({leaf, issuer, staple, sctLists}: FoundScts, logs: readonly CtLog[]): readonly SctReport[] {
	const byId = new Map(logs.map(log => [idOf(log), log]));
	const whole: SignedEntry = {kind: 'x509_entry', certificate: leaf.der};
	const embedded = issuer && precertEntry(leaf, issuer);
	const sources = [
		{source: 'certificate', lists: [sctListIn(leaf.der)], entry: embedded},
		{source: 'extension', lists: sctLists, entry: whole},
		{source: 'ocsp', lists: [staple?.sctList], entry: whole},
	] as const;
	return sources.flatMap(({source, lists, entry}) =>
		distinct(lists.flatMap(list => (list && tryDecode(() => readScts(list))) ?? []))
			.slice(0, mostInSource)
			.map((sct): SctReport => {
				const logId = Buffer.from(sct.logId).toString('base64');
				const log = byId.get(logId);
				const signature = log === undefined ? 'unknown-log' : entry === undefined ? 'undecided' : verifySct(sct, entry, log);
				return {source, logId, ...(log === undefined ? {} : {log: log.name.slice(0, mostText)}), ...timeOf(sct), signature};
			}),
	);
}

const mostText = 200;

/** Several handshakes have the same list. Those that cannot be read are left out. */
function distinct(scts: readonly (Sct | undefined)[]): readonly Sct[] {
	const readable = scts.flatMap(sct => sct ?? []);
	return [
		...new Map(
			readable.map(sct => [`${Buffer.from(sct.logId).toString('hex')} ${Buffer.from(sct.signature).toString('hex')}`, sct]),
		).values(),
	];
}

/** The last time that a Date has. */
const latest = 8_640_000_000_000_000n;

const timeOf = ({timestamp}: Sct): Pick<SctReport, 'timestamp'> =>
	timestamp > latest ? {} : {timestamp: new Date(Number(timestamp)).toISOString()};

/** A timestamp that its log has not signed for this certificate. */
export function problemsOfScts(scts: readonly SctReport[]): readonly CertificateProblem[] {
	const logs = [...new Set(scts.filter(({signature}) => signature === 'invalid').map(({log, logId}) => log ?? logId))];
	return logs.length === 0
		? []
		: [
				{
					id: 'sct-invalid',
					severity: 'error',
					message: `Signed certificate timestamps have a signature that is not valid: ${logs.join(', ')}.`,
				},
			];
}
