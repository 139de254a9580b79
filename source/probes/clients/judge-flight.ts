import type {AnswerLimits} from '../../clients/answer-limits.js';
import {type CertificateFacts, readCertificateFacts} from '../../exchange/certificate-facts.js';
import type {HelloSpec} from '../../exchange/hello-spec.js';
import {keyExchangeOf} from '../../exchange/key-exchange.js';
import type {Outcome} from '../../exchange/outcome.js';
import {cipherSuites} from '../../iana/cipher-suites.js';
import {renegotiationInfo} from '../../wire/extensions/index.js';
import type {Missing} from './client-finding.js';
import {judgeBits, type NumberJudgement} from './judge-bits.js';
import {judgeCertificates} from './judge-certificates.js';

/** What a client makes of an answer. */
export type FlightJudgement = {
	/** What it refuses; undefined where it goes on. */
	readonly objection: Missing | undefined;
	/** What it may refuse: it is out of the ordinary, and nothing is known of what this client makes of it. */
	readonly doubts: readonly Missing[];
	/** Those that count, where they were seen. */
	readonly certificates?: readonly CertificateFacts[] | undefined;
	/** The server has a certificate that was not seen, as in TLS 1.3, where it is encrypted. */
	readonly isCertificateUnseen: boolean;
};

export const noObjection: FlightJudgement = {objection: undefined, doubts: [], isCertificateUnseen: false};

type ServerHello = Extract<Outcome, {kind: 'server-hello'}>;

/** What a client makes of an answer up to TLS 1.2, beside what it selects. The order is that of the messages. */
export function judgeFlight(outcome: ServerHello, limits: AnswerLimits | undefined, hello: HelloSpec): FlightJudgement {
	const {flight, cipherSuite} = outcome;
	const chain = flight?.chain;
	const certificates = chain && readCertificateFacts(chain);
	const judged: readonly (readonly [Missing, NumberJudgement])[] = [
		[
			'renegotiation-info',
			judgeExtension(outcome, renegotiationInfo.type, limits?.renegotiationInfo, limits === undefined ? 'unknown' : 'taken'),
		],
		['extended-master-secret', judgeExtension(outcome, extendedMasterSecret, limits?.extendedMasterSecret, 'taken')],
		...judgeCertificates(certificates, limits),
		['key-size', judgeBits(outcome.primeBits, limits?.dhBits, usualDhBits)],
		['signature', judgeSignature(outcome, limits, hello)],
	];
	return {
		objection: judged.find(([, taken]) => taken === 'refused')?.[0],
		doubts: [...new Set(judged.filter(([, taken]) => taken === 'unknown').map(([missing]) => missing))],
		certificates,
		isCertificateUnseen: certificates === undefined && outcome.version >= 0x03_00 && hasCertificate(cipherSuite),
	};
}

const extendedMasterSecret = 0x00_17;

/** Sizes of primes that no client is known to refuse. */
const usualDhBits = {least: 2048, most: 2048} as const;

function judgeExtension(
	{flight}: ServerHello,
	type: number,
	demand: 'required' | 'optional' | undefined,
	otherwise: NumberJudgement,
): NumberJudgement {
	if (flight === undefined || flight.extensions.includes(type)) {
		return 'taken';
	}

	return demand === undefined ? otherwise : demand === 'required' ? 'refused' : 'taken';
}

/** TLS 1.2 names an algorithm, which has to be one that was offered (RFC 5246 §7.4.3); before, there is only one. */
function judgeSignature(
	{version, cipherSuite, flight}: ServerHello,
	limits: AnswerLimits | undefined,
	{extensions}: HelloSpec,
): NumberJudgement {
	if (flight === undefined || keyExchangeOf(cipherSuite) === 'other' || !hasCertificate(cipherSuite)) {
		return 'taken';
	}

	if (version < 0x03_03) {
		return limits?.oldSignatures ?? 'taken';
	}

	const offered = extensions?.signatureSchemes ?? [];
	return flight.signatureScheme === undefined || offered.length === 0 || offered.includes(flight.signatureScheme) ? 'taken' : 'refused';
}

/** Anonymous suites and those with a shared key or a password alone have none. */
const hasCertificate = (cipherSuite: number): boolean =>
	!/_anon_|^TLS_(?:DHE_|ECDHE_)?PSK_|^TLS_SRP_SHA_WITH_/.test(cipherSuites.label(cipherSuite));
